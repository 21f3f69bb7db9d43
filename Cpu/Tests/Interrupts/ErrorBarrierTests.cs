using Conformance.Cpu.Interrupts;
using Conformance.Cpu.SystemRegisters;
using static Conformance.Cpu.Tests.Interrupts.InterruptMachine;

namespace Conformance.Cpu.Tests.Interrupts;

/// <summary>ESB (EX-332).</summary>
public class ErrorBarrierTests
{
    private const uint Esb = 0xd503_221f;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void EX_332_A_masked_virtual_SError_is_deferred(int level)
    {
        InterruptMachine m = new InterruptMachine(level, Hcr.AMO | Hcr.VSE).Set("VSESR_EL2", 0x123).Mask(A);
        m.Core.Write(Code, [Esb, Nop]);

        m.Next().ShouldBe((0, 0));

        m.Get("VDISR_EL2").ShouldBe(0x8000_0123UL);
        (m.Get("HCR_EL2") & Hcr.VSE).ShouldBe(0UL);
        m.Mask(0).Next().ShouldBe((0, 0));
    }

    [Theory]
    [InlineData(2, Hcr.AMO | Hcr.VSE)]
    [InlineData(1, Hcr.VSE)]
    [InlineData(0, Hcr.TGE | Hcr.AMO | Hcr.VSE)]
    public void One_that_is_not_enabled_stays(int level, ulong hcr)
    {
        InterruptMachine m = new InterruptMachine(level, hcr).Set("VSESR_EL2", 0x123).Mask(A);
        m.Core.Write(Code, [Esb, Nop]);

        m.Next();

        m.Get("VDISR_EL2").ShouldBe(0UL);
        (m.Get("HCR_EL2") & Hcr.VSE).ShouldBe(Hcr.VSE);
    }

    [Fact]
    public void A_masked_physical_SError_is_deferred_to_DISR()
    {
        InterruptMachine m = new InterruptMachine(1).Raise(InterruptLines.SError).Mask(A);
        m.Core.Write(Code, [Esb, Nop]);

        m.Next().ShouldBe((0, 0));

        m.Get("DISR_EL1").ShouldBe(1UL << 31);
        m.Mask(0).Next().ShouldBe((0, 0));
    }

    [Fact]
    public void An_open_one_is_taken_before_the_barrier()
    {
        InterruptMachine m = new InterruptMachine(1, Hcr.AMO | Hcr.VSE);
        m.Core.Write(Code, [Esb, Nop]);

        m.Next().ShouldBe((1, 0x380));
        m.Get("VDISR_EL2").ShouldBe(0UL);
    }
}
