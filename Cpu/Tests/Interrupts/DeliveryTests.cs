using Conformance.Cpu.Instructions;
using Conformance.Cpu.Interrupts;
using Conformance.Cpu.SystemRegisters;
using static Conformance.Cpu.Tests.Interrupts.InterruptMachine;

namespace Conformance.Cpu.Tests.Interrupts;

/// <summary>Who takes an asynchronous exception, and when not (EX-300 to EX-343, GV-069 to GV-073, GV-132).</summary>
public class DeliveryTests
{
    private static readonly (InterruptLines Line, ulong Scr, ulong Hcr, byte Mask, int Vector)[] s_kinds =
    [
        (InterruptLines.Irq, Scr.IRQ, Hcr.IMO, I, 0x80), (InterruptLines.Fiq, Scr.FIQ, Hcr.FMO, F, 0x100),
        (InterruptLines.SError, Scr.EA, Hcr.AMO, A, 0x180),
    ];

    /// <summary>The table of EX-300 to EX-303: columns EL0 to EL3, 0 is pending.</summary>
    [Theory]
    [InlineData(true, false, false, false, false, 1, 1, 0, 0)]
    [InlineData(true, false, false, true, false, 1, 1, 0, 0)]
    [InlineData(true, false, false, false, true, 2, 2, 2, 0)]
    [InlineData(true, false, true, false, false, 2, -1, 2, 0)]
    [InlineData(true, false, true, true, false, 2, -1, 2, 0)]
    [InlineData(true, true, false, false, true, 3, 3, 3, 3)]
    [InlineData(true, true, true, false, false, 3, -1, 3, 3)]
    [InlineData(false, false, false, false, true, 1, 1, -1, 0)]
    [InlineData(false, true, false, false, true, 3, 3, -1, 3)]
    public void EX_300_to_307_A_physical_exception_goes_where_the_controls_say(
        bool nonSecure, bool monitor, bool tge, bool e2h, bool hypervisor, int el0, int el1, int el2, int el3)
    {
        foreach (var kind in s_kinds)
        {
            int[] targets = [el0, el1, el2, el3];
            for (int level = 0; level < 4; level++)
            {
                if (targets[level] < 0)
                {
                    continue;
                }

                ulong others = s_kinds.Where(k => k.Line != kind.Line).Aggregate(0UL, (sum, k) => sum | (monitor ? 0 : k.Scr));
                ulong hcr = (tge ? Hcr.TGE : 0) | (e2h ? Hcr.E2H : 0) | (hypervisor ? kind.Hcr : 0);
                InterruptMachine m = new InterruptMachine(level, hcr, (nonSecure ? Scr.NS : 0) | (monitor ? kind.Scr : others)).Raise(kind.Line);
                int expected = targets[level];
                int vector = kind.Vector + (expected > level ? 0x400 : 0x200);

                m.Next().ShouldBe(expected == 0 ? (0, 0) : (expected, vector), $"{kind.Line} at EL{level}");
            }
        }
    }

    [Fact]
    public void EX_310_to_315_PSTATE_masks_at_the_target_and_for_EL0_below_it()
    {
        foreach (var kind in s_kinds)
        {
            Next(new InterruptMachine(1), kind).ShouldBe(0, "EX-310");
            Next(new InterruptMachine(0), kind).ShouldBe(0, "EX-311");
            Next(new InterruptMachine(1, kind.Hcr), kind).ShouldBe(2, "EX-312");
            Next(new InterruptMachine(0, kind.Hcr), kind).ShouldBe(2, "EX-312");
            Next(new InterruptMachine(0, Hcr.TGE), kind).ShouldBe(2, "EX-312");
            Next(new InterruptMachine(0, Hcr.TGE | Hcr.E2H), kind).ShouldBe(0, "EX-313");
            Next(new InterruptMachine(2, Hcr.TGE | Hcr.E2H), kind).ShouldBe(0, "EX-310");
            Next(new InterruptMachine(2, 0, Scr.NS | kind.Scr), kind).ShouldBe(3, "EX-314");
            Next(new InterruptMachine(3, 0, Scr.NS | kind.Scr), kind).ShouldBe(0, "EX-315");
        }

        Next(new InterruptMachine(3, 0, Scr.NS | Scr.EA | Scr.NMEA), s_kinds[2]).ShouldBe(3, "EX-315");

        static int Next(InterruptMachine m, (InterruptLines Line, ulong Scr, ulong Hcr, byte Mask, int Vector) kind) =>
            m.Raise(kind.Line).Mask(kind.Mask).Next().Target;
    }

