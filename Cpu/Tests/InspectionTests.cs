using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Tests;

public class InspectionTests
{
    /// <summary>A name can stand for another register at another level; who looks from outside sees what EL3 sees.</summary>
    [Fact]
    public void A_register_is_seen_as_the_highest_level_reads_it_whatever_level_runs()
    {
        Core core = Given.Program(0);
        core[Registers.Find("ICC_PMR_EL1")!] = 0xA0;
        core[Registers.Find("ICV_PMR_EL1")!] = 0x50;
        core[Registers.Find("VPIDR_EL2")!] = 0x1234;
        core[Registers.Find("HCR_EL2")!] = Hcr.RW | Hcr.FMO;
        ulong midr = core.Peek(Registers.Find("MIDR_EL1")!);
        core.Pstate.EL = 1;

        core.Peek(Registers.Find("ICC_PMR_EL1")!).ShouldBe(0xA0UL);
        core.Peek(Registers.Find("MIDR_EL1")!).ShouldBe(midr);
        midr.ShouldNotBe(0x1234UL);
        core.Pstate.EL.ShouldBe((byte)1);
    }
}
