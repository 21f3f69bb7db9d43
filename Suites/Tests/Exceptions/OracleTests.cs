using Conformance.Harness.Cases;
using Conformance.Suites.Exceptions;
using Conformance.Suites.Exceptions.Rules;
using static Conformance.Suites.ControlBits;

namespace Conformance.Suites.Tests.Exceptions;

/// <summary>Worked examples: states and outcomes computed by hand from the rules.</summary>
public class OracleTests
{
    private const ulong Code = 0x4020_0000;

    [Fact]
    public void Svc_at_El0_goes_to_El1_behind_itself()
    {
        Arrival taken = Only(At(0x0000_0000), Calls.Svc(0x1234));

        taken.ShouldSatisfyAllConditions(
            t => t.Target.ShouldBe(1),
            t => t.Vector.ShouldBe(0x400u),
            t => t.Esr.ShouldBe(0x5600_1234UL),
            t => t.Elr.ShouldBe(Code + 4),
            t => t.Spsr.ShouldBe(0UL),
            t => (t.Pstate & t.PstateMask).ShouldBe(0x3C5UL), // SPAN is 1 in the baseline
            t => t.CurrentEl.ShouldBe(4UL));
    }

    [Fact]
    public void Svc_at_El0_under_a_host_goes_to_El2_and_sets_PAN_when_SPAN_is_0()
    {
        Arrival taken = Only(At(0x8000_0000, ("HCR_EL2", 0x0120_8304_8800_0000), ("SCTLR_EL2", 0x3045_0830)), Calls.Svc(0));

        taken.Target.ShouldBe(2);
        taken.Spsr.ShouldBe(0x8000_0000UL);
        (taken.Pstate & taken.PstateMask).ShouldBe(0x0040_03C9UL);
    }

    [Theory]
    [InlineData(0x0120_8700_8000_0000, 0x9UL)] // NV
    [InlineData(0x0120_8F00_8000_0000, 0x5UL)] // NV NV1
    [InlineData(0x0120_A700_8000_0000, 0x9UL)] // NV NV2
    [InlineData(0x0120_AF00_8000_0000, 0x9UL)] // NV NV1 NV2
    [InlineData(0x0120_A300_8000_0000, 0x5UL)] // NV2
    public void Spsr_M_follows_the_NV_bits(ulong hcr, ulong m) => Only(At(0x5, ("HCR_EL2", hcr)), Undefined.Udf(0)).Spsr.ShouldBe(m);

    [Fact]
    public void Spsr_M_is_the_real_level_in_Secure_state_without_El2() =>
        Only(At(0x5, ("HCR_EL2", 0x0120_8700_8000_0000), ("SCR_EL3", 0x08AE_FEF8_1E23_0D30)), Undefined.Udf(0)).Spsr.ShouldBe(0x5UL);

    [Fact]
    public void A_trapped_access_has_the_fields_of_its_encoding() =>
        Only(At(0x5, ("HCR_EL2", 0x0120_8300_8004_0000)), SystemAccess.IdRegisterTo(17)).ShouldSatisfyAllConditions(
            t => t.Target.ShouldBe(2),
            t => t.Esr.ShouldBe(0x6230_0229UL), // op0 3, op1 0, CRn 0, CRm 4, op2 0, Rt 17, read
            t => t.Elr.ShouldBe(Code));

    [Fact]
    public void Illegal_state_comes_before_the_instruction_and_after_the_PC()
    {
        Only(At(0x0010_0009), Calls.Smc(0)).Esr.ShouldBe(0x3A00_0000UL);
        Only(At(0x0010_0009, Code + 2), Calls.Smc(0)).ShouldSatisfyAllConditions(
            t => t.Esr.ShouldBe(0x8A00_0000UL), t => t.Far.ShouldBe(Code + 2), t => t.Elr.ShouldBe(Code + 2), t => t.Spsr.ShouldBe(0x0010_0009UL));
    }

