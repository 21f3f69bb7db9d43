namespace Conformance.Harness.Devices.Gdb;

/// <summary>What has to be known of a target with a GDB stub. Read from JSON by <see cref="GdbTargetFile"/>.</summary>
public sealed record GdbTarget
{
    /// <summary>Where the stub listens.</summary>
    public required string Host { get; init; }

    /// <summary>TCP port of the stub.</summary>
    public required int Port { get; init; }

    /// <summary>Version for the record and for waivers.</summary>
    public string Version { get; init; } = "unknown";

    /// <summary>The device whose known divergences are this target's as well (<c>qemu</c>); null for none.</summary>
    public string? WaiversOf { get; init; }

    /// <summary>Name of the program counter in the stub's target description, or its number.</summary>
    public string Pc { get; init; } = "pc";

    /// <summary>Name of the register that shows PSTATE as SPSR_ELx has it, or its number.</summary>
    public string Pstate { get; init; } = "cpsr";

    /// <summary>PSTATE to start in; null leaves what the target has after reset.</summary>
    public uint? StartPstate { get; init; }

    /// <summary>Monitor command that resets the target and leaves it halted; null when there is none.</summary>
    public string? Reset { get; init; }

    /// <summary>Program and arguments that start the target; empty when it is running already.</summary>
    public IReadOnlyList<string> Start { get; init; } = [];

    /// <summary>How long one step of a case may take before it counts as hung.</summary>
    public TimeSpan CaseTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long the stub may take to listen, and the executive to reach its first instructions.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the stub may take for an answer.</summary>
    public TimeSpan ReplyTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long to watch the target after a batch in which a case is suspected of having ended it.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Most cases sent at once.</summary>
    public int BatchSize { get; init; } = 1024;

    internal string Place => $"{Host}:{Port}";
}
