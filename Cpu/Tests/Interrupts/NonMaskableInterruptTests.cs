using Conformance.Cpu.Board;
using Conformance.Cpu.SystemRegisters;
using static Conformance.Cpu.Tests.Interrupts.InterruptMachine;

namespace Conformance.Cpu.Tests.Interrupts;

/// <summary>The non-maskable property of SGIs, PPIs and SPIs (IHI 0069; DDI 0601, GICD_INMIR&lt;n&gt;, GICR_INMIR0, ICC_NMIAR1_EL1).</summary>
public class NonMaskableInterruptTests
{
    private const ulong Gicd = MemoryMap.GicDistributor;
    private const ulong NmiActive = 1UL << 63;
    private const ulong Inmir = 0xf80;

    private static InterruptMachine Machine(int level = 1, ulong sctlr = Sctlr.NMI) =>
        new InterruptMachine(level, profile: "nv2-nmi").Set($"SCTLR_EL{Math.Max(level, 1)}", sctlr);

    private static InterruptMachine WithNmi(uint intId, int level = 1, ulong sctlr = Sctlr.NMI) =>
        Machine(level, sctlr).Enable(intId).Write(Sgis + Inmir, 1UL << (int)intId);

    private static ulong Take(InterruptMachine m, string register) => Registers.Get(register).Read(m.Core);

    [Theory]
    [InlineData("nv2", 0UL)]
    [InlineData("nv2-nmi", 1UL)]
    public void The_distributor_says_whether_it_has_the_property(string profile, ulong nmi)
    {
        var m = new InterruptMachine(profile: profile);

        (m.Read(Gicd + 4) >> 9 & 1).ShouldBe(nmi);
        m.Write(Gicd + 0x84, 4).Write(Gicd + Inmir + 4, 0xf).Read(Gicd + Inmir + 4).ShouldBe(nmi << 2, "RES0 for Group 0");
        m.Write(Sgis + 0x80, 1).Write(Sgis + Inmir, 3).Read(Sgis + Inmir).ShouldBe(nmi);
    }

    [Fact]
    public void The_priority_of_an_NMI_reads_as_zero()
    {
        InterruptMachine m = Machine().Enable(5, priority: 0x80).Write(Sgis + Inmir, 1 << 5);

        m.Read(Sgis + 0x405, 1).ShouldBe(0UL);
        m.Write(Sgis + Inmir, 0).Read(Sgis + 0x405, 1).ShouldBe(0x80UL);
    }

    [Fact]
    public void An_NMI_wins_passes_the_mask_and_preempts()
    {
        InterruptMachine m = WithNmi(7).Enable(5, priority: 0).Pend(5).Pend(7).Set("ICC_PMR_EL1", 0).Set("ICC_AP1R0_EL1", 1);

        m.Get("ICC_HPPIR1_EL1").ShouldBe(7UL);
        Take(m, "ICC_IAR1_EL1").ShouldBe(1022UL);
        Take(m, "ICC_NMIAR1_EL1").ShouldBe(7UL);
        m.Get("ICC_AP1R0_EL1").ShouldBe(NmiActive | 1);
        m.Get("ICC_RPR_EL1").ShouldBe(NmiActive);
        Take(m, "ICC_NMIAR1_EL1").ShouldBe(1023UL);
        m.Read(Sgis + 0x300).ShouldBe(1UL << 7);
        m.Set("ICC_EOIR1_EL1", 7).Get("ICC_AP1R0_EL1").ShouldBe(1UL);
        m.Read(Sgis + 0x300).ShouldBe(0UL);
    }

    [Fact]
    public void An_NMI_does_not_preempt_another()
    {
        InterruptMachine m = WithNmi(7).Write(Sgis + Inmir, 0xc0).Enable(6).Pend(7);
        Take(m, "ICC_NMIAR1_EL1").ShouldBe(7UL);

        m.Pend(6).Get("ISR_EL1").ShouldBe(0UL);
        Take(m, "ICC_NMIAR1_EL1").ShouldBe(1023UL);
    }

    [Fact]
    public void Without_SCTLR_NMI_the_ordinary_register_acknowledges()
    {
        InterruptMachine m = WithNmi(7, sctlr: 0).Pend(7);

        Take(m, "ICC_IAR1_EL1").ShouldBe(7UL);
        m.Get("ICC_AP1R0_EL1").ShouldBe(NmiActive);
    }

    [Fact]
    public void An_SPI_can_have_the_property()
    {
        InterruptMachine m = Machine().Write(Gicd + 0x84, 1 << 8).Write(Gicd + 0x104, 1 << 8).Write(Gicd + Inmir + 4, 1 << 8)
            .Write(Gicd + 0x204, 1 << 8);

        m.Get("ISR_EL1").ShouldBe(0x480UL);
        Take(m, "ICC_NMIAR1_EL1").ShouldBe(40UL);
    }

