using Conformance.Suites.ListRegisters.Oracle;

namespace Conformance.Suites.Tests.ListRegisters;

/// <summary>The oracle against examples worked out by hand from the rules.</summary>
public class OracleTests
{
    private static readonly Sizes s_sizes = new(ListRegisters: 4, PriorityBits: 5, PreemptionBits: 5);
    private static readonly VirtualInterface s_oracle = new(s_sizes);

    private static VirtualState Idle { get; } = new()
    {
        Hcr = VirtualState.HcrEn,
        Vmcr = 0xF84C_000B,
        Lrs = [default, default, default, default],
    };

    /// <summary>GV-053, GV-054, GV-056: 5 bits have minimum binary points 2 and 3, and a mask of at most 0xF8.</summary>
    [Theory]
    [InlineData(0x0000_0000, 0x004C_0008)]
    [InlineData(0xFFFF_FFFF, 0xF8FC_021B)]
    [InlineData(0x0730_0000, 0x0050_0008)]
    public void A_write_of_the_controls_keeps_what_exists(ulong written, ulong kept) =>
        s_oracle.LegalVmcr(written, secure: false, new RuleSet()).ShouldBe(kept);

    /// <summary>GV-050 to GV-052.</summary>
    [Theory]
    [InlineData(0, 2, 3, false, 0xF8)]
    [InlineData(0, 7, 3, false, 0x00)]
    [InlineData(1, 2, 3, false, 0xF8)]
    [InlineData(1, 2, 7, false, 0x80)]
    [InlineData(1, 7, 3, true, 0x00)]
    public void The_group_priority_is_the_priority_under_a_mask(int group, ulong point0, ulong point1, bool common, ulong mask)
    {
        VirtualState s = Idle with { Vmcr = 0xF800_000B | point0 << 21 | point1 << 18 | (common ? VirtualState.VmcrCbpr : 0) };

        VirtualInterface.GroupMask(s, group, new RuleSet()).ShouldBe(mask);
    }

    /// <summary>GV-080 to GV-082: 0x98 is level 19.</summary>
    [Fact]
    public void An_acknowledge_makes_the_list_register_and_its_level_active()
    {
        Effect effect = Step(Idle.WithLr(1, ListRegister.Of(LrState.Pending, 40, 0x98, 1)), new(Op.Iar, 1)).Effects.Single();

        effect.Value.ShouldBe(40UL);
        effect.State.Lrs[1].State.ShouldBe(LrState.Active);
        effect.State.Active1.ShouldBe(UInt128.One << 19);
    }

    /// <summary>GV-094: both readings are allowed above the minimum.</summary>
    [Fact]
    public void Above_the_minimum_binary_point_two_levels_are_allowed()
    {
        VirtualState s = Idle.WithLr(0, ListRegister.Of(LrState.Pending, 40, 0x98, 1)) with { Vmcr = 0xF858_000B };

        Step(s, new(Op.Iar, 1)).Effects.Select(e => e.State.Active1).ShouldBe([UInt128.One << 19, UInt128.One << 16]);
    }

    /// <summary>GV-063: each of two equals may be taken, and the lines show either.</summary>
    [Fact]
    public void Either_of_two_equals_may_win()
    {
        VirtualState s = Idle.WithLr(0, ListRegister.Of(LrState.Pending, 40, 0x80, 1)).WithLr(1, ListRegister.Of(LrState.Pending, 41, 0x80, 0));

        Step(s, new(Op.Iar, 1)).Effects.Select(e => e.Value).ShouldBe([40UL, 1023UL]);
        s_oracle.LinesOf(s, new RuleSet()).ShouldBe([new Lines(Irq: true, Fiq: false), new Lines(Irq: false, Fiq: true)]);
    }

    /// <summary>GV-075: the running priority is masked too.</summary>
    [Fact]
    public void A_running_priority_finer_than_the_mask_blocks_its_own_group_priority()
    {
        VirtualState s = Idle.WithLr(0, ListRegister.Of(LrState.Pending, 40, 0x90, 1)).WithActive(0, UInt128.One << 19) with { Vmcr = 0xF858_000B };

        s_oracle.MaySignal(s, 0, new RuleSet()).ShouldBeFalse();
    }

    /// <summary>GV-065, GV-074.</summary>
    [Theory]
    [InlineData(0x80, 0x88, true)]
    [InlineData(0x80, 0x80, false)]
    [InlineData(0xF8, 0xF8, false)]
    public void The_mask_is_strict(ulong priority, ulong mask, bool signalled)
    {
        VirtualState s = Idle.WithLr(0, ListRegister.Of(LrState.Pending, 40, priority, 0)) with { Vmcr = mask << 24 | 0x4C_000B };

        s_oracle.MaySignal(s, 0, new RuleSet()).ShouldBe(signalled);
    }

