namespace Conformance.Cpu.Translation;

/// <summary>Memory types as bytes in the encoding of MAIR_ELx, and how the stages combine (section 7 of the rules).</summary>
/// <remarks>
/// Device is 0x00, 0x04, 0x08, 0x0C in order of growing freedom. Normal has the outer cacheability in bits 7:4 and the inner
/// one in 3:0: 4 is Non-cacheable; otherwise bit 2 means Write-Back, bit 3 non-transient, 1:0 the allocation hints.
/// </remarks>
internal static class MemoryAttributes
{
    internal const byte DeviceMostStrict = 0x00;
    internal const byte NonCacheable = 0x44;

    /// <summary>Write-Back, read- and write-allocate, which HCR_EL2.DC gives (TR-007).</summary>
    internal const byte WriteBack = 0xff;

    internal const byte OuterShareable = 2;
    private const byte InnerShareable = 3;

    private const int NoCache = 4;
    private const int BackBit = 4;
    private const int AllocateBoth = 0xf;

    internal static bool IsDevice(byte attributes) => (attributes & 0xf0) == 0;

    /// <summary>A byte of MAIR_ELx; of the reserved values Device ones act as their type, the others as Non-cacheable (TR-080).</summary>
    internal static byte OfMair(ulong mair, int index)
    {
        byte value = (byte)(mair >> (8 * index));
        return IsDevice(value) ? (byte)(value & 0xc) : (value & 0xf) == 0 ? NonCacheable : value;
    }

    /// <summary>SH of a descriptor; the reserved value acts as Outer Shareable (TR-081).</summary>
    internal static byte ShareabilityOf(ulong descriptor)
    {
        byte field = (byte)(descriptor >> 8 & 3);
        return field == 1 ? OuterShareable : field;
    }

    /// <summary>Device and wholly Non-cacheable memory is Outer Shareable (TR-081).</summary>
    internal static byte Effective(byte attributes, byte shareability) =>
        IsDevice(attributes) || attributes == NonCacheable ? OuterShareable : shareability;

    /// <summary>The wider of two (TR-085).</summary>
    internal static byte Wider(byte one, byte other) =>
        one == OuterShareable || other == OuterShareable ? OuterShareable
        : one == InnerShareable || other == InnerShareable ? InnerShareable
        : (byte)0;

    /// <summary>Stage 1 and MemAttr of stage 2 without FEAT_S2FWB (TR-082 to TR-084).</summary>
    /// <param name="first">The attributes of stage 1.</param>
    /// <param name="code">MemAttr[3:0].</param>
    /// <param name="cacheDisabled">HCR_EL2.CD: what stage 2 makes Normal is Non-cacheable (TR-087).</param>
    internal static byte Combine(byte first, int code, bool cacheDisabled)
    {
        if (code >> 2 == 0)
        {
            byte device = (byte)(code << 2);
            return IsDevice(first) ? Math.Min(first, device) : device;
        }

        if (IsDevice(first))
        {
            return first;
        }

        // The reserved code 0 for the inner cacheability acts as Non-cacheable.
        int outer = cacheDisabled ? 1 : code >> 2;
        int inner = cacheDisabled ? 1 : Math.Max(code & 3, 1);
        return (byte)(CombineCacheability(first >> 4, outer) << 4 | CombineCacheability(first & 0xf, inner));
    }

    /// <summary>Stage 1 and MemAttr of stage 2 with HCR_EL2.FWB (TR-086).</summary>
    internal static byte CombineForced(byte first, int code, bool cacheDisabled)
    {
        if ((code & 4) == 0)
        {
            byte device = (byte)((code & 3) << 2);
            return IsDevice(first) ? Math.Min(first, device) : device;
        }

        byte result = (code & 3) switch
        {
            3 => first,
            2 => (byte)(ForceBack(first, first >> 4) << 4 | ForceBack(first, first & 0xf)),
            _ => IsDevice(first) ? first : NonCacheable, // 0b0101, and the reserved 0b0100
        };
        return cacheDisabled && !IsDevice(result) ? NonCacheable : result;
    }

    /// <summary>Cacheability of stage 1 (4 bits) under that of stage 2: 1 Non-cacheable, 2 Write-Through, 3 Write-Back.</summary>
    private static int CombineCacheability(int first, int second)
    {
        if (first == NoCache || second == 1)
        {
            return NoCache;
        }

        return second == 2 ? first & ~BackBit : first;
    }

    private static int ForceBack(byte first, int cacheability) =>
        IsDevice(first) || cacheability == NoCache ? AllocateBoth : cacheability | BackBit;
}
