using Conformance.Cpu.Instructions;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Tests.SystemRegisters;

public sealed class CycleCounterTests
{
    private const ulong Enabled = 1UL << 31;
    private static readonly uint[] s_nops = [.. Enumerable.Repeat(0xd503_201fu, 64)];

    [Theory]
    [InlineData(1, Enabled, true)]
    [InlineData(0, Enabled, false)] // PMCR_EL0.E
    [InlineData(1, 0, false)]       // PMCNTENSET_EL0.C
    public void It_counts_while_it_is_enabled(ulong control, ulong enables, bool counts)
    {
        Core core = Given.Program(s_nops);
        Set(core, "PMCCNTR_EL0", 1000);
        Set(core, "PMCNTENSET_EL0", enables);
        Set(core, "PMCR_EL0", control);

        _ = RunLoop.Run(core, 10);

        core.Peek(Registers.Get("PMCCNTR_EL0")).ShouldBe(counts ? 1010ul : 1000);
    }

    [Theory]
    [InlineData(3, 0, true)]
    [InlineData(3, 1UL << 31, false)]           // P
    [InlineData(3, 1UL << 31 | 1UL << 26, true)] // P = M
    [InlineData(2, 0, false)]
    [InlineData(2, 1UL << 27, true)]            // NSH
    [InlineData(1, 1UL << 31, false)]
    [InlineData(1, 1UL << 31 | 1UL << 29, true)] // P = NSK in Non-secure state
    [InlineData(0, 1UL << 30, false)]
    [InlineData(0, 1UL << 30 | 1UL << 28, true)] // U = NSU
    public void Its_filter_chooses_levels(int level, ulong filter, bool counts)
    {
        Core core = Given.Program(s_nops);
        Set(core, "SCR_EL3", Scr.NS | 0x400);
        Set(core, "HCR_EL2", Hcr.RW);
        core.Pstate.EL = (byte)level;
        Set(core, "PMCNTENSET_EL0", Enabled);
        Set(core, "PMCR_EL0", 1);
        Set(core, "PMCCFILTR_EL0", filter);

        _ = RunLoop.Run(core, 10);

        core.Peek(Registers.Get("PMCCNTR_EL0")).ShouldBe(counts ? 10ul : 0);
    }

    [Fact]
    public void A_change_of_level_is_where_counting_begins_or_ends()
    {
        Core core = Given.Program(0xd503_201f, 0xd503_201f, 0xd69f_03e0); // nop, nop, eret
        Set(core, "SCR_EL3", Scr.NS | 0x400);
        Set(core, "HCR_EL2", Hcr.RW);
        Set(core, "SPSR_EL3", 9); // EL2h
        Set(core, "ELR_EL3", Given.Base + 0x1000);
        core.Write(Given.Base + 0x1000, s_nops);
        Set(core, "PMCNTENSET_EL0", Enabled);
        Set(core, "PMCR_EL0", 1);

        _ = RunLoop.Run(core, 20);

        core.Pstate.EL.ShouldBe((byte)2);
        core.Peek(Registers.Get("PMCCNTR_EL0")).ShouldBe(2ul, "EL2 is not counted without NSH");
    }

    [Fact]
    public void An_overflow_is_remembered()
    {
        Core core = Given.Program(s_nops);
        Set(core, "PMCNTENSET_EL0", Enabled);
        Set(core, "PMCR_EL0", 1);
        Set(core, "PMCCNTR_EL0", ulong.MaxValue - 4);

        _ = RunLoop.Run(core, 10);

        core.Peek(Registers.Get("PMCCNTR_EL0")).ShouldBe(5ul);
        core.Peek(Registers.Get("PMOVSSET_EL0")).ShouldBe(Enabled);
    }

    private static void Set(Core core, string name, ulong value) => core[Registers.Get(name)] = value;
}
