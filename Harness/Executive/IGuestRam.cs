namespace Conformance.Harness.Executive;

/// <summary>The RAM of a guest that runs the executive, as the host reaches it while the guest runs.</summary>
public interface IGuestRam
{
    /// <summary>Copies guest memory from a physical address.</summary>
    void Read(ulong address, Span<byte> into);

    /// <summary>Copies bytes to a physical address.</summary>
    void Write(ulong address, ReadOnlySpan<byte> bytes);
}
