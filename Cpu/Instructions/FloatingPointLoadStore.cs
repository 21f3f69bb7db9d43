using Conformance.Cpu.Exceptions;

namespace Conformance.Cpu.Instructions;

/// <summary>Loads and stores of one B, H, S, D or Q register, in every addressing mode.</summary>
/// <remarks>
/// Source: DDI 0487, C7.2, "LDR (immediate, SIMD&amp;FP)" and its neighbours. The access check precedes the SP alignment check
/// (EX-220). The size is opc&lt;1&gt;:size, 0 for B to 4 for Q.
/// </remarks>
internal static unsafe class FloatingPointLoadStore
{
    internal static readonly InsnRow[] Rows =
    [
        new("STR (unsigned offset, SIMD&FP)", "size:2 111 1 01 opc:1 0 imm12:12 Rn:5 Rt:5",                 &StoreOffset,   &Scaled),
        new("LDR (unsigned offset, SIMD&FP)", "size:2 111 1 01 opc:1 1 imm12:12 Rn:5 Rt:5",                 &LoadOffset,    &Scaled),
        new("STUR (SIMD&FP)",                 "size:2 111 1 00 opc:1 0 0 imm9:9 00 Rn:5 Rt:5",              &StoreOffset,   &Unscaled),
        new("LDUR (SIMD&FP)",                 "size:2 111 1 00 opc:1 1 0 imm9:9 00 Rn:5 Rt:5",              &LoadOffset,    &Unscaled),
        new("STR (post-index, SIMD&FP)",      "size:2 111 1 00 opc:1 0 0 imm9:9 01 Rn:5 Rt:5",              &StorePost,     &Unscaled),
        new("LDR (post-index, SIMD&FP)",      "size:2 111 1 00 opc:1 1 0 imm9:9 01 Rn:5 Rt:5",              &LoadPost,      &Unscaled),
        new("STR (pre-index, SIMD&FP)",       "size:2 111 1 00 opc:1 0 0 imm9:9 11 Rn:5 Rt:5",              &StorePre,      &Unscaled),
        new("LDR (pre-index, SIMD&FP)",       "size:2 111 1 00 opc:1 1 0 imm9:9 11 Rn:5 Rt:5",              &LoadPre,       &Unscaled),
        new("STR (register, SIMD&FP)",        "size:2 111 1 00 opc:1 0 1 Rm:5 option:3 S:1 10 Rn:5 Rt:5",   &StoreRegister, &Extended),
        new("LDR (register, SIMD&FP)",        "size:2 111 1 00 opc:1 1 1 Rm:5 option:3 S:1 10 Rn:5 Rt:5",   &LoadRegister,  &Extended),
        new("LDR (literal, SIMD&FP)",         "opc:2 011 1 00 imm19:19 Rt:5",                               &Literal,       &LiteralSize),
    ];

    /// <summary>Aux: the size as a power of 2.</summary>
    private static void Unscaled(ref Operation op)
    {
        op.Aux = (int)(op.Bits(23, 1) << 2 | op.Bits(30, 2));
        op.Imm = (ulong)op.Signed(12, 9);
        if (op.Aux > 4)
        {
            op.MakeUndefined();
        }
    }

    private static void Scaled(ref Operation op)
    {
        Unscaled(ref op);
        op.Imm = (ulong)op.Bits(10, 12) << op.Aux;
    }

    /// <summary>Imm: option in 5:3, shift in 2:0.</summary>
    private static void Extended(ref Operation op)
    {
        Unscaled(ref op);
        op.Imm = op.Bits(13, 3) << 3 | (op.Bit(12) ? (uint)op.Aux : 0);
        if (!op.Bit(14))
        {
            op.MakeUndefined();
        }
    }

    /// <summary>opc 00 is S, 01 D, 10 Q.</summary>
    private static void LiteralSize(ref Operation op)
    {
        op.Aux = (int)op.Bits(30, 2) + 2;
        op.Imm = (ulong)(op.Signed(5, 19) << 2);
        if (op.Aux > 4)
        {
            op.MakeUndefined();
        }
    }

    private static bool TryBase(Core core, in Operation op, out ulong address)
    {
        address = 0;
        return FpAccess.Check(core) && Addressing.TryBase(core, op.Rn, out address);
    }

    private static ulong Offset(Core core, in Operation op) =>
        Alu.Extend(core.GetX(op.Rm), (int)op.Imm >> 3, (int)op.Imm & 7);

    private static void Literal(Core core, in Operation op) =>
        _ = FpAccess.Check(core) && VectorTransfer.TryLoad(core, core.Pc + op.Imm, op.Aux, op.Rd);

    private static void LoadOffset(Core core, in Operation op) =>
        _ = TryBase(core, op, out ulong address) && VectorTransfer.TryLoad(core, address + op.Imm, op.Aux, op.Rd);

    private static void StoreOffset(Core core, in Operation op) =>
        _ = TryBase(core, op, out ulong address) && VectorTransfer.TryStore(core, address + op.Imm, op.Aux, op.Rd);

    private static void LoadRegister(Core core, in Operation op) =>
        _ = TryBase(core, op, out ulong address) && VectorTransfer.TryLoad(core, address + Offset(core, op), op.Aux, op.Rd);

    private static void StoreRegister(Core core, in Operation op) =>
        _ = TryBase(core, op, out ulong address) && VectorTransfer.TryStore(core, address + Offset(core, op), op.Aux, op.Rd);

    private static void LoadPost(Core core, in Operation op)
    {
        if (TryBase(core, op, out ulong address) && VectorTransfer.TryLoad(core, address, op.Aux, op.Rd))
        {
            core.SetXOrSp(op.Rn, address + op.Imm);
        }
    }

    private static void StorePost(Core core, in Operation op)
    {
        if (TryBase(core, op, out ulong address) && VectorTransfer.TryStore(core, address, op.Aux, op.Rd))
        {
            core.SetXOrSp(op.Rn, address + op.Imm);
        }
    }

    private static void LoadPre(Core core, in Operation op)
    {
        if (TryBase(core, op, out ulong address) && VectorTransfer.TryLoad(core, address + op.Imm, op.Aux, op.Rd))
        {
            core.SetXOrSp(op.Rn, address + op.Imm);
        }
    }

    private static void StorePre(Core core, in Operation op)
    {
        if (TryBase(core, op, out ulong address) && VectorTransfer.TryStore(core, address + op.Imm, op.Aux, op.Rd))
        {
            core.SetXOrSp(op.Rn, address + op.Imm);
        }
    }
}
