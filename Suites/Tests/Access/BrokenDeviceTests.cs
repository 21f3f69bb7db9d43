using Conformance.Harness.Cases;

namespace Conformance.Suites.Tests.Access;

/// <summary>A device that does everything right passes; one that errs in one way is caught.</summary>
public class BrokenDeviceTests
{
    /// <summary>Ways to be wrong: a field, and what becomes of its value.</summary>
    public static TheoryData<string, string, ulong> Faults => new()
    {
        { "wrong exception class", FieldNames.Esr, 1UL << 26 },
        { "IL not set", FieldNames.Esr, 1UL << 25 },
        { "wrong Rt in the syndrome", FieldNames.Esr, 1UL << 5 },
        { "direction turned round", FieldNames.Esr, 1UL << 0 },
        { "op1 and op2 exchanged in part", FieldNames.Esr, 1UL << 14 },
        { "wrong target level", FieldNames.Target, 3 },
        { "vector of another origin", FieldNames.Vector, 0x200 },
        { "preferred return address behind the instruction", FieldNames.Elr, 4 },
        { "saved level wrong", FieldNames.Spsr, 1UL << 2 },
        { "saved masks wrong", FieldNames.Spsr, 1UL << 7 },
        { "saved flags wrong", FieldNames.Spsr, 1UL << 29 },
        { "saved stack pointer selection wrong", FieldNames.Spsr, 1 },
        { "PSTATE changed by a plain access", FieldNames.Pstate, 1UL << 30 },
        { "another word of the VNCR page written", "changed@0x40300000+0x1000", 1 },
        { "nothing written to SCTLR_EL1", "SCTLR_EL1", 1UL << 26 },
        { "an UNDEFINED write took effect on TPIDR_EL2", "TPIDR_EL2", 1 },
        { "VBAR_EL1 written instead of the VNCR page", "VBAR_EL1", 1UL << 20 },
    };

    [Fact]
    public void A_device_without_a_fault_passes_every_case() =>
        AccessGiven.Cases.Where(c => Verdict(c, AccessGiven.Perfect(c)) != Harness.Cases.Verdict.Pass).Select(c => c.Id).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_device_with_one_fault_fails(string fault, string field, ulong flip)
    {
        Case[] concerned = [.. AccessGiven.Cases.Where(c => c.Steps[0].Allowed[0].Fields.Any(f => f.Field == field))];

        concerned.ShouldNotBeEmpty(fault);
        concerned.Count(c => Verdict(c, Flip(AccessGiven.Perfect(c), f => f == field, flip)) == Harness.Cases.Verdict.Fail)
            .ShouldBeGreaterThan(0, fault);
    }

    private const ulong Low = 0xFFFF_FFFF;

    [Fact]
    public void A_wrong_value_in_the_target_register_fails_for_every_read_that_knows_the_value()
    {
        Case[] reads = [.. AccessGiven.Cases.Where(c => c.Steps[0].Allowed is [var one] && one.Name.StartsWith("reads ", StringComparison.Ordinal)
            && one.Fields.Any(f => FieldNames.TryGeneral(f.Field, out _) && (f.Any[0].Mask & Low) != 0))];

        reads.Length.ShouldBeGreaterThan(200);
        reads.ShouldAllBe(c => Verdict(c, Flip(AccessGiven.Perfect(c), f => f[0] == 'X', Low)) == Harness.Cases.Verdict.Fail);
    }

    [Fact]
    public void A_trap_that_is_not_taken_fails()
    {
        Case[] traps = [.. AccessGiven.Cases.Where(c => c.Steps[0].Allowed is [{ Name: var name }] && name.StartsWith("trap", StringComparison.Ordinal))];
        StepObservation completed = new([KeyValuePair.Create(FieldNames.Target, 0UL)]);

        traps.Length.ShouldBeGreaterThan(1000);
        traps.ShouldAllBe(c => Verdict(c, completed) != Harness.Cases.Verdict.Pass);
    }

    private static Verdict Verdict(Case c, StepObservation seen) =>
        Judge.Of(c, new Observation.Finished([seen])).Verdict;

    private static StepObservation Flip(StepObservation seen, Func<string, bool> which, ulong bits) =>
        new([.. seen.Fields.Select(f => which(f.Key) ? KeyValuePair.Create(f.Key, f.Value ^ bits) : f)]);
}