    /// <summary>Level, SCTLR_ELx bits, PSTATE.ALLINT, SP and I against EX-317, for an interrupt with and without the property.</summary>
    [Fact]
    public void EX_317_ALLINT_and_SPINTMASK_mask_at_their_level_and_Superpriority_passes_PSTATE_I()
    {
        foreach (int bits in Enumerable.Range(0, 64))
        {
            bool Bit(int n) => (bits >> n & 1) != 0;
            (bool nmi, bool spIntMask, bool allInt, bool sp, bool i, bool super) = (Bit(0), Bit(1), Bit(2), Bit(3), Bit(4), Bit(5));
            foreach (int level in (int[])[0, 1, 2])
            {
                // EL0 and EL1 are masked for EL1; EL2 takes its own by IMO.
                ulong sctlr = (nmi ? Sctlr.NMI : 0) | (spIntMask ? Sctlr.SPINTMASK : 0);
                InterruptMachine m = WithNmi(7, level, sctlr).Write(Sgis + Inmir, super ? 0x80UL : 0).Pend(7);
                m.Set("HCR_EL2", level == 2 ? Hcr.RW | Hcr.IMO : Hcr.RW);
                m.Core.Pstate.ALLINT = allInt;
                m.Core.Pstate.SP = sp && level != 0;
                m.Core.Pstate.Daif = i ? I : (byte)0;
                bool masked = (nmi && level != 0 && (allInt || (sp && spIntMask))) || (i && !(nmi && super));

                m.Next().Target.ShouldBe(masked ? 0 : Math.Max(level, 1), $"EL{level}, {bits:b6}");
            }
        }
    }

    [Theory]
    [InlineData("MSR ALLINT", 0xd501_401fU, true)]
    [InlineData("MSR SPSel", 0xd500_40bfU, false)]
    public void Opening_the_mask_lets_a_waiting_interrupt_through(string name, uint word, bool allInt)
    {
        InterruptMachine m = WithNmi(7, sctlr: Sctlr.NMI | Sctlr.SPINTMASK).Pend(7);
        m.Core.Pstate.SP = !allInt;
        m.Core.Pstate.ALLINT = allInt;
        m.Core.Write(Code, [word]);

        m.Next().Target.ShouldBe(0, name);
        m.Next().Target.ShouldBe(1, name);
    }

    [Theory]
    [InlineData(Sctlr.NMI, true)]
    [InlineData(Sctlr.NMI | Sctlr.SPINTMASK, false)]
    [InlineData(0UL, true)]
    public void EX_054_Entry_sets_ALLINT_unless_SPINTMASK_does_its_work(ulong sctlr, bool set)
    {
        InterruptMachine m = Machine(0, sctlr).Enable(5).Pend(5);

        m.Next().Target.ShouldBe(1);
        m.Core.Pstate.ALLINT.ShouldBe(set);
        (m.Get("SPSR_EL1") >> 13 & 1).ShouldBe(0UL);
    }

    [Theory]
    [InlineData(Hcrx.VINMI, Hcr.VI | Hcr.IMO, 0x480UL, 0x280)]
    [InlineData(Hcrx.VFNMI, Hcr.VF | Hcr.FMO, 0x240UL, 0x300)]
    [InlineData(Hcrx.VFNMI, Hcr.VI | Hcr.IMO, 0x080UL, 0)]
    public void EX_334_HCRX_gives_a_virtual_interrupt_Superpriority(ulong hcrx, ulong hcr, ulong status, int vector)
    {
        InterruptMachine m = Machine().Set("SCR_EL3", Scr.NS | Scr.HXEn).Set("HCRX_EL2", hcrx).Set("HCR_EL2", Hcr.RW | hcr).Mask(A | I | F);
        m.Get("ISR_EL1").ShouldBe(status);
        m.Next().ShouldBe(vector == 0 ? (0, 0) : (1, vector));

        Machine().Set("SCR_EL3", Scr.NS).Set("HCRX_EL2", hcrx).Set("HCR_EL2", Hcr.RW | hcr).Mask(A | I | F).Next().Target.ShouldBe(0, "HXEn = 0");
    }

    [Theory]
    [InlineData(0xd501_411fU, 2)] // MSR ALLINT, #1
    [InlineData(0xd501_401fU, 0)] // MSR ALLINT, #0
    [InlineData(0xd518_4300U, 2)] // MSR ALLINT, X0
    [InlineData(0xd538_4300U, 0)] // MRS X0, ALLINT
    public void HCRX_TALLINT_traps_writes_of_ALLINT_that_may_set_it(uint word, int target)
    {
        InterruptMachine m = Machine().Set("SCR_EL3", Scr.NS | Scr.HXEn).Set("HCRX_EL2", Hcrx.TALLINT);
        m.Core.Write(Code, [word]);

        m.Next().Target.ShouldBe(target);
        (m.Get("ESR_EL2") >> 26).ShouldBe(target == 2 ? 0x18UL : 0);
    }

    [Fact]
    public void ALLINT_is_UNDEFINED_at_EL0_and_without_the_feature()
    {
        InterruptMachine user = Machine(0);
        user.Core.Write(Code, [0xd501_411fU]);
        user.Next().Target.ShouldBe(1);

        var without = new InterruptMachine();
        without.Core.Write(Code, [0xd501_411fU]);
        without.Next().Target.ShouldBe(1);
    }
}
