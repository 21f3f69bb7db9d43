using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.ControlBits;
using static Conformance.Suites.Registers.Say;

namespace Conformance.Suites.Registers;

/// <summary>Identification that depends on controls: DCZID_EL0.DZP, and the values that EL2 shows to EL1.</summary>
/// <remarks>Source: DDI 0601, DCZID_EL0, MIDR_EL1, MPIDR_EL1.</remarks>
internal static class IdCases
{
    private const ulong Dzp = 1 << 4;
    private const ulong Dze = 1 << 14;
    private const ulong DcZva = 1 << 11;

    internal static IEnumerable<CaseBuilder> All() => [.. Prohibited(), .. Shown(), ResetState()];

    /// <summary>RMR_EL3.AA64 is RAO/WI where EL3 has no AArch32 state.</summary>
    private static CaseBuilder ResetState() =>
        That("id/rmr_el3", "EL3 comes out of reset in AArch64 state, and RMR_EL3.AA64 says so whatever is written", Rule("RMR_EL3"))
            .Needs("FEAT_AA64EL3", "!FEAT_AA32EL3").At(3).Code(a => a.Mrs(X1, "RMR_EL3").Msr("RMR_EL3", XZR).Isb().Mrs(X2, "RMR_EL3"))
            .Completes().SeesX(1, 1, 1).SeesX(2, 1, 1);

    private static IEnumerable<CaseBuilder> Prohibited()
    {
        foreach ((string name, int level, ulong hcr, ulong closed1, ulong closed2, ulong fgt, bool seen) in ((string, int, ulong, ulong, ulong, ulong, bool)[])
        [
            ("el0-open", 0, 0, 0, 0, 0, false), ("el0-dze", 0, 0, Dze, 0, 0, true), ("el1-dze", 1, 0, Dze, 0, 0, false),
            ("el0-dze-of-el2", 0, 0, 0, Dze, 0, false), ("el2-dze", 2, 0, Dze, Dze, 0, false),
            ("el0-tdz", 0, Hcr.TDZ, 0, 0, 0, true), ("el1-tdz", 1, Hcr.TDZ, 0, 0, 0, true), ("el2-tdz", 2, Hcr.TDZ, 0, 0, 0, false),
            ("el3-tdz", 3, Hcr.TDZ, 0, 0, 0, false), ("el0-host-dze", 0, Hcr.E2H | Hcr.TGE, 0, Dze, 0, true),
            ("el0-host-dze-of-el1", 0, Hcr.E2H | Hcr.TGE, Dze, 0, 0, false), ("el0-host-tdz", 0, Hcr.E2H | Hcr.TGE | Hcr.TDZ, 0, 0, 0, false),
            ("el0-fgt", 0, 0, 0, 0, DcZva, false), ("el1-fgt", 1, 0, 0, 0, DcZva, false), // HFGITR_EL2.DCZVA: no effect on DZP
        ])
        {
            CaseBuilder sentence = That($"id/dczid-{name}", $"DCZID_EL0 at EL{level} says that DC ZVA is {(seen ? "prohibited" : "permitted")}", Rule("DCZID_EL0"))
                .Needs([.. (hcr & Hcr.E2H) != 0 ? (string[])["FEAT_VHE"] : ["FEAT_AA64EL2"], .. fgt != 0 ? (string[])["FEAT_FGT", "FEAT_AA64EL3"] : []])
                .Change("HCR_EL2", hcr, Hcr.TDZ).Change("SCTLR_EL1", closed1 ^ Dze, Dze);
            if (level != 2 || closed2 != 0)
            {
                sentence.Change("SCTLR_EL2", closed2 == 0 ? Dze : 0, Dze);
            }

            if (fgt != 0)
            {
                sentence.Change("SCR_EL3", Scr.FGTEn).Change("HFGITR_EL2", fgt);
            }

            yield return sentence.At(level).Code(a => a.Mrs(X2, "DCZID_EL0")).Completes().SeesX(2, seen ? Dzp : 0, Dzp);
        }
    }

    private static IEnumerable<CaseBuilder> Shown()
    {
        foreach ((string register, string shown, ulong value) in ((string, string, ulong)[])
            [("MIDR_EL1", "VPIDR_EL2", 0x1234_5678), ("MPIDR_EL1", "VMPIDR_EL2", 0x5A_8012_3456)])
        {
            yield return That($"id/{register.ToLowerInvariant()}-el1", $"{register} at EL1 is {shown}", Rule(register)).Needs("FEAT_AA64EL2")
                .X(1, value).At(2).Code(a => a.Mrs(X3, shown).Mrs(X5, register).Msr(shown, X1).Isb().Mrs(X4, register).Sub(X6, X5, X4)).Completes().SeesX(6, 0)
                .NextStep().At(1).Code(a => a.Mrs(X2, register)).Completes().SeesX(2, value)
                .NextStep().At(2).Code(a => a.Msr(shown, X3)).Completes();
        }
    }
}
