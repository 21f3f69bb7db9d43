using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Tests.Nested;

/// <summary>Worked examples of the spec notes: which of trap, memory and register an access under NV reaches.</summary>
public class NestedMatrixTests
{
    private const ulong Page = TestMachine.RamBase + 0x1000;

    private static TestMachine Guest(ulong nested) =>
        new TestMachine().Set("VNCR_EL2", Page).Set("HCR_EL2", Hcr.API | Hcr.APK | nested).At(1);

    [Fact]
    public void Sctlr_el1_is_memory_under_nv_nv1_nv2()
    {
        TestMachine m = Guest(Hcr.NV | Hcr.NV1 | Hcr.NV2);
        m.TryWrite(Page + 0x110, 8, 0x1234_5678_9abc_def0).ShouldBeTrue();

        m.Run(TestMachine.Mrs("SCTLR_EL1"));

        m.Core.GetX(0).ShouldBe(0x1234_5678_9abc_def0UL);
        m.Core.ExceptionCount.ShouldBe(0UL);
    }

    [Fact]
    public void Trvm_goes_before_memory()
    {
        TestMachine m = Guest(Hcr.NV | Hcr.NV1 | Hcr.NV2 | Hcr.TRVM);

        m.Run(TestMachine.Mrs("SCTLR_EL1"));

        m.Core.LastExceptionTarget.ShouldBe(2);
        // EC 0x18, IL, Op0 3, Op2 0, Op1 0, CRn 1, Rt 0, CRm 0, read
        m.Get("ESR_EL2").ShouldBe((0x18UL << 26) | (1UL << 25) | (3UL << 20) | (1UL << 10) | 1);
    }

    [Theory]
    [InlineData(Hcr.NV | Hcr.NV2, "memory")]
    [InlineData(Hcr.NV | Hcr.NV1 | Hcr.NV2, "trap")]
    [InlineData(Hcr.NV, "trap")]
    [InlineData(Hcr.NV2, "undefined")]
    public void Vbar_el12_at_el1(ulong nested, string outcome)
    {
        TestMachine m = Guest(nested);
        m.Core.SetX(0, 0xabc0_0800);

        m.Run(TestMachine.Msr("VBAR_EL12"));

        m.TryRead(Page + 0x250, 8, out ulong stored).ShouldBeTrue();
        string seen = m.Core.ExceptionCount == 0 && stored == 0xabc0_0800 ? "memory"
            : m.Core.LastExceptionTarget == 2 && m.Get("ESR_EL2") >> 26 == 0x18 ? "trap"
            : m.Core.LastExceptionTarget == 1 && m.Get("ESR_EL1") == 0x0200_0000 ? "undefined" : "something else";
        seen.ShouldBe(outcome);
    }

    [Fact]
    public void A_big_endian_el2_swaps_the_bytes()
    {
        TestMachine m = Guest(Hcr.NV | Hcr.NV2).Or("SCTLR_EL2", Sctlr.EE);
        m.Core.SetX(0, 0x0102_0304_0506_0708);

        m.Run(TestMachine.Msr("VTTBR_EL2"));

        m.TryRead(Page + 0x20, 8, out ulong stored).ShouldBeTrue();
        stored.ShouldBe(0x0807_0605_0403_0201UL);
    }

    [Fact]
    public void Elr_el2_swaps_with_elr_el1_under_nv2()
    {
        TestMachine m = Guest(Hcr.NV | Hcr.NV2).Set("ELR_EL1", 0x1111).Set("ELR_EL2", 0x2222);

        m.Run(TestMachine.Mrs("ELR_EL2"));

        m.Core.GetX(0).ShouldBe(0x1111UL);
    }
}
