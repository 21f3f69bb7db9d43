using Conformance.Cpu.SystemRegisters;
using static Conformance.Cpu.Tests.Translation.PagedMachine;
using static Conformance.Cpu.Tests.Translation.PageTables;

namespace Conformance.Cpu.Tests.Translation;

/// <summary>Indirect branches into guarded pages (FEAT_BTI).</summary>
public sealed class GuardedPageTests
{
    private const ulong Va = 0x1234_5000;
    private const ulong Guarded = 1UL << 50;
    private const uint Br3 = 0xd61f_0060;
    private const uint Br16 = 0xd61f_0200;
    private const uint Blr3 = 0xd63f_0060;
    private const uint Ret = 0xd65f_03c0;
    private const uint Nop = 0xd503_201f;
    private const uint BtiC = 0xd503_245f;
    private const uint BtiJ = 0xd503_249f;
    private const uint BtiJc = 0xd503_24df;
    private const uint Paciasp = 0xd503_233f;

    [Theory]
    [InlineData(Br3, Nop, 3)]
    [InlineData(Br3, BtiC, 3)]
    [InlineData(Br3, BtiJ, 0)]
    [InlineData(Br3, BtiJc, 0)]
    [InlineData(Br3, Paciasp, 0)]
    [InlineData(Br16, BtiC, 0)]
    [InlineData(Br16, Nop, 1)]
    [InlineData(Blr3, BtiC, 0)]
    [InlineData(Blr3, BtiJ, 2)]
    [InlineData(Blr3, Paciasp, 0)]
    [InlineData(Blr3, 0xd503_241f, 2)]   // bti
    [InlineData(Ret, Nop, 0)]
    public void The_target_must_await_the_kind_of_branch(uint branch, uint target, uint btype)
    {
        PagedMachine m = Machine(branch, target, Guarded);

        _ = m.Machine.Run(2);

        m.Core.ExceptionCount.ShouldBe(btype == 0 ? 0UL : 1);
        if (btype != 0)
        {
            m["ESR_EL1"].ShouldBe((0x0dUL << 26) | (1UL << 25) | btype);
            m["ELR_EL1"].ShouldBe(Va + 0x40);
            (m["SPSR_EL1"] >> 10 & 3).ShouldBe(btype);
        }
    }

    [Fact]
    public void SCTLR_EL2_holds_BT0_for_the_host_s_EL0()
    {
        TestMachine m = new TestMachine().Set("HCR_EL2", Hcr.E2H).Set("SCTLR_EL2", 0).At(2);
        m.Core.SetX(0, Sctlr.BT0);

        m.Run(TestMachine.Msr("SCTLR_EL2"));

        (m.Get("SCTLR_EL2") & (Sctlr.BT0 | Sctlr.BT1)).ShouldBe(Sctlr.BT0);
    }

    [Fact]
    public void BT1_takes_jumps_from_PACIASP()
    {
        PagedMachine m = Machine(Br3, Paciasp, Guarded);
        m.Or("SCTLR_EL1", Sctlr.BT1);
        _ = m.Machine.Run(2);
        m.Core.ExceptionCount.ShouldBe(1UL);
    }

    [Fact]
    public void A_page_without_GP_takes_any_branch()
    {
        PagedMachine m = Machine(Br3, Nop, 0);
        _ = m.Machine.Run(2);
        m.Core.ExceptionCount.ShouldBe(0UL);
    }

    private static PagedMachine Machine(uint branch, uint target, ulong attributes)
    {
        var m = new PagedMachine();
        m.Stage1().Map(Va, Code, AccessFlag | attributes);
        m.Write(Code, branch);
        m.Write(Code + 0x40, target);
        m.Level(1);
        foreach (int register in new[] { 3, 16, 30 })
        {
            m.Core.SetX(register, Va + 0x40);
        }

        m.Core.Pc = Va;
        return m;
    }
}
