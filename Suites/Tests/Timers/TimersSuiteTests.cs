using System.Globalization;
using Conformance.Harness.Cases;
using Conformance.Harness.Runs;
using Conformance.Suites.Tests.Exceptions;
using Conformance.Suites.Timers;
using static Conformance.Suites.ControlBits;

namespace Conformance.Suites.Tests.Timers;

public class TimersSuiteTests
{
    private static readonly ModelDevice.Model s_model = ModelDevice.Model.Direct("nv2");
    private static readonly SuiteTarget s_target = new(s_model.Info.Features, s_model.Info.HighestLevel);
    private static readonly Case[] s_cases = [.. new TimersSuite().Generate(s_target, 1)];

    private static readonly Lazy<IReadOnlyList<(Case Case, Observation Seen)>> s_passed = new(() =>
        [.. s_cases.Zip(s_model.Run(s_cases, CancellationToken.None)).Where(p => Judge.Of(p.First, p.Second).Verdict == Verdict.Pass)]);

    /// <summary>What a device that is wrong in one way would report.</summary>
    private static readonly Dictionary<string, Action<Sight>> s_mutants = new()
    {
        ["the count that was read is none that was there"] = s => s["X9"] = 0,
        ["ISTATUS is never set"] = s => s["X2"] &= Is(s, "control") || Is(s, "condition") ? ~4UL : ~0UL,
        ["ISTATUS is masked by IMASK"] = s => s["X2"] &= Is(s, "control") && (s["X2"] & 3) == 3 ? ~4UL : ~0UL,
        ["a written ISTATUS stays"] = s => s["X2"] |= s.Case.Id.Contains("ctl5-not-met", StringComparison.Ordinal) ? 4UL : 0,
        ["CTL keeps reserved bits"] = s => s["X2"] |= s.Case.Id.Contains("ctlfffffffffffffff9", StringComparison.Ordinal) ? 8UL : 0,
        ["the output ignores IMASK"] = s => s["X3"] |= Is(s, "control") && (s["X2"] & 7) == 7 ? 0xFFFF_0000 : 0,
        ["no output"] = s => s["X3"] &= Is(s, "control") ? 0xFFFF : ~0UL,
        ["the output is latched"] = s => s["X2"] |= s.Case.Id.Contains("/level-", StringComparison.Ordinal) ? 0xFFFF_0000 : 0,
        ["TVAL is sign-extended to 64 bits"] = s => s["X10"] = Is(s, "view") && s.Case.Id.EndsWith("-read", StringComparison.Ordinal) ? 0xFFFF_FFFF : s["X10"],
        ["a trapped access is reported as UNDEFINED"] = s => s["ESR"] = s.Taken(0x18) ? 0x0200_0000 : s["ESR"],
        ["an EL02 name is reported as its EL0 name"] = s => s["ESR"] &= s.Taken(0x18) ? ~(1UL << 15 | 1UL << 16) : ~0UL,
        ["CNTHP at EL2 with E2H is CNTP"] = s => s["X2"] ^= Is(s, "names/cntp_cval_el0/el2-e2h-read") ? 1UL : 0,
        ["a write reaches another timer too"] = s => s["CNTHV_CVAL_EL2"] ^= 1,
        ["a write goes past the page"] = s => s[FieldNames.Memory(GuestMemory.Vncr + 0x178)] = 0,
        ["a timer's interrupt is not taken"] = s => s["target"] = Is(s, "taken") ? 0 : s["target"],
        ["WFE waits in spite of the event stream"] = s => s["target"] = Is(s, "events") ? 2 : s["target"],
        ["the condition does not follow the offset"] = s => s["X3"] |= Is(s, "change") ? 4UL : 0,
    };

    public static TheoryData<string> Mutants => [.. s_mutants.Keys];

