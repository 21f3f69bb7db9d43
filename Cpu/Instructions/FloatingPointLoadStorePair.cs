using Conformance.Cpu.Exceptions;

namespace Conformance.Cpu.Instructions;

/// <summary>Load/store pair of S, D or Q registers: LDP, STP, LDNP and STNP.</summary>
/// <remarks>Source: DDI 0487, C7.2, "LDP (SIMD&amp;FP)" and its neighbours; a load with Rt = Rt2 leaves the second element.</remarks>
internal static unsafe class FloatingPointLoadStorePair
{
    internal static readonly InsnRow[] Rows =
    [
        new("STNP (SIMD&FP)",            "opc:2 101 1 000 0 imm7:7 Rt2:5 Rn:5 Rt:5", &Store, &Offset),
        new("LDNP (SIMD&FP)",            "opc:2 101 1 000 1 imm7:7 Rt2:5 Rn:5 Rt:5", &Load,  &Offset),
        new("STP (post-index, SIMD&FP)", "opc:2 101 1 001 0 imm7:7 Rt2:5 Rn:5 Rt:5", &Store, &Offset),
        new("LDP (post-index, SIMD&FP)", "opc:2 101 1 001 1 imm7:7 Rt2:5 Rn:5 Rt:5", &Load,  &Offset),
        new("STP (SIMD&FP)",             "opc:2 101 1 010 0 imm7:7 Rt2:5 Rn:5 Rt:5", &Store, &Offset),
        new("LDP (SIMD&FP)",             "opc:2 101 1 010 1 imm7:7 Rt2:5 Rn:5 Rt:5", &Load,  &Offset),
        new("STP (pre-index, SIMD&FP)",  "opc:2 101 1 011 0 imm7:7 Rt2:5 Rn:5 Rt:5", &Store, &Offset),
        new("LDP (pre-index, SIMD&FP)",  "opc:2 101 1 011 1 imm7:7 Rt2:5 Rn:5 Rt:5", &Load,  &Offset),
    ];

    private const uint PostIndex = 1;

    /// <summary>Aux: the size of an element as a power of 2; opc 00 is S, 01 D, 10 Q.</summary>
    private static void Offset(ref Operation op)
    {
        op.Aux = (int)op.Bits(30, 2) + 2;
        op.Imm = (ulong)(op.Signed(15, 7) << op.Aux);
        if (op.Aux > 4)
        {
            op.MakeUndefined();
        }
    }

    /// <summary>Bits 24:23 tell offset forms from post-index (01) and pre-index (11).</summary>
    private static ulong Accessed(in Operation op, ulong address) => op.Bits(23, 2) == PostIndex ? address : address + op.Imm;

    private static void WriteBack(Core core, in Operation op, ulong address)
    {
        if (op.Bit(23))
        {
            core.SetXOrSp(op.Rn, address + op.Imm);
        }
    }

    private static void Load(Core core, in Operation op)
    {
        if (!FpAccess.Check(core) || !Addressing.TryBase(core, op.Rn, out ulong address))
        {
            return;
        }

        ulong at = Accessed(op, address);
        if (VectorTransfer.TryRead(core, at, op.Aux, out ulong low, out ulong high)
            && VectorTransfer.TryRead(core, at + (1ul << op.Aux), op.Aux, out ulong low2, out ulong high2))
        {
            VectorTransfer.Set(core, op.Rd, low, high);
            VectorTransfer.Set(core, op.Ra, low2, high2);
            WriteBack(core, op, address);
        }
    }

    private static void Store(Core core, in Operation op)
    {
        if (!FpAccess.Check(core) || !Addressing.TryBase(core, op.Rn, out ulong address))
        {
            return;
        }

        ulong at = Accessed(op, address);
        if (VectorTransfer.TryStore(core, at, op.Aux, op.Rd)
            && VectorTransfer.TryStore(core, at + (1ul << op.Aux), op.Aux, op.Ra))
        {
            WriteBack(core, op, address);
        }
    }
}
