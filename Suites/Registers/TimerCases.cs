using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.ControlBits;
using static Conformance.Suites.Registers.Say;

namespace Conformance.Suites.Registers;

/// <summary>Counters and timers: offsets, the TVAL view, ISTATUS.</summary>
/// <remarks>
/// Source: DDI 0601 and the rules TM-002 to TM-048. Real time passes between two instructions: a difference is looked at
/// above bit 28, which no device needs for a handful of instructions (0.27 s at 1 GHz).
/// </remarks>
internal static class TimerCases
{
    private const ulong Coarse = ~0xFFF_FFFFUL;
    private const ulong InAnyCounter = 0xFFFF_F000_0000; // a counter has at least 56 bits
    private const ulong Offset = 0x4000_0000_0000;

    private static readonly (string Stem, string Suffix, int Level, string Needs)[] s_timers =
    [
        ("CNTP", "EL0", 1, "FEAT_AA64"), ("CNTV", "EL0", 1, "FEAT_AA64"), ("CNTHP", "EL2", 2, "FEAT_AA64EL2"), ("CNTHV", "EL2", 2, "FEAT_VHE"),
        ("CNTPS", "EL1", 3, "FEAT_AA64EL3"),
    ];

    internal static IEnumerable<CaseBuilder> All() => [.. Offsets(), .. Views(), .. Status()];

    private static IEnumerable<CaseBuilder> Offsets()
    {
        foreach ((string name, int level, ulong hcr, ulong offset, string rule) in ((string, int, ulong, ulong, string)[])
        [
            ("el0", 0, 0, Offset, "TM-006"), ("el1", 1, 0, Offset, "TM-004"), ("el2", 2, 0, Offset, "TM-005"), ("el3", 3, 0, Offset, "TM-004"),
            ("el1-e2h", 1, Hcr.E2H, Offset, "TM-004"), ("el2-e2h", 2, Hcr.E2H, 0, "TM-005"), ("el3-e2h", 3, Hcr.E2H, Offset, "TM-004"),
            ("el0-host", 0, Hcr.E2H | Hcr.TGE, 0, "TM-006"), ("el0-e2h", 0, Hcr.E2H, Offset, "TM-006"), ("el0-tge", 0, Hcr.TGE, Offset, "TM-006"),
        ])
        {
            foreach (string self in (string[])["", "SS"])
            {
                yield return That($"timers/cntvct{self.ToLowerInvariant()}-{name}", $"CNTVCT{self}_EL0 at EL{level} is the count less {(offset == 0 ? "nothing" : "CNTVOFF_EL2")}", rule)
                    .Needs([(hcr & Hcr.E2H) != 0 ? "FEAT_VHE" : "FEAT_E2H0", .. self.Length > 0 ? (string[])["FEAT_ECV"] : ["FEAT_AA64EL2"]])
                    .Change("HCR_EL2", hcr, hcr == 0 ? Hcr.E2H : 0).Set("CNTVOFF_EL2", Offset).Set("CNTHCTL_EL2", 0xF03).Set("CNTKCTL_EL1", 0x303).At(level)
                    .Code(a => a.Isb().Mrs(X1, $"CNTVCT{self}_EL0").Isb().Mrs(X2, $"CNTPCT{self}_EL0").Sub(X3, X2, X1))
                    .Completes().SeesX(3, offset, InAnyCounter);
            }
        }

        foreach ((string name, int level, ulong hcr, ulong control, ulong scr, ulong offset) in ((string, int, ulong, ulong, ulong, ulong)[])
        [
            ("el1", 1, 0, 1UL << 12, Scr.ECVEn, Offset), ("el1-ecv0", 1, 0, 0, Scr.ECVEn, 0), ("el1-ecven0", 1, 0, 1UL << 12, 0, 0),
            ("el0", 0, 0, 1UL << 12, Scr.ECVEn, Offset), ("el2", 2, 0, 1UL << 12, Scr.ECVEn, 0), ("el3", 3, 0, 1UL << 12, Scr.ECVEn, 0),
            ("el0-host", 0, Hcr.E2H | Hcr.TGE, 1UL << 12, Scr.ECVEn, 0), ("el1-e2h", 1, Hcr.E2H, 1UL << 12, Scr.ECVEn, Offset),
        ])
        {
            yield return That($"timers/cntpct-{name}", $"CNTPCT_EL0 at EL{level} is the count less {(offset == 0 ? "nothing" : "CNTPOFF_EL2")}", level >= 2 ? "TM-002" : "TM-003")
                .Needs("FEAT_ECV_POFF", "FEAT_AA64EL3", "FEAT_VHE").Change("HCR_EL2", hcr).Change("SCR_EL3", scr, Scr.ECVEn)
                .Set("CNTPOFF_EL2", Offset).Set("CNTVOFF_EL2", 0).Set("CNTHCTL_EL2", 0xF03 | control).Set("CNTKCTL_EL1", 0x303).At(level)
                .Code(a => a.Isb().Mrs(X1, "CNTPCT_EL0").Isb().Mrs(X2, "CNTVCT_EL0").Sub(X3, X2, X1))
                .Completes().SeesX(3, offset, InAnyCounter);
        }
    }

