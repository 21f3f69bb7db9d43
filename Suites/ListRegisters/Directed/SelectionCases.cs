using Conformance.Harness.Cases;
using Conformance.Suites.ListRegisters.Cases;
using Conformance.Suites.ListRegisters.Oracle;
using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.ControlBits;
using static Conformance.Suites.ListRegisters.Directed.Say;

namespace Conformance.Suites.ListRegisters.Directed;

/// <summary>Which of the two CPU interfaces an ICC name reaches (GV-010 to GV-018).</summary>
internal static class SelectionCases
{
    private const ulong Pmr = 0x50;
    private const ulong VirtualPmr = 0xA8;

    /// <summary>Every name with what it shows of the physical and of the virtual interface; bits that count.</summary>
    private static readonly (string Register, bool ByFmo, bool ByImo, ulong Physical, ulong Virtual, ulong Mask, int Rule)[] s_registers =
    [
        ("ICC_BPR0_EL1", true, false, 3, 5, 7, 10), ("ICC_IGRPEN0_EL1", true, false, 0, 1, 1, 10), ("ICC_HPPIR0_EL1", true, false, 1023, 40, 0xFFFF, 10),
        ("ICC_AP0R0_EL1", true, false, 0, 0, 0, 10), ("ICC_IAR0_EL1", true, false, 1023, 40, 0xFFFF, 10),
        ("ICC_BPR1_EL1", false, true, 4, 6, 7, 11), ("ICC_IGRPEN1_EL1", false, true, 0, 1, 1, 11), ("ICC_HPPIR1_EL1", false, true, 1023, 41, 0xFFFF, 11),
        ("ICC_AP1R0_EL1", false, true, 0, 0, 0, 11), ("ICC_IAR1_EL1", false, true, 1023, 41, 0xFFFF, 11),
        ("ICC_PMR_EL1", true, true, Pmr, VirtualPmr, 0xF8, 12), ("ICC_CTLR_EL1", true, true, 0, 3, 3, 12), ("ICC_RPR_EL1", true, true, 0xFF, 0xB0, 0xFF, 12),
    ];

    internal static IEnumerable<CaseBuilder> All(CaseMaker make, SuiteTarget target) => Reads(make, target).Concat(Writes(make)).Concat(Sgis());

    private static IEnumerable<CaseBuilder> Reads(CaseMaker make, SuiteTarget target)
    {
        foreach (bool secure in (bool[])[false, true])
        {
            if (secure && !(target.Features.Has("FEAT_SEL2") && target.HighestLevel == 3))
            {
                continue;
            }

            foreach ((string register, bool byFmo, bool byImo, ulong physical, ulong @virtual, ulong mask, int rule) in s_registers)
            {
                foreach (ulong route in (ulong[])[0, Hcr.FMO, Hcr.IMO, Hcr.FMO | Hcr.IMO])
                {
                    bool other = (byFmo && (route & Hcr.FMO) != 0) || (byImo && (route & Hcr.IMO) != 0);

                    // One group has the only pending interrupt, so that it is the winner; what is active allows it.
                    bool wants0 = register.Contains("R0_", StringComparison.Ordinal);
                    VirtualState s = make.Idle.WithLr(0, wants0 ? ListRegister.Of(LrState.Pending, 40, 0x20, 0) : ListRegister.Of(LrState.Pending, 41, 0x20, 1));
                    s = s.WithActive(1, Enumerated.Vocabulary.Level(make.Sizes, 0xB0));
                    s = s with { Vmcr = make.Oracle.LegalVmcr(VirtualPmr << 24 | 5 << 21 | 6 << 18 | 0x213, secure: false, new RuleSet()) };
                    CaseBuilder sentence = That(
                        $"selection/{register[4..].ToLowerInvariant()}{Route(route)}{(secure ? "-secure" : "")}",
                        $"{register} at EL1 {(other ? "is the virtual register" : "is the physical register")}", [rule, 13, 15, .. secure ? (int[])[17] : []])
                        .With(make, s).Change("HCR_EL2", route, Hcr.FMO | Hcr.IMO)
                        .X(0, Pmr).X(1, 3).X(5, 4).At(2)
                        .Code(a => a.Msr("ICC_PMR_EL1", X0).Msr("ICC_BPR0_EL1", X1).Msr("ICC_BPR1_EL1", X5).Isb()
                            .Mrs(X2, "ICC_PMR_EL1").Mrs(X3, "ICC_BPR0_EL1").Mrs(X4, "ICC_RPR_EL1"))
                        .Completes().SeesX(2, Pmr).SeesX(3, 3).SeesX(4, 0xFF, 0xFF)
                        .NextStep().At(1).Code(a => a.Mrs(X2, register).Isb()).Completes();
                    sentence = mask != 0 ? sentence.SeesX(2, other ? Value(register, @virtual) : physical, mask) : sentence;
                    sentence = sentence.NextStep().At(2).Code(a => a.Msr("ICC_PMR_EL1", XZR).Msr("ICC_BPR0_EL1", XZR).Msr("ICC_BPR1_EL1", XZR)).Completes();
                    yield return secure
                        ? sentence.Needs("FEAT_SEL2", "FEAT_AA64EL3").Set("SCR_EL3", (Baseline.Of("SCR_EL3") & ~Scr.NS) | Scr.EEL2)
                        : sentence;
                }
            }
        }
    }

