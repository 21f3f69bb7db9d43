using Conformance.Cpu.Board;
using Conformance.Cpu.Instructions;
using Conformance.Cpu.SystemRegisters;
using static Conformance.Cpu.Tests.Interrupts.InterruptMachine;

namespace Conformance.Cpu.Tests.Interrupts;

/// <summary>Distributor, redistributor and physical CPU interface (IHI 0069; EX-350, EX-351; GV-106; TM-028, TM-080).</summary>
public class PhysicalInterfaceTests
{
    private const ulong Gicd = MemoryMap.GicDistributor;

    private static ulong Acknowledge(InterruptMachine m, string register = "ICC_IAR1_EL1") => Registers.Get(register).Read(m.Core);

    [Fact]
    public void The_frames_identify_a_GICv3_with_256_SPIs_and_one_security_state()
    {
        var m = new InterruptMachine();

        m.Read(Gicd + 0xffe8).ShouldBe(0x3bUL);
        m.Read(MemoryMap.GicRedistributors + 0xffe8).ShouldBe(0x3bUL);
        (m.Read(Gicd + 4) & 0x1f).ShouldBe(8UL);
        m.Read(Gicd).ShouldBe(0x53UL);
        m.Read(MemoryMap.GicRedistributors + 8, 8).ShouldBe(0x11UL);
        m.Board.Board.TryRead(MemoryMap.GicRedistributors + 0x2_0000, 4, out _).ShouldBeFalse();
    }

    [Fact]
    public void A_sleeping_redistributor_forwards_nothing()
    {
        InterruptMachine m = new InterruptMachine().Enable(5).Pend(5).Write(MemoryMap.GicRedistributors + 0x14, 2);
        m.Read(MemoryMap.GicRedistributors + 0x14).ShouldBe(6UL);

        m.Next().Target.ShouldBe(0);
        m.Write(MemoryMap.GicRedistributors + 0x14, 0).Next().ShouldBe((1, 0x280));
    }

    [Theory]
    [InlineData(0, 1, 0x300)]
    [InlineData(1, 1, 0x280)]
    public void EX_350_Group_0_is_FIQ_and_Group_1_is_IRQ(int group, int level, int vector) =>
        new InterruptMachine(level).Enable(5, group).Pend(5).Next().ShouldBe((1, vector));

    [Fact]
    public void EX_351_At_EL3_Group_1_is_FIQ() =>
        new InterruptMachine(3, 0, Scr.NS | Scr.FIQ | Scr.IRQ).Enable(5).Pend(5).Next().ShouldBe((3, 0x300));

    [Fact]
    public void An_interrupt_goes_from_pending_to_active_to_idle()
    {
        InterruptMachine m = new InterruptMachine().Enable(5, priority: 0x40).Pend(5);

        m.Get("ICC_HPPIR1_EL1").ShouldBe(5UL);
        Acknowledge(m, "ICC_IAR0_EL1").ShouldBe(1023UL);
        Acknowledge(m).ShouldBe(5UL);
        m.Get("ICC_RPR_EL1").ShouldBe(0x40UL);
        m.Read(Sgis + 0x200).ShouldBe(0UL);
        m.Read(Sgis + 0x300).ShouldBe(1UL << 5);
        Acknowledge(m).ShouldBe(1023UL);
        m.Set("ICC_EOIR1_EL1", 5).Get("ICC_RPR_EL1").ShouldBe(0xffUL);
        m.Read(Sgis + 0x300).ShouldBe(0UL);
    }

    [Fact]
    public void With_EOImode_only_DIR_deactivates()
    {
        InterruptMachine m = new InterruptMachine().Set("ICC_CTLR_EL1", 2).Enable(5).Pend(5);
        Acknowledge(m).ShouldBe(5UL);

        m.Set("ICC_EOIR1_EL1", 5).Read(Sgis + 0x380).ShouldBe(1UL << 5);
        m.Set("ICC_DIR_EL1", 5).Read(Sgis + 0x380).ShouldBe(0UL);
    }

