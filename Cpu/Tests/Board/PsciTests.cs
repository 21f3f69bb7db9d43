using Conformance.Cpu.Features;
using Conformance.Cpu.Instructions;

namespace Conformance.Cpu.Tests.Board;

public sealed class PsciTests
{
    private const uint Hvc = 0xd400_0002;    // hvc #0
    private const uint Smc = 0xd400_0003;    // smc #0

    [Theory]
    [InlineData(0x8400_0000, 0, 0x1_0001)]              // PSCI_VERSION: 1.1
    [InlineData(0x8400_0003, 0, 0xffff_fffc)]           // CPU_ON of oneself: ALREADY_ON
    [InlineData(0xc400_0003, 1, 0xffff_ffff_ffff_fffe)] // CPU_ON of nobody: INVALID_PARAMETERS
    [InlineData(0x8400_0004, 0, 0)]                     // AFFINITY_INFO: ON
    [InlineData(0x8400_0006, 0, 2)]                     // MIGRATE_INFO_TYPE: not required
    [InlineData(0x8400_000a, 0x8400_0008, 0)]           // PSCI_FEATURES of SYSTEM_OFF
    [InlineData(0x8400_000a, 0xc400_0008, 0xffff_ffff)] // of a width that it has not
    [InlineData(0x8400_001f, 0, 0xffff_ffff)]           // NOT_SUPPORTED
    [InlineData(0xc400_0000, 0, 0xffff_ffff_ffff_ffff)]
    [InlineData(0xffff_ffff_8400_0000, 0, 0x1_0001)]    // W0 is the identifier
    public void A_call_answers_in_X0_whichever_conduit_the_machine_has(ulong function, ulong argument, ulong result)
    {
        foreach ((uint word, string without) in ((uint, string)[])[(Hvc, "-FEAT_AA64EL2,-FEAT_AA64EL3"), (Smc, "-FEAT_AA64EL3")])
        {
            (Machine machine, _) = Call(word, without, function, argument);
            machine.Core.GetX(0).ShouldBe(result);
            machine.Core.Pc.ShouldBe(Given.Base + 4);
            machine.Core.ExceptionCount.ShouldBe(0ul);
        }
    }

    [Theory]
    [InlineData(0x8400_0008, StopReason.PowerOff)]
    [InlineData(0x8400_0009, StopReason.Reset)]
    [InlineData(0x8400_0002, StopReason.CpuOff)]
    public void A_call_that_does_not_return_ends_the_run(ulong function, StopReason reason) =>
        Call(Smc, "-FEAT_AA64EL3", function, 0).Result.ShouldBe(new RunResult(reason, 1, 0));

    [Fact]
    public void What_is_no_PSCI_call_is_undefined_without_a_level_to_take_it() =>
        Call(Smc, "-FEAT_AA64EL3", 0x8600_0000, 0).Machine.Core.ExceptionCount.ShouldBe(1ul);

    [Fact]
    public void A_machine_with_EL3_leaves_SMC_to_its_own_firmware() =>
        Call(Smc, "+FEAT_AA64EL3", 0x8400_0008, 0).Machine.Core.LastExceptionTarget.ShouldBe(3);

    private static (Machine Machine, RunResult Result) Call(uint word, string features, ulong function, ulong argument)
    {
        var machine = new Machine(new MachineOptions { Features = FeatureSet.Parse("nv2," + features), RamSize = 0x1000 });
        machine.Core.SetX(0, function);
        machine.Core.SetX(1, argument);
        machine.Core.Write(Given.Base, word, 0x1400_0000u);
        machine.Core.Pc = Given.Base;
        return (machine, machine.Run(1));
    }
}
