namespace Conformance.Harness.Devices.Kvm;

/// <summary>The two kinds of virtual EL2 that KVM offers a guest.</summary>
public enum KvmKind
{
    /// <summary>HCR_EL2.E2H is RES1: for guest hypervisors that use the Virtualization Host Extensions.</summary>
    Vhe,

    /// <summary>HCR_EL2.E2H is RES0: for guest hypervisors that do not.</summary>
    E2h0,
}

/// <summary>How the KVM inside QEMU is started, and which guest it is asked for.</summary>
public sealed record KvmOptions
{
    /// <summary>For <see cref="Kernel"/>: the one that runs this machine, which is an arm64 with FEAT_NV2.</summary>
    public const string OwnKernel = "host";

    /// <summary>The kind of guest.</summary>
    public KvmKind Kind { get; init; } = KvmKind.Vhe;

    /// <summary>Kernel image to boot inside QEMU; null for the newest one in the cache; or <see cref="OwnKernel"/>.</summary>
    public string? Kernel { get; init; }

    /// <summary>Program name or path of QEMU.</summary>
    public string Qemu { get; init; } = "qemu-system-aarch64";

    /// <summary>Value of QEMU's <c>-cpu</c>.</summary>
    /// <remarks>
    /// <c>neoverse-n2</c> and <c>max</c> have more features (FEAT_FGT, FEAT_ECV), and physical addresses of 52 bits, for which
    /// KVM takes seconds to empty a shadow stage 2.
    /// </remarks>
    public string Cpu { get; init; } = "neoverse-v1";

    /// <summary>Parameters for the kernel behind those that the device needs.</summary>
    public string KernelParameters { get; init; } = "kvm-arm.mode=nested";

    /// <summary>How long one step of a case may take before it counts as hung. A shadow stage 2 may take seconds to build.</summary>
    public TimeSpan CaseTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the kernel may take to boot, and to answer.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Most cases sent at once.</summary>
    public int BatchSize { get; init; } = 256;
}
