using System.Globalization;
using Conformance.Harness.Cases;
using Conformance.Harness.Runs;
using Conformance.Harness.Spec;
using Conformance.Suites.Interrupts;
using Conformance.Suites.Tests.Exceptions;
using static Conformance.Suites.ControlBits;

namespace Conformance.Suites.Tests.Interrupts;

public class InterruptsSuiteTests
{
    private static readonly ModelDevice.Model s_model = ModelDevice.Model.Direct("nv2");
    private static readonly SuiteTarget s_target = new(s_model.Info.Features, s_model.Info.HighestLevel);
    private static readonly Case[] s_cases = [.. new InterruptsSuite().Generate(s_target, 1)];

    private static readonly Lazy<IReadOnlyList<(Case Case, Observation Seen)>> s_passed = new(() =>
        [.. s_cases.Zip(s_model.Run(s_cases, CancellationToken.None)).Where(p => Judge.Of(p.First, p.Second).Verdict == Verdict.Pass)]);

    /// <summary>What a device that is wrong in one way would report.</summary>
    private static readonly Dictionary<string, Action<Sight>> s_mutants = new()
    {
        ["IRQ and FIQ have each other's vectors"] = s => s["vector"] ^= Kind(s) is 0x80 or 0x100 ? 0x180UL : 0,
        ["a vSError has the vector of a synchronous exception"] = s => s["vector"] &= Kind(s) == 0x180 ? ~0x180UL : ~0UL,
        ["SP_EL0 and SP_ELx have each other's vectors"] = s => s["vector"] ^= Kind(s) != 0 && s["vector"] < 0x400 ? 0x200UL : 0,
        ["an interrupt for EL2 is masked by PSTATE"] = s => s["target"] = Kind(s) != 0 && s.Target == 2 && s.Step.Level < 2 && (s.Step.Pstate & (Spsr.I | Spsr.F)) != 0 ? 0 : s["target"],
        ["a virtual interrupt is taken with TGE"] = s => s["target"] = s.Target == 0 && s.Step.Level == 0 && (Now(s, "HCR_EL2") & (Hcr.TGE | Hcr.VI | Hcr.IMO)) == (Hcr.TGE | Hcr.VI | Hcr.IMO) ? 1 : s["target"],
        ["a virtual interrupt is taken at EL2"] = s => s["target"] = s.Target == 0 && s.Step.Level == 2 && (Now(s, "HCR_EL2") & (Hcr.VI | Hcr.IMO)) == (Hcr.VI | Hcr.IMO) ? 2 : s["target"],
        ["ELR is behind the first instruction"] = s => s["ELR"] += Kind(s) != 0 && s["ELR"] == 0x4020_0000 ? 4UL : 0,
        ["an interrupt writes ESR"] = s => s["ESR"] = Kind(s) is 0x80 or 0x100 ? 0 : s["ESR"],
        ["an interrupt writes FAR"] = s => s["FAR"] = Kind(s) is 0x80 or 0x100 ? 0 : s["FAR"],
        ["a vSError does not tell VSESR_EL2"] = s => s["ESR"] &= Kind(s) == 0x180 ? ~0x1FF_FFFFUL : ~0UL,
        ["a vSError stays pending"] = s => s["HCR_EL2"] |= Kind(s) == 0x180 ? Hcr.VSE : 0,
        ["taking a vIRQ clears HCR_EL2.VI"] = s => s["HCR_EL2"] &= Kind(s) == 0x80 ? ~Hcr.VI : ~0UL,
        ["SPSR holds the new masks"] = s => s["SPSR"] |= Kind(s) != 0 ? Spsr.Daif : 0,
        ["SPSR loses BTYPE"] = s => s["SPSR"] &= Kind(s) != 0 ? ~Spsr.Btype : ~0UL,
        ["SPSR_EL1 shows the real level under NV"] = s => s["SPSR"] = s.Target == 1 && s.Step.Level == 1 && (s["SPSR"] & 0xC) == 8 ? s["SPSR"] ^ 0xC : s["SPSR"],
        ["SPSR_EL2 shows EL2 under NV"] = s => s["SPSR"] = s.Target == 2 && s.Step.Level == 1 && (Now(s, "HCR_EL2") & Hcr.NV) != 0 ? s["SPSR"] ^ 0xC : s["SPSR"],
        ["A is not set at the vector"] = s => s["PSTATE"] &= Kind(s) != 0 ? ~Spsr.A : ~0UL,
        ["I is not set at the vector"] = s => s["PSTATE"] &= Kind(s) != 0 ? ~Spsr.I : ~0UL,
        ["PAN is not set at the vector"] = s => s["PSTATE"] &= Kind(s) != 0 && (s["SPSR"] & Spsr.Pan) == 0 ? ~Spsr.Pan : ~0UL,
        ["ISR_EL1 shows nothing"] = s => s["X2"] = s.Step.Code.Contains(0xD538_C102) ? 0 : s["X2"],
        ["ISR_EL1 at EL2 shows virtual interrupts"] = s => s["X2"] |= s.Step.Level == 2 && s.Step.Code.Contains(0xD538_C102) ? Now(s, "HCR_EL2") & 0x1C0 : 0,
        ["ISR_EL1 at EL1 shows what is not routed to EL2"] = s => s["X2"] |= s.Step.Level == 1 && s.Step.Code.Contains(0xD538_C102) ? Now(s, "HCR_EL2") & 0x1C0 : 0,
        ["ESB defers nothing"] = s => s["X3"] = s.Case.Id.Contains("/esb/", StringComparison.Ordinal) ? 0 : s["X3"],
        ["PSTATE changes though nothing is taken"] = s => s["PSTATE"] ^= s.Target == 0 ? Spsr.I : 0,
        ["an acknowledged interrupt has INTID 1023"] = s => s["X2"] = s.Case.Id.Contains("/acknowledged-", StringComparison.Ordinal) ? 1023 : s["X2"],
    };

