namespace Conformance.Cli;

/// <summary>What the process returns. Part of the interface: see README, "Exit codes".</summary>
internal enum ExitCode
{
    /// <summary>Everything that ran passed or is waived.</summary>
    Ok = 0,

    /// <summary>
    /// The device did something that the architecture does not allow. Of <c>spec diff</c>: the versions differ; of
    /// <c>spec import</c>: something was not translated.
    /// </summary>
    Failures = 1,

    /// <summary>The command line or a file given on it cannot be used.</summary>
    Usage = 2,

    /// <summary>The device is not installed or does not start.</summary>
    DeviceUnavailable = 3,

    /// <summary>Cases ended in errors (the device died or hung), or this program has a bug. Wins over failures.</summary>
    Errors = 4,

    /// <summary>No case was judged: nothing was selected, or all were skipped.</summary>
    NothingRan = 5,

    /// <summary>Stopped by Ctrl-C or SIGTERM. The record holds what was known by then.</summary>
    Interrupted = 130,
}