    /// <summary>TVAL writes the compare value relative to the count of the access, sign-extended, and reads it back so.</summary>
    private static IEnumerable<CaseBuilder> Views()
    {
        foreach ((string stem, string suffix, int level, string needs) in s_timers)
        {
            string lower = stem.ToLowerInvariant();
            string count = stem is "CNTV" ? "CNTVCT_EL0" : "CNTPCT_EL0";
            foreach ((string name, ulong value, ulong compare) in ((string, ulong, ulong)[])
                [("ahead", 0x3FFF_FFFF, 0x3000_0000), ("behind", 0xEFFF_FFFF, 0xFFFF_FFFF_E000_0000), ("upper-half", 0xFFFF_FFFF_3FFF_FFFF, 0x3000_0000)])
            {
                yield return That($"timers/{lower}-tval-{name}", $"{stem}_TVAL = 0x{value:x}: {stem}_CVAL is the count and that, as 32 bits with sign", "TM-020", "TM-021")
                    .Needs(needs, "FEAT_AA64EL2").Set("CNTVOFF_EL2", stem is "CNTV" ? 0x100_0000_0000UL : 0).Set("CNTHCTL_EL2", 0xF03).Set($"{stem}_CTL_{suffix}", 2).X(1, value).At(level)
                    .Code(a => a.Msr($"{stem}_TVAL_{suffix}", X1).Isb().Mrs(X2, $"{stem}_CVAL_{suffix}").Isb().Mrs(X3, count).Sub(X4, X2, X3))
                    .Completes().SeesX(4, compare, Coarse);
            }

            yield return That($"timers/{lower}-tval-read", $"{stem}_TVAL reads {stem}_CVAL less the count, 32 bits", "TM-018", "TM-024")
                .Needs(needs, "FEAT_AA64EL2").Set("CNTVOFF_EL2", stem is "CNTV" ? 0x100_0000_0000UL : 0).Set("CNTHCTL_EL2", 0xF03).X(1, 3).X(5, 0x7_3FFF_FFFF).At(level)
                .Code(a => a.Isb().Mrs(X2, count).Add(X2, X2, X5).Msr($"{stem}_CVAL_{suffix}", X2).Msr($"{stem}_CTL_{suffix}", X1).Isb()
                    .Mrs(X3, $"{stem}_TVAL_{suffix}").Mrs(X4, $"{stem}_CVAL_{suffix}").Sub(X6, X4, X2).MovImm(X1, 2).Msr($"{stem}_CTL_{suffix}", X1))
                .Completes().SeesX(3, 0x3000_0000, Coarse).SeesX(6, 0);
        }
    }

    /// <summary>ISTATUS says whether the condition is met, whatever IMASK is, and cannot be written.</summary>
    private static IEnumerable<CaseBuilder> Status()
    {
        foreach ((string stem, string suffix, int level, string needs) in s_timers)
        {
            string control = $"{stem}_CTL_{suffix}";
            foreach ((string name, ulong compare, ulong written, ulong seen) in ((string, ulong, ulong, ulong)[])
                [("met", 0, 3, 7), ("not-met", ulong.MaxValue, 7, 3)])
            {
                yield return That($"timers/{stem.ToLowerInvariant()}-istatus-{name}", $"{control}.ISTATUS with the condition {name}", "TM-015", "TM-025", "TM-026")
                    .Needs(needs, "FEAT_AA64EL2").Set("CNTVOFF_EL2", 0).Set("CNTHCTL_EL2", 0xF03).X(1, compare).X(2, written).X(3, 2).At(level)
                    .Code(a => a.Msr($"{stem}_CVAL_{suffix}", X1).Msr(control, X2).Isb().Mrs(X4, control).Msr(control, X3).Isb().Mrs(X5, control))
                    .Completes().SeesX(4, seen).SeesX(5, 2, 3);
            }
        }

        // An offset that is greater than the count makes the time very late: with an ordinary compare value it is met at once.
        yield return That("timers/cntv-offset-decides", "CNTVOFF_EL2 beyond the count: the virtual timer's condition is met", "TM-017", "TM-032")
            .Needs("FEAT_AA64EL2").Set("CNTVOFF_EL2", 1UL << 50).Set("CNTHCTL_EL2", 0xF03).X(1, 1UL << 49).X(2, 3).X(3, 2).At(1)
            .Code(a => a.Msr("CNTV_CVAL_EL0", X1).Msr("CNTV_CTL_EL0", X2).Isb().Mrs(X4, "CNTV_CTL_EL0").Msr("CNTP_CVAL_EL0", X1).Msr("CNTP_CTL_EL0", X2)
                .Isb().Mrs(X5, "CNTP_CTL_EL0").Msr("CNTV_CTL_EL0", X3).Msr("CNTP_CTL_EL0", X3))
            .Completes().SeesX(4, 7).SeesX(5, 3);
    }
}
