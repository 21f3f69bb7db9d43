using System.Collections.Frozen;

namespace Conformance.Cpu.Features;

/// <summary>Which feature is built on which others, so that a profile with changes stays one that a PE can have.</summary>
/// <remarks>
/// Source: DDI 0487, "Architecture features and extensions", the sentences "If FEAT_x is implemented, then FEAT_y is
/// implemented" of the features that the profiles are made of. FEAT_NMI came with Armv8.7, which has FEAT_HCX; and with GICv3 it is
/// never without FEAT_GICv3_NMI, so that one ID register field tells both.
/// </remarks>
internal static class Prerequisites
{
    /// <summary>Every row: a feature, then those it cannot be without.</summary>
    private const string Rows = """
        AA64EL0: AA64
        AA64EL1: AA64EL0
        AA64EL2: AA64EL1
        AA64EL3: AA64EL1
        AdvSIMD: FP
        AES: AdvSIMD
        CSV2_2: CSV2
        Debugv8p2: Debugv8p1
        Debugv8p4: Debugv8p2
        DotProd: AdvSIMD
        DoubleFault: RAS AA64EL3
        DPB2: DPB
        E2H0: AA64EL2
        ECV_POFF: ECV AA64EL2
        EVT: AA64EL2
        FCMA: AdvSIMD
        FGT: AA64EL2
        FGT2: FGT
        FHM: FP16
        FlagM2: FlagM
        FP: AdvSIMD
        FP16: FP
        FPAC: PAuth2
        FPACCOMBINE: FPAC
        FRINTTS: FP
        GICv3_NMI: GICv3 NMI
        GICv3_TDIR: GICv3
        HAFT: HAFDBS
        HPDS2: HPDS
        JSCVT: FP
        LRCPC2: LRCPC
        MTE2: MTE
        MTE3: MTE2
        NMI: HCX
        NV: AA64EL2
        NV2: NV
        NV2p1: NV2
        PAN2: PAN
        PAN3: PAN2
        PAuth2: PAuth
        PMULL: AES
        PMUv3p1: PMUv3
        PMUv3p4: PMUv3p1
        PMUv3p5: PMUv3p4
        PMUv3p7: PMUv3p5
        PMUv3p9: PMUv3p7
        RASv1p1: RAS
        RASv2: RASv1p1
        RDM: AdvSIMD
        S2FWB: AA64EL2
        SEL2: AA64EL2 AA64EL3
        SHA1: AdvSIMD
        SHA256: SHA1
        SHA3: SHA512
        SHA512: SHA256
        SSBS2: SSBS
        TLBIRANGE: TLBIOS
        VHE: AA64EL2
        VMID16: AA64EL2
        XNX: AA64EL2
        """;

    private const string Gic = "FEAT_GICv3";
    private const string GicNmi = "FEAT_GICv3_NMI";
    private const string Nmi = "FEAT_NMI";

    private static readonly FrozenDictionary<string, string[]> s_needs = Rows
        .Split((char[])['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(row => row.Split((char[])[':', ' '], StringSplitOptions.RemoveEmptyEntries))
        .ToFrozenDictionary(row => $"FEAT_{row[0]}", row => row[1..].Select(name => $"FEAT_{name}").ToArray(), StringComparer.Ordinal);

    /// <summary>Each feature that is built on others, and those.</summary>
    internal static IEnumerable<KeyValuePair<string, string[]>> Table => s_needs;

    /// <summary>Adds a feature, and all it is built on.</summary>
    internal static void Add(HashSet<string> names, string feature)
    {
        if (!names.Add(feature))
        {
            return;
        }

        foreach (string need in s_needs.GetValueOrDefault(feature, []))
        {
            Add(names, need);
        }

        if (names.Contains(Nmi) && names.Contains(Gic))
        {
            Add(names, GicNmi);
        }
    }

    /// <summary>Takes a feature away, and all that is built on it.</summary>
    internal static void Remove(HashSet<string> names, string feature)
    {
        if (!names.Remove(feature))
        {
            return;
        }

        foreach ((string dependent, string[] needs) in s_needs)
        {
            if (needs.Contains(feature))
            {
                Remove(names, dependent);
            }
        }

        if (feature == GicNmi && names.Contains(Gic))
        {
            Remove(names, Nmi);
        }
    }
}
