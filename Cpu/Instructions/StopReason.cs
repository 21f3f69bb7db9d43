namespace Conformance.Cpu.Instructions;

/// <summary>Why a run ended.</summary>
public enum StopReason
{
    /// <summary>It goes on; never in a result.</summary>
    None,

    /// <summary>The number of instructions that the caller allowed has been executed.</summary>
    Budget,

    /// <summary>PC has reached a stop address; the instruction there was not executed.</summary>
    StopAddress,

    /// <summary>The program asked to end through semihosting.</summary>
    Exit,

    /// <summary>PSCI SYSTEM_OFF.</summary>
    PowerOff,

    /// <summary>PSCI SYSTEM_RESET.</summary>
    Reset,

    /// <summary>PSCI CPU_OFF on the last PE that was on.</summary>
    CpuOff,

    /// <summary>The next instruction accesses what a debugger watches (<see cref="Core.WatchHit"/>); it was not executed.</summary>
    Watchpoint,

    /// <summary>An exception was taken, and <see cref="Core.StopsAtExceptions"/> is set.</summary>
    Exception,

    /// <summary>WFI with nothing that could ever wake the PE.</summary>
    WaitForInterrupt,
}

/// <summary>How a run ended.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Instructions">
/// How many instructions were executed; one that took an exception counts, and so does a failed fetch.
/// </param>
/// <param name="ExitCode">Exit code of the program with <see cref="StopReason.Exit"/>, else 0.</param>
public readonly record struct RunResult(StopReason Reason, long Instructions, int ExitCode);
