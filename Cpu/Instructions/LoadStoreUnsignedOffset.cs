using System.Runtime.CompilerServices;
using Conformance.Cpu.Translation;

namespace Conformance.Cpu.Instructions;

/// <summary>Load/store register (unsigned immediate): the offset is scaled by the size of the access.</summary>
/// <remarks>Source: DDI 0487, C6.2, "LDR (immediate)" and its neighbours, unsigned offset.</remarks>
internal static unsafe class LoadStoreUnsignedOffset
{
    internal static readonly InsnRow[] Rows =
    [
        new("STRB (unsigned offset)",           "00 111 0 01 00 imm12:12 Rn:5 Rt:5", &Store<Byte>,             &Offset) { Route = Route.StoreByte },
        new("LDRB (unsigned offset)",           "00 111 0 01 01 imm12:12 Rn:5 Rt:5", &Load<Byte>,              &Offset) { Route = Route.LoadByte },
        new("LDRSB (64-bit) (unsigned offset)", "00 111 0 01 10 imm12:12 Rn:5 Rt:5", &Load<SignedByteToX>,     &Offset),
        new("LDRSB (32-bit) (unsigned offset)", "00 111 0 01 11 imm12:12 Rn:5 Rt:5", &Load<SignedByteToW>,     &Offset),
        new("STRH (unsigned offset)",           "01 111 0 01 00 imm12:12 Rn:5 Rt:5", &Store<Halfword>,         &Offset),
        new("LDRH (unsigned offset)",           "01 111 0 01 01 imm12:12 Rn:5 Rt:5", &Load<Halfword>,          &Offset),
        new("LDRSH (64-bit) (unsigned offset)", "01 111 0 01 10 imm12:12 Rn:5 Rt:5", &Load<SignedHalfwordToX>, &Offset),
        new("LDRSH (32-bit) (unsigned offset)", "01 111 0 01 11 imm12:12 Rn:5 Rt:5", &Load<SignedHalfwordToW>, &Offset),
        new("STR (32-bit) (unsigned offset)",   "10 111 0 01 00 imm12:12 Rn:5 Rt:5", &Store<Word>,             &Offset) { Route = Route.StoreWord },
        new("LDR (32-bit) (unsigned offset)",   "10 111 0 01 01 imm12:12 Rn:5 Rt:5", &Load<Word>,              &Offset) { Route = Route.LoadWord },
        new("LDRSW (unsigned offset)",          "10 111 0 01 10 imm12:12 Rn:5 Rt:5", &Load<SignedWordToX>,     &Offset),
        new("STR (64-bit) (unsigned offset)",   "11 111 0 01 00 imm12:12 Rn:5 Rt:5", &Store<Doubleword>,       &Offset) { Route = Route.StoreDoubleword },
        new("LDR (64-bit) (unsigned offset)",   "11 111 0 01 01 imm12:12 Rn:5 Rt:5", &Load<Doubleword>,        &Offset) { Route = Route.LoadDoubleword },
        new("PRFM (immediate)",                 "11 111 0 01 10 imm12:12 Rn:5 Rt:5", &Prefetch.Nothing),
    ];

    private static void Offset(ref Operation op) => op.Imm = (ulong)op.Bits(10, 12) << (int)op.Bits(30, 2);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Load<T>(Core core, in Operation op)
        where T : struct, ITransfer
    {
        if (Addressing.TryBase(core, op.Rn, out ulong address))
        {
            _ = Addressing.TryLoad<T>(core, address + op.Imm, AccessKind.Normal, op.Rd);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Store<T>(Core core, in Operation op)
        where T : struct, ITransfer
    {
        if (Addressing.TryBase(core, op.Rn, out ulong address))
        {
            _ = Addressing.TryStore<T>(core, address + op.Imm, AccessKind.Normal, op.Rd);
        }
    }
}
