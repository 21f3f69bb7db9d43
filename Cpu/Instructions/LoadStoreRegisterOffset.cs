using Conformance.Cpu.Translation;

namespace Conformance.Cpu.Instructions;

/// <summary>Load/store register (register offset): the offset is extended and shifted by nothing or the size.</summary>
/// <remarks>Source: DDI 0487, C6.2, "LDR (register)" and its neighbours.</remarks>
internal static unsafe class LoadStoreRegisterOffset
{
    internal static readonly InsnRow[] Rows =
    [
        new("STRB (register)",           "00 111 0 00 00 1 Rm:5 option:3 S:1 10 Rn:5 Rt:5", &Store<Byte>,             &Extension),
        new("LDRB (register)",           "00 111 0 00 01 1 Rm:5 option:3 S:1 10 Rn:5 Rt:5", &Load<Byte>,              &Extension),
        new("LDRSB (64-bit) (register)", "00 111 0 00 10 1 Rm:5 option:3 S:1 10 Rn:5 Rt:5", &Load<SignedByteToX>,     &Extension),
        new("LDRSB (32-bit) (register)", "00 111 0 00 11 1 Rm:5 option:3 S:1 10 Rn:5 Rt:5", &Load<SignedByteToW>,     &Extension),
        new("STRH (register)",           "01 111 0 00 00 1 Rm:5 option:3 S:1 10 Rn:5 Rt:5", &Store<Halfword>,         &Extension),
        new("LDRH (register)",           "01 111 0 00 01 1 Rm:5 option:3 S:1 10 Rn:5 Rt:5", &Load<Halfword>,          &Extension),
        new("LDRSH (64-bit) (register)", "01 111 0 00 10 1 Rm:5 option:3 S:1 10 Rn:5 Rt:5", &Load<SignedHalfwordToX>, &Extension),
        new("LDRSH (32-bit) (register)", "01 111 0 00 11 1 Rm:5 option:3 S:1 10 Rn:5 Rt:5", &Load<SignedHalfwordToW>, &Extension),
        new("STR (32-bit) (register)",   "10 111 0 00 00 1 Rm:5 option:3 S:1 10 Rn:5 Rt:5", &Store<Word>,             &Extension),
        new("LDR (32-bit) (register)",   "10 111 0 00 01 1 Rm:5 option:3 S:1 10 Rn:5 Rt:5", &Load<Word>,              &Extension),
        new("LDRSW (register)",          "10 111 0 00 10 1 Rm:5 option:3 S:1 10 Rn:5 Rt:5", &Load<SignedWordToX>,     &Extension),
        new("STR (64-bit) (register)",   "11 111 0 00 00 1 Rm:5 option:3 S:1 10 Rn:5 Rt:5", &Store<Doubleword>,       &Extension),
        new("LDR (64-bit) (register)",   "11 111 0 00 01 1 Rm:5 option:3 S:1 10 Rn:5 Rt:5", &Load<Doubleword>,        &Extension),
        new("PRFM (register)",           "11 111 0 00 10 1 Rm:5 option:3 S:1 10 Rn:5 Rt:5", &Prefetch.Nothing,       &Extension),
    ];

    /// <summary>Aux: option in 5:3, shift in 2:0. Extensions from less than 32 bits are UNDEFINED.</summary>
    private static void Extension(ref Operation op)
    {
        op.Aux = (int)(op.Bits(13, 3) << 3 | (op.Bit(12) ? op.Bits(30, 2) : 0));
        if (!op.Bit(14))
        {
            op.MakeUndefined();
        }
    }

    private static ulong Offset(Core core, in Operation op) => Alu.Extend(core.GetX(op.Rm), op.Aux >> 3, op.Aux & 7);

    private static void Load<T>(Core core, in Operation op)
        where T : struct, ITransfer
    {
        if (Addressing.TryBase(core, op.Rn, out ulong address))
        {
            _ = Addressing.TryLoad<T>(core, address + Offset(core, op), AccessKind.Normal, op.Rd);
        }
    }

    private static void Store<T>(Core core, in Operation op)
        where T : struct, ITransfer
    {
        if (Addressing.TryBase(core, op.Rn, out ulong address))
        {
            _ = Addressing.TryStore<T>(core, address + Offset(core, op), AccessKind.Normal, op.Rd);
        }
    }
}
