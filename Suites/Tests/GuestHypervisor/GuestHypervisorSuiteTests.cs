using Conformance.Harness.Cases;
using Conformance.Harness.Programs;
using Conformance.Harness.Runs;
using Conformance.Suites.GuestHypervisor;
using Conformance.Suites.Tests.Exceptions;
using Conformance.Suites.Tests.Timers;

namespace Conformance.Suites.Tests.GuestHypervisor;

public class GuestHypervisorSuiteTests
{
    private static readonly ModelDevice.Model s_model = ModelDevice.Model.Direct("nv2");
    private static readonly SuiteTarget s_target = new(s_model.Info.Features, s_model.Info.HighestLevel);
    private static readonly Case[] s_cases = [.. new GuestHypervisorSuite().Generate(s_target, 1)];

    private static readonly Lazy<IReadOnlyList<(Case Case, Observation Seen)>> s_passed = new(() =>
        [.. s_cases.Zip(s_model.Run(s_cases, CancellationToken.None)).Where(p => Judge.Of(p.First, p.Second).Verdict == Verdict.Pass)]);

    /// <summary>What a machine that loses or mixes something at a switch would report.</summary>
    private static readonly Dictionary<string, Action<Sight>> s_mutants = new()
    {
        ["the guest's register is lost"] = s => s["X2"] = Is(s, "switch") ? 0 : s["X2"],
        ["the guest's register is that of EL2"] = s => s["X4"] = Is(s, "switch") ? s["X3"] : s["X4"],
        ["EL2's register is the guest's"] = s => s["X6"] = Is(s, "switch") ? s["X5"] : s["X6"],
        ["the guest reads the machine's own identity"] = s => s["X1"] = s.Case.Id.EndsWith("-seen", StringComparison.Ordinal) ? 0x410F_D000 : s["X1"],
        ["a general register is lost at a switch"] = s => s["X24"] = 0,
        ["CurrentEL of the guest is EL2's"] = s => s["X3"] = Is(s, "levels") ? 8 : s["X3"],
        ["SP of the other selection"] = s => s["X5"] = Is(s, "levels") ? 0x4033_0560 : s["X5"],
        ["TGE of the turn before"] = s => s["target"] = Is(s, "levels") && s.Target == 1 ? 2 : s["target"],
        ["an illegal return is forgotten"] = s => s["ESR"] = s.Taken(0x0E) ? 0 : s["ESR"],
        ["a trap stays on"] = s => s["ESR"] = Is(s, "merged") && s.Taken(0x16) ? 0x6200_0000 : s["ESR"],
        ["a trap never comes"] = s => s["ESR"] = Is(s, "merged") && s.Taken(0x18) ? 0x5A00_0051 : s["ESR"],
        ["the syndrome of a trap lacks Rt"] = s => s["ESR"] &= s.Taken(0x18) ? ~(31UL << 5) : ~0UL,
        ["a shadow table is stale"] = s => s["X2"] = Is(s, "stage2/no-e2h/switches") ? 0x1111_0000_0000_DA7A : s["X2"],
        ["stage 2 faults are reported at the level of another table"] = s => s["ESR"] ^= s.Taken(0x24) ? 1UL : 0,
        ["HPFAR_EL2 has the hypervisor's address"] = s => s["HPFAR_EL2"] &= 0xFF_FFF0,
        ["a walk's fault is a fault of the access"] = s => s["ESR"] &= s.Taken(0x20) ? ~0x80UL : ~0UL,
        ["the syndrome of a device access is not valid"] = s => s["ESR"] &= s.Taken(0x24) ? ~(1UL << 24) : ~0UL,
        ["a list register is not written back"] = s => s[FieldNames.Memory(GuestMemory.Data + 0x4000)] ^= Is(s, "interrupts") ? 1UL << 62 : 0,
        ["the guest acknowledges the hypervisor's interrupt"] = s => s["X10"] = Is(s, "interrupts") && s["X10"] == 45 ? 1 : s["X10"],
        ["no maintenance interrupt"] = s => s["vector"] = Is(s, "interrupts") && s["vector"] == 0x480 ? 0x400 : s["vector"],
        ["the offset of the turn before"] = s => s["X12"] = Is(s, "timers") ? 0 : s["X12"],
    };

    public static TheoryData<string> Mutants => [.. s_mutants.Keys];

    /// <summary>Registers of EL2 that a device may be deaf to once the story has begun, since all it does with them is code.</summary>
    public static TheoryData<string> Controls =>
    [
        "HCR_EL2", "CPTR_EL2", "MDCR_EL2", "CNTHCTL_EL2", "HFGRTR_EL2", "HFGWTR_EL2", "HFGITR_EL2", "HDFGRTR_EL2", "HDFGWTR_EL2", "ICH_HCR_EL2", "ICH_VMCR_EL2", "ICH_LR0_EL2",
        "ICH_LR1_EL2", "VTTBR_EL2", "VMPIDR_EL2", "VPIDR_EL2", "CNTVOFF_EL2", "SP_EL1", "SP_EL0", "SPSR_EL2", "ELR_EL2", "SCTLR_EL12", "TTBR0_EL12", "CNTV_CTL_EL02", "TPIDR_EL1", "CNTHP_CTL_EL2",
    ];

