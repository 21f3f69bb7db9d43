using Conformance.Cpu.SystemRegisters;
using Conformance.Cpu.Timers;

namespace Conformance.Cpu.Tests.Timers;

/// <summary>Which transitions of the counters set the Event Register (TM-083 to TM-085).</summary>
public class EventStreamTests
{
    private const ulong Bit3 = 3UL << 4;

    /// <summary>EVNTDIR, the time of the last look, now, and whether bit 3 made its transition on the way.</summary>
    [Theory]
    [InlineData(false, 0UL, 7UL, false)]
    [InlineData(false, 0UL, 8UL, true)]
    [InlineData(false, 8UL, 23UL, false)]
    [InlineData(false, 8UL, 24UL, true)]
    [InlineData(false, 7UL, 1000UL, true)]
    [InlineData(true, 8UL, 15UL, false)]
    [InlineData(true, 8UL, 16UL, true)]
    [InlineData(true, 16UL, 31UL, false)]
    public void TM_083_The_selected_bit_has_to_change_in_the_direction_asked_for(bool falling, ulong since, ulong now, bool set)
    {
        TestMachine m = Machine(Cnthctl.EVNTEN | Bit3 | (falling ? Cnthctl.EVNTDIR : 0), 0, since);

        Look(m, now).ShouldBe(set);
    }

    [Fact]
    public void TM_083_The_kernel_stream_is_that_of_the_virtual_count_and_off_under_a_host()
    {
        // The virtual count goes from -4: bit 3 falls at 0 and rises at 8, where the count is 12.
        Look(Machine(Cnthctl.EVNTEN | Bit3, 0, 0).Set("CNTVOFF_EL2", 4), 11).ShouldBeFalse();
        Look(Machine(Cnthctl.EVNTEN | Bit3, 0, 0).Set("CNTVOFF_EL2", 4), 12).ShouldBeTrue();
        Look(Machine(Cnthctl.EVNTEN | Cnthctl.EVNTDIR | Bit3, 0, 0).Set("CNTVOFF_EL2", 4), 4).ShouldBeTrue();
        Look(Machine(Cnthctl.EVNTEN | Bit3, 0, 0).Set("HCR_EL2", Hcr.E2H | Hcr.TGE), 100).ShouldBeFalse();
    }

    [Fact]
    public void TM_084_The_hypervisor_stream_is_that_of_the_count_and_works_under_a_host()
    {
        Look(Machine(0, Cnthctl.EVNTEN | Bit3, 0).Set("CNTVOFF_EL2", 4), 8).ShouldBeTrue();
        Look(Machine(0, Cnthctl.EVNTEN | Bit3, 0).Set("HCR_EL2", Hcr.E2H | Hcr.TGE), 8).ShouldBeTrue();
        Look(Machine(0, Cnthctl.EVNTEN | Cnthctl.EVNTIS | Bit3, 0), 2047).ShouldBeFalse();
        Look(Machine(0, Cnthctl.EVNTEN | Cnthctl.EVNTIS | Bit3, 0), 2048).ShouldBeTrue();
        Look(Machine(0, Bit3, 0), 2048).ShouldBeFalse();
    }

    /// <summary>Writing a control counts what went before it by the old value.</summary>
    [Fact]
    public void An_event_of_a_stream_that_is_switched_off_afterwards_stays()
    {
        TestMachine m = Machine(Cnthctl.EVNTEN | Bit3, 0, 0);
        m.Core.Ticks = 9;
        m.Set("CNTKCTL_EL1", 0);

        m.Core.EventRegister.ShouldBeTrue();
    }

    private static TestMachine Machine(ulong kernel, ulong hypervisor, ulong since)
    {
        TestMachine m = new TestMachine().Set("CNTKCTL_EL1", kernel).Set("CNTHCTL_EL2", hypervisor).Set("CNTVOFF_EL2", 0);
        (m.Core.EventsSeen, m.Core.EventRegister) = (since, false);
        return m;
    }

    private static bool Look(TestMachine m, ulong now)
    {
        m.Core.EventRegister = false;
        m.Core.Ticks = now;
        EventStream.Look(m.Core);
        return m.Core.EventRegister;
    }
}
