using Conformance.Cpu.Instructions;

namespace Conformance.Cpu.Tests.Board;

public sealed class PsciClusterTests
{
    private const uint Smc = 0xd400_0003;
    private const uint Wfi = 0xd503_207f;
    private const ulong CpuOff = 0x8400_0002;
    private const ulong CpuOn = 0xc400_0003;
    private const ulong AffinityInfo = 0xc400_0004;
    private const ulong CpuSuspend = 0xc400_0001;

    private readonly ClusterMachine _m = new(3, el3: false);

    [Fact]
    public void After_reset_only_the_first_PE_is_on() =>
        _m.Machine.Cores.Select(c => c.IsOff).ShouldBe([false, true, true]);

    [Fact]
    public void CPU_ON_starts_a_PE_at_EL2_with_the_context_and_everything_else_as_after_reset()
    {
        ulong entry = ClusterMachine.Code(1);
        _m[1].SetX(5, 99);
        _m[1].Write(entry, Wfi);

        Call(CpuOn, 1, entry, 0x1234).ShouldBe(0ul);
        _m.Run(10);

        _m[1].IsOff.ShouldBeFalse();
        _m[1].Pc.ShouldBe(entry + 4);
        _m[1].GetX(0).ShouldBe(0x1234ul);
        _m[1].GetX(5).ShouldBe(0ul);
        (_m[1].Pstate.EL, _m[1].Pstate.Daif).ShouldBe(((byte)2, (byte)0xf));
        Call(CpuOn, 1, entry, 0).ShouldBe(Error(-4)); // ALREADY_ON
    }

    [Fact]
    public void CPU_ON_of_a_PE_that_is_not_there_is_refused() => Call(CpuOn, 3, ClusterMachine.Code(1), 0).ShouldBe(Error(-2));

    [Fact]
    public void A_PE_can_go_off_and_come_back()
    {
        Call(AffinityInfo, 1, 0).ShouldBe(1ul); // OFF
        _m.Program(1, Smc, 0x1400_0000)[1].SetX(0, CpuOff);
        Call(AffinityInfo, 1, 0).ShouldBe(0ul); // ON

        _m.Step(1);

        Call(AffinityInfo, 1, 0).ShouldBe(1ul);
        Call(CpuOn, 1, ClusterMachine.Code(2), 0).ShouldBe(0ul);
        _m[1].Pc.ShouldBe(ClusterMachine.Code(2));
    }

    [Fact]
    public void The_run_ends_when_the_last_PE_goes_off()
    {
        _m.Program(0, Smc)[0].SetX(0, CpuOff);

        _m.Run(100).ShouldBe(new RunResult(StopReason.CpuOff, 1, 0));
    }

    [Fact]
    public void CPU_SUSPEND_waits_for_an_interrupt_and_succeeds()
    {
        _m.Program(1, 0x1400_0000);

        Call(CpuSuspend, 0, 0).ShouldBe(0ul);

        _m[0].Waiting.ShouldBeTrue();
        _m.Step(0)[0].Pc.ShouldBe(ClusterMachine.Code(0) + 4);
    }

    private ulong Call(ulong function, params ulong[] arguments)
    {
        _m.Program(0, Smc, Wfi)[0].SetX(0, function);
        for (int i = 0; i < arguments.Length; i++)
        {
            _m[0].SetX(i + 1, arguments[i]);
        }

        return _m.Step(0)[0].GetX(0);
    }

    private static ulong Error(long code) => (ulong)code;
}