    /// <summary>GV-102, GV-107: the end of an active interrupt, and what it leaves.</summary>
    [Fact]
    public void The_end_drops_and_deactivates()
    {
        VirtualState s = Idle.WithLr(0, ListRegister.Of(LrState.Active, 40, 0x98, 1, eoi: true)).WithActive(1, UInt128.One << 19);
        Effect effect = Step(s, new(Op.Eoir, 1, Value: 40)).Effects.Single();

        effect.State.Active.ShouldBe(UInt128.Zero);
        effect.State.Lrs[0].State.ShouldBe(LrState.Invalid);
        s_oracle.Status(effect.State, new RuleSet()).ShouldBe((1UL, 0xEUL));
    }

    /// <summary>GV-109 to GV-112.</summary>
    [Theory]
    [InlineData(false, true, 40, 1)]
    [InlineData(true, true, 40, 0)]
    [InlineData(false, true, 8200, 0)]
    [InlineData(true, true, 8200, 0)]
    public void An_end_without_a_list_register_counts_in_the_combined_mode_alone(bool split, bool running, ulong intId, int counted)
    {
        VirtualState s = (running ? Idle.WithActive(1, UInt128.One << 19) : Idle) with { Vmcr = Idle.Vmcr | (split ? VirtualState.VmcrEoim : 0) };

        Step(s, new(Op.Eoir, 1, Value: intId)).Effects.Single().State.EoiCount.ShouldBe(counted);
    }

    /// <summary>GV-112: without a level to drop both are allowed.</summary>
    [Fact]
    public void An_end_that_drops_nothing_may_count() =>
        Step(Idle, new(Op.Eoir, 1, Value: 40)).Effects.Select(e => e.State.EoiCount).ShouldBe([0, 1]);

    /// <summary>GV-108: no deactivation of its own.</summary>
    [Fact]
    public void The_drop_ends_an_LPI_in_the_split_mode_too()
    {
        VirtualState s = Idle.WithLr(0, ListRegister.Of(LrState.Active, 8200, 0x98, 1)).WithActive(1, UInt128.One << 19) with { Vmcr = Idle.Vmcr | VirtualState.VmcrEoim };

        Step(s, new(Op.Eoir, 1, Value: 8200)).Effects.Single().State.Lrs[0].State.ShouldBe(LrState.Invalid);
        Step(s, new(Op.Dir, Value: 8200)).Effects.Single().State.ShouldBe(s);
    }

    /// <summary>GV-113, GV-101: what breaks a condition of use says nothing but that no exception is taken.</summary>
    [Theory]
    [InlineData(0, 19)]
    [InlineData(1, 2)]
    public void The_end_of_another_than_the_last_acknowledged_is_unpredictable(int group, int level) =>
        Step(Idle.WithLr(0, ListRegister.Of(LrState.Active, 40, 0x98, 1)).WithActive(group, UInt128.One << level), new(Op.Eoir, group, Value: 40))
            .Unpredictable.ShouldBe(true);

    /// <summary>GV-124 to GV-127, with everything enabled.</summary>
    [Fact]
    public void The_causes_of_an_idle_interface_are_underflow_and_no_pending() =>
        s_oracle.Misr(Idle with { Hcr = 0xFF }, new RuleSet()).ShouldBe(0x5AUL);

    /// <summary>GV-124, GV-126: two valid list registers, one of them pending.</summary>
    [Fact]
    public void Two_list_registers_end_underflow()
    {
        VirtualState s = Idle.WithLr(0, ListRegister.Of(LrState.Pending, 40, 0x80, 1)).WithLr(3, ListRegister.Of(LrState.PendingActive, 41, 0x80, 1));

        s_oracle.Misr(s with { Hcr = 0x0F }, new RuleSet()).ShouldBe(0UL);
        s_oracle.Misr(s.WithLr(0, default) with { Hcr = 0x0F }, new RuleSet()).ShouldBe(0x0AUL);
    }

    /// <summary>GV-150 to GV-152.</summary>
    [Fact]
    public void An_NMI_is_left_to_its_own_acknowledge()
    {
        var oracle = new VirtualInterface(s_sizes with { Nmi = true });
        VirtualState s = Idle.WithLr(0, ListRegister.Of(LrState.Pending, 40, 0xF8, 1, nmi: true)).WithActive(1, 1) with { NmiEnabled = true };

        oracle.Step(s, new(Op.Iar, 1), new RuleSet()).Effects.Single().Value.ShouldBe(1022UL);
        Effect acknowledged = oracle.Step(s, new(Op.Nmiar, 1), new RuleSet()).First;
        acknowledged.Value.ShouldBe(40UL);
        acknowledged.State.ActiveRegister(1, 0).ShouldBe(1UL << 63 | 1);
        oracle.Step(acknowledged.State, new(Op.Rpr), new RuleSet()).First.Value.ShouldBe(1UL << 63);
    }

    private static Transition Step(VirtualState s, GicAccess access) => s_oracle.Step(s, access, new RuleSet());
}
