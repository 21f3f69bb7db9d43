using Conformance.Harness.Cases;
using Conformance.Suites.Exceptions;
using Conformance.Suites.Timers;
using static Conformance.Suites.ControlBits;
using Timer = Conformance.Suites.Timers.Timer;

namespace Conformance.Suites.Tests.Timers;

/// <summary>Worked examples: offsets, conditions and names by hand from the rules.</summary>
public class TimerOracleTests
{
    private const ulong Voff = 0x1111;
    private const ulong Poff = 0x2222;
    private const ulong Host = Hcr.E2H | Hcr.TGE;

    /// <summary>Level, HCR_EL2, what is off CNTVCT, what is off CNTPCT; CNTHCTL_EL2.ECV and SCR_EL3.ECVEn are 1.</summary>
    public static TheoryData<int, ulong, ulong, ulong> Counts => new()
    {
        { 0, 0, Voff, Poff }, { 1, 0, Voff, Poff }, { 2, 0, Voff, 0 }, { 3, 0, Voff, 0 },
        { 0, Hcr.E2H, Voff, Poff }, { 1, Hcr.E2H, Voff, Poff }, { 2, Hcr.E2H, 0, 0 }, { 3, Hcr.E2H, Voff, 0 },
        { 0, Host, 0, 0 }, { 0, Hcr.TGE, Voff, Poff }, { 2, Host, 0, 0 },
    };

    /// <summary>Name, level, HCR_EL2, CNTHCTL_EL2, and where the access ends: a register, T for a trap, U, or an offset.</summary>
    public static TheoryData<string, int, ulong, ulong, string> Names => new()
    {
        { "CNTP_CVAL_EL0", 1, 0, Stage.AllOpen, "CNTP_CVAL_EL0" }, { "CNTP_CVAL_EL0", 1, 0, Stage.AllOpen & ~CnthctlGuest.EL1PCEN, "T2" },
        { "CNTP_CVAL_EL0", 1, Hcr.E2H, Stage.AllOpen & ~Cnthctl.EL1PTEN, "T2" }, { "CNTP_CVAL_EL0", 1, Hcr.E2H, Stage.AllOpen & ~CnthctlGuest.EL1PCEN, "CNTP_CVAL_EL0" },
        { "CNTP_CVAL_EL0", 2, Hcr.E2H, 0, "CNTHP_CVAL_EL2" }, { "CNTP_CVAL_EL0", 2, 0, 0, "CNTP_CVAL_EL0" }, { "CNTV_CVAL_EL0", 2, Hcr.E2H, 0, "CNTHV_CVAL_EL2" },
        { "CNTP_CVAL_EL0", 0, Host, Stage.AllOpen, "CNTHP_CVAL_EL2" }, { "CNTP_CVAL_EL0", 0, Host, Stage.AllOpen & ~Cnthctl.EL0PTEN, "T2" },
        { "CNTP_CVAL_EL02", 2, Hcr.E2H, 0, "CNTP_CVAL_EL0" }, { "CNTP_CVAL_EL02", 2, 0, 0, "U" }, { "CNTP_CVAL_EL02", 1, 0, 0, "U" },
        { "CNTP_CVAL_EL02", 1, Hcr.NV, 0, "T2" }, { "CNTP_CVAL_EL02", 1, Hcr.NV | Hcr.NV2, 0, "0x178" }, { "CNTP_CVAL_EL02", 1, Hcr.NV | Hcr.NV2, Cnthctl.EL1NVPCT, "T2" },
        { "CNTP_TVAL_EL02", 1, Hcr.NV | Hcr.NV2, 0, "T2" }, { "CNTV_CTL_EL0", 1, Hcr.NV | Hcr.NV1 | Hcr.NV2, 0, "0x170" }, { "CNTV_TVAL_EL0", 1, Hcr.NV | Hcr.NV1 | Hcr.NV2, 0, "CNTV_TVAL_EL0" },
        { "CNTV_CVAL_EL0", 1, 0, Cnthctl.EL1TVT, "T2" }, { "CNTVCT_EL0", 1, 0, Cnthctl.EL1TVT, "CNTVCT_EL0" }, { "CNTVCT_EL0", 1, 0, Cnthctl.EL1TVCT, "T2" },
        { "CNTPCT_EL0", 1, 0, 0, "T2" }, { "CNTPCT_EL0", 1, Hcr.E2H, Cnthctl.EL1PCTEN, "CNTPCT_EL0" }, { "CNTVOFF_EL2", 1, Hcr.NV | Hcr.NV2, 0, "0x60" }, { "CNTVOFF_EL2", 1, 0, 0, "U" },
        { "CNTHCTL_EL2", 1, Hcr.NV | Hcr.NV2, 0, "T2" }, { "CNTKCTL_EL1", 2, Hcr.E2H, 0, "CNTHCTL_EL2" }, { "CNTKCTL_EL12", 2, Hcr.E2H, 0, "CNTKCTL_EL1" }, { "CNTPS_CTL_EL1", 2, 0, 0, "U" },
    };

