using Conformance.Cpu.Instructions;
using Conformance.Cpu.Interrupts;
using Conformance.Cpu.Translation;

namespace Conformance.Cpu;

/// <summary>Runs the PEs of a machine in turn, each for a fixed number of instructions, on one time line.</summary>
/// <remarks>
/// The order depends on nothing but the state, so a run can be repeated, and how it is divided into calls changes nothing. A PE
/// that waits or is off is passed over; when all wait, time goes on to the next change of a timer. The system counter counts the
/// instructions of all PEs: no PE ever sees it go back.
/// </remarks>
internal sealed class RoundRobin(Core[] cores, GlobalMonitor monitor)
{
    /// <summary>Instructions of a turn; a prime, so that no loop stays in step with it.</summary>
    internal const int Quantum = 1009;

    /// <summary>The longest wait of WFE in ticks when no event comes; it may end at any time (DDI 0487, "Wait for Event").</summary>
    internal const ulong LongestWaitForEvent = 62_500; // 1 ms

    private ulong _now;
    private int _turn;
    private long _left = Quantum;

    /// <summary>Number of the PE whose turn it is, or was when the last run ended.</summary>
    internal int Turn => _turn;

    /// <summary>The time: what the system counter shows.</summary>
    internal ulong Now => _now;

    /// <summary>How much of it passed while all PEs waited.</summary>
    internal ulong IdleTicks { get; private set; }

    /// <summary>Starts anew: the first PE has its turn, at time 0.</summary>
    internal void Reset()
    {
        _now = 0;
        IdleTicks = 0;
        _turn = 0;
        _left = Quantum;
    }

    /// <summary>Runs all PEs.</summary>
    /// <param name="maxInstructions">Of all together; waiting counts like instructions.</param>
    internal RunResult Run(long maxInstructions)
    {
        ulong start = Begin();
        ulong end = start + (ulong)Math.Max(0, maxInstructions);
        while (_now < end)
        {
            if (!TryFindNext())
            {
                if (cores.All(c => c.IsOff))
                {
                    return new RunResult(StopReason.CpuOff, (long)(_now - start), 0);
                }

                if (!TryPassTime(end))
                {
                    return new RunResult(StopReason.WaitForInterrupt, (long)(_now - start), 0);
                }

                continue;
            }

            RunResult turn = RunTurn(Math.Min(_left, (long)(end - _now)));
            if (turn.Reason is not (StopReason.Budget or StopReason.WaitForInterrupt or StopReason.CpuOff))
            {
                return turn with { Instructions = (long)(_now - start) };
            }
        }

        return new RunResult(StopReason.Budget, (long)(_now - start), 0);
    }

    /// <summary>Runs one PE while the others stand still.</summary>
    internal RunResult RunOnly(int number, long maxInstructions)
    {
        ulong start = Begin();
        if (number != _turn)
        {
            (_turn, _left) = (number, Quantum);
        }

        if (cores[number].IsOff || !IsAwake(cores[number]))
        {
            return new RunResult(StopReason.WaitForInterrupt, 0, 0);
        }

        RunResult result = RunTurn(maxInstructions);
        _left = Math.Max(1, _left);
        return result with { Instructions = (long)(_now - start) };
    }

    /// <summary>State may have been written from outside.</summary>
    private ulong Begin()
    {
        foreach (Core core in cores)
        {
            _now = Math.Max(_now, core.Ticks);
            core.ContextChanged();
        }

        return _now;
    }

    private RunResult RunTurn(long instructions)
    {
        Core core = cores[_turn];
        monitor.Enter(core);
        core.MoveTimeTo(_now);
        RunResult result = RunLoop.Continue(core, instructions);
        monitor.Leave(core);
        _now = core.Ticks;
        _left -= result.Instructions;
        return result;
    }

    /// <summary>Finds who goes on: the one whose turn it is, or the next that can.</summary>
    private bool TryFindNext()
    {
        if (_left > 0 && IsAwake(cores[_turn]))
        {
            return true;
        }

        for (int i = 1; i <= cores.Length; i++)
        {
            int next = (_turn + i) % cores.Length;
            if (IsAwake(cores[next]))
            {
                (_turn, _left) = (next, Quantum);
                return true;
            }
        }

        return false;
    }

    private bool IsAwake(Core core)
    {
        if (core.IsOff)
        {
            return false;
        }

        if (core.Waiting && Wakes(core))
        {
            core.Waiting = false;
            core.LinesChanged();
        }

        return !core.Waiting;
    }

    private bool Wakes(Core core)
    {
        if (core.WaitsForEvent && core.EventRegister)
        {
            core.EventRegister = false;
            return true;
        }

        if (_now >= core.WaitEnd)
        {
            return true;
        }

        if (!core.LinesStale && _now < core.NextTimerEvent)
        {
            return false;
        }

        core.MoveTimeTo(_now);
        InterruptDelivery.Look(core);
        return PendingLines.Wake(core);
    }

    /// <summary>Nobody can go on before a timer does something.</summary>
    /// <returns>False when none ever will.</returns>
    private bool TryPassTime(ulong end)
    {
        ulong next = ulong.MaxValue;
        foreach (Core core in cores)
        {
            if (!core.IsOff)
            {
                next = Math.Min(next, Math.Min(core.NextTimerEvent, core.WaitEnd));
            }
        }

        if (next == ulong.MaxValue)
        {
            return false;
        }

        ulong then = Math.Max(_now, Math.Min(next, end));
        IdleTicks += then - _now;
        _now = then;
        return true;
    }
}
