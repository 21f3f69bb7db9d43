using System.Diagnostics;
using Conformance.Harness.Cases;
using Conformance.Harness.Spec;
using Conformance.Suites.Nv2;

namespace Conformance.Suites.Tests.Nv2;

public class Nv2SuiteTests
{
    private static readonly Nv2Suite s_suite = new();
    private static readonly Lazy<IReadOnlyList<Case>> s_profile = new(() => [.. s_suite.Generate(Nv2Targets.Profile, 1)]);

    [Fact]
    public void Profile_nv2_gets_thousands_of_cases_each_with_its_own_id()
    {
        s_profile.Value.Count.ShouldBeGreaterThan(3000);
        s_profile.Value.Select(c => c.Id).ShouldBeUnique();
        s_profile.Value.ShouldAllBe(c => c.Suite == "nv2" && !c.Id.Any(char.IsUpper) && c.Title.Length > 0);
    }

    [Theory]
    [InlineData("profile")]
    [InlineData("without-el3")]
    [InlineData("everything")]
    public void Coverage_counts_exactly_the_rules_that_the_cases_check(string name)
    {
        SuiteTarget target = Nv2Targets.Of(name);
        HashSet<string> checkedRules = [.. s_suite.Generate(target, 1).SelectMany(c => c.Rules)];

        checkedRules.Except(s_suite.Reachable(target)).ShouldBeEmpty();
        s_suite.Reachable(target).Except(checkedRules).ShouldBeEmpty();
    }

    [Fact]
    public void Each_slot_has_its_rule_for_each_accessor_and_pattern()
    {
        IReadOnlyList<string> rules = s_suite.Reachable(Nv2Targets.Profile);

        rules.ShouldContain("VNCR+0x040 MRS VTCR_EL2 NVx=101");
        rules.ShouldContain("VNCR+0x110 MSR SCTLR_EL1 NVx=111");
        rules.ShouldContain("VNCR+0x110 MSR SCTLR_EL12 NVx=101");
        rules.ShouldContain("MSR SCTLR_EL1 NVx=101");
        rules.ShouldNotContain("VNCR+0x110 MSR SCTLR_EL1 NVx=101");
    }

    [Fact]
    public void The_same_seed_gives_the_same_cases_and_another_seed_the_same_ids()
    {
        Case[] again = [.. s_suite.Generate(Nv2Targets.Profile, 1)];
        Case[] other = [.. s_suite.Generate(Nv2Targets.Profile, 2)];

        other.Select(c => c.Id).SequenceEqual(s_profile.Value.Select(c => c.Id)).ShouldBeTrue();
        for (int i = 0; i < again.Length; i += 7)
        {
            Text(again[i]).ShouldBe(Text(s_profile.Value[i]));
        }

        Enumerable.Range(0, 50).Count(i => Text(other[i * 99]) != Text(again[i * 99])).ShouldBeGreaterThan(40);
    }

    [Fact]
    public void Nothing_is_generated_without_el2_or_without_the_feature()
    {
        s_suite.Generate(Nv2Targets.Guest, 1).ShouldBeEmpty();
        s_suite.Reachable(Nv2Targets.Guest).ShouldBeEmpty();
        s_suite.Generate(new SuiteTarget(new FeatureSet(["FEAT_AA64EL2", "FEAT_NV"]), 3), 1).ShouldBeEmpty();
    }

    [Fact]
    public void A_device_started_at_el2_gets_only_cases_that_it_can_run()
    {
        Case[] cases = [.. s_suite.Generate(Nv2Targets.WithoutEl3, 1)];

        cases.ShouldAllBe(c => Judge.CannotRun(c, Nv2Targets.WithoutEl3) == null);
        cases.SelectMany(c => c.Registers).ShouldAllBe(r => !r.Name.EndsWith("_EL3"));
        cases.SelectMany(c => c.Registers).ShouldAllBe(r => r.Name != "ELR_EL2" && r.Name != "SPSR_EL2");
        cases.SelectMany(c => c.Steps).SelectMany(s => s.Fields).ShouldAllBe(f => !f.EndsWith("_EL3") && f != "ESR_EL2" && f != "FAR_EL2");
    }

    /// <summary>The whole state of each case through the decision trees, traps and all, gives what the case expects.</summary>
    [Theory]
    [InlineData("profile")]
    [InlineData("without-el3")]
    [InlineData("everything")]
    public void Every_case_expects_what_the_decision_trees_say(string name)
    {
        SuiteTarget target = Nv2Targets.Of(name);
        IReadOnlyList<ArchState> baselines = FactsOfCase.Baselines(target);
        int compared = 0;
        foreach (Case c in s_suite.Generate(target, 3).Where(c => IsOneAccess(c) && !Nv2Targets.IsValueCase(c, "any-0")))
        {
            foreach (ArchState baseline in baselines.Take(c.Id.Contains("actlr") ? 2 : 1))
            {
                Effect facts = FactsOfCase.Of(baseline, c);
                c.Steps[^1].Allowed.Any(o => o.Name.StartsWith(Said(facts), StringComparison.Ordinal))
                    .ShouldBeTrue($"{c.Id}: {string.Join(", ", c.Steps[^1].Allowed.Select(o => o.Name))}; facts: {facts}");
            }

            compared++;
        }

        compared.ShouldBeGreaterThan(2000);
    }