    /// <summary>With CBPR = 1 the virtual ICC_BPR1_EL1 shows ICC_BPR0_EL1 and one more.</summary>
    private static ulong Value(string register, ulong @virtual) => register == "ICC_BPR1_EL1" ? 6 : @virtual;

    private static IEnumerable<CaseBuilder> Writes(CaseMaker make)
    {
        (string Register, bool ByFmo, bool ByImo, ulong Value, ulong Before, ulong After, ulong Mask)[] registers =
        [
            ("ICC_BPR0_EL1", true, false, 6, 3UL << 21, 6UL << 21, 7UL << 21), ("ICC_IGRPEN0_EL1", true, false, 1, 0, 1, 1),
            ("ICC_BPR1_EL1", false, true, 7, 4UL << 18, 7UL << 18, 7UL << 18), ("ICC_IGRPEN1_EL1", false, true, 1, 0, 2, 2),
            ("ICC_PMR_EL1", true, true, 0x60, 0x30UL << 24, 0x60UL << 24, 0xF8UL << 24), ("ICC_CTLR_EL1", true, true, 2, 0, 1UL << 9, 1UL << 9),
        ];
        foreach ((string register, bool byFmo, bool byImo, ulong value, ulong before, ulong after, ulong mask) in registers)
        {
            foreach (ulong route in (ulong[])[0, Hcr.FMO, Hcr.IMO, Hcr.FMO | Hcr.IMO])
            {
                bool other = (byFmo && (route & Hcr.FMO) != 0) || (byImo && (route & Hcr.IMO) != 0);
                VirtualState s = make.Idle with { Hcr = 0, Vmcr = make.Oracle.LegalVmcr(before, secure: false, new RuleSet()) };
                yield return That(
                    $"selection/write-{register[4..].ToLowerInvariant()}{Route(route)}",
                    $"A write of {register} at EL1 {(other ? "changes" : "leaves")} ICH_VMCR_EL2", byFmo && byImo ? 12 : byFmo ? 10 : 11, 13, 18, 142)
                    .With(make, s).Change("HCR_EL2", route, Hcr.FMO | Hcr.IMO).X(1, value).At(2).Code(a => a.Mrs(X5, register)).Completes()
                    .NextStep().At(1).Code(a => a.Msr(register, X1).Isb()).Completes().Sees("ICH_VMCR_EL2", other ? after : before, mask)
                    .NextStep().At(2).Code(a => a.Msr(register, X5)).Completes();
            }
        }
    }

    private static IEnumerable<CaseBuilder> Sgis()
    {
        foreach (string register in (string[])["ICC_SGI0R_EL1", "ICC_SGI1R_EL1", "ICC_ASGI1R_EL1"])
        {
            foreach ((string name, ulong route, ulong control) in ((string, ulong, ulong)[])
                [("fmo", Hcr.FMO, 0), ("imo", Hcr.IMO, 0), ("both", Hcr.FMO | Hcr.IMO, 0), ("tc", 0, VirtualState.HcrTc), ("none", 0, 0)])
            {
                CaseBuilder sentence = That($"selection/{register[4..].ToLowerInvariant()}-{name}", $"{register} at EL1 has no virtual form", 14)
                    .Set("ICH_HCR_EL2", control).Change("HCR_EL2", route, Hcr.FMO | Hcr.IMO).At(1).Code(a => a.Msr(register, XZR));
                yield return route != 0 || control != 0 ? sentence.Takes(2, 0x400, Trap(register, read: false, XZR)) : sentence.Completes();
            }
        }
    }

    private static string Route(ulong route) => ((route & Hcr.FMO) != 0 ? "-fmo" : "") + ((route & Hcr.IMO) != 0 ? "-imo" : "");
}
