namespace Conformance.Cpu.Instructions.AdvancedSimd;

/// <summary>128 bits as elements of 8 to 64 bits; element 0 is in the lowest bits.</summary>
/// <remarks>A size is a power of 2 in bytes: 0 for B to 3 for D.</remarks>
internal struct VectorValue
{
    internal ulong Low;
    internal ulong High;

    internal VectorValue(ulong low, ulong high)
    {
        Low = low;
        High = high;
    }

    /// <summary>An element, zero-extended.</summary>
    internal readonly ulong Get(int index, int size)
    {
        int bit = index << (size + 3);
        return (bit < 64 ? Low : High) >> (bit & 63) & Mask(size);
    }

    /// <summary>An element, sign-extended.</summary>
    internal readonly long GetSigned(int index, int size)
    {
        int spare = 64 - (8 << size);
        return (long)(Get(index, size) << spare) >> spare;
    }

    /// <summary>Replaces an element; higher bits of <paramref name="value"/> are ignored.</summary>
    internal void Set(int index, int size, ulong value)
    {
        int bit = index << (size + 3);
        ulong mask = Mask(size) << (bit & 63);
        ulong placed = value << (bit & 63) & mask;
        if (bit < 64)
        {
            Low = Low & ~mask | placed;
        }
        else
        {
            High = High & ~mask | placed;
        }
    }

    /// <summary>The element in every place.</summary>
    internal static VectorValue Replicate(ulong element, int size)
    {
        ulong low = (element & Mask(size)) * (ulong.MaxValue / Mask(size));
        return new VectorValue(low, low);
    }

    /// <summary>The four 32-bit elements.</summary>
    internal readonly (uint Word0, uint Word1, uint Word2, uint Word3) Words =>
        ((uint)Low, (uint)(Low >> 32), (uint)High, (uint)(High >> 32));

    internal static VectorValue OfWords(uint word0, uint word1, uint word2, uint word3) =>
        new((ulong)word1 << 32 | word0, (ulong)word3 << 32 | word2);

    /// <summary>The value of a register after a write of 128 bits, or of 64, which clears the rest.</summary>
    internal readonly VectorValue Cut(bool full) => full ? this : new VectorValue(Low, 0);

    private static ulong Mask(int size) => ulong.MaxValue >> (64 - (8 << size));
}