    [Theory]
    [MemberData(nameof(Counts))]
    public void Each_level_reads_the_counts_less_its_offset(int level, ulong hcr, ulong virtualOffset, ulong physicalOffset)
    {
        Situation s = At(level, hcr, Stage.AllOpen | Cnthctl.ECV);

        TimerOracle.VirtualCountOffset(s).ShouldBe(virtualOffset);
        TimerOracle.PhysicalCountOffset(s).ShouldBe(physicalOffset);
    }

    [Theory]
    [InlineData(0UL, 0UL, true)] // any count is at 0
    [InlineData(ulong.MaxValue, 0UL, false)]
    [InlineData(1UL << 50, 0UL, null)] // some count will be there
    [InlineData(1UL << 63, 1UL << 61, true)] // the time is behind zero, so very late
    [InlineData(ulong.MaxValue, 1UL << 61, false)]
    [InlineData(1UL << 60, 0xE000_0000_0000_0000UL, true)]
    [InlineData(1UL << 62, 0xE000_0000_0000_0000UL, false)]
    public void The_condition_is_an_unsigned_comparison_of_a_time_that_wraps(ulong compare, ulong offset, bool? met) =>
        TimerOracle.Met(compare, offset, TimerOracle.AnyCount).ShouldBe(met);

    [Fact]
    public void The_condition_has_its_offset_at_every_level_and_the_view_that_of_its_own()
    {
        Situation guest = At(1, 0, Cnthctl.ECV);
        Situation hypervisor = At(2, 0, Cnthctl.ECV);

        TimerOracle.ConditionOffsets(hypervisor, Timer.Physical).ShouldBe([Poff]);
        TimerOracle.ViewOffset(hypervisor, Timer.Physical).ShouldBe(0UL);
        TimerOracle.ViewOffset(guest, Timer.Physical).ShouldBe(Poff);
        TimerOracle.ConditionOffsets(guest, Timer.SecurePhysical).ShouldBe([0UL, Poff]);
        TimerOracle.ConditionOffsets(At(0, Host, Cnthctl.ECV), Timer.Physical).ShouldBe([0UL]);
        TimerOracle.ConditionOffsets(At(0, Host, Cnthctl.ECV), Timer.Virtual).ShouldBe([Voff]);
        TimerOracle.ConditionOffsets(guest, Timer.HypervisorVirtual).ShouldBe([0UL]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_name_means_what_the_rules_say(string name, int level, ulong hcr, ulong cnthctl, string end)
    {
        Reached reached = NameOracle.Of(At(level, hcr, cnthctl), name);

        string text = reached.TrapTo > 0 ? $"T{reached.TrapTo}" : reached.IsUndefined ? "U" : reached.Offset is { } offset ? $"0x{offset:x}" : reached.Register;
        text.ShouldBe(end);
    }

    private static Situation At(int level, ulong hcr, ulong cnthctl) => new(
        TimerTargets.Nv2, Spsr.At(level), 0x4020_0000,
        [
            new("HCR_EL2", Baseline.Of("HCR_EL2") | hcr), new("CNTHCTL_EL2", cnthctl), new("CNTKCTL_EL1", Stage.AllOpenBelow), new("CNTVOFF_EL2", Voff), new("CNTPOFF_EL2", Poff),
        ],
        new Dictionary<int, ulong>());
}
