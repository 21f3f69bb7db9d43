using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Tests.Timers;

/// <summary>Counters, offsets, and the timer value view (TM-002 to TM-053).</summary>
public class TimerTests
{
    private const ulong Open = Hcr.API | Hcr.APK;

    private static TestMachine Machine(ulong hcr = 0)
    {
        TestMachine m = new TestMachine().Set("HCR_EL2", Open | hcr).Set("CNTVOFF_EL2", 100).Set("CNTPOFF_EL2", 40)
            .Set("CNTHCTL_EL2", Cnthctl.ECV | 3 | Cnthctl.EL1PCTEN | Cnthctl.EL1PTEN | Cnthctl.EL0PTEN | Cnthctl.EL0VTEN)
            .Set("CNTKCTL_EL1", Cnthctl.EL0PCTEN | Cnthctl.EL0VCTEN | Cnthctl.EL0PTEN | Cnthctl.EL0VTEN);
        m.Core.Ticks = 1000;
        return m;
    }

    [Theory]
    [InlineData("CNTPCT_EL0", 1, 0UL, 960UL)]
    [InlineData("CNTPCT_EL0", 0, 0UL, 960UL)]
    [InlineData("CNTPCT_EL0", 0, Hcr.TGE | Hcr.E2H, 1000UL)]
    [InlineData("CNTPCT_EL0", 2, 0UL, 1000UL)]
    [InlineData("CNTVCT_EL0", 1, 0UL, 900UL)]
    [InlineData("CNTVCT_EL0", 2, 0UL, 900UL)]
    [InlineData("CNTVCT_EL0", 2, Hcr.E2H, 1000UL)]
    [InlineData("CNTVCT_EL0", 0, Hcr.TGE | Hcr.E2H, 1000UL)]
    [InlineData("CNTVCT_EL0", 3, Hcr.E2H, 900UL)]
    public void A_counter_shows_the_offset_of_the_level(string name, int level, ulong hcr, ulong expected)
    {
        TestMachine m = Machine(hcr).At(level);

        m.Run(TestMachine.Mrs(name));

        m.Core.ExceptionCount.ShouldBe(0UL);
        m.Core.GetX(0).ShouldBe(expected);
    }

    [Theory]
    [InlineData("CNTP_TVAL_EL0", "CNTP_CVAL_EL0", 1, 0UL, 40UL)]
    [InlineData("CNTP_TVAL_EL0", "CNTP_CVAL_EL0", 2, 0UL, 0UL)]
    [InlineData("CNTP_TVAL_EL0", "CNTHP_CVAL_EL2", 2, Hcr.E2H, 0UL)]
    [InlineData("CNTP_TVAL_EL02", "CNTP_CVAL_EL0", 2, Hcr.E2H, 0UL)]
    [InlineData("CNTV_TVAL_EL0", "CNTV_CVAL_EL0", 1, 0UL, 100UL)]
    [InlineData("CNTV_TVAL_EL0", "CNTHV_CVAL_EL2", 0, Hcr.TGE | Hcr.E2H, 0UL)]
    [InlineData("CNTV_TVAL_EL02", "CNTV_CVAL_EL0", 2, Hcr.E2H, 100UL)]
    public void A_timer_value_moves_the_compare_value_from_the_count_of_the_access(
        string name, string compare, int level, ulong hcr, ulong offset)
    {
        TestMachine m = Machine(hcr).At(level);
        m.Core.SetX(0, 0xffff_ffff_8000_0000); // the upper half does not matter: -2^31

        m.Run(TestMachine.Msr(name));

        m.Core.ExceptionCount.ShouldBe(0UL);
        m.Get(compare).ShouldBe(unchecked(1000 - offset - 0x8000_0000));
        m.Run(TestMachine.Mrs(name, 1));
        m.Core.GetX(1).ShouldBe(0x8000_0000UL);
    }

    [Fact]
    public void Istatus_follows_the_condition_whatever_imask_is()
    {
        TestMachine m = Machine().Set("CNTV_CVAL_EL0", 900).Set("CNTV_CTL_EL0", 3);

        m.Get("CNTV_CTL_EL0").ShouldBe(7UL);
        m.Set("CNTV_CVAL_EL0", 901).Get("CNTV_CTL_EL0").ShouldBe(3UL);
    }

    [Fact]
    public void Only_the_highest_level_writes_the_frequency()
    {
        TestMachine m = Machine().At(2);
        m.Core.SetX(0, 1);

        m.Run(TestMachine.Msr("CNTFRQ_EL0"));

        m.Get("ESR_EL2").ShouldBe(0x0200_0000UL);
        m.At(3).Run(TestMachine.Msr("CNTFRQ_EL0"));
        m.Get("CNTFRQ_EL0").ShouldBe(1UL);
    }
}
