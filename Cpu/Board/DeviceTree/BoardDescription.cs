namespace Conformance.Cpu.Board.DeviceTree;

/// <summary>What the device tree of a board says of it.</summary>
internal sealed record BoardDescription
{
    /// <summary>RAM in bytes, from <see cref="MemoryMap.Ram"/>.</summary>
    internal required ulong RamSize { get; init; }

    /// <summary>MPIDR_EL1 affinity of each PE.</summary>
    internal required IReadOnlyList<ulong> Affinities { get; init; }

    /// <summary>How PSCI is called: <c>hvc</c>, <c>smc</c>; null when there is no PSCI.</summary>
    internal string? PsciMethod { get; init; }

    /// <summary>The GIC has an ITS.</summary>
    internal bool HasIts { get; init; }

    /// <summary>The PEs have the EL2 virtual timer.</summary>
    internal bool HasHypervisorVirtualTimer { get; init; }

    /// <summary>The GIC has a maintenance interrupt.</summary>
    internal bool HasVirtualization { get; init; }
}
