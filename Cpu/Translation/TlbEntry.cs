namespace Conformance.Cpu.Translation;

/// <summary>A cached translation of a page of 4 KiB.</summary>
internal struct TlbEntry
{
    /// <summary>
    /// The page of the VA in bits 63:12, the tag of its <see cref="AccessContext"/> in 10:4, and in bit 3
    /// <see cref="Tlb.Slow"/>. Zero is an empty entry.
    /// </summary>
    internal ulong Tag;

    /// <summary>Host address of a byte in RAM less its VA; only when <see cref="InRam"/>.</summary>
    internal nint Addend;

    /// <summary>PA of the page.</summary>
    internal ulong Page;

    /// <summary>The page is in RAM, and not with a device or nowhere.</summary>
    internal bool InRam;

    /// <summary>Some stage makes it Device memory.</summary>
    internal bool IsDevice;

    /// <summary>Indirect branches to it must meet an instruction made for that (FEAT_BTI).</summary>
    internal bool IsGuarded;
}
