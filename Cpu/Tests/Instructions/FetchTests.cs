using Conformance.Cpu.Instructions;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Tests.Instructions;

/// <summary>What happens before an instruction is executed: alignment of PC, aborts, Illegal Execution state (EX-210).</summary>
public sealed class FetchTests
{
    private const ulong Vector = 0x4000_4200;

    [Theory]
    [InlineData(0x4000_0002, 0x8a00_0000)]               // PC alignment
    [InlineData(0x2000_0000, 0x8600_0010)]               // nothing there
    [InlineData(0x2000_0001, 0x8a00_0000)]               // both: alignment first
    [InlineData(0x4000_0000_0000_0000, 0x8600_0000)]     // beyond the physical size
    public void A_branch_to_a_bad_address_faults_there(ulong target, ulong esr)
    {
        Core core = Branch(target);

        _ = RunLoop.Run(core, 2);

        core.Pc.ShouldBe(Vector);
        core.System[Slots.ESR_EL3].ShouldBe(esr, $"0x{core.System[Slots.ESR_EL3]:x}");
        core.System[Slots.ELR_EL3].ShouldBe(target);
        core.System[Slots.FAR_EL3].ShouldBe(target);
        core.ExceptionCount.ShouldBe(1ul);
    }

    [Theory]
    [InlineData(0x4000_0800, 0x3a00_0000)]     // a good address
    [InlineData(0x4000_0802, 0x8a00_0000)]     // PC alignment comes before
    [InlineData(0x2000_0000, 0x8600_0010)]     // and so does the abort
    public void Illegal_Execution_state_comes_after_the_faults_of_the_fetch(ulong target, ulong esr)
    {
        Core core = Given.Program(0xd69f_03e0);    // eret
        core.System[Slots.VBAR_EL3] = 0x4000_4000;
        core.System[Slots.ELR_EL3] = target;
        core.System[Slots.SPSR_EL3] = 0b0010;      // no such mode: an illegal return

        _ = RunLoop.Run(core, 1);
        core.Pstate.IL.ShouldBeTrue();
        _ = RunLoop.Run(core, 1);

        core.System[Slots.ESR_EL3].ShouldBe(esr, $"0x{core.System[Slots.ESR_EL3]:x}");
        core.System[Slots.ELR_EL3].ShouldBe(target);
        (core.System[Slots.SPSR_EL3] >> 20 & 1).ShouldBe(1ul);
        core.Pstate.IL.ShouldBeFalse();
    }

    [Fact]
    public void Illegal_Execution_state_is_seen_within_the_page_and_the_run_of_the_return()
    {
        Core core = Given.Program(
            0xd69f_03e0,     // eret
            0xd280_0020);    // mov x0, #1
        core.System[Slots.VBAR_EL3] = 0x4000_4000;
        core.System[Slots.ELR_EL3] = Given.Base + 4;
        core.System[Slots.SPSR_EL3] = 1ul << 20 | 0b1101;   // IL set, EL3h: a legal return

        _ = RunLoop.Run(core, 2);

        core.System[Slots.ESR_EL3].ShouldBe(0x3a00_0000ul);
        core.GetX(0).ShouldBe(0ul);
        core.Pc.ShouldBe(Vector);
    }

    [Fact]
    public void A_word_that_is_no_instruction_is_undefined()
    {
        Core core = Given.Program(0x0000_0000);
        core.System[Slots.VBAR_EL3] = 0x4000_4000;

        _ = RunLoop.Run(core, 1);

        core.Pc.ShouldBe(Vector);
        core.System[Slots.ESR_EL3].ShouldBe(0x0200_0000ul);
        core.System[Slots.ELR_EL3].ShouldBe(Given.Base);
    }

    [Fact]
    public void A_vector_that_faults_itself_does_not_hang_the_run()
    {
        Core core = Branch(0x2000_0000);
        core.System[Slots.VBAR_EL3] = 0x2000_0000;

        RunLoop.Run(core, 1000).ShouldBe(new RunResult(StopReason.Budget, 1000, 0));
        core.ExceptionCount.ShouldBe(999ul);
    }

    [Theory]
    [InlineData(0x2000_0200)]
    [InlineData(0x4000_0802)]
    public void A_stop_address_is_seen_where_nothing_can_be_fetched(ulong address)
    {
        Core core = Branch(address);
        core.AddStop(address);

        RunLoop.Run(core, 10).ShouldBe(new RunResult(StopReason.StopAddress, 1, 0));

        core.Pc.ShouldBe(address);
        core.ExceptionCount.ShouldBe(0ul);
    }

    [Fact]
    public void A_run_waits_no_longer_than_it_takes_to_see_that_nothing_can_wake_it()
    {
        Core core = Given.Program(0xd503_207f, 0xd280_0020);   // wfi; mov x0, #1

        RunLoop.Run(core, 10).ShouldBe(new RunResult(StopReason.WaitForInterrupt, 1, 0));
        core.Pc.ShouldBe(Given.Base + 4);
        _ = RunLoop.Run(core, 1);
        core.GetX(0).ShouldBe(1ul);
    }

    [Theory]
    [InlineData(0x7200_7c20)]    // logical immediate: a run of 32 in 32
    [InlineData(0x1240_0020)]    // logical immediate: N = 1 in the 32-bit form
    [InlineData(0x52c0_0000)]    // movz w0, hw = 2
    [InlineData(0x5340_0000)]    // ubfm w: N = 1
    [InlineData(0x5300_8000)]    // ubfm w: imms = 32
    [InlineData(0xd300_0000)]    // ubfm x: N = 0
    [InlineData(0x1382_8023)]    // extr w: imms = 32
    [InlineData(0x0b02_8023)]    // add w: shift by 32
    [InlineData(0x8bc2_0023)]    // add x: shift 11
    [InlineData(0x8b22_5423)]    // add x, extended, shift 5
    [InlineData(0x1ac2_4c23)]    // crc32x with sf = 0
    [InlineData(0xf822_2823)]    // str x, register, option 001
    [InlineData(0x4827_7c22)]    // casp with an odd Rs
    [InlineData(0x4826_7c23)]    // casp with an odd Rt
    [InlineData(0xd45e_0020)]    // hlt #0xf001
    public void Reserved_values_of_fields_are_undefined(uint word)
    {
        Core core = Given.Program(word);
        core.System[Slots.VBAR_EL3] = 0x4000_4000;

        _ = RunLoop.Run(core, 1);

        core.System[Slots.ESR_EL3].ShouldBe(0x0200_0000ul);
    }

    private static Core Branch(ulong target)
    {
        Core core = Given.Program(0xd61f_0020);    // br x1
        core.System[Slots.VBAR_EL3] = 0x4000_4000;
        core.SetX(1, target);
        return core;
    }
}