    public static TheoryData<string> Mutants => [.. s_mutants.Keys];

    /// <summary>Controls to which a device may be deaf: register, bits that it takes for 1, bits that it takes for 0.</summary>
    public static TheoryData<string, ulong, ulong> Controls => new()
    {
        { "HCR_EL2", 0, Hcr.IMO }, { "HCR_EL2", 0, Hcr.FMO }, { "HCR_EL2", 0, Hcr.AMO }, { "HCR_EL2", Hcr.IMO, 0 }, { "HCR_EL2", Hcr.FMO, 0 }, { "HCR_EL2", Hcr.AMO, 0 },
        { "HCR_EL2", 0, Hcr.VI }, { "HCR_EL2", 0, Hcr.VF }, { "HCR_EL2", 0, Hcr.VSE }, { "HCR_EL2", Hcr.VI, 0 }, { "HCR_EL2", Hcr.VF, 0 }, { "HCR_EL2", Hcr.VSE, 0 },
        { "HCR_EL2", 0, Hcr.TGE }, { "HCR_EL2", 0, Hcr.E2H }, { "HCR_EL2", Hcr.E2H, 0 }, { "HCR_EL2", 0, Hcr.NV }, { "HCR_EL2", 0, Hcr.NV1 }, { "HCR_EL2", 0, Hcr.NV2 },
        { "SCR_EL3", 0, Scr.IRQ }, { "SCR_EL3", 0, Scr.FIQ }, { "SCR_EL3", Scr.IRQ, 0 }, { "SCR_EL3", Scr.FIQ, 0 }, { "SCR_EL3", Scr.NS, 0 },
        { "PSTATE", 0, Spsr.I }, { "PSTATE", 0, Spsr.F }, { "PSTATE", 0, Spsr.A }, { "PSTATE", Spsr.I, 0 }, { "PSTATE", Spsr.F, 0 }, { "PSTATE", Spsr.A, 0 },
        { "SCTLR_EL1", Sctlr.SPAN, 0 }, { "SCTLR_EL2", Sctlr.SPAN, 0 }, { "SCTLR_EL3", Sctlr.DSSBS, 0 }, { "VSESR_EL2", 0, 1 },
        { "ICC_IGRPEN0_EL1", 1, 0 }, { "ICC_IGRPEN1_EL1", 1, 0 },
    };

