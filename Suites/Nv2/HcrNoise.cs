using Conformance.Harness.Cases;

namespace Conformance.Suites.Nv2;

/// <summary>Bits of HCR_EL2 that have nothing to do with the accesses of this suite, to be chosen at random.</summary>
/// <remarks>
/// Left out: VM, DC, CD, ID and FWB (stage 2 and cacheability), RW, TGE, E2H, HCD, TSC (which level runs and how it is left),
/// VI, VF, VSE (interrupts), FIEN (without error records it may have no state), TVM, TRVM, TACR, EnSCXT, ATA (each has its say on some accesses).
/// </remarks>
internal static class HcrNoise
{
    private static readonly (string Needs, int[] Bits)[] s_bits =
    [
        ("", [3, 4, 5]),                  // FMO, IMO, AMO
        ("", [9, 10, 11]),                // FB, BSU
        ("", [13, 14]),                   // TWI, TWE
        ("", [16, 17, 18]),               // TID1, TID2, TID3
        ("", [20, 22, 23, 24, 25, 28]),   // TIDCP, TSW, TPCP, TPU, TTLB, TDZ
        ("FEAT_LOR", [35]),               // TLOR
        ("FEAT_RAS", [36]),               // TERR
        ("FEAT_PAuth", [40, 41]),         // APK, API
        ("FEAT_NV", [44]),                // AT
        ("FEAT_EVT", [49, 50, 52]),       // TID4, TICAB, TOCU
    ];

    /// <summary>The bits that exist on a device.</summary>
    internal static ulong Pool(SuiteTarget target)
    {
        ulong pool = 0;
        foreach ((string needs, int[] bits) in s_bits)
        {
            if (needs.Length == 0 || target.Features.Has(needs))
            {
                foreach (int bit in bits)
                {
                    pool |= 1UL << bit;
                }
            }
        }

        return pool;
    }
}
