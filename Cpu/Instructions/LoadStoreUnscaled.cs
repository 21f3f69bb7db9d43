using Conformance.Cpu.Translation;

namespace Conformance.Cpu.Instructions;

/// <summary>Load/store register (unscaled immediate), and the unprivileged forms, which share its layout.</summary>
/// <remarks>Source: DDI 0487, C6.2, LDUR, STUR, LDTR, STTR and their neighbours.</remarks>
internal static unsafe class LoadStoreUnscaled
{
    internal static readonly InsnRow[] Rows =
    [
        new("STURB",           "00 111 0 00 00 0 imm9:9 00 Rn:5 Rt:5", &Store<Byte>,             &Offset),
        new("LDURB",           "00 111 0 00 01 0 imm9:9 00 Rn:5 Rt:5", &Load<Byte>,              &Offset),
        new("LDURSB (64-bit)", "00 111 0 00 10 0 imm9:9 00 Rn:5 Rt:5", &Load<SignedByteToX>,     &Offset),
        new("LDURSB (32-bit)", "00 111 0 00 11 0 imm9:9 00 Rn:5 Rt:5", &Load<SignedByteToW>,     &Offset),
        new("STURH",           "01 111 0 00 00 0 imm9:9 00 Rn:5 Rt:5", &Store<Halfword>,         &Offset),
        new("LDURH",           "01 111 0 00 01 0 imm9:9 00 Rn:5 Rt:5", &Load<Halfword>,          &Offset),
        new("LDURSH (64-bit)", "01 111 0 00 10 0 imm9:9 00 Rn:5 Rt:5", &Load<SignedHalfwordToX>, &Offset),
        new("LDURSH (32-bit)", "01 111 0 00 11 0 imm9:9 00 Rn:5 Rt:5", &Load<SignedHalfwordToW>, &Offset),
        new("STUR (32-bit)",   "10 111 0 00 00 0 imm9:9 00 Rn:5 Rt:5", &Store<Word>,             &Offset),
        new("LDUR (32-bit)",   "10 111 0 00 01 0 imm9:9 00 Rn:5 Rt:5", &Load<Word>,              &Offset),
        new("LDURSW",          "10 111 0 00 10 0 imm9:9 00 Rn:5 Rt:5", &Load<SignedWordToX>,     &Offset),
        new("STUR (64-bit)",   "11 111 0 00 00 0 imm9:9 00 Rn:5 Rt:5", &Store<Doubleword>,       &Offset),
        new("LDUR (64-bit)",   "11 111 0 00 01 0 imm9:9 00 Rn:5 Rt:5", &Load<Doubleword>,        &Offset),
        new("PRFUM",           "11 111 0 00 10 0 imm9:9 00 Rn:5 Rt:5", &Prefetch.Nothing),

        new("STTRB",           "00 111 0 00 00 0 imm9:9 10 Rn:5 Rt:5", &StoreUnprivileged<Byte>,             &Offset),
        new("LDTRB",           "00 111 0 00 01 0 imm9:9 10 Rn:5 Rt:5", &LoadUnprivileged<Byte>,              &Offset),
        new("LDTRSB (64-bit)", "00 111 0 00 10 0 imm9:9 10 Rn:5 Rt:5", &LoadUnprivileged<SignedByteToX>,     &Offset),
        new("LDTRSB (32-bit)", "00 111 0 00 11 0 imm9:9 10 Rn:5 Rt:5", &LoadUnprivileged<SignedByteToW>,     &Offset),
        new("STTRH",           "01 111 0 00 00 0 imm9:9 10 Rn:5 Rt:5", &StoreUnprivileged<Halfword>,         &Offset),
        new("LDTRH",           "01 111 0 00 01 0 imm9:9 10 Rn:5 Rt:5", &LoadUnprivileged<Halfword>,          &Offset),
        new("LDTRSH (64-bit)", "01 111 0 00 10 0 imm9:9 10 Rn:5 Rt:5", &LoadUnprivileged<SignedHalfwordToX>, &Offset),
        new("LDTRSH (32-bit)", "01 111 0 00 11 0 imm9:9 10 Rn:5 Rt:5", &LoadUnprivileged<SignedHalfwordToW>, &Offset),
        new("STTR (32-bit)",   "10 111 0 00 00 0 imm9:9 10 Rn:5 Rt:5", &StoreUnprivileged<Word>,             &Offset),
        new("LDTR (32-bit)",   "10 111 0 00 01 0 imm9:9 10 Rn:5 Rt:5", &LoadUnprivileged<Word>,              &Offset),
        new("LDTRSW",          "10 111 0 00 10 0 imm9:9 10 Rn:5 Rt:5", &LoadUnprivileged<SignedWordToX>,     &Offset),
        new("STTR (64-bit)",   "11 111 0 00 00 0 imm9:9 10 Rn:5 Rt:5", &StoreUnprivileged<Doubleword>,       &Offset),
        new("LDTR (64-bit)",   "11 111 0 00 01 0 imm9:9 10 Rn:5 Rt:5", &LoadUnprivileged<Doubleword>,        &Offset),
    ];

    private static void Offset(ref Operation op) => op.Imm = (ulong)op.Signed(12, 9);

    private static void Load<T>(Core core, in Operation op)
        where T : struct, ITransfer => Load<T>(core, op, AccessKind.Normal);

    private static void Store<T>(Core core, in Operation op)
        where T : struct, ITransfer => Store<T>(core, op, AccessKind.Normal);

    private static void LoadUnprivileged<T>(Core core, in Operation op)
        where T : struct, ITransfer => Load<T>(core, op, AccessKind.Unprivileged);

    private static void StoreUnprivileged<T>(Core core, in Operation op)
        where T : struct, ITransfer => Store<T>(core, op, AccessKind.Unprivileged);

    private static void Load<T>(Core core, in Operation op, AccessKind kind)
        where T : struct, ITransfer
    {
        if (Addressing.TryBase(core, op.Rn, out ulong address))
        {
            _ = Addressing.TryLoad<T>(core, address + op.Imm, kind, op.Rd);
        }
    }

    private static void Store<T>(Core core, in Operation op, AccessKind kind)
        where T : struct, ITransfer
    {
        if (Addressing.TryBase(core, op.Rn, out ulong address))
        {
            _ = Addressing.TryStore<T>(core, address + op.Imm, kind, op.Rd);
        }
    }
}
