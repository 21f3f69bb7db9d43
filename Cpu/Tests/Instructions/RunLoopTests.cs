using Conformance.Cpu.Instructions;

namespace Conformance.Cpu.Tests.Instructions;

public sealed class RunLoopTests
{
    private const uint Nop = 0xaa1f_03e0;           // mov x0, xzr

    [Fact]
    public void A_run_ends_after_its_budget_with_PC_at_the_next_instruction()
    {
        Core core = Given.Program(Nop, Nop, Nop);

        RunLoop.Run(core, 2).ShouldBe(new RunResult(StopReason.Budget, 2, 0));

        core.Pc.ShouldBe(Given.Base + 8);
    }

    [Fact]
    public void A_run_ends_before_the_instruction_at_a_stop_address()
    {
        Core core = Given.Program(
            0xd280_0540,     // mov x0, #42
            0xd280_0561);    // mov x1, #43
        core.AddStop(Given.Base + 4);

        RunLoop.Run(core, 100).ShouldBe(new RunResult(StopReason.StopAddress, 1, 0));

        core.GetX(0).ShouldBe(42ul);
        core.GetX(1).ShouldBe(0ul);
        core.Pc.ShouldBe(Given.Base + 4);
        RunLoop.Run(core, 100).Instructions.ShouldBe(0);
        core.ClearStops();
        RunLoop.Run(core, 1).Reason.ShouldBe(StopReason.Budget);
        core.GetX(1).ShouldBe(43ul);
    }

    [Fact]
    public void A_run_ends_at_the_vector_of_an_exception_when_that_is_asked_for()
    {
        Core core = Given.Program(Nop, 0xd400_0001);    // svc #0
        core.StopsAtExceptions = true;

        RunLoop.Run(core, 100).ShouldBe(new RunResult(StopReason.Exception, 2, 0));

        core.ExceptionCount.ShouldBe(1ul);
        core.Pc.ShouldBe(core.System[Cpu.SystemRegisters.Slots.VBAR_EL1 + core.LastExceptionTarget - 1] + (ulong)core.LastVectorOffset);
    }

    [Fact]
    public void A_stop_address_added_to_code_that_has_run_is_seen_and_others_at_its_page_offset_run_on()
    {
        Core core = Given.Program(
            0x9100_0400,     // add x0, x0, #1
            0x1400_03ff);    // b .+0xffc, to the next page
        core.Write(Given.Base + 0x1000, 0x17ff_fc00);   // b .-0x1000
        RunLoop.Run(core, 30).Reason.ShouldBe(StopReason.Budget);
        core.GetX(0).ShouldBe(10ul);

        core.AddStop(Given.Base + 0x1000);
        RunLoop.Run(core, 30).ShouldBe(new RunResult(StopReason.StopAddress, 2, 0));
        core.GetX(0).ShouldBe(11ul);

        core.RemoveStop(Given.Base + 0x1000);
        RunLoop.Run(core, 4).Reason.ShouldBe(StopReason.Budget);
        core.GetX(0).ShouldBe(12ul);
    }

    [Fact]
    public void A_program_that_rewrites_its_next_instruction_executes_the_new_one()
    {
        Core core = Given.Program(
            0xb900_0022,     // str w2, [x1]
            0xd280_0020,     // mov x0, #1         <- overwritten by mov x0, #2
            0x17ff_fffe);    // b .-8
        core.SetX(1, Given.Base + 4);
        core.SetX(2, 0xd280_0040);

        _ = RunLoop.Run(core, 2);
        core.GetX(0).ShouldBe(2ul);

        core.SetX(2, 0xd280_0060);
        _ = RunLoop.Run(core, 3);
        core.GetX(0).ShouldBe(3ul);
    }

    [Fact]
    public void Code_written_from_outside_replaces_what_was_decoded()
    {
        Core core = Given.Program(0xd280_0020);         // mov x0, #1
        _ = RunLoop.Run(core, 1);
        core.Write(Given.Base, 0xd280_0040);            // mov x0, #2
        core.Pc = Given.Base;

        _ = RunLoop.Run(core, 1);

        core.GetX(0).ShouldBe(2ul);
    }

    [Fact]
    public void A_loop_counts_and_the_run_loop_allocates_nothing()
    {
        Core core = Given.Program(
            0xf100_0400,     // subs x0, x0, #1
            0x54ff_ffe1);    // b.ne .-4
        core.SetX(0, ulong.MaxValue);
        _ = RunLoop.Run(core, 10);
        long before = GC.GetAllocatedBytesForCurrentThread();

        _ = RunLoop.Run(core, 1_000_000);

        // The runtime may allocate a little when it recompiles the loop; one object per instruction would be 24 MB.
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(10_000);
    }
}
