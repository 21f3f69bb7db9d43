namespace Conformance.Suites.Translation.Oracle;

/// <summary>A change that translation makes to a descriptor.</summary>
/// <param name="Address">Physical address of the descriptor.</param>
/// <param name="Set">Bits that become 1, as the walk sees them (before byte order).</param>
/// <param name="Clear">Bits that become 0.</param>
/// <param name="Certain">It is made; otherwise it may be made.</param>
/// <param name="BigEndian">The descriptor is big-endian in memory.</param>
public readonly record struct DescriptorUpdate(ulong Address, ulong Set, ulong Clear, bool Certain, bool BigEndian);

/// <summary>What comes of translating an address.</summary>
public sealed record Answer
{
    /// <summary>Null when there is none.</summary>
    public Fault? Fault { get; init; }

    /// <summary>The output address, without a fault.</summary>
    public ulong Address { get; init; }

    /// <summary>The resulting attributes.</summary>
    public MemoryAttributes Attributes { get; init; }

    /// <summary>What the descriptors say by themselves, without SCTLR_ELx.C and the like (TR-134).</summary>
    public MemoryAttributes Descriptor { get; init; }

    /// <summary>Changes to descriptors, in the order in which they are made.</summary>
    public IReadOnlyList<DescriptorUpdate> Updates { get; init; } = [];

    /// <summary>True if no device can show a difference.</summary>
    public bool Same(Answer other) => Fault == other.Fault && Address == other.Address && Attributes == other.Attributes
        && Descriptor == other.Descriptor && Updates.SequenceEqual(other.Updates);
}
