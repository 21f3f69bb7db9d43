using Conformance.Cpu.Translation;

namespace Conformance.Cpu.Instructions;

/// <summary>Load/store exclusive: LDXR, LDAXR, STXR, STLXR, and the pairs.</summary>
/// <remarks>
/// Source: DDI 0487, C6.2, those pages, and "Exclusive access instructions and Shareable memory locations". The monitor marks
/// the very address and size of the load; a store-exclusive to another address or of another size fails. Alignment is
/// checked before the monitor, a failing store makes no access. CONSTRAINED UNPREDICTABLE: with Rs = Rt or Rs = Rn the model
/// uses the old values; a pair loaded to one register leaves the second element.
/// </remarks>
internal static unsafe class LoadStoreExclusive
{
    internal static readonly InsnRow[] Rows =
    [
        new("STXRB",          "00 001000 0 0 0 Rs:5  o0:1 xxxxx Rn:5 Rt:5", &Store<Byte>),
        new("STXRH",          "01 001000 0 0 0 Rs:5  o0:1 xxxxx Rn:5 Rt:5", &Store<Halfword>),
        new("STXR (32-bit)",  "10 001000 0 0 0 Rs:5  o0:1 xxxxx Rn:5 Rt:5", &Store<Word>),
        new("STXR (64-bit)",  "11 001000 0 0 0 Rs:5  o0:1 xxxxx Rn:5 Rt:5", &Store<Doubleword>),
        new("LDXRB",          "00 001000 0 1 0 xxxxx o0:1 xxxxx Rn:5 Rt:5", &Load<Byte>),
        new("LDXRH",          "01 001000 0 1 0 xxxxx o0:1 xxxxx Rn:5 Rt:5", &Load<Halfword>),
        new("LDXR (32-bit)",  "10 001000 0 1 0 xxxxx o0:1 xxxxx Rn:5 Rt:5", &Load<Word>),
        new("LDXR (64-bit)",  "11 001000 0 1 0 xxxxx o0:1 xxxxx Rn:5 Rt:5", &Load<Doubleword>),
        new("STXP (32-bit)",  "10 001000 0 0 1 Rs:5  o0:1 Rt2:5 Rn:5 Rt:5", &StorePair<Word>),
        new("STXP (64-bit)",  "11 001000 0 0 1 Rs:5  o0:1 Rt2:5 Rn:5 Rt:5", &StorePair<Doubleword>),
        new("LDXP (32-bit)",  "10 001000 0 1 1 xxxxx o0:1 Rt2:5 Rn:5 Rt:5", &LoadPair<Word>),
        new("LDXP (64-bit)",  "11 001000 0 1 1 xxxxx o0:1 Rt2:5 Rn:5 Rt:5", &LoadPair<Doubleword>),
    ];

    private static void Load<T>(Core core, in Operation op)
        where T : struct, ITransfer
    {
        if (Addressing.TryBase(core, op.Rn, out ulong address)
            && Addressing.TryLoad<T>(core, address, AccessKind.Exclusive, op.Rd))
        {
            Mark(core, address, T.Size);
        }
    }

    private static void LoadPair<T>(Core core, in Operation op)
        where T : struct, ITransfer
    {
        if (Addressing.TryBase(core, op.Rn, out ulong address)
            && TryAlignment(core, address, T.Size * 2, write: false)
            && MemoryAccess.TryRead(core, address, T.Size, AccessKind.Exclusive, out ulong first)
            && MemoryAccess.TryRead(core, address + (ulong)T.Size, T.Size, AccessKind.Exclusive, out ulong second))
        {
            core.SetX(op.Rd, first);
            core.SetX(op.Ra, second);
            Mark(core, address, T.Size * 2);
        }
    }

    private static void Store<T>(Core core, in Operation op)
        where T : struct, ITransfer
    {
        if (Addressing.TryBase(core, op.Rn, out ulong address)
            && TryAlignment(core, address, T.Size, write: true))
        {
            bool passes = TakeMonitor(core, address, T.Size);
            if (!passes || Addressing.TryStore<T>(core, address, AccessKind.Exclusive, op.Rd))
            {
                core.SetX(op.Rm, passes ? 0ul : 1);
            }
        }
    }

    private static void StorePair<T>(Core core, in Operation op)
        where T : struct, ITransfer
    {
        if (Addressing.TryBase(core, op.Rn, out ulong address)
            && TryAlignment(core, address, T.Size * 2, write: true))
        {
            bool passes = TakeMonitor(core, address, T.Size * 2);
            if (!passes
                || (Addressing.TryStore<T>(core, address, AccessKind.Exclusive, op.Rd)
                    && Addressing.TryStore<T>(core, address + (ulong)T.Size, AccessKind.Exclusive, op.Ra)))
            {
                core.SetX(op.Rm, passes ? 0ul : 1);
            }
        }
    }

    private static bool TryAlignment(Core core, ulong address, int size, bool write) =>
        MemoryAccess.TryAlign(core, address, size, AccessKind.Exclusive, write ? AccessPurpose.Write : AccessPurpose.Read);

    private static void Mark(Core core, ulong address, int size)
    {
        core.ExclusiveAddress = address;
        core.ExclusiveSize = size;
    }

    /// <summary>Asks the monitor and leaves it open.</summary>
    private static bool TakeMonitor(Core core, ulong address, int size)
    {
        bool passes = core.ExclusiveSize == size && core.ExclusiveAddress == address;
        core.ExclusiveSize = 0;
        return passes;
    }
}