    [Fact]
    public void EX_308_333_An_interrupt_leaves_the_syndrome_and_saves_the_level()
    {
        InterruptMachine m = new InterruptMachine(1, Hcr.IMO | Hcr.NV).Set("ESR_EL2", 0x1234).Raise(InterruptLines.Irq);

        m.Next().ShouldBe((2, 0x480));

        m.Get("ESR_EL2").ShouldBe(0x1234UL);
        m.Get("ELR_EL2").ShouldBe(Code);
        (m.Get("SPSR_EL2") & 0xf).ShouldBe(5UL);
    }

    [Fact]
    public void EX_316_Clearing_the_mask_lets_it_in_before_the_next_instruction()
    {
        InterruptMachine m = new InterruptMachine().Mask(I).Raise(InterruptLines.Irq);
        m.Core.Write(Code + 4, 0xd503_42ff);   // msr daifclr, #2

        m.Run(10);

        m.Core.ExceptionCount.ShouldBe(1UL);
        m.Get("ELR_EL1").ShouldBe(Code + 8);
    }

    [Theory]
    [InlineData(Hcr.VI, Hcr.IMO, I, 0x80)]
    [InlineData(Hcr.VF, Hcr.FMO, F, 0x100)]
    [InlineData(Hcr.VSE, Hcr.AMO, A, 0x180)]
    public void EX_325_326_328_Virtual_exceptions_are_taken_to_EL1_where_they_are_enabled(ulong line, ulong enable, byte mask, int vector)
    {
        new InterruptMachine(1, line | enable).Next().ShouldBe((1, 0x200 + vector));
        new InterruptMachine(0, line | enable).Next().ShouldBe((1, 0x400 + vector));
        new InterruptMachine(1, line).Next().Target.ShouldBe(0);
        new InterruptMachine(1, line | enable).Mask(mask).Next().Target.ShouldBe(0);
        new InterruptMachine(0, line | enable).Mask(mask).Next().Target.ShouldBe(0);
        new InterruptMachine(0, line | enable | Hcr.TGE).Next().Target.ShouldBe(0);
        new InterruptMachine(2, line | enable).Next().Target.ShouldBe(0);
        new InterruptMachine(1, line | enable, 0).Next().Target.ShouldBe(0);
    }

    [Fact]
    public void EX_329_330_331_A_virtual_SError_clears_its_bit_and_reports_its_syndrome()
    {
        InterruptMachine m = new InterruptMachine(1, Hcr.VSE | Hcr.AMO).Set("VSESR_EL2", 0x1ff_ffff);
        m.Next().Target.ShouldBe(1);
        m.Get("ESR_EL1").ShouldBe(0xbfff_ffffUL);
        (m.Get("HCR_EL2") & Hcr.VSE).ShouldBe(0UL);

        m = new InterruptMachine(1, Hcr.VI | Hcr.IMO).Set("ESR_EL1", 0x77);
        m.Next().Target.ShouldBe(1);
        m.Get("ESR_EL1").ShouldBe(0x77UL);
        (m.Get("HCR_EL2") & Hcr.VI).ShouldBe(Hcr.VI);
    }

    [Fact]
    public void GV_067_069_071_072_073_A_list_register_raises_its_line_to_EL1_only()
    {
        foreach ((ulong group, ulong enable, int vector, ulong shown) in ((ulong, ulong, int, ulong)[])
            [(VirtualMachine.Group1, Hcr.IMO, 0x280, 0x80), (0, Hcr.FMO, 0x300, 0x40)])
        {
            InterruptMachine Pending(int level, ulong hcr) => new InterruptMachine(level, hcr).Set("ICH_HCR_EL2", 1)
                .Set("ICH_VMCR_EL2", VirtualMachine.Open).Set("ICH_LR0_EL2", VirtualMachine.Interrupt(40, 0x10, bits: group));

            Pending(1, enable).Next().ShouldBe((1, vector));
            Pending(1, 0).Next().Target.ShouldBe(0);
            InterruptMachine atEl2 = Pending(2, enable);
            atEl2.Next().Target.ShouldBe(0);
            atEl2.Get("ISR_EL1").ShouldBe(0UL);
            atEl2.Get("ICH_LR0_EL2").ShouldBe(VirtualMachine.Interrupt(40, 0x10, bits: group));

            InterruptMachine masked = Pending(1, enable).Mask(I | F);
            masked.Core.Write(Code, Wfi);
            masked.Get("ISR_EL1").ShouldBe(shown);
            masked.Run(5).Reason.ShouldBe(StopReason.Budget);
        }
    }