    [Fact]
    public void Priorities_decide_and_the_mask_the_binary_point_and_the_group_enables_hold_back()
    {
        InterruptMachine m = new InterruptMachine().Mask(15).Enable(5, priority: 0x60).Enable(6, priority: 0x48).Enable(7, priority: 0x40).Pend(5).Pend(6);
        m.Get("ICC_HPPIR1_EL1").ShouldBe(6UL);
        m.Set("ICC_PMR_EL1", 0x48);
        Acknowledge(m).ShouldBe(1023UL);
        m.Set("ICC_PMR_EL1", 0x50);
        Acknowledge(m).ShouldBe(6UL);
        m.Pend(7).Set("ICC_BPR1_EL1", 5);
        Acknowledge(m).ShouldBe(1023UL, "0x40 and 0x48 are one group priority");
        m.Set("ICC_BPR1_EL1", 3).Set("ICC_IGRPEN1_EL1", 0);
        Acknowledge(m).ShouldBe(1023UL);
        m.Set("ICC_IGRPEN1_EL1", 1);
        Acknowledge(m).ShouldBe(7UL);
    }

    [Fact]
    public void SGI_registers_make_an_SGI_of_their_groups_pending_here()
    {
        InterruptMachine m = new InterruptMachine().Mask(15).Enable(5).Enable(6, group: 0);

        m.Set("ICC_SGI1R_EL1", 5UL << 24 | 2).Set("ICC_SGI1R_EL1", 5UL << 24 | 1UL << 40 | 1).Set("ICC_SGI0R_EL1", 5UL << 24 | 1)
            .Set("ICC_SGI1R_EL1", 5UL << 24 | 1 | 1UL << 16).Read(Sgis + 0x200).ShouldBe(0UL);
        m.Set("ICC_SGI1R_EL1", 5UL << 24 | 1).Set("ICC_SGI0R_EL1", 6UL << 24 | 1).Read(Sgis + 0x200).ShouldBe(3UL << 5);
    }

    [Fact]
    public void An_SPI_is_set_up_in_the_distributor_and_follows_its_route()
    {
        InterruptMachine m = new InterruptMachine().Write(Gicd + 0x84, 1 << 3).Write(Gicd + 0x104, 1 << 3).Write(Gicd + 0x423, 0x20, 1)
            .Write(Gicd + 0xc08, 2 << 6).Write(Gicd + 0x204, 1 << 3);
        m.Read(Gicd + 0x420).ShouldBe(0x2000_0000UL);
        m.Read(Gicd + 0xc08).ShouldBe(2UL << 6);
        m.Get("ICC_HPPIR1_EL1").ShouldBe(35UL);

        m.Write(Gicd + 0x6100 + (8 * 3), 1, 8).Get("ICC_HPPIR1_EL1").ShouldBe(1023UL);
        m.Write(Gicd + 0x6100 + (8 * 3), 0x8000_0001, 8).Get("ICC_HPPIR1_EL1").ShouldBe(35UL);
    }

    [Fact]
    public void The_UART_is_a_level_on_SPI_1()
    {
        InterruptMachine m = new InterruptMachine().Write(Gicd + 0x84, 2).Write(Gicd + 0x104, 2).Write(MemoryMap.Uart + 0x38, 1 << 4);
        m.Next().Target.ShouldBe(0);

        m.Board.Board.Uart.Receive(65);
        m.Next().ShouldBe((1, 0x280));
        Acknowledge(m).ShouldBe(33UL);
        m.Read(Gicd + 0x204).ShouldBe(2UL);
        m.Read(MemoryMap.Uart).ShouldBe(65UL);
        m.Run();
        m.Read(Gicd + 0x204).ShouldBe(0UL);
    }

