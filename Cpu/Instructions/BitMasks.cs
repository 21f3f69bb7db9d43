using System.Numerics;

namespace Conformance.Cpu.Instructions;

/// <summary>The bit masks of logical immediates and bitfield moves.</summary>
/// <remarks>Source: DDI 0487, shared pseudocode DecodeBitMasks.</remarks>
internal static class BitMasks
{
    /// <summary>A run of imms + 1 ones in an element of 2 to 64 bits, rotated right by immr, repeated over 64 bits.</summary>
    /// <returns>False when N:imms names no element size, or a run that fills the element: UNDEFINED.</returns>
    internal static bool TryLogical(bool n, int imms, int immr, out ulong mask)
    {
        mask = 0;
        int sizes = (n ? 64 : 0) | (~imms & 63);
        if (sizes <= 1)
        {
            return false;
        }

        int size = 1 << BitOperations.Log2((uint)sizes);
        int ones = (imms & (size - 1)) + 1;
        if (ones == size)
        {
            return false;
        }

        ulong element = (1ul << ones) - 1;
        int rotate = immr & (size - 1);
        if (rotate != 0)
        {
            element = (element >> rotate | element << (size - rotate)) & (ulong.MaxValue >> (64 - size));
        }

        for (int width = size; width < 64; width *= 2)
        {
            element |= element << width;
        }

        mask = element;
        return true;
    }
}
