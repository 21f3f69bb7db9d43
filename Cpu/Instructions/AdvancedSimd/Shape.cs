namespace Conformance.Cpu.Instructions.AdvancedSimd;

/// <summary>What predecoding settles for every Advanced SIMD instruction: how many elements of what size.</summary>
/// <remarks>
/// Aux holds the size of an element as a power of 2 in bytes in 7:0, the number of elements in 15:8, and in 23:16 the first
/// element of the narrower operand, which is not 0 for the "2" forms that use the upper half. For instructions whose operands
/// differ in size, size is that of the narrower ones.
/// </remarks>
internal static class Shape
{
    private const int Doubleword = 3;

    extension(in Operation op)
    {
        internal int Size => op.Aux & 0xff;

        internal int Elements => op.Aux >> 8 & 0xff;

        internal int First => op.Aux >> 16;

        /// <summary>The field U.</summary>
        internal bool U => op.Bit(29);
    }

    internal static void Set(ref Operation op, int size, int elements, int first = 0) =>
        op.Aux = first << 16 | elements << 8 | size;

    /// <summary>A vector of 64 or 128 bits, any size; one 64-bit element alone is reserved.</summary>
    internal static void Any(ref Operation op) => Vector(ref op, (int)op.Bits(22, 2), 0b1111);

    /// <summary>As <see cref="Any"/>, without 64-bit elements.</summary>
    internal static void BytesToWords(ref Operation op) => Vector(ref op, (int)op.Bits(22, 2), 0b0111);

    internal static void HalfwordsAndWords(ref Operation op) => Vector(ref op, (int)op.Bits(22, 2), 0b0110);

    internal static void Bytes(ref Operation op) => Vector(ref op, (int)op.Bits(22, 2), 0b0001);

    /// <summary>32-bit elements, for the sums of four products of bytes.</summary>
    internal static void Words(ref Operation op) => Vector(ref op, (int)op.Bits(22, 2), 0b0100);

    /// <summary>Bytes whatever the size field says: it is a part of the opcode.</summary>
    internal static void ImpliedBytes(ref Operation op) => Vector(ref op, 0, 0b0001);

    /// <summary>64-bit elements whatever the size field says: the operation is one on bits.</summary>
    internal static void Bits(ref Operation op) => Set(ref op, Doubleword, op.Bit(30) ? 2 : 1);

    /// <summary>One element.</summary>
    internal static void Scalar(ref Operation op) => Set(ref op, (int)op.Bits(22, 2), 1);

    internal static void ScalarHalfwordsAndWords(ref Operation op)
    {
        Scalar(ref op);
        Allow(ref op, 0b0110);
    }

    /// <summary>One element of a narrower and one of a wider operand.</summary>
    internal static void ScalarBytesToWords(ref Operation op)
    {
        Scalar(ref op);
        Allow(ref op, 0b0111);
    }

    /// <summary>64 bits of the narrower operands, the upper ones when Q is set; up to 32-bit elements.</summary>
    internal static void Half(ref Operation op)
    {
        SetHalf(ref op, (int)op.Bits(22, 2));
        Allow(ref op, 0b0111);
    }

    internal static void HalfHalfwordsAndWords(ref Operation op)
    {
        SetHalf(ref op, (int)op.Bits(22, 2));
        Allow(ref op, 0b0110);
    }

    internal static void HalfBytes(ref Operation op)
    {
        SetHalf(ref op, (int)op.Bits(22, 2));
        Allow(ref op, 0b0001);
    }

    internal static void SetHalf(ref Operation op, int size)
    {
        int elements = 8 >> size;
        Set(ref op, size, elements, op.Bit(30) ? elements : 0);
    }

    /// <param name="op">The instruction.</param>
    /// <param name="size">Size of an element.</param>
    /// <param name="sizes">Bit n is set when size n is allocated.</param>
    internal static void Vector(ref Operation op, int size, int sizes)
    {
        Set(ref op, size, (op.Bit(30) ? 16 : 8) >> size);
        Allow(ref op, sizes);
        if (size == Doubleword && !op.Bit(30))
        {
            op.MakeUndefined();
        }
    }

    private static void Allow(ref Operation op, int sizes)
    {
        if ((sizes >> op.Size & 1) == 0)
        {
            op.MakeUndefined();
        }
    }
}
