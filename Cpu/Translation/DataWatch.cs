namespace Conformance.Cpu.Translation;

/// <summary>A range of data at which runs stop in front of the access (<see cref="Core.AddWatch"/>).</summary>
/// <param name="Address">VA of the first byte.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Reads">Loads are watched.</param>
/// <param name="Writes">Stores are watched.</param>
public readonly record struct DataWatch(ulong Address, ulong Length, bool Reads, bool Writes)
{
    internal bool Matches(ulong va, int size, bool write) =>
        (write ? Writes : Reads) && (va - Address < Length || Address - va < (ulong)size);
}