    [Theory]
    [InlineData("CNTP_CTL_EL0", "CNTP_CVAL_EL0", 30)]
    [InlineData("CNTV_CTL_EL0", "CNTV_CVAL_EL0", 27)]
    [InlineData("CNTHP_CTL_EL2", "CNTHP_CVAL_EL2", 26)]
    [InlineData("CNTHV_CTL_EL2", "CNTHV_CVAL_EL2", 28)]
    [InlineData("CNTPS_CTL_EL1", "CNTPS_CVAL_EL1", 29)]
    public void TM_028_080_081_A_timer_interrupts_at_its_tick_and_stops_when_it_is_masked(string control, string compare, uint intId)
    {
        InterruptMachine m = new InterruptMachine().Enable(intId).Set(compare, 50).Set(control, 1);

        m.Run(40);
        m.Core.ExceptionCount.ShouldBe(0UL);
        m.Run(40);

        m.Core.ExceptionCount.ShouldBe(1UL);
        m.Get("ELR_EL1").ShouldBe(Code + (4 * 50));
        Acknowledge(m).ShouldBe(intId);
        m.Set(control, 3).Set("ICC_EOIR1_EL1", intId).Run();
        m.Get("ICC_HPPIR1_EL1").ShouldBe(1023UL);
    }

    [Fact]
    public void TM_016_017_032_The_offset_moves_the_interrupt_and_wraps()
    {
        InterruptMachine m = new InterruptMachine().Mask(15).Enable(27).Set("CNTVOFF_EL2", 30).Set("CNTV_CVAL_EL0", 50).Set("CNTV_CTL_EL0", 1);
        m.Run();
        m.Get("ISR_EL1").ShouldBe(0x80UL, "the count minus the offset is below zero, which is a large number");
        m.Run(39);
        m.Get("ISR_EL1").ShouldBe(0UL);

        m.Mask(0).Run(100);

        m.Core.ExceptionCount.ShouldBe(1UL);
        m.Get("ELR_EL1").ShouldBe(Code + (4 * 80));
    }

    [Fact]
    public void EX_340_WFI_waits_for_the_timer_across_runs_and_time_goes_on()
    {
        InterruptMachine m = new InterruptMachine().Enable(27).Set("CNTV_CVAL_EL0", 1000).Set("CNTV_CTL_EL0", 1);
        m.Core.Write(Code, Wfi);

        m.Run(100).ShouldBe(new RunResult(StopReason.Budget, 100, 0));
        m.Core.Pc.ShouldBe(Code);
        m.Run(1000).Instructions.ShouldBe(1000);
        m.Core.IdleTicks.ShouldBe(998UL);   // all of 0 to 999 but the WFI, which is executed once in each run

        m.Core.ExceptionCount.ShouldBe(1UL);
        m.Get("ELR_EL1").ShouldBe(Code + 4);
    }

    [Fact]
    public void GV_106_A_list_register_deactivates_the_physical_interrupt_it_is_linked_to()
    {
        InterruptMachine m = new InterruptMachine(1, Hcr.IMO).Mask(15).Set("ICC_CTLR_EL1", 2).Enable(27).Pend(27)
            .Set("ICH_HCR_EL2", 1).Set("ICH_VMCR_EL2", VirtualMachine.Open)
            .Set("ICH_LR0_EL2", VirtualMachine.Interrupt(27, 0x10, bits: VirtualMachine.Group1 | VirtualMachine.HW | 27UL << 32));
        m.Core[Registers.Get("ICC_IAR1_EL1")].ShouldBe(27UL);
        m.Write(Sgis + 0x300, 1 << 27);
        m.Core.SetX(1, 27);
        m.Core.Write(Code, TestMachine.Mrs("ICC_IAR1_EL1"), TestMachine.Msr("ICC_EOIR1_EL1", 1));

        m.Run(2);

        m.Core.GetX(0).ShouldBe(27UL);
        m.Read(Sgis + 0x300).ShouldBe(0UL);
        m.Get("ICH_LR0_EL2").ShouldBe(VirtualMachine.Interrupt(27, 0x10, 0, VirtualMachine.Group1 | VirtualMachine.HW | 27UL << 32));
    }
}
