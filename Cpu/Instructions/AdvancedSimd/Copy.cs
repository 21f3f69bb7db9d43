using System.Numerics;
using Conformance.Cpu.Exceptions;

namespace Conformance.Cpu.Instructions.AdvancedSimd;

/// <summary>Advanced SIMD copy: DUP, INS, SMOV and UMOV.</summary>
/// <remarks>
/// Source: DDI 0487, C7.2, the pages of these. The lowest bit set in imm5 is the size, the bits above it the index.
/// </remarks>
internal static unsafe class Copy
{
    internal static readonly InsnRow[] Rows =
    [
        new("DUP_asimdins_DV_v", "0 Q:1 0 0 111 00 00 imm5:5 0 0000 1 Rn:5 Rd:5", &DuplicateElement,  &Duplicated),
        new("DUP_asimdins_DR_r", "0 Q:1 0 0 111 00 00 imm5:5 0 0001 1 Rn:5 Rd:5", &DuplicateRegister, &Duplicated),
        new("SMOV_asimdins_W_w", "0 0 0 01110000 imm5:5 0 0101 1 Rn:5 Rd:5",      &MoveSigned,        &SignedToW),
        new("SMOV_asimdins_X_x", "0 1 0 01110000 imm5:5 0 0101 1 Rn:5 Rd:5",      &MoveSigned,        &SignedToX),
        new("UMOV_asimdins_W_w", "0 0 0 01110000 imm5:5 0 0111 1 Rn:5 Rd:5",      &MoveUnsigned,      &UnsignedToW),
        new("UMOV_asimdins_X_x", "0 1 0 01110000 x1000 0 0111 1 Rn:5 Rd:5",       &MoveUnsigned,      &Element),
        new("INS_asimdins_IR_r", "0 1 0 0 111 00 00 imm5:5 0 0011 1 Rn:5 Rd:5",   &InsertRegister,    &Element),
        new("INS_asimdins_IV_v", "0 1 1 0 111 00 00 imm5:5 0 imm4:4 1 Rn:5 Rd:5", &InsertElement,     &Element),
    ];

    /// <summary>Imm: the index. No size is more than 64 bits.</summary>
    internal static void Element(ref Operation op)
    {
        uint imm5 = op.Bits(16, 5);
        int size = BitOperations.TrailingZeroCount(imm5);
        op.Imm = imm5 >> (size + 1);
        Shape.Set(ref op, size, 1);
        if (size > 3)
        {
            op.MakeUndefined();
        }
    }

    private static void Duplicated(ref Operation op)
    {
        Element(ref op);
        if (op.Size <= 3)
        {
            Shape.Vector(ref op, op.Size, 0b1111);
        }
    }

    private static void SignedToW(ref Operation op) => Below(ref op, 2);

    private static void SignedToX(ref Operation op) => Below(ref op, 3);

    private static void UnsignedToW(ref Operation op) => Below(ref op, 3);

    private static void Below(ref Operation op, int size)
    {
        Element(ref op);
        if (op.Size >= size)
        {
            op.MakeUndefined();
        }
    }

    internal static void DuplicateElement(Core core, in Operation op)
    {
        if (FpAccess.Check(core))
        {
            Duplicate(core, op, VectorElements.Get(core, op.Rn, (int)op.Imm, op.Size));
        }
    }

    private static void DuplicateRegister(Core core, in Operation op)
    {
        if (FpAccess.Check(core))
        {
            Duplicate(core, op, core.GetX(op.Rn));
        }
    }

    private static void Duplicate(Core core, in Operation op, ulong element)
    {
        var result = default(VectorValue);
        for (int i = 0; i < op.Elements; i++)
        {
            result.Set(i, op.Size, element);
        }

        VectorElements.Write(core, op.Rd, result);
    }

    private static void MoveSigned(Core core, in Operation op)
    {
        if (FpAccess.Check(core))
        {
            long element = VectorElements.GetSigned(core, op.Rn, (int)op.Imm, op.Size);
            core.SetX(op.Rd, op.Bit(30) ? (ulong)element : (uint)element);
        }
    }

    private static void MoveUnsigned(Core core, in Operation op)
    {
        if (FpAccess.Check(core))
        {
            core.SetX(op.Rd, VectorElements.Get(core, op.Rn, (int)op.Imm, op.Size));
        }
    }

    private static void InsertRegister(Core core, in Operation op)
    {
        if (FpAccess.Check(core))
        {
            VectorElements.Set(core, op.Rd, (int)op.Imm, op.Size, core.GetX(op.Rn));
        }
    }

    /// <summary>The bits of imm4 below the index of the source are ignored.</summary>
    private static void InsertElement(Core core, in Operation op)
    {
        if (FpAccess.Check(core))
        {
            ulong element = VectorElements.Get(core, op.Rn, (int)op.Bits(11, 4) >> op.Size, op.Size);
            VectorElements.Set(core, op.Rd, (int)op.Imm, op.Size, element);
        }
    }
}
