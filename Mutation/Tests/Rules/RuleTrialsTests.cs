using Conformance.Harness.Cases;
using Conformance.Mutation.Rules;
using Conformance.Suites.ListRegisters;

namespace Conformance.Mutation.Tests.Rules;

/// <summary>The whole way of a mutant that breaks one rule.</summary>
public sealed class RuleTrialsTests
{
    private const string Sizes = "Cpu/Interrupts/InterfaceSizes.cs";
    private const string Bits = "(gic.PriorityBits - 1) << 29";

    private static readonly RuleTrials s_trials = new(Repository.Model.Value, [new SomeCases()], seed: 1);

    [Fact]
    public void A_mutant_that_only_cases_of_its_rule_catch_is_good()
    {
        RuleVerdict verdict = s_trials.Try(new RuleRow("GV-002", Sizes, Bits, "(gic.PriorityBits - 2) << 29"));
        verdict.Good.ShouldBeTrue(verdict.ToString());
        verdict.Naming.ShouldBe(["list-registers/identification/vtr-bits"]);
        verdict.ToString().ShouldStartWith("caught    GV-002 by 1 of ");
    }

    [Fact]
    public void A_mutant_that_cases_of_other_rules_catch_is_too_wide()
    {
        RuleVerdict verdict = s_trials.Try(new RuleRow("GV-003", Sizes, Bits, "(gic.PriorityBits - 2) << 29"));
        verdict.Good.ShouldBeFalse();
        verdict.ToString().ShouldStartWith("TOO WIDE  GV-003");
    }

    [Fact]
    public void A_mutant_without_a_difference_survives()
    {
        RuleVerdict verdict = s_trials.Try(new RuleRow("GV-002", Sizes, Bits, "(gic.PriorityBits + 1 - 2) << 29"));
        verdict.Good.ShouldBeFalse();
        verdict.ToString().ShouldStartWith("SURVIVED  GV-002");
    }

    [Theory]
    [InlineData("GV-002", "Cpu/Interrupts/Nowhere.cs", "a", "nv2", "the model has no file Cpu/Interrupts/Nowhere.cs.")]
    [InlineData("GV-002", Sizes, "no such text", "nv2", "take the text as it is there now.")]
    [InlineData("GV-002", Sizes, Bits, "armv8.0,-FEAT_GICv3", "no suite can show this rule on armv8.0,-FEAT_GICv3; give another profile, or a reason.")]
    public void What_cannot_be_tried_is_an_error(string rule, string file, string old, string profile, string message)
    {
        RuleVerdict verdict = s_trials.Try(new RuleRow(rule, file, old, "(gic.PriorityBits - 2) << 29", profile));
        verdict.Good.ShouldBeFalse();
        verdict.Error.ShouldEndWith(message);
    }

    /// <summary>The first cases of the suite, so that the test takes no time.</summary>
    private sealed class SomeCases : ISuite
    {
        private const int Some = 100;
        private readonly ListRegistersSuite _all = new();

        public string Name => _all.Name;

        public string Title => _all.Title;

        public IEnumerable<Harness.Cases.Case> Generate(SuiteTarget target, ulong seed) => _all.Generate(target, seed).Take(Some);

        public IReadOnlyList<string> Reachable(SuiteTarget target) => _all.Reachable(target);

        public IReadOnlyList<UnreachedRule> Unreached(SuiteTarget target) => _all.Unreached(target);
    }
}
