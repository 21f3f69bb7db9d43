using System.Runtime.CompilerServices;
using Conformance.Cpu.Translation;

namespace Conformance.Cpu.Instructions;

/// <summary>Load/store pair of general registers: LDP, STP, LDPSW, LDNP and STNP.</summary>
/// <remarks>
/// Source: DDI 0487, C6.2, those pages. Alignment is checked for each of the two elements. CONSTRAINED UNPREDICTABLE:
/// a load with Rt = Rt2 leaves the second element; writeback with Rn among the registers ends with the address in Rn, and
/// a store writes the old values. No register changes when either access takes an exception.
/// </remarks>
internal static unsafe class LoadStorePair
{
    internal static readonly InsnRow[] Rows =
    [
        new("STNP (32-bit)",              "00 101 0 000 0 imm7:7 Rt2:5 Rn:5 Rt:5", &StoreOffset<Word>,         &Offset),
        new("LDNP (32-bit)",              "00 101 0 000 1 imm7:7 Rt2:5 Rn:5 Rt:5", &LoadOffset<Word>,          &Offset),
        new("STNP (64-bit)",              "10 101 0 000 0 imm7:7 Rt2:5 Rn:5 Rt:5", &StoreOffset<Doubleword>,   &Offset),
        new("LDNP (64-bit)",              "10 101 0 000 1 imm7:7 Rt2:5 Rn:5 Rt:5", &LoadOffset<Doubleword>,    &Offset),

        new("STP (post-index, 32-bit)",   "00 101 0 001 0 imm7:7 Rt2:5 Rn:5 Rt:5", &StorePost<Word>,           &Offset),
        new("LDP (post-index, 32-bit)",   "00 101 0 001 1 imm7:7 Rt2:5 Rn:5 Rt:5", &LoadPost<Word>,            &Offset),
        new("LDPSW (post-index)",         "01 101 0 001 1 imm7:7 Rt2:5 Rn:5 Rt:5", &LoadPost<SignedWordToX>,   &Offset),
        new("STP (post-index, 64-bit)",   "10 101 0 001 0 imm7:7 Rt2:5 Rn:5 Rt:5", &StorePost<Doubleword>,     &Offset) { Route = Route.StorePairPost },
        new("LDP (post-index, 64-bit)",   "10 101 0 001 1 imm7:7 Rt2:5 Rn:5 Rt:5", &LoadPost<Doubleword>,      &Offset) { Route = Route.LoadPairPost },

        new("STP (32-bit)",               "00 101 0 010 0 imm7:7 Rt2:5 Rn:5 Rt:5", &StoreOffset<Word>,         &Offset),
        new("LDP (32-bit)",               "00 101 0 010 1 imm7:7 Rt2:5 Rn:5 Rt:5", &LoadOffset<Word>,          &Offset),
        new("LDPSW",                      "01 101 0 010 1 imm7:7 Rt2:5 Rn:5 Rt:5", &LoadOffset<SignedWordToX>, &Offset),
        new("STP (64-bit)",               "10 101 0 010 0 imm7:7 Rt2:5 Rn:5 Rt:5", &StoreOffset<Doubleword>,   &Offset) { Route = Route.StorePair },
        new("LDP (64-bit)",               "10 101 0 010 1 imm7:7 Rt2:5 Rn:5 Rt:5", &LoadOffset<Doubleword>,    &Offset) { Route = Route.LoadPair },

        new("STP (pre-index, 32-bit)",    "00 101 0 011 0 imm7:7 Rt2:5 Rn:5 Rt:5", &StorePre<Word>,            &Offset),
        new("LDP (pre-index, 32-bit)",    "00 101 0 011 1 imm7:7 Rt2:5 Rn:5 Rt:5", &LoadPre<Word>,             &Offset),
        new("LDPSW (pre-index)",          "01 101 0 011 1 imm7:7 Rt2:5 Rn:5 Rt:5", &LoadPre<SignedWordToX>,    &Offset),
        new("STP (pre-index, 64-bit)",    "10 101 0 011 0 imm7:7 Rt2:5 Rn:5 Rt:5", &StorePre<Doubleword>,      &Offset),
        new("LDP (pre-index, 64-bit)",    "10 101 0 011 1 imm7:7 Rt2:5 Rn:5 Rt:5", &LoadPre<Doubleword>,       &Offset),
    ];

