using Conformance.Cpu.Exceptions;

namespace Conformance.Cpu.Tests;

public class ResetTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(2)]
    [InlineData(1)]
    public void A_reset_starts_at_the_level_on_its_own_stack_with_all_masked(int level)
    {
        Core core = new TestMachine().Core;
        core.SetX(5, 5);
        core.Pstate.Nzcv = 15;

        core.Reset(level);

        (core.Pstate.EL, core.Pstate.SP, core.Pstate.Daif, core.Pstate.Nzcv).ShouldBe(((byte)level, true, (byte)15, (byte)0));
        core.GetX(5).ShouldBe(0UL);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(1)]
    public void Below_the_highest_level_el2_is_enabled_and_nothing_traps(int level)
    {
        TestMachine m = new TestMachine();
        m.Core.Reset(level);
        m.Core.Pc = TestMachine.RamBase;

        EffectiveControls.El2Enabled(m.Core).ShouldBeTrue();
        foreach (string name in new[] { "SCTLR_EL1", "CNTPCT_EL0", "APIAKeyLo_EL1", "ICC_SRE_EL1", "PMCCNTR_EL0", "SCXTNUM_EL1", "MDSCR_EL1" })
        {
            m.Run(TestMachine.Mrs(name));
            m.Core.ExceptionCount.ShouldBe(0UL, name);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(2)]
    [InlineData(1)]
    public void Every_reset_to_a_level_leaves_the_same_registers(int level)
    {
        Core core = new TestMachine().Core;
        core.Reset(level);
        ulong[] first = [.. core.System];
        core.System.AsSpan().Fill(0x5555_5555_5555_5555);
        core.Reset(level == 3 ? 1 : 3);

        core.Reset(level);

        core.System.ShouldBe(first);
    }

    [Fact]
    public void The_os_lock_is_closed_by_a_reset_and_opened_through_oslar()
    {
        TestMachine m = new TestMachine();

        m.Get("OSLSR_EL1").ShouldBe(0xaUL);
        m.Run(TestMachine.Msr("OSLAR_EL1"));
        m.Get("OSLSR_EL1").ShouldBe(0x8UL);
    }
}
