using Conformance.Cpu.Translation;

namespace Conformance.Cpu.Instructions;

/// <summary>Load/store register (immediate post-indexed and pre-indexed).</summary>
/// <remarks>
/// Source: DDI 0487, C6.2, "LDR (immediate)" and its neighbours. Writeback with Rn = Rt (not 31) is CONSTRAINED UNPREDICTABLE:
/// the model loads and then writes the base back, so the address stays in the register; a store writes the old value.
/// The base is not written when the access takes an exception.
/// </remarks>
internal static unsafe class LoadStoreIndexed
{
    internal static readonly InsnRow[] Rows =
    [
        new("STRB (post-index)",           "00 111 0 00 00 0 imm9:9 01 Rn:5 Rt:5", &StorePost<Byte>,             &Offset),
        new("LDRB (post-index)",           "00 111 0 00 01 0 imm9:9 01 Rn:5 Rt:5", &LoadPost<Byte>,              &Offset),
        new("LDRSB (64-bit) (post-index)", "00 111 0 00 10 0 imm9:9 01 Rn:5 Rt:5", &LoadPost<SignedByteToX>,     &Offset),
        new("LDRSB (32-bit) (post-index)", "00 111 0 00 11 0 imm9:9 01 Rn:5 Rt:5", &LoadPost<SignedByteToW>,     &Offset),
        new("STRH (post-index)",           "01 111 0 00 00 0 imm9:9 01 Rn:5 Rt:5", &StorePost<Halfword>,         &Offset),
        new("LDRH (post-index)",           "01 111 0 00 01 0 imm9:9 01 Rn:5 Rt:5", &LoadPost<Halfword>,          &Offset),
        new("LDRSH (64-bit) (post-index)", "01 111 0 00 10 0 imm9:9 01 Rn:5 Rt:5", &LoadPost<SignedHalfwordToX>, &Offset),
        new("LDRSH (32-bit) (post-index)", "01 111 0 00 11 0 imm9:9 01 Rn:5 Rt:5", &LoadPost<SignedHalfwordToW>, &Offset),
        new("STR (32-bit) (post-index)",   "10 111 0 00 00 0 imm9:9 01 Rn:5 Rt:5", &StorePost<Word>,             &Offset),
        new("LDR (32-bit) (post-index)",   "10 111 0 00 01 0 imm9:9 01 Rn:5 Rt:5", &LoadPost<Word>,              &Offset),
        new("LDRSW (post-index)",          "10 111 0 00 10 0 imm9:9 01 Rn:5 Rt:5", &LoadPost<SignedWordToX>,     &Offset),
        new("STR (64-bit) (post-index)",   "11 111 0 00 00 0 imm9:9 01 Rn:5 Rt:5", &StorePost<Doubleword>,       &Offset),
        new("LDR (64-bit) (post-index)",   "11 111 0 00 01 0 imm9:9 01 Rn:5 Rt:5", &LoadPost<Doubleword>,        &Offset),

        new("STRB (pre-index)",           "00 111 0 00 00 0 imm9:9 11 Rn:5 Rt:5", &StorePre<Byte>,             &Offset),
        new("LDRB (pre-index)",           "00 111 0 00 01 0 imm9:9 11 Rn:5 Rt:5", &LoadPre<Byte>,              &Offset),
        new("LDRSB (64-bit) (pre-index)", "00 111 0 00 10 0 imm9:9 11 Rn:5 Rt:5", &LoadPre<SignedByteToX>,     &Offset),
        new("LDRSB (32-bit) (pre-index)", "00 111 0 00 11 0 imm9:9 11 Rn:5 Rt:5", &LoadPre<SignedByteToW>,     &Offset),
        new("STRH (pre-index)",           "01 111 0 00 00 0 imm9:9 11 Rn:5 Rt:5", &StorePre<Halfword>,         &Offset),
        new("LDRH (pre-index)",           "01 111 0 00 01 0 imm9:9 11 Rn:5 Rt:5", &LoadPre<Halfword>,          &Offset),
        new("LDRSH (64-bit) (pre-index)", "01 111 0 00 10 0 imm9:9 11 Rn:5 Rt:5", &LoadPre<SignedHalfwordToX>, &Offset),
        new("LDRSH (32-bit) (pre-index)", "01 111 0 00 11 0 imm9:9 11 Rn:5 Rt:5", &LoadPre<SignedHalfwordToW>, &Offset),
        new("STR (32-bit) (pre-index)",   "10 111 0 00 00 0 imm9:9 11 Rn:5 Rt:5", &StorePre<Word>,             &Offset),
        new("LDR (32-bit) (pre-index)",   "10 111 0 00 01 0 imm9:9 11 Rn:5 Rt:5", &LoadPre<Word>,              &Offset),
        new("LDRSW (pre-index)",          "10 111 0 00 10 0 imm9:9 11 Rn:5 Rt:5", &LoadPre<SignedWordToX>,     &Offset),
        new("STR (64-bit) (pre-index)",   "11 111 0 00 00 0 imm9:9 11 Rn:5 Rt:5", &StorePre<Doubleword>,       &Offset),
        new("LDR (64-bit) (pre-index)",   "11 111 0 00 01 0 imm9:9 11 Rn:5 Rt:5", &LoadPre<Doubleword>,        &Offset),
    ];

    private static void Offset(ref Operation op) => op.Imm = (ulong)op.Signed(12, 9);

    private static void LoadPost<T>(Core core, in Operation op)
        where T : struct, ITransfer
    {
        if (Addressing.TryBase(core, op.Rn, out ulong address)
            && Addressing.TryLoad<T>(core, address, AccessKind.Normal, op.Rd))
        {
            core.SetXOrSp(op.Rn, address + op.Imm);
        }
    }

    private static void StorePost<T>(Core core, in Operation op)
        where T : struct, ITransfer
    {
        if (Addressing.TryBase(core, op.Rn, out ulong address)
            && Addressing.TryStore<T>(core, address, AccessKind.Normal, op.Rd))
        {
            core.SetXOrSp(op.Rn, address + op.Imm);
        }
    }

    private static void LoadPre<T>(Core core, in Operation op)
        where T : struct, ITransfer
    {
        if (Addressing.TryBase(core, op.Rn, out ulong address)
            && Addressing.TryLoad<T>(core, address + op.Imm, AccessKind.Normal, op.Rd))
        {
            core.SetXOrSp(op.Rn, address + op.Imm);
        }
    }

    private static void StorePre<T>(Core core, in Operation op)
        where T : struct, ITransfer
    {
        if (Addressing.TryBase(core, op.Rn, out ulong address)
            && Addressing.TryStore<T>(core, address + op.Imm, AccessKind.Normal, op.Rd))
        {
            core.SetXOrSp(op.Rn, address + op.Imm);
        }
    }
}