    /// <summary>Scaled by 8 for opc 10, else by 4.</summary>
    private static void Offset(ref Operation op) => op.Imm = (ulong)(op.Signed(15, 7) << (op.Sf ? 3 : 2));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void LoadOffset<T>(Core core, in Operation op)
        where T : struct, ITransfer
    {
        if (Addressing.TryBase(core, op.Rn, out ulong address))
        {
            _ = TryLoadBoth<T>(core, op, address + op.Imm);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void LoadPost<T>(Core core, in Operation op)
        where T : struct, ITransfer
    {
        if (Addressing.TryBase(core, op.Rn, out ulong address) && TryLoadBoth<T>(core, op, address))
        {
            core.SetXOrSp(op.Rn, address + op.Imm);
        }
    }

    private static void LoadPre<T>(Core core, in Operation op)
        where T : struct, ITransfer
    {
        if (Addressing.TryBase(core, op.Rn, out ulong address) && TryLoadBoth<T>(core, op, address + op.Imm))
        {
            core.SetXOrSp(op.Rn, address + op.Imm);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void StoreOffset<T>(Core core, in Operation op)
        where T : struct, ITransfer
    {
        if (Addressing.TryBase(core, op.Rn, out ulong address))
        {
            _ = TryStoreBoth<T>(core, op, address + op.Imm);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void StorePost<T>(Core core, in Operation op)
        where T : struct, ITransfer
    {
        if (Addressing.TryBase(core, op.Rn, out ulong address) && TryStoreBoth<T>(core, op, address))
        {
            core.SetXOrSp(op.Rn, address + op.Imm);
        }
    }

    private static void StorePre<T>(Core core, in Operation op)
        where T : struct, ITransfer
    {
        if (Addressing.TryBase(core, op.Rn, out ulong address) && TryStoreBoth<T>(core, op, address + op.Imm))
        {
            core.SetXOrSp(op.Rn, address + op.Imm);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryLoadBoth<T>(Core core, in Operation op, ulong address)
        where T : struct, ITransfer
    {
        byte* at = MemoryAccess.Direct(core, core.ReadTlb, address, 2 * T.Size, T.Size);
        if (at == null)
        {
            return TryLoadEach<T>(core, op, address);
        }

        core.SetX(op.Rd, T.Extend(MemoryAccess.Get(at, T.Size)));
        core.SetX(op.Ra, T.Extend(MemoryAccess.Get(at + T.Size, T.Size)));
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryStoreBoth<T>(Core core, in Operation op, ulong address)
        where T : struct, ITransfer
    {
        byte* at = MemoryAccess.Direct(core, core.WriteTlb, address, 2 * T.Size, T.Size);
        if (at == null)
        {
            return TryStoreEach<T>(core, op, address);
        }

        MemoryAccess.Put(at, T.Size, core.GetX(op.Rd));
        MemoryAccess.Put(at + T.Size, T.Size, core.GetX(op.Ra));
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryLoadEach<T>(Core core, in Operation op, ulong address)
        where T : struct, ITransfer
    {
        if (!MemoryAccess.TryRead(core, address, T.Size, AccessKind.Normal, out ulong first)
            || !MemoryAccess.TryRead(core, address + (ulong)T.Size, T.Size, AccessKind.Normal, out ulong second))
        {
            return false;
        }

        core.SetX(op.Rd, T.Extend(first));
        core.SetX(op.Ra, T.Extend(second));
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryStoreEach<T>(Core core, in Operation op, ulong address)
        where T : struct, ITransfer =>
        MemoryAccess.TryWrite(core, address, T.Size, AccessKind.Normal, core.GetX(op.Rd))
        && MemoryAccess.TryWrite(core, address + (ulong)T.Size, T.Size, AccessKind.Normal, core.GetX(op.Ra));
}
