using Conformance.Harness.Cases;
using Conformance.Mutation.Points;
using Conformance.Mutation.Trials;
using Conformance.Suites.Exceptions;

namespace Conformance.Mutation.Tests.Trials;

/// <summary>The whole way of a mutant: compiled, loaded, given cases, judged.</summary>
public sealed class LaboratoryTests
{
    private const string Eret = "Cpu/Instructions/ExceptionReturn.cs";

    private static readonly Laboratory s_laboratory = new(Repository.Model.Value, [new SomeCases()], [], ["nv2"], seed: 1);

    [Fact]
    public void A_mutant_that_traps_ERET_to_the_wrong_level_is_caught_and_a_case_is_named()
    {
        TrialResult result = s_laboratory.Try(Change(Eret, "Raise.AtThis(core, 2,", "Raise.AtThis(core, 3,"));
        result.Fate.ShouldBe(Fate.Caught);
        result.By.ShouldStartWith("exceptions/directed/");
        result.Reason.ShouldContain("target 0x3, expected 0x2");
    }

    [Fact]
    public void A_mutant_without_a_difference_survives_all_cases()
    {
        TrialResult result = s_laboratory.Try(Change(Eret, "if (core.Pstate.EL == 0)", "if (!(core.Pstate.EL != 0))"));
        result.Fate.ShouldBe(Fate.Survived);
        result.Cases.ShouldBe(s_laboratory.Prepare());
        result.Cases.ShouldBeGreaterThan(50);
    }

    [Fact]
    public void What_the_chosen_suites_do_not_see_is_shown_to_the_others()
    {
        Mutant mutant = Change(Eret, "Raise.AtThis(core, 2,", "Raise.AtThis(core, 3,");
        TrialResult result = new Laboratory(Repository.Model.Value, [], [new SomeCases()], ["nv2", "nv2@others"], seed: 1).Try(mutant);
        (result.Fate, result.Profile).ShouldBe((Fate.Caught, "nv2@others"));
    }

    [Fact]
    public void A_mutant_whose_declarations_come_to_the_same_is_equivalent()
    {
        TrialResult result = s_laboratory.Try(Change("Cpu/SystemRegisters/IdRegisters.cs", "HcrTrap(Hcr.TID3)", "HcrTrapEl0(Hcr.TID3)"));
        result.Fate.ShouldBe(Fate.SameTables);
    }

    [Fact]
    public void A_mutant_that_is_no_program_does_not_count() =>
        s_laboratory.Try(Change(Eret, "core.Pstate.EL == 0", "core.Pstate.EL == nothing")).Fate.ShouldBe(Fate.DoesNotCompile);

    [Fact]
    public void A_mutant_that_does_not_even_start_is_caught()
    {
        TrialResult result = s_laboratory.Try(
            Change("Cpu/SystemRegisters/ExceptionRegisters.cs", "Reg(\"VBAR_EL2\"", "Reg(\"VBAR_NO\""));
        result.Fate.ShouldBe(Fate.Caught);
        result.Reason.ShouldContain("VBAR_EL2");
    }

    [Fact]
    public void A_mutant_that_throws_in_a_case_is_caught()
    {
        TrialResult result = s_laboratory.Try(
            Change(Eret, "private static ulong Address(Core core) =>", "private static ulong Address(Core core) => core.Pc == 0 ? 0UL : throw new System.Exception(\"oh\") ;static ulong B(Core core) =>"));
        (result.Fate, result.Reason).ShouldBe((Fate.Caught, "Exception: oh"));
    }

    private static Mutant Change(string file, string before, string after)
    {
        string text = Repository.Model.Value.Tree(file).GetText().ToString();
        int at = text.IndexOf(before, StringComparison.Ordinal);
        at.ShouldBeGreaterThan(0, $"{file} has no '{before}' any more: adapt the test");
        return new Mutant("key", file, 1, "M", MutationKind.Level, before, after, at, before.Length, after, Declares: file.Contains("/SystemRegisters/", StringComparison.Ordinal));
    }

    /// <summary>The directed cases of one suite, so that the test takes no time.</summary>
    private sealed class SomeCases : ISuite
    {
        public string Name => "exceptions";

        public string Title => "some";

        public IEnumerable<Harness.Cases.Case> Generate(SuiteTarget target, ulong seed) =>
            new ExceptionsSuite().Generate(target, seed).TakeWhile(c => c.Id.StartsWith("exceptions/directed/", StringComparison.Ordinal));

        public IReadOnlyList<string> Reachable(SuiteTarget target) => [];
    }
}
