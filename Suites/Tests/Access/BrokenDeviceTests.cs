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

    /// <summary>Registers of EL3 that the executive needs: what the case's own code shows of them.</summary>
    public static TheoryData<string> OfTheExecutive => ["TPIDR_EL3", "ELR_EL3", "SPSR_EL3", "ESR_EL3", "FAR_EL3", "VBAR_EL3", "SCTLR_EL3", "SCR_EL3", "CPTR_EL3", "MDCR_EL3", "TTBR0_EL3", "MAIR_EL3"];

    [Theory]
    [MemberData(nameof(OfTheExecutive))]
    public void A_device_that_ignores_a_write_at_el3_or_reads_something_else_there_fails(string register)
    {
        foreach (string op in new[] { "MRS", "MSR" })
        {
            Case[] cases = [.. AccessGiven.Cases.Where(c => c.Rules[0].StartsWith($"{op} {register}@EL3#", StringComparison.Ordinal))];
            cases.Length.ShouldBeGreaterThanOrEqualTo(2);
            foreach (Case c in cases)
            {
                // A write that is lost leaves the register as it was; the operand differs from that.
                FieldExpectation shown = c.Steps[0].Allowed[0].Fields.Single(f => f.Field is not (FieldNames.Target or FieldNames.Pstate));
                MaskedValue value = shown.Any[0];
                value.Mask.ShouldNotBe(0UL);
                ulong before = op == "MRS" ? ~value.Value
                    : shown.Field.StartsWith('X') ? c.Steps[0].General.Single(g => g.Name == shown.Field).Value
                    : Preset(c, register);
                ((before ^ value.Value) & value.Mask).ShouldNotBe(0UL, c.Id);
                Verdict(c, new([.. AccessGiven.Perfect(c).Fields.Select(f => f.Key == shown.Field ? KeyValuePair.Create(f.Key, before) : f)]))
                    .ShouldBe(Harness.Cases.Verdict.Fail, c.Id);
            }
        }
    }

    [Theory]
    [InlineData("INSN SMC@EL3#1:T3:17", FieldNames.Elr, 4UL)]
    [InlineData("INSN SMC@EL1#2:T3:17", FieldNames.Elr, 4UL)]
    [InlineData("INSN SMC@EL1#1:T2:17", FieldNames.Elr, 4UL)]
    [InlineData("INSN HVC@EL3#2:T3:16", FieldNames.Esr, 1UL)]
    [InlineData("INSN ERETAB@EL1#1:T2:1a", FieldNames.Esr, 1UL)]
    [InlineData("INSN ERET@EL3#0:O:ERET(3)", FieldNames.Pstate, 1UL << 30)]
    [InlineData("MRS FPCR@EL3#1:T3:07", FieldNames.Vector, 0x200UL)]
    public void An_exception_or_return_with_one_wrong_detail_fails(string rule, string field, ulong flip)
    {
        Case[] cases = [.. AccessGiven.Cases.Where(c => c.Rules[0] == rule)];

        cases.Length.ShouldBeGreaterThanOrEqualTo(2);
        cases.ShouldAllBe(c => Verdict(c, Flip(AccessGiven.Perfect(c), f => f == field, flip)) == Harness.Cases.Verdict.Fail);
    }

    [Theory]
    [InlineData("R:PHYSCOUNT-CNTVOFF_EL2")]
    [InlineData("R:PHYSCOUNT-CNTPOFF_EL2")]
    [InlineData("R:PHYSCOUNT")]
    [InlineData("W:TVAL(CNTV_CVAL_EL0,CNTVOFF_EL2)")]
    [InlineData("W:TVAL(CNTP_CVAL_EL0)")]
    public void A_device_that_takes_another_offset_off_the_count_fails(string leaf)
    {
        Case[] cases = [.. AccessGiven.Cases.Where(c => c.Rules[0].EndsWith(":" + leaf, StringComparison.Ordinal))];

        cases.Length.ShouldBeGreaterThanOrEqualTo(2);
        foreach (Case c in cases)
        {
            FieldExpectation shown = c.Steps[0].Allowed[0].Fields.Single(f => f.Field is not (FieldNames.Target or FieldNames.Pstate));
            ulong[] offsets = [.. c.Registers.Where(r => r.Name.EndsWith("OFF_EL2", StringComparison.Ordinal)).Select(r => r.Value), 0];
            offsets.ShouldBeUnique(c.Id);
            ulong[] passing = [.. offsets.Where(o => Verdict(c, new([.. AccessGiven.Perfect(c).Fields
                .Select(f => f.Key == shown.Field ? KeyValuePair.Create(f.Key, 0x1234_5678 - o) : f)])) == Harness.Cases.Verdict.Pass)];
            passing.Length.ShouldBe(1, c.Id);
        }
    }

    private static ulong Preset(Case c, string register) =>
        c.Registers.Where(r => r.Name == register).Select(r => (ulong?)r.Value).FirstOrDefault() ?? Baseline.Of(register);

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
