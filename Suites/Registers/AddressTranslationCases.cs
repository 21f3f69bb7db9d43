using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.Registers.Say;

namespace Conformance.Suites.Registers;

/// <summary>AT while stage 1 and stage 2 are off: PAR_EL1 is the address, by the rules of the regime that is asked about.</summary>
/// <remarks>
/// Source: DDI 0487, "The effects of disabling an address translation stage"; DDI 0601, PAR_EL1. A tag tells the regimes apart:
/// where its top byte is not ignored the address is outside every physical address size.
/// </remarks>
internal static class AddressTranslationCases
{
    private const ulong Address = 0x4031_2345;
    private const ulong Tag = 0x5AUL << 56;
    private const ulong PaAndF = 0x000F_FFFF_FFFF_F001;

    internal static IEnumerable<CaseBuilder> All()
    {
        foreach ((string op, int regime) in ((string, int)[])
        [
            ("S1E1R", 1), ("S1E1W", 1), ("S1E0R", 1), ("S1E0W", 1), ("S12E1R", 1), ("S12E1W", 1), ("S12E0R", 1), ("S12E0W", 1),
            ("S1E1RP", 1), ("S1E1WP", 1), ("S1E2R", 2), ("S1E2W", 2), ("S1E3R", 3), ("S1E3W", 3),
        ])
        {
            foreach (int ignores in (int[])[0, 1, 2, 3])
            {
                ulong address = ignores == 0 ? Address : Address | Tag;
                bool good = ignores == 0 || ignores == regime;
                CaseBuilder sentence = That(
                    $"at/{op.ToLowerInvariant()}-{(ignores == 0 ? "plain" : $"tag{ignores}")}",
                    $"AT {op} of {(ignores == 0 ? "an address" : $"a tagged address, ignored at EL{ignores}")}: {(good ? "its own PA" : "an Address size fault")}", Rule("PAR_EL1"))
                    .Needs(regime == 3 || ignores == 3 ? "FEAT_AA64EL3" : "FEAT_AA64EL2", op.EndsWith('P') ? "FEAT_PAN2" : "FEAT_E2H0")
                    .Set("TCR_EL1", ignores == 1 ? 1UL << 37 : 0).Set("TCR_EL2", ignores == 2 ? 1UL << 20 : 0).X(1, address).At(regime == 3 ? 3 : 2);
                yield return (ignores == 3 ? sentence.Set("TCR_EL3", 1UL << 20) : sentence)
                    .Code(a => a.Isb().At(op, X1).Isb().Mrs(X2, "PAR_EL1")).Completes().SeesX(2, good ? Address & ~0xFFFUL : 1, good ? PaAndF : 1);
            }
        }
    }
}
