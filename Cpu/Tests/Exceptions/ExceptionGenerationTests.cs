using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Tests.Exceptions;

/// <summary>Who takes SVC, HVC, SMC, BRK, WFx and what it reports (EX-152 to EX-171).</summary>
public class ExceptionGenerationTests
{
    private const uint Svc = 0xd400_0021;
    private const uint Hvc = 0xd400_0022;
    private const uint Smc = 0xd400_0023;
    private const uint Brk = 0xd420_0020;
    private const uint Wfi = 0xd503_207f;
    private const uint Wfe = 0xd503_205f;
    private const uint Wfet = 0xd503_1008;
    private const uint Wfit = 0xd503_1028;
    private const uint Sevl = 0xd503_20bf;
    private const ulong Open = Hcr.API | Hcr.APK;

    private static TestMachine Machine(ulong hcr = 0) => new TestMachine().Set("HCR_EL2", Open | hcr);

    [Theory]
    [InlineData(0, Hfgitr.SVC_EL0, 0UL, 2, 0)]
    [InlineData(0, Hfgitr.SVC_EL0, Hcr.TGE, 2, 0)]
    [InlineData(0, Hfgitr.SVC_EL0, Hcr.TGE | Hcr.E2H, 2, 4)]
    [InlineData(0, Hfgitr.SVC_EL1, 0UL, 1, 4)]
    [InlineData(1, Hfgitr.SVC_EL1, 0UL, 2, 0)]
    [InlineData(1, Hfgitr.SVC_EL0, 0UL, 1, 4)]
    [InlineData(2, Hfgitr.SVC_EL1, 0UL, 2, 4)]
    public void Svc_is_trapped_by_hfgitr(int level, ulong hfgitr, ulong hcr, int target, int elr)
    {
        TestMachine m = Machine(hcr).Set("HFGITR_EL2", hfgitr).At(level);

        m.Run(Svc);

        m.Core.LastExceptionTarget.ShouldBe(target);
        m.Get($"ESR_EL{target}").ShouldBe(0x5600_0001UL);
        m.Get($"ELR_EL{target}").ShouldBe(TestMachine.RamBase + (ulong)elr);
    }

    [Theory]
    [InlineData(0, Scr.HCE | Scr.NS, 1, 0x00)]
    [InlineData(1, Scr.HCE | Scr.NS, 2, 0x16)]
    [InlineData(1, Scr.NS, 1, 0x00)]
    [InlineData(1, Scr.HCE, 1, 0x00)]
    [InlineData(2, Scr.HCE | Scr.NS, 2, 0x16)]
    [InlineData(3, Scr.HCE, 3, 0x16)]
    [InlineData(3, 0UL, 3, 0x00)]
    public void Hvc_goes_up_or_is_undefined(int level, ulong scr, int target, int exceptionClass)
    {
        TestMachine m = Machine().Set("SCR_EL3", scr).At(level);

        m.Run(Hvc);

        m.Core.LastExceptionTarget.ShouldBe(target);
        (m.Get($"ESR_EL{target}") >> 26).ShouldBe((ulong)exceptionClass);
    }

    [Theory]
    [InlineData(0, Hcr.TSC, 0UL, 1, 0x00, 0)]
    [InlineData(1, 0UL, 0UL, 3, 0x17, 4)]
    [InlineData(1, Hcr.TSC, Scr.SMD, 2, 0x17, 0)]
    [InlineData(1, 0UL, Scr.SMD, 1, 0x00, 0)]
    [InlineData(2, Hcr.TSC, 0UL, 3, 0x17, 4)]
    [InlineData(3, 0UL, Scr.SMD, 3, 0x00, 0)]
    public void Smc_is_trapped_before_it_is_disabled(int level, ulong hcr, ulong scr, int target, int exceptionClass, int elr)
    {
        TestMachine m = Machine(hcr).Or("SCR_EL3", scr).At(level);

        m.Run(Smc);

        m.Core.LastExceptionTarget.ShouldBe(target);
        (m.Get($"ESR_EL{target}") >> 26).ShouldBe((ulong)exceptionClass);
        m.Get($"ELR_EL{target}").ShouldBe(TestMachine.RamBase + (ulong)elr);
    }