    [Fact]
    public void Every_case_passes_on_the_model_and_has_an_id_of_its_own()
    {
        s_cases.Select(c => c.Id).ShouldBeUnique();
        s_cases.Length.ShouldBeGreaterThan(1000);
        s_cases.Except(s_passed.Value.Select(p => p.Case)).Select(c => c.Id).ShouldBeEmpty();
    }

    [Fact]
    public void Nearly_every_case_is_a_story_of_several_steps_with_a_hypervisor_at_EL2()
    {
        s_cases.Where(c => c.Steps.Count < 2).ShouldBeEmpty();
        s_cases.Where(c => c.Steps.All(s => s.Level != 2)).ShouldBeEmpty();
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
    public void A_device_that_ignores_what_a_hypervisor_writes_is_seen(string register)
    {
        uint write = new Assembler(0).Msr(register, 0).Words()[0];
        Case[] deaf = [.. s_cases.Select(c => Without(c, write)).OfType<Case>()];
        deaf.ShouldNotBeEmpty();

        s_model.Run(deaf, CancellationToken.None).Zip(deaf).Any(p => Judge.Of(p.Second, p.First).Verdict == Verdict.Fail).ShouldBeTrue();
    }

    [Fact]
    public void Every_reachable_rule_has_a_case_on_every_kind_of_device()
    {
        foreach (SuiteTarget target in (SuiteTarget[])[s_target, TimerTargets.Nv2, Targets.Nv2, TimerTargets.Max, Targets.V80, Targets.NoEl3])
        {
            HashSet<string> covered = [.. new GuestHypervisorSuite().Generate(target, 1).SelectMany(c => c.Rules)];

            new GuestHypervisorSuite().Reachable(target).Where(r => !covered.Contains(r)).Select(r => $"{r} with {string.Join(' ', target.Features.Names)}").ShouldBeEmpty();
            covered.Where(r => !Known(r)).ShouldBeEmpty();
        }

        new GuestHypervisorSuite().Generate(Targets.El1, 1).ShouldBeEmpty();
        new GuestHypervisorSuite().Reachable(Targets.El1).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("armv8.0")]
    [InlineData("nv2,-FEAT_AA64EL3")]
    [InlineData("nv2,-FEAT_E2H0")]
    public void It_passes_on_other_machines_as_well(string profile)
    {
        using var model = ModelDevice.Model.Direct(profile);
        Case[] cases = [.. new GuestHypervisorSuite().Generate(new SuiteTarget(model.Info.Features, model.Info.HighestLevel), 1).Where((_, n) => n % 3 == 0)];
        cases.Length.ShouldBeGreaterThan(100);
        cases.Zip(model.Run(cases, CancellationToken.None)).Select(r => Judge.Of(r.First, r.Second))
            .Where(j => j.Verdict != Verdict.Pass).Select(j => $"{j.Case.Id}: {j.Reason}").ShouldBeEmpty();
    }

    [Fact]
    public void Waivers_of_the_suite_name_rules_and_cases_that_exist()
    {
        Waiver[] waivers = [.. WaiverSet.Embedded.Waivers.Where(w => w.Smallest.StartsWith("guest-hypervisor/", StringComparison.Ordinal))];
        Case[] cases = [.. new GuestHypervisorSuite().Generate(TimerTargets.Max, 1), .. s_cases];
        foreach (Waiver waiver in waivers)
        {
            cases.First(c => c.Id == waiver.Smallest).Rules.ShouldContain(waiver.Rule);
            waiver.Cases.Matches(waiver.Smallest).ShouldBeTrue();
        }
    }

    /// <summary>The case with every such write behind the first step a NOP; null if there is none.</summary>
    private static Case? Without(Case c, uint write)
    {
        const uint anyRegister = 31;
        uint nop = new Assembler(0).Nop().Words()[0];
        Case deaf = c with { Steps = [c.Steps[0], .. c.Steps.Skip(1).Select(s => s with { Code = [.. s.Code.Select(w => (w & ~anyRegister) == write ? nop : w)] })] };
        return deaf.Steps.Zip(c.Steps).Any(p => !p.First.Code.SequenceEqual(p.Second.Code)) ? deaf : null;
    }

    private static bool Is(Sight s, string group) => s.Case.Id.StartsWith($"guest-hypervisor/{group}", StringComparison.Ordinal);

    private static bool Known(string rule) => rule.Contains("@EL", StringComparison.Ordinal) || rule[..3] is "EX-" or "TM-" or "TR-" or "GV-" || (rule[0] == 'F' && int.TryParse(rule.AsSpan(1), out int n) && n is >= 2 and <= 46);
}