    /// <summary>Controls to which a device may be deaf: register, bits that it takes for 1, bits that it takes for 0.</summary>
    public static TheoryData<string, ulong, ulong> Controls => new()
    {
        { "CNTVOFF_EL2", 0, ulong.MaxValue }, { "CNTPOFF_EL2", 0, ulong.MaxValue }, { "CNTVOFF_EL2", 0, 1UL << 63 }, { "CNTPOFF_EL2", 0, 1UL << 63 },
        { "CNTHCTL_EL2", Cnthctl.ECV, 0 }, { "CNTHCTL_EL2", 0, Cnthctl.ECV }, { "SCR_EL3", Scr.ECVEn, 0 }, { "SCR_EL3", Scr.NS, 0 }, { "SCR_EL3", 0, Scr.ST },
        { "HCR_EL2", 0, Hcr.TGE }, { "HCR_EL2", 0, Hcr.E2H }, { "HCR_EL2", Hcr.E2H, 0 }, { "HCR_EL2", 0, Hcr.NV }, { "HCR_EL2", 0, Hcr.NV1 }, { "HCR_EL2", 0, Hcr.NV2 },
        { "CNTHCTL_EL2", Cnthctl.EL0PCTEN, 0 }, { "CNTHCTL_EL2", Cnthctl.EL0VCTEN, 0 }, { "CNTHCTL_EL2", Cnthctl.EL0PTEN, 0 }, { "CNTHCTL_EL2", Cnthctl.EL0VTEN, 0 },
        { "CNTHCTL_EL2", Cnthctl.EL1PCTEN, 0 }, { "CNTHCTL_EL2", Cnthctl.EL1PTEN, 0 }, { "CNTHCTL_EL2", 0, Cnthctl.EL1TVT }, { "CNTHCTL_EL2", 0, Cnthctl.EL1TVCT },
        { "CNTHCTL_EL2", 0, Cnthctl.EL1NVPCT }, { "CNTHCTL_EL2", 0, Cnthctl.EL1NVVCT }, { "CNTHCTL_EL2", 0, Cnthctl.EVNTEN },
        { "CNTKCTL_EL1", Cntkctl.EL0PCTEN, 0 }, { "CNTKCTL_EL1", Cntkctl.EL0VCTEN, 0 }, { "CNTKCTL_EL1", Cntkctl.EL0PTEN, 0 }, { "CNTKCTL_EL1", Cntkctl.EL0VTEN, 0 },
        { "CNTKCTL_EL1", 0, Cntkctl.EVNTEN }, { "CNTP_CVAL_EL0", 0, ulong.MaxValue }, { "CNTV_CVAL_EL0", 0, ulong.MaxValue }, { "CNTHP_CVAL_EL2", 0, ulong.MaxValue },
        { "CNTHV_CVAL_EL2", 0, ulong.MaxValue }, { "CNTPS_CVAL_EL1", 0, ulong.MaxValue }, { "CNTP_CTL_EL0", 2, 0 }, { "CNTHV_CTL_EL2", 2, 0 },
    };

    [Fact]
    public void Every_case_passes_on_the_model_and_has_an_id_of_its_own()
    {
        s_cases.Select(c => c.Id).ShouldBeUnique();
        s_cases.Length.ShouldBeGreaterThan(7000);
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
        foreach (SuiteTarget target in (SuiteTarget[])[s_target, TimerTargets.Nv2, Targets.Nv2, TimerTargets.Max, Targets.V80, Targets.NoEl3])
        {
            Case[] cases = [.. new TimersSuite().Generate(target, 1)];
            HashSet<string> covered = [.. cases.SelectMany(c => c.Rules)];

            new TimersSuite().Reachable(target).Where(r => !covered.Contains(r)).ShouldBeEmpty();
            cases.SelectMany(c => c.Rules).Distinct().Where(r => !Known(r)).ShouldBeEmpty();
        }

        new TimersSuite().Generate(Targets.El1, 1).ShouldBeEmpty();
        new TimersSuite().Reachable(Targets.El1).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("armv8.0")]
    [InlineData("nv1-only")]
    [InlineData("nv2-noecv")]
    [InlineData("nv2,-FEAT_AA64EL3")]
    public void It_passes_on_other_machines_as_well(string profile)
    {
        using var model = ModelDevice.Model.Direct(profile);
        Case[] cases = [.. new TimersSuite().Generate(new SuiteTarget(model.Info.Features, model.Info.HighestLevel), 1).Where((_, n) => n % 4 == 0)];
        cases.Length.ShouldBeGreaterThan(100);
        cases.Zip(model.Run(cases, CancellationToken.None)).Select(r => Judge.Of(r.First, r.Second))
            .Where(j => j.Verdict != Verdict.Pass).Select(j => $"{j.Case.Id}: {j.Reason}").ShouldBeEmpty();
    }

    [Fact]
    public void Waivers_of_the_suite_name_rules_and_cases_that_exist()
    {
        Waiver[] waivers = [.. WaiverSet.Embedded.Waivers.Where(w => w.Smallest.StartsWith("timers/", StringComparison.Ordinal))];
        Case[] cases = [.. new TimersSuite().Generate(TimerTargets.Max, 1)];
        waivers.ShouldNotBeEmpty();
        foreach (Waiver waiver in waivers)
        {
            cases.Single(c => c.Id == waiver.Smallest).Rules.ShouldContain(waiver.Rule);
            waiver.Cases.Matches(waiver.Smallest).ShouldBeTrue();
        }
    }

    private static bool Is(Sight s, string group) => s.Case.Id.StartsWith($"timers/{group}", StringComparison.Ordinal);

    private static bool Known(string rule) => rule is "F035" or "F036" or "F037" or "F038" or "EX-090" or "EX-171" or "EX-341" or "EX-344"
        || (rule.StartsWith("TM-", StringComparison.Ordinal) && int.Parse(rule.AsSpan(3), CultureInfo.InvariantCulture) is >= 1 and <= 87);
}
