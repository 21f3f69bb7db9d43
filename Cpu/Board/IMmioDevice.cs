namespace Conformance.Cpu.Board;

/// <summary>A device on the bus: a range of physical addresses that answers every access of 1, 2, 4 or 8 bytes.</summary>
internal interface IMmioDevice
{
    /// <summary>PA of the first byte.</summary>
    ulong Base { get; }

    /// <summary>In bytes.</summary>
    ulong Size { get; }

    /// <param name="offset">From <see cref="Base"/>, in bytes; a multiple of <paramref name="size"/>.</param>
    /// <param name="size">In bytes.</param>
    ulong Read(ulong offset, int size);

    /// <param name="offset">From <see cref="Base"/>, in bytes; a multiple of <paramref name="size"/>.</param>
    /// <param name="size">In bytes.</param>
    /// <param name="value">Bits above the size are 0.</param>
    void Write(ulong offset, int size, ulong value);
}