    [Fact]
    public void GV_083_087_An_acknowledge_or_a_mask_withdraws_the_line_at_once()
    {
        InterruptMachine m = new InterruptMachine(1, Hcr.IMO).Set("ICH_HCR_EL2", 1).Set("ICH_VMCR_EL2", VirtualMachine.Open)
            .Set("ICH_LR0_EL2", VirtualMachine.Interrupt(40, 0x10)).Mask(I);
        m.Core.Write(Code, TestMachine.Mrs("ICC_IAR1_EL1"), 0xd503_42ff);   // msr daifclr, #2

        m.Run(5);

        m.Core.GetX(0).ShouldBe(40UL);
        m.Core.ExceptionCount.ShouldBe(0UL);
    }

    [Fact]
    public void EX_335_to_338_ISR_shows_the_physical_lines_where_nothing_virtual_stands_before_them()
    {
        const InterruptLines all = InterruptLines.Irq | InterruptLines.Fiq | InterruptLines.SError;
        new InterruptMachine(1).Mask(15).Raise(all).Get("ISR_EL1").ShouldBe(0x1c0UL);
        new InterruptMachine(1, Hcr.IMO).Mask(15).Raise(all).Get("ISR_EL1").ShouldBe(0x140UL);
        new InterruptMachine(2, Hcr.IMO | Hcr.VI).Mask(15).Raise(InterruptLines.Fiq).Get("ISR_EL1").ShouldBe(0x40UL);
        new InterruptMachine(1, Hcr.IMO | Hcr.VI).Mask(15).Get("ISR_EL1").ShouldBe(0x80UL);
    }

    [Fact]
    public void EX_341_342_WFI_wakes_for_what_is_pending_here_and_for_nothing_else()
    {
        Wait(new InterruptMachine(1).Raise(InterruptLines.Irq)).ShouldBe(StopReason.Budget);
        Wait(new InterruptMachine(2).Raise(InterruptLines.Fiq)).ShouldBe(StopReason.Budget);
        Wait(new InterruptMachine(1, Hcr.VI | Hcr.IMO)).ShouldBe(StopReason.Budget);
        Wait(new InterruptMachine(1, Hcr.VI)).ShouldBe(StopReason.WaitForInterrupt);
        Wait(new InterruptMachine(2, Hcr.VI | Hcr.IMO)).ShouldBe(StopReason.WaitForInterrupt);

        static StopReason Wait(InterruptMachine m)
        {
            m.Mask(15).Core.Write(Code, Wfi);
            return m.Run(5).Reason;
        }
    }

    [Fact]
    public void GV_128_132_The_maintenance_interrupt_is_PPI_25_and_EL1_cannot_mask_it()
    {
        InterruptMachine m = new InterruptMachine(1, Hcr.IMO).Enable(25).Set("ICH_HCR_EL2", 1 | 1 << 3).Mask(15);

        m.Next().ShouldBe((2, 0x480));
        m.Core[Registers.Get("ICC_IAR1_EL1")].ShouldBe(25UL);
        m.Set("ICH_HCR_EL2", 0).Mask(0).Run();
        m.Get("ICC_HPPIR1_EL1").ShouldBe(1023UL);
    }

    [Fact]
    public void Interrupts_that_nobody_has_enabled_are_not_taken()
    {
        InterruptMachine m = new InterruptMachine().Pend(3).Set("CNTV_CTL_EL0", 1).Set("CNTP_CTL_EL0", 1);
        m.Run(100).Instructions.ShouldBe(100);
        m.Core.ExceptionCount.ShouldBe(0UL);
    }
}
