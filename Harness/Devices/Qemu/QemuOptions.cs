namespace Conformance.Harness.Devices.Qemu;

/// <summary>How QEMU is started.</summary>
public sealed record QemuOptions
{
    /// <summary>Program name or path.</summary>
    public string Executable { get; init; } = "qemu-system-aarch64";

    /// <summary>Value of <c>-cpu</c>.</summary>
    public string Cpu { get; init; } = "max";

    /// <summary>
    /// Level the executive is started at: 3 with TrustZone, 2 with virtualization only, 1 with neither. Null for the highest
    /// there is: 3 when QEMU emulates, 2 or else 1 with an accelerator.
    /// </summary>
    public int? StartLevel { get; init; }

    /// <summary><c>kvm</c> or <c>hvf</c>, to run on the host's own CPU; null when QEMU emulates one.</summary>
    public string? Accelerator { get; init; }

    /// <summary>The levels to try, one after the other.</summary>
    internal IReadOnlyList<int> Levels => StartLevel is { } level ? [level] : Accelerator is null ? [3] : [2, 1];

    /// <summary>How long one step of a case may take before it counts as hung.</summary>
    public TimeSpan CaseTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long QEMU may take to reach the executive's first instructions.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long to watch QEMU after a batch in which a case is suspected of having powered it off.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Most cases sent at once.</summary>
    public int BatchSize { get; init; } = 1024;
}
