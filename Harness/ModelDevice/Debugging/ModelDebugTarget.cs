using Conformance.Cpu;
using Conformance.Cpu.Instructions;
using Conformance.Cpu.Translation;
using Conformance.Harness.Gdb;

namespace Conformance.ModelDevice.Debugging;

/// <summary>The reference machine under a debugger.</summary>
internal sealed class ModelDebugTarget : IDebugTarget
{
    private const long Slice = 100_000; // instructions between two looks at the debugger
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(5);

    private readonly Machine _machine;
    private readonly ModelRegisters _registers;

    internal ModelDebugTarget(Machine machine)
    {
        _machine = machine;
        _registers = new ModelRegisters(machine.Core);
    }

    public int Cores => _machine.Cores.Count;

    public IReadOnlyList<DebugRegister> Registers => _registers.All;

    public string State(int core) => _machine.Cores[core] is { IsOff: true } ? "off"
        : _machine.Cores[core].IsWaiting ? "waiting"
        : $"EL{_machine.Cores[core].Pstate.EL}";

    public void ReadRegister(int core, int register, Span<byte> into) => _registers.Read(_machine.Cores[core], register, into);

    public void WriteRegister(int core, int register, ReadOnlySpan<byte> value) => _registers.Write(_machine.Cores[core], register, value);

    public bool TryReadMemory(int core, ulong address, Span<byte> into) => _machine.Cores[core].TryPeek(address, into);

    public bool TryWriteMemory(int core, ulong address, ReadOnlySpan<byte> bytes) => _machine.Cores[core].TryPoke(address, bytes);

    public void Insert(DebugPoint point)
    {
        foreach (Core core in _machine.Cores)
        {
            if (point.Kind == DebugPointKind.Instruction)
            {
                core.AddStop(point.Address);
            }
            else
            {
                core.AddWatch(Watch(point));
            }
        }
    }

    public void Remove(DebugPoint point)
    {
        foreach (Core core in _machine.Cores)
        {
            if (point.Kind == DebugPointKind.Instruction)
            {
                core.RemoveStop(point.Address);
            }
            else
            {
                core.RemoveWatch(Watch(point));
            }
        }
    }

    public DebugStop Run(DebugRun how, Func<bool> interrupted)
    {
        if (how is { Step: true, Core: { } stepped })
        {
            return Step(stepped, how.OthersRun, interrupted);
        }

        while (true)
        {
            RunResult result = how.Core is { } alone ? _machine.RunOnly(_machine.Cores[alone], Slice) : _machine.Run(Slice);
            if (Stop(result, how.Core ?? _machine.Current.Number, interrupted) is { } stop)
            {
                return stop;
            }
        }
    }

    /// <summary>One instruction of a PE. One that waits, or is off, is not stepped before the others have woken it.</summary>
    private DebugStop Step(int number, bool othersRun, Func<bool> interrupted)
    {
        Core core = _machine.Cores[number];
        while (true)
        {
            RunResult result = _machine.RunOnly(core, 1);
            if (result.Reason is StopReason.Budget || result.Instructions != 0)
            {
                return result.Reason is StopReason.Budget or StopReason.WaitForInterrupt
                    ? new DebugStop(DebugStopReason.Step, number)
                    : Stop(result, number, interrupted) ?? new DebugStop(DebugStopReason.Step, number);
            }

            if (result.Reason is not StopReason.WaitForInterrupt)
            {
                return Stop(result, number, interrupted) ?? new DebugStop(DebugStopReason.Step, number);
            }

            if (!othersRun)
            {
                return new DebugStop(DebugStopReason.Step, number); // nothing will ever change
            }

            result = _machine.Run(1);
            if (Stop(result, _machine.Current.Number, interrupted) is { } stop)
            {
                return stop;
            }
        }
    }

    /// <summary>What the debugger is told; null when the machine goes on.</summary>
    private DebugStop? Stop(RunResult result, int core, Func<bool> interrupted)
    {
        switch (result.Reason)
        {
            case StopReason.StopAddress:
                return new DebugStop(DebugStopReason.Breakpoint, core);
            case StopReason.Watchpoint:
                (DataWatch watch, ulong address) = _machine.Cores[core].WatchHit;
                return new DebugStop(DebugStopReason.Watchpoint, core, Point(watch), address);
            case StopReason.Exit or StopReason.PowerOff or StopReason.Reset or StopReason.CpuOff:
                return new DebugStop(DebugStopReason.Exited, core, ExitCode: result.ExitCode);
            case StopReason.WaitForInterrupt:
                Thread.Sleep(s_pause); // only the debugger can change anything
                break;
            default:
                break;
        }

        return interrupted() ? new DebugStop(DebugStopReason.Interrupted, core) : null;
    }

    private static DataWatch Watch(DebugPoint point) => new(
        point.Address, point.Length, Reads: point.Kind != DebugPointKind.Write, Writes: point.Kind != DebugPointKind.Read);

    private static DebugPoint Point(DataWatch watch) => new(
        !watch.Reads ? DebugPointKind.Write : watch.Writes ? DebugPointKind.Access : DebugPointKind.Read, watch.Address, watch.Length);
}