    [Fact]
    public void Smc_without_el3_asks_the_firmware_of_the_board()
    {
        var m = new TestMachine("nv2,-FEAT_AA64EL3", level: 2);
        m.Core.FirmwareCall = static (core, conduit) =>
        {
            core.SetX(0, conduit == FirmwareConduit.Smc ? 77UL : 0);
            return true;
        };

        m.Run(Smc);

        m.Core.GetX(0).ShouldBe(77UL);
        m.Core.Pc.ShouldBe(TestMachine.RamBase + 4);
        m.Core.FirmwareCall = null;
        m.Run(Smc);
        m.Get("ESR_EL2").ShouldBe(0x0200_0000UL);
    }

    [Theory]
    [InlineData(0, 0UL, 0UL, 1)]
    [InlineData(0, Hcr.TGE, 0UL, 2)]
    [InlineData(1, 0UL, Mdcr2.TDE, 2)]
    [InlineData(1, 0UL, 0UL, 1)]
    [InlineData(3, 0UL, Mdcr2.TDE, 3)]
    public void Brk_goes_where_debug_exceptions_go(int level, ulong hcr, ulong mdcr, int target)
    {
        TestMachine m = Machine(hcr).Set("MDCR_EL2", mdcr).At(level);

        m.Run(Brk);

        m.Core.LastExceptionTarget.ShouldBe(target);
        m.Get($"ESR_EL{target}").ShouldBe(0xf200_0001UL);
        m.Get($"ELR_EL{target}").ShouldBe(TestMachine.RamBase);
    }

    [Theory]
    [InlineData(0, 0UL, Hcr.TWI, Scr.TWI, 1)]
    [InlineData(0, Sctlr.nTWI, Hcr.TWI, Scr.TWI, 2)]
    [InlineData(0, Sctlr.nTWI, 0UL, Scr.TWI, 3)]
    [InlineData(0, Sctlr.nTWI, 0UL, 0UL, 0)]
    [InlineData(1, 0UL, Hcr.TWI, Scr.TWI, 2)]
    [InlineData(2, 0UL, Hcr.TWI, Scr.TWI, 3)]
    [InlineData(3, 0UL, Hcr.TWI, Scr.TWI, 0)]
    public void Wfi_is_trapped_by_the_first_control_that_is_closed(int level, ulong sctlr, ulong hcr, ulong scr, int target)
    {
        TestMachine m = Machine(hcr).Set("SCTLR_EL1", sctlr).Or("SCR_EL3", scr).At(level);

        m.Run(Wfi);

        m.Core.LastExceptionTarget.ShouldBe(target);
        if (target != 0)
        {
            m.Get($"ESR_EL{target}").ShouldBe(0x07e0_0000UL);
        }
    }

    [Theory]
    [InlineData(Wfet, Hcr.TWE, 0x07e0_0107UL)] // TI 11, RV, RN 8
    [InlineData(Wfit, Hcr.TWI, 0x07e0_0106UL)]
    public void EX_116_A_timed_wait_is_trapped_until_its_time_is_over(uint wait, ulong trap, ulong syndrome)
    {
        var m = new TestMachine("nv2,+FEAT_WFxT");
        m.Or("HCR_EL2", trap).At(1).Core.SetX(8, 1000);
        m.Run(wait);
        m.Core.LastExceptionTarget.ShouldBe(2);
        m.Get("ESR_EL2").ShouldBe(syndrome);

        m.At(1).Core.SetX(8, 0);
        m.Run(wait);
        m.Core.ExceptionCount.ShouldBe(1UL);
    }

    [Theory]
    [InlineData(Wfet)]
    [InlineData(Wfit)]
    public void A_timed_wait_is_undefined_without_its_feature(uint wait)
    {
        TestMachine m = Machine().At(1).Run(wait);

        m.Core.LastExceptionTarget.ShouldBe(1);
        m.Get("ESR_EL1").ShouldBe(0x0200_0000UL);
    }

    [Fact]
    public void Wfe_with_the_event_register_set_completes_and_clears_it()
    {
        TestMachine m = Machine(Hcr.TWE).At(1);

        m.Run(Sevl).Run(Wfe);

        m.Core.ExceptionCount.ShouldBe(0UL);
        m.Run(Wfe);
        m.Core.LastExceptionTarget.ShouldBe(2);
        m.Get("ESR_EL2").ShouldBe(0x07e0_0001UL);
    }
}
