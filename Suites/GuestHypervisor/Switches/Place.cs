using Conformance.Harness.Programs;
using Conformance.Suites.Registers;

namespace Conformance.Suites.GuestHypervisor.Switches;

/// <summary>Something that a hypervisor and its guest share, and that a world switch has to keep: a register as each of them names it.</summary>
/// <param name="Name">The register.</param>
/// <param name="Rules">The rules that a loss would break.</param>
/// <param name="Bits">What it holds.</param>
/// <param name="Vary">The bits that may have any value while guest and hypervisor run.</param>
internal sealed record Place(string Name, IReadOnlyList<string> Rules, HeldBits Bits, ulong Vary)
{
    /// <summary>The hypervisor's instruction that writes it from a general register.</summary>
    internal required Action<Assembler, int> Puts { get; init; }

    /// <summary>The hypervisor's instruction that reads it.</summary>
    internal required Action<Assembler, int> Gets { get; init; }

    /// <summary>The guest's instruction that writes it; null if the guest cannot.</summary>
    internal Action<Assembler, int>? GuestPuts { get; init; }

    /// <summary>The guest's instruction that reads it; null if the guest cannot.</summary>
    internal Action<Assembler, int>? GuestGets { get; init; }

    /// <summary>The bits that are compared.</summary>
    internal ulong Compare => Bits.Held | Bits.Zeros | Bits.Ones;

    internal ulong Value(ulong pattern) => Bits.Value(pattern, Vary);

    /// <summary>The value that disturbs nothing.</summary>
    internal ulong Neutral => Bits.Value(Bits.Neutral, Bits.Held);

    internal string Id => Name.ToLowerInvariant();
}
