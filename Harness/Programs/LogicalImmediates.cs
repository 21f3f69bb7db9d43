using System.Numerics;

namespace Conformance.Harness.Programs;

/// <summary>The N:immr:imms form of logical immediates.</summary>
/// <remarks>Source: Arm ARM, C3.4.2 and the description of DecodeBitMasks in J1.</remarks>
internal static class LogicalImmediates
{
    /// <summary>The 13-bit field for a value; false when the value has no such form.</summary>
    public static bool TryEncode(ulong value, bool is64, out uint field)
    {
        field = 0;
        if (!is64)
        {
            value = (uint)value | value << 32; // a 32-bit pattern is a 64-bit one that repeats
        }

        if (value is 0 or ulong.MaxValue)
        {
            return false;
        }

        int size = 64;
        while (size > 2 && BitOperations.RotateRight(value, size / 2) == value)
        {
            size /= 2;
        }

        ulong mask = size == 64 ? ulong.MaxValue : (1UL << size) - 1;
        ulong element = value & mask;
        int ones = BitOperations.PopCount(element);
        for (int rotation = 0; rotation < size; rotation++)
        {
            ulong turned = (element << rotation | element >> (size - rotation & 63)) & mask;
            if (turned == (1UL << ones) - 1)
            {
                uint n = size == 64 ? 1u : 0;
                uint imms = (uint)(-(size << 1) & 0x3F | ones - 1);
                field = n << 12 | (uint)rotation << 6 | imms;
                return true;
            }
        }

        return false;
    }

    /// <summary>The value of a 13-bit field; false when the field is reserved for the width.</summary>
    public static bool TryDecode(uint field, bool is64, out ulong value)
    {
        value = 0;
        uint n = field >> 12 & 1;
        int immr = (int)(field >> 6 & 0x3F);
        int imms = (int)(field & 0x3F);
        int log = BitOperations.Log2(n << 6 | ~(uint)imms & 0x3F);
        if ((n << 6 | ~(uint)imms & 0x3F) < 2 || (!is64 && n == 1))
        {
            return false;
        }

        int size = 1 << log;
        int ones = (imms & size - 1) + 1;
        if (ones == size)
        {
            return false;
        }

        ulong run = (1UL << ones) - 1;
        ulong mask = size == 64 ? ulong.MaxValue : (1UL << size) - 1;
        int rotation = immr & size - 1;
        ulong element = rotation == 0 ? run : (run >> rotation | run << size - rotation) & mask;
        for (int at = 0; at < 64; at += size)
        {
            value |= element << at;
        }

        if (!is64)
        {
            value = (uint)value;
        }

        return true;
    }
}
