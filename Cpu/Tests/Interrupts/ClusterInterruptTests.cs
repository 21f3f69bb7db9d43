using Conformance.Cpu.Board;
using Conformance.Cpu.Interrupts;

namespace Conformance.Cpu.Tests.Interrupts;

public sealed class ClusterInterruptTests
{
    private const uint GenerateGroup1 = 0xd518_cba0; // msr icc_sgi1r_el1, x0
    private const uint GenerateOther = 0xd518_cbc0;  // msr icc_asgi1r_el1, x0
    private const uint GenerateGroup0 = 0xd518_cbe0; // msr icc_sgi0r_el1, x0
    private const uint Here = 0x1400_0000;
    private const ulong Spi = 40;

    private readonly ClusterMachine _m = new ClusterMachine(3).OpenGic();

    [Theory]
    [InlineData(0x0500_0006ul, "1,2")]      // INTID 5 to 0.0.0.1 and 0.0.0.2
    [InlineData(0x0500_0001ul, "0")]
    [InlineData(0x100_0500_0000ul, "1,2")]  // IRM: all but self
    [InlineData(0x0501_0006ul, "")]         // Aff1 = 1
    [InlineData(0x1_0500_0006ul, "")]       // Aff2 = 1
    [InlineData(0x1_0000_0500_0006ul, "")]  // Aff3 = 1
    [InlineData(0x1000_0500_0006ul, "")]    // RS = 1: 0.0.0.16 and up
    [InlineData(0x0500_fff8ul, "")]         // PEs that are not there
    public void An_SGI_reaches_the_PEs_that_the_write_names(ulong value, string targets)
    {
        Generate(GenerateGroup1, value);

        string.Join(',', Enumerable.Range(0, 3).Where(n => Pending(n, 5))).ShouldBe(targets);
    }

    [Theory]
    [InlineData(GenerateGroup1, true, true)]
    [InlineData(GenerateOther, true, false)]
    [InlineData(GenerateGroup0, true, false)]
    public void SGI1R_generates_both_groups_and_the_others_Group_0_only(uint write, bool group0, bool group1)
    {
        _m.Write(ClusterMachine.Redistributor(1) + 0x1_0080, ~(1u << 4)); // SGI 4 in Group 0, 5 in Group 1

        Generate(write, 0x0400_0002);
        Generate(write, 0x0500_0002);

        (Pending(1, 4), Pending(1, 5)).ShouldBe((group0, group1));
    }

    [Fact]
    public void An_SGI_wakes_its_target_from_WFI()
    {
        _m.Program(1, InterruptMachine.Wfi, 0xd280_00e0, Here); // mov x0, #7
        _m.Step(1).Step(1)[1].GetX(0).ShouldBe(0ul);

        Generate(GenerateGroup1, 0x0500_0002);
        _m.Step(1);

        _m[1].GetX(0).ShouldBe(7ul);
    }

    [Theory]
    [InlineData(1ul, 1)]
    [InlineData(2ul, 2)]
    [InlineData(0x100ul, null)]       // 0.0.1.0 is not there
    [InlineData(0x8000_0002ul, 0)]    // any: the first that takes part
    public void An_SPI_goes_where_its_route_says(ulong route, int? target)
    {
        PendSpi(route);

        Enumerable.Range(0, 3).Where(Sees).ShouldBe(target is { } t ? [t] : []);
    }

    [Fact]
    public void An_SPI_for_any_PE_passes_over_those_that_do_not_take_part()
    {
        PendSpi(0x8000_0000);
        _m.Set(0, "ICC_IGRPEN1_EL1", 0);
        Enumerable.Range(0, 3).Where(Sees).ShouldBe([1]);

        _m.Write(ClusterMachine.Redistributor(1) + 0x14, 2); // GICR_WAKER.ProcessorSleep
        Enumerable.Range(0, 3).Where(Sees).ShouldBe([2]);
    }

    [Fact]
    public void Private_interrupts_are_acknowledged_and_ended_on_their_own_PE()
    {
        Generate(GenerateGroup1, 0x0500_0006);

        PhysicalCpuInterface.Acknowledge(_m[1], 1).ShouldBe(5ul);
        PhysicalCpuInterface.EndOfInterrupt(_m[1], 1, 5);

        Pending(1, 5).ShouldBeFalse();
        Pending(2, 5).ShouldBeTrue();
    }

    private void Generate(uint word, ulong value)
    {
        _m.Program(0, word)[0].SetX(0, value);
        _m.Step(0);
    }

    private void PendSpi(ulong route)
    {
        const ulong bit = 1UL << (int)(Spi % 32);
        _m[1].IsOff = false;
        _m[2].IsOff = false;
        _m.Write(MemoryMap.GicDistributor + 0x6100 + (8 * (Spi - 32)), route, 8);
        _m.Write(MemoryMap.GicDistributor + 0x84, bit).Write(MemoryMap.GicDistributor + 0x104, bit).Write(MemoryMap.GicDistributor + 0x204, bit);
    }

    private bool Sees(int core) => PhysicalCpuInterface.HighestPending(_m[core], 1) == Spi;

    private bool Pending(int core, int intId) => (_m.Read(ClusterMachine.Redistributor(core) + 0x1_0200) >> intId & 1) != 0;
}
