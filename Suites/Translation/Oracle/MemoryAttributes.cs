namespace Conformance.Suites.Translation.Oracle;

/// <summary>Type, cacheability and shareability of memory, in the notation of MAIR_ELx and PAR_EL1.</summary>
/// <param name="Attr">A MAIR byte: 0x00, 0x04, 0x08, 0x0C Device; else outer and inner nibble (TR-080).</param>
/// <param name="Sh">0 Non-shareable, 2 Outer, 3 Inner Shareable, as a descriptor says it.</param>
public readonly record struct MemoryAttributes(byte Attr, byte Sh)
{
    private const byte NonCacheable = 4;

    public static MemoryAttributes DeviceNGnRnE { get; } = new(0x00, 2);

    public static MemoryAttributes NormalNonCacheable { get; } = new(0x44, 2);

    /// <summary>What HCR_EL2.DC gives (TR-007).</summary>
    public static MemoryAttributes Default { get; } = new(0xFF, 0);

    public bool IsDevice => (Attr & 0xF0) == 0;

    /// <summary>Device memory and memory that is Non-cacheable throughout is Outer Shareable, whatever SH says (TR-081).</summary>
    public byte EffectiveSh => IsDevice || Attr == 0x44 ? (byte)2 : Sh;

    /// <summary>The same with the shareability that counts.</summary>
    public MemoryAttributes Effective => this with { Sh = EffectiveSh };

    /// <summary>Stage 1 attributes with those of a stage 2 descriptor, FWB = 0 (TR-082 to TR-085).</summary>
    /// <param name="memAttr">MemAttr[3:0].</param>
    /// <param name="sh">SH of the stage 2 descriptor.</param>
    public MemoryAttributes Combine(uint memAttr, byte sh)
    {
        byte wider = Wider(Sh, sh);
        if ((memAttr & 0xC) == 0)
        {
            byte device = (byte)(memAttr << 2);
            return new MemoryAttributes(IsDevice ? Math.Min(Attr, device) : device, wider).Effective;
        }

        return IsDevice
            ? this with { Sh = 2 }
            : new MemoryAttributes((byte)(Nibble((uint)Attr >> 4, memAttr >> 2) << 4 | Nibble(Attr & 0xFU, memAttr & 3)), wider).Effective;
    }

    /// <summary>The same with FWB = 1 (TR-086).</summary>
    public MemoryAttributes CombineForced(uint memAttr, byte sh)
    {
        byte wider = Wider(Sh, sh);
        byte attr = (memAttr & 4) == 0
            ? (byte)(IsDevice ? Math.Min(Attr, memAttr << 2) : memAttr << 2)
            : (memAttr & 3) switch
            {
                3 => Attr,
                2 => IsDevice ? (byte)0xFF : (byte)(Cached((uint)Attr >> 4) << 4 | Cached(Attr & 0xFU)),
                _ => IsDevice ? Attr : (byte)0x44,
            };
        return new MemoryAttributes(attr, wider).Effective;
    }

    /// <summary>Write-Back with the hints that stage 1 gave; all allocation hints where it was not cacheable.</summary>
    private static uint Cached(uint nibble) => nibble == NonCacheable ? 0xFU : (nibble & 3) | 4 | (nibble & 8);

    /// <summary>The weaker of two cacheabilities, with the hints of stage 1.</summary>
    private static uint Nibble(uint stage1, uint stage2) => stage1 == NonCacheable || stage2 == 1 ? NonCacheable
        : stage2 == 2 ? stage1 & ~4U : stage1;

    /// <summary>Outer over Inner over Non-shareable.</summary>
    private static byte Wider(byte a, byte b) => a == 2 || b == 2 ? (byte)2 : a == 3 || b == 3 ? (byte)3 : (byte)0;
}