    [Fact]
    public void Every_case_passes_on_the_model_and_has_an_id_of_its_own()
    {
        s_cases.Select(c => c.Id).ShouldBeUnique();
        s_cases.Length.ShouldBeGreaterThan(4000);
        s_cases.Except(s_passed.Value.Select(p => p.Case)).Select(c => c.Id).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Mutants))]
    public void A_device_that_is_wrong_in_one_way_is_seen(string mutant)
    {
        Action<Sight> mutation = s_mutants[mutant];

        s_passed.Value.Any(p => Judge.Of(p.Case, MutantDevice.Mutate(p.Seen, p.Case, mutation)).Verdict == Verdict.Fail).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Controls))]
    public void A_device_that_is_deaf_to_a_control_is_seen(string register, ulong set, ulong clear) =>
        DeafDevice.IsSeen(s_model, s_cases, register, set, clear).ShouldBeTrue();

    [Fact]
    public void Every_reachable_rule_has_a_case_on_every_kind_of_device()
    {
        foreach (SuiteTarget target in (SuiteTarget[])[s_target, Targets.Nv2, Targets.Max, Targets.V80, Targets.NoEl3])
        {
            Case[] cases = [.. new InterruptsSuite().Generate(target, 1)];
            HashSet<string> covered = [.. cases.SelectMany(c => c.Rules)];

            new InterruptsSuite().Reachable(target).Where(r => !covered.Contains(r)).ShouldBeEmpty();
            cases.Select(c => Judge.CannotRun(c, target)).Where(reason => reason is not null).ShouldBeEmpty();
            cases.SelectMany(c => c.Rules).Distinct().Where(r => !Known(r)).ShouldBeEmpty();
        }

        new InterruptsSuite().Generate(Targets.El1, 1).ShouldBeEmpty();
        new InterruptsSuite().Reachable(Targets.El1).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("armv8.0")]
    [InlineData("nv1-only")]
    [InlineData("nv2,-FEAT_AA64EL3")]
    public void It_passes_on_other_machines_as_well(string profile)
    {
        using var model = ModelDevice.Model.Direct(profile);
        Case[] cases = [.. new InterruptsSuite().Generate(new SuiteTarget(model.Info.Features, model.Info.HighestLevel), 1).Where((_, n) => n % 4 == 0)];
        cases.Length.ShouldBeGreaterThan(100);
        cases.Zip(model.Run(cases, CancellationToken.None)).Select(r => Judge.Of(r.First, r.Second))
            .Where(j => j.Verdict != Verdict.Pass).Select(j => $"{j.Case.Id}: {j.Reason}").ShouldBeEmpty();
    }

    /// <summary>Two exceptions in a row, one from the vector of the other: the executive tells which was first.</summary>
    [Fact]
    public void The_executive_sees_what_the_direct_path_sees()
    {
        using var executive = ModelDevice.Model.WithExecutive("nv2");
        Case[] cases = [.. s_cases.Where(c => c.Id.StartsWith("interrupts/several/", StringComparison.Ordinal) || c.Id.StartsWith("interrupts/directed/", StringComparison.Ordinal))];
        (Case Case, Observation Direct, Observation Executive)[] all =
            [.. cases.Zip(s_model.Run(cases, CancellationToken.None), executive.Run(cases, CancellationToken.None))];
        all.Where(r => Text(Judge.Of(r.Case, r.Direct)) != Text(Judge.Of(r.Case, r.Executive))).Select(r => r.Case.Id).ShouldBeEmpty();

        static string Text(Judgement judgement) => judgement.Observed is Observation.Finished finished
            ? string.Join(';', finished.Steps.Select(s => string.Join(',', s.Fields))) : judgement.Reason;
    }

    [Fact]
    public void Waivers_of_the_suite_name_rules_and_cases_that_exist()
    {
        FeatureSet max = Targets.Max.Features;
        Case[] cases = [.. new InterruptsSuite().Generate(Targets.Max with { Features = new FeatureSet([.. max.Names, "FEAT_GICv3_NMI"], max.Numbers) }, 1)];
        foreach (Waiver waiver in WaiverSet.Embedded.Waivers.Where(w => w.Smallest.StartsWith("interrupts/", StringComparison.Ordinal)))
        {
            cases.Single(c => c.Id == waiver.Smallest).Rules.ShouldContain(waiver.Rule);
        }
    }

    private static bool Known(string rule) => rule == "F033"
        || (rule.StartsWith("EX-", StringComparison.Ordinal) && int.Parse(rule.AsSpan(3), CultureInfo.InvariantCulture) is >= 1 and <= 353);

    /// <summary>What EX-022 adds to the vector; 0 for a synchronous exception or none.</summary>
    private static ulong Kind(Sight s) => s.Target > 0 ? s["vector"] & 0x180 : 0;

    /// <summary>The value that a step gives a register, or the case, or the baseline.</summary>
    private static ulong Now(Sight s, string register) =>
        s.Step.Registers.Where(r => r.Name == register).Select(r => (ulong?)r.Value).FirstOrDefault() ?? s.Register(register);
}