    [Fact]
    public void A_wait_that_traps_may_also_complete()
    {
        IReadOnlyList<Ending> endings = ExceptionOracle.Endings(At(0, ("HCR_EL2", 0x0120_8300_8000_2000)), [Waiting.Wfi], Code)!;

        endings.Count.ShouldBe(2);
        endings[0].Taken!.Esr.ShouldBe(0x07E0_0000UL);
        endings[1].Taken.ShouldBeNull();
    }

    [Fact]
    public void A_wait_that_does_not_trap_is_no_case() =>
        ExceptionOracle.Endings(At(0), [Waiting.Wfi], Code).ShouldBeNull();

    [Fact]
    public void A_WFE_with_the_Event_Register_set_never_traps()
    {
        IReadOnlyList<Ending> endings =
            ExceptionOracle.Endings(At(5, ("HCR_EL2", 0x0120_8300_8000_4000)), [Waiting.Sevl, Waiting.Wfe], Code)!;

        endings.Single().Taken.ShouldBeNull();
    }

    [Fact]
    public void A_legal_return_runs_at_the_target_with_the_flags_of_SPSR()
    {
        Arrival taken = Only(
            At(0x9, ("ELR_EL2", Code + 8), ("SPSR_EL2", 0xA000_0144)), Returns.Eret, Undefined.Udf(1), Undefined.Udf(2));

        taken.Target.ShouldBe(1);
        taken.Vector.ShouldBe(0x000u); // EL1t
        taken.Elr.ShouldBe(Code + 8);
        taken.Spsr.ShouldBe(0xA000_0144UL);
    }

    [Fact]
    public void An_illegal_return_stays_and_takes_flags_and_masks()
    {
        // From EL2h with {NZCV,DAIF} = {0,F} to M = 5 with TGE = 1, SPSR flags C, masks A.
        Arrival taken = Only(
            At(0x3C9, ("HCR_EL2", 0x0120_8300_8800_0000), ("ELR_EL2", Code + 8), ("SPSR_EL2", 0x2000_0105)),
            Returns.Eret, Undefined.Udf(1), Undefined.Udf(2));

        taken.Target.ShouldBe(2);
        taken.Esr.ShouldBe(0x3A00_0000UL);
        (taken.Spsr & taken.SpsrMask).ShouldBe(0x2010_0109UL);
        (taken.SpsrMask & Spsr.Ssbs).ShouldBe(0UL);
    }

    [Theory]
    [InlineData(0x5, 0x8, true)]
    [InlineData(0x5, 0xC, true)]
    [InlineData(0x5, 0x5, false)]
    [InlineData(0x9, 0x1, true)]
    [InlineData(0x9, 0x2, true)]
    [InlineData(0x9, 0x8, false)]
    [InlineData(0xD, 0x9, false)]
    [InlineData(0xD, 0xD, false)]
    [InlineData(0xD, 0x10, true)]
    public void A_return_is_illegal_for_the_reasons_of_the_rules(ulong from, ulong m, bool illegal) =>
        Returns.IllegalReasons(At(from), new Spsr(m)).Any().ShouldBe(illegal);

    [Fact]
    public void Registers_of_El2_are_as_0_in_Secure_state_without_it()
    {
        Situation secure = At(5, ("SCR_EL3", 0x08AE_FEF8_1E23_0D30), ("HCR_EL2", ~0UL), ("MDCR_EL2", ~0UL));

        secure.El2Enabled.ShouldBeFalse();
        secure.Tge.ShouldBeFalse();
        secure.Nv.ShouldBeFalse();
        secure.Tde.ShouldBeFalse();
        secure.Hcr(Hcr.API).ShouldBeTrue();
    }

    private static Arrival Only(Situation start, params Instruction[] code) =>
        ExceptionOracle.Endings(start, code, Code)!.Single().Taken.ShouldNotBeNull();

    private static Situation At(ulong pstate, params (string Name, ulong Value)[] registers) => At(pstate, Code, registers);

    private static Situation At(ulong pstate, ulong pc, params (string Name, ulong Value)[] registers) =>
        new(Targets.Nv2, new Spsr(pstate), pc, registers.Select(r => new RegisterValue(r.Name, r.Value)), new Dictionary<int, ulong>());
}
