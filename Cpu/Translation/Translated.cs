namespace Conformance.Cpu.Translation;

/// <summary>An output address with its memory attributes.</summary>
internal struct Translated
{
    /// <summary>The PA, or between the stages the IPA.</summary>
    internal ulong Address;

    /// <summary>Type and cacheability in the encoding of MAIR_ELx (see <see cref="MemoryAttributes"/>).</summary>
    internal byte Attributes;

    /// <summary>0 non-shareable, 2 outer, 3 inner.</summary>
    internal byte Shareability;

    /// <summary>Size of the stage 1 page or block, as a power of 2; 12 where there is none.</summary>
    internal byte SizeBits;

    /// <summary>The output address space is the Non-secure one.</summary>
    internal bool NonSecure;

    /// <summary>GP of the stage 1 leaf (FEAT_BTI).</summary>
    internal bool IsGuarded;

    internal readonly bool IsDevice => MemoryAttributes.IsDevice(Attributes);
}
