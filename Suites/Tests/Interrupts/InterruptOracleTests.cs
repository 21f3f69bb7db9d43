using Conformance.Harness.Cases;
using Conformance.Suites.Exceptions;
using Conformance.Suites.Interrupts;
using Conformance.Suites.Tests.Exceptions;
using static Conformance.Suites.ControlBits;

namespace Conformance.Suites.Tests.Interrupts;

/// <summary>Worked examples: who takes what, by hand from the table of EX-300 to EX-303 and the rules behind it.</summary>
public class InterruptOracleTests
{
    /// <summary>Level, HCR_EL2, SCR_EL3.{IRQ}, PSTATE.I, and the level that takes a physical IRQ; 0 for none.</summary>
    public static TheoryData<int, ulong, ulong, bool, int> Routes => new()
    {
        { 0, 0, 0, false, 1 }, { 0, 0, 0, true, 0 }, { 1, 0, 0, false, 1 }, { 1, 0, 0, true, 0 }, { 2, 0, 0, false, 0 }, { 3, 0, 0, false, 0 },
        { 0, Hcr.IMO, 0, true, 2 }, { 1, Hcr.IMO, 0, true, 2 }, { 2, Hcr.IMO, 0, false, 2 }, { 2, Hcr.IMO, 0, true, 0 }, { 3, Hcr.IMO, 0, false, 0 },
        { 0, Hcr.TGE, 0, true, 2 }, { 2, Hcr.TGE, 0, false, 2 }, { 0, Hcr.TGE | Hcr.E2H, 0, false, 2 }, { 0, Hcr.TGE | Hcr.E2H, 0, true, 0 },
        { 0, Hcr.IMO | Hcr.E2H, 0, true, 2 }, { 1, Hcr.FMO, 0, false, 1 }, { 1, Hcr.IMO, Scr.IRQ, true, 3 }, { 2, 0, Scr.IRQ, true, 3 },
        { 3, 0, Scr.IRQ, false, 3 }, { 3, 0, Scr.IRQ, true, 0 }, { 1, 0, Scr.FIQ, false, 1 }, { 1, Hcr.NV | Hcr.NV2, 0, false, 1 },
    };

    /// <summary>Level, HCR_EL2, PSTATE.I, and whether EL1 takes a virtual IRQ.</summary>
    public static TheoryData<int, ulong, bool, bool> Virtual => new()
    {
        { 1, Hcr.IMO | Hcr.VI, false, true }, { 0, Hcr.IMO | Hcr.VI, false, true }, { 1, Hcr.IMO | Hcr.VI, true, false }, { 0, Hcr.IMO | Hcr.VI, true, false },
        { 2, Hcr.IMO | Hcr.VI, false, false }, { 3, Hcr.IMO | Hcr.VI, false, false }, { 1, Hcr.VI, false, false }, { 1, Hcr.IMO, false, false },
        { 1, Hcr.FMO | Hcr.VI, false, false }, { 0, Hcr.TGE | Hcr.IMO | Hcr.VI, false, false }, { 1, Hcr.E2H | Hcr.IMO | Hcr.VI, false, true },
    };

    [Theory]
    [MemberData(nameof(Routes))]
    public void A_physical_irq_goes_where_the_table_says(int level, ulong hcr, ulong scr, bool masked, int taker)
    {
        List<Delivery> found = InterruptOracle.Candidates(At(level, hcr, scr, masked), [Line.Irq]);

        found.Select(d => d.Target).ShouldBe(taker == 0 ? [] : [taker]);
        found.ShouldAllBe(d => !d.IsVirtual && d.Line == Line.Irq);
    }

    [Theory]
    [MemberData(nameof(Virtual))]
    public void A_virtual_irq_is_taken_by_el1_or_not_at_all(int level, ulong hcr, bool masked, bool taken)
    {
        List<Delivery> found = InterruptOracle.Candidates(At(level, hcr, 0, masked), []);

        found.Count.ShouldBe(taken ? 1 : 0);
        found.ShouldAllBe(d => d.IsVirtual && d.Target == 1);
    }

    [Fact]
    public void Secure_state_without_secure_el2_does_not_know_hcr_el2()
    {
        Situation secure = At(1, Hcr.IMO | Hcr.VI, 0, masked: false, clear: Scr.NS);

        InterruptOracle.Candidates(secure, [Line.Irq]).ShouldHaveSingleItem().ShouldSatisfyAllConditions(d => d.Target.ShouldBe(1), d => d.IsVirtual.ShouldBeFalse());
        InterruptOracle.Status(secure, [Line.Irq]).ShouldBe(0x80UL);
    }

    [Fact]
    public void Two_that_are_not_masked_are_both_candidates()
    {
        List<Delivery> found = InterruptOracle.Candidates(At(1, Hcr.IMO | Hcr.VI | Hcr.FMO, 0, masked: false), [Line.Fiq]);

        found.Select(d => d.Name).ShouldBe(["virq to EL1", "fiq to EL2"]);
    }

    [Theory]
    [InlineData(1, 0, 0x80)]
    [InlineData(1, Hcr.IMO, 0)]
    [InlineData(1, Hcr.IMO | Hcr.VI, 0x80)]
    [InlineData(1, Hcr.FMO | Hcr.VF, 0xC0)]
    [InlineData(1, Hcr.VF, 0x80)]
    [InlineData(2, Hcr.IMO | Hcr.FMO | Hcr.VF, 0x80)]
    [InlineData(3, Hcr.AMO | Hcr.VSE, 0x80)]
    [InlineData(1, Hcr.AMO | Hcr.VSE, 0x180)]
    public void Isr_shows_a_pending_irq_and_what_is_virtual(int level, ulong hcr, ulong status) =>
        InterruptOracle.Status(At(level, hcr, 0, masked: true), [Line.Irq]).ShouldBe(status);

    [Fact]
    public void An_irq_from_el1_to_el2_is_saved_as_the_manual_says()
    {
        // EL1h, PSTATE.I set and the rest clear; SPSR_EL2 = 0x85, vector 0x480, PSTATE EL2h with all masked.
        Situation s = new(Targets.Nv2, new Spsr(0x85), 0x4020_0010, [new("HCR_EL2", Baseline.Of("HCR_EL2") | Hcr.IMO | Hcr.NV)], new Dictionary<int, ulong>());
        Arrival taken = Entry.Interrupt(s, 2, Line.Irq.Vector(), 0x1234);

        taken.ShouldSatisfyAllConditions(
            t => t.Vector.ShouldBe(0x480U), t => t.Elr.ShouldBe(0x4020_0010UL), t => t.Spsr.ShouldBe(0x85UL), t => t.Esr.ShouldBe(0x1234UL), t => (t.Pstate & 0x3CF).ShouldBe(0x3C9UL));
    }

    private static Situation At(int level, ulong hcr, ulong scr, bool masked, ulong clear = 0) => new(
        Targets.Nv2, Spsr.At(level).Without(Spsr.Daif).With(Spsr.I, masked), 0x4020_0000,
        [new("HCR_EL2", Baseline.Of("HCR_EL2") | hcr), new("SCR_EL3", (Baseline.Of("SCR_EL3") & ~clear) | scr)], new Dictionary<int, ulong>());
}