    [Fact]
    public void A_worked_store_says_every_part_of_it()
    {
        Case c = s_profile.Value.Single(x => x.Id == "nv2/vtcr_el2/msr-nv101-bytes");
        Step step = c.Steps.Single();
        int rt = (int)(step.Code.Single() & 31);
        Dictionary<string, FieldExpectation> fields = step.Allowed.Single().Fields.ToDictionary(f => f.Field);

        (step.Code.Single() & ~31u).ShouldBe(0xD51C_2140u); // MSR VTCR_EL2, X0
        (c.Registers.Single(r => r.Name == "HCR_EL2").Value & 0x2C00_0000_0000).ShouldBe(0x2400_0000_0000UL);
        step.General.Single(g => g.Name == $"X{rt}").Value.ShouldBe(0x0123_4567_89AB_CDEFUL);
        fields["mem@0x40300040"].Any.Single().ShouldBe(new MaskedValue(0x0123_4567_89AB_CDEF, ulong.MaxValue));
        fields["changed@0x40300000+0x1000"].Any.Single().Value.ShouldBe(0UL);
        fields["target"].Any.Single().Value.ShouldBe(0UL);
        fields["PSTATE"].Any.Single().Value.ShouldBe(step.Pstate);
        (fields["VTCR_EL2"].Any.Single().Value & 0x7FFFF).ShouldBe(~0x0123_4567_89AB_CDEFUL & 0x7FFFF);
    }

    [Fact]
    public void A_worked_trap_names_the_encoding_that_was_used()
    {
        Case c = s_profile.Value.Single(x => x.Id == "nv2/sctlr_el12/mrs-nv111-trap-0");
        uint rt = c.Steps[0].Code[0] & 31;
        Outcome outcome = c.Steps[0].Allowed.Single();

        ulong Expected(string field) => outcome.Fields.Single(f => f.Field == field).Any.Single().Value;

        // EC 0x18, IL; Op0 3, Op2 0, Op1 5, CRn 1, Rt, CRm 0, read
        Expected("ESR").ShouldBe(0x6200_0000UL | 3 << 20 | 5 << 14 | 1 << 10 | rt << 5 | 1);
        Expected("target").ShouldBe(2UL);
        Expected("vector").ShouldBe(0x400UL);
        Expected("ELR").ShouldBe(0x4020_0000UL);
    }

    [Fact]
    public void Generating_the_cases_is_no_part_of_a_run_that_one_would_notice()
    {
        _ = s_profile.Value; // tables are read
        long best = long.MaxValue;
        for (int i = 0; i < 3; i++)
        {
            var watch = Stopwatch.StartNew();
            s_suite.Generate(Nv2Targets.Profile, 5).Count().ShouldBe(s_profile.Value.Count);
            best = Math.Min(best, watch.ElapsedMilliseconds);
        }

        // The aim is 20,000 a second; the floor leaves room for a debug build on a busy machine.
        (s_profile.Value.Count * 1000L / Math.Max(best, 1)).ShouldBeGreaterThan(1000);
    }

    /// <summary>One step with one MRS or MSR whose effect is in the outcome's name.</summary>
    private static bool IsOneAccess(Case c) =>
        c.Steps.Count == 1 && c.Steps[0].Code.Count == 1 && !c.Id.StartsWith("nv2/saved-level/") && !c.Id.EndsWith("-left-open");

    private static string Said(Effect effect) => effect switch
    {
        Effect.Memory memory => $"memory at VNCR_EL2 + 0x{memory.Offset:x3}",
        Effect.Register register => $"register {register.Name}",
        Effect.Trap trap => $"trap to EL{trap.Level}, EC 0x{trap.Class:x2}",
        _ => "UNDEFINED",
    };

    /// <summary>Everything in a case, the id first.</summary>
    private static string Text(Case c) => string.Join('\n',
    [
        c.Id, c.Title, string.Join(' ', c.Rules), string.Join(' ', c.Needs), string.Join(' ', c.Registers), string.Join(' ', c.Fills),
        string.Join(' ', c.Memory),
        .. c.Steps.Select(s => $"{s.Level} {s.Pstate} {string.Join(' ', s.Code)} {string.Join(' ', s.General)} "
            + string.Join(" | ", s.Allowed.Select(o => o.Name + string.Join(' ', o.Fields.Select(ValueNotation.Text))))),
    ]);
}
