using System.Runtime.CompilerServices;

namespace Conformance.Cpu.Translation;

/// <summary>
/// Data accesses that are not plain: the page is not in the TLB, is no RAM, holds code; the access is misaligned, big-endian,
/// made for somebody else; or it faults.
/// </summary>
/// <remarks>Source: rules TR-050, TR-052, TR-088, TR-090, TR-095, TR-120 to TR-125.</remarks>
internal static unsafe class SlowAccess
{
    private const int PageSize = 1 << Tlb.PageShift;

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static bool TryRead(Core core, ulong va, int size, AccessKind kind, out ulong value)
    {
        if (kind == AccessKind.Normal)
        {
            byte* at = MemoryAccess.Direct(core, core.ReadTlb, va, size, size);
            if (at != null)
            {
                value = MemoryAccess.Get(at, size);
                return true;
            }
        }

        AccessContext context = ContextOf(core, kind);
        AccessPurpose purpose = kind == AccessKind.Atomic ? AccessPurpose.ReadWrite : AccessPurpose.Read;
        value = 0;
        if (!TryPlace(core, context, va, size, kind, purpose, out ulong first, out ulong second))
        {
            return false;
        }

        if (Intercepted(core, va, size, kind, write: false)
            || (purpose == AccessPurpose.ReadWrite && Intercepted(core, va, size, kind, write: true)))
        {
            return false;
        }

        int inFirst = Math.Min(size, PageSize - (int)(va & ~Tlb.PageMask));
        if (!TryReadPhysical(core, first, inFirst, out value))
        {
            return Abort(core, va, kind, purpose, FaultStatus.ExternalAbort);
        }

        if (inFirst < size)
        {
            if (!TryReadPhysical(core, second, size - inFirst, out ulong rest))
            {
                return Abort(core, va + (ulong)inFirst, kind, purpose, FaultStatus.ExternalAbort);
            }

            value |= rest << (8 * inFirst);
        }

        value = BigEndian(core, context, kind) ? MemoryAccess.Reverse(value, size) : value;
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static bool TryWrite(Core core, ulong va, int size, AccessKind kind, ulong value)
    {
        if (kind == AccessKind.Normal)
        {
            byte* at = MemoryAccess.Direct(core, core.WriteTlb, va, size, size);
            if (at != null)
            {
                MemoryAccess.Put(at, size, value);
                return true;
            }
        }

        AccessContext context = ContextOf(core, kind);
        const AccessPurpose purpose = AccessPurpose.Write;
        if (!TryPlace(core, context, va, size, kind, purpose, out ulong first, out ulong second))
        {
            return false;
        }

        if (kind != AccessKind.Atomic && Intercepted(core, va, size, kind, write: true)) // of an atomic the load has looked
        {
            return false;
        }

        value = BigEndian(core, context, kind) ? MemoryAccess.Reverse(value, size) : value;
        int inFirst = Math.Min(size, PageSize - (int)(va & ~Tlb.PageMask));
        if (!TryWritePhysical(core, first, inFirst, value))
        {
            return Abort(core, va, kind, purpose, FaultStatus.ExternalAbort);
        }

        if (inFirst < size && !TryWritePhysical(core, second, size - inFirst, value >> (8 * inFirst)))
        {
            return Abort(core, va + (ulong)inFirst, kind, purpose, FaultStatus.ExternalAbort);
        }

        return true;
    }

    /// <summary>The checks of a misaligned access without the access.</summary>
    internal static bool TryMisaligned(Core core, ulong va, int size, AccessKind kind, AccessPurpose purpose) =>
        TryPlace(core, ContextOf(core, kind), va, size, kind, purpose, out _, out _);

    /// <summary>Accesses by FEAT_NV2 are not watched yet.</summary>
    private static bool Intercepted(Core core, ulong va, int size, AccessKind kind, bool write) =>
        kind != AccessKind.Nested && core.Intercepts(va, size, write, kind == AccessKind.Unprivileged);

    private static AccessContext ContextOf(Core core, AccessKind kind)
    {
        if (core.AccessStale)
        {
            core.RefreshAccess();
        }

        return kind switch
        {
            AccessKind.Unprivileged => core.Mmu.Unprivileged(),
            AccessKind.Nested => core.Mmu.Nested(),
            _ => core.Access,
        };
    }

    /// <summary>The order follows the Exception level, also where LDTR and STTR act for EL0; that of FEAT_NV2 is EL2's.</summary>
    private static bool BigEndian(Core core, AccessContext context, AccessKind kind) =>
        (kind == AccessKind.Unprivileged ? core.Access : context).BigEndian;

    /// <summary>Physical addresses of the first byte, and of the first byte in a second page.</summary>
    private static bool TryPlace(
        Core core, AccessContext context, ulong va, int size, AccessKind kind, AccessPurpose purpose, out ulong first, out ulong second)
    {
        bool misaligned = (va & (ulong)(size - 1)) != 0;
        first = 0;
        second = 0;
        if (misaligned && (context.CheckAlignment || WantsAlignment(core, context, va, size, kind)))
        {
            return Abort(core, va, kind, purpose, FaultStatus.Alignment);
        }

        if (!TryPage(core, context, va, misaligned, kind, purpose, out first))
        {
            return false;
        }

        ulong last = va + (ulong)size - 1;
        return ((va ^ last) & Tlb.PageMask) == 0
            || TryPage(core, context, last & Tlb.PageMask, misaligned, kind, purpose, out second);
    }

    /// <summary>
    /// Exclusive, atomic and ordered accesses are aligned; with FEAT_LSE2 they may lie anywhere in 16 aligned bytes, and ordered
    /// ones anywhere while SCTLR_ELx.nAA is 1. Source: DDI 0487, "Alignment of data accesses"; PC AArch64.UnalignedAccessFaults.
    /// </summary>
    private static bool WantsAlignment(Core core, AccessContext context, ulong va, int size, AccessKind kind) => kind switch
    {
        AccessKind.Exclusive or AccessKind.Atomic => !core.Have.LSE2 || Crosses16(va, size),
        AccessKind.Ordered => !core.Have.LSE2 || (!context.AllowMisalignedOrdered && Crosses16(va, size)),
        _ => false,
    };

    private static bool Crosses16(ulong va, int size) => (va & 15) + (ulong)size > 16;

    /// <summary>The physical address of a byte, from the TLB or into it.</summary>
    private static bool TryPage(
        Core core, AccessContext context, ulong va, bool misaligned, AccessKind kind, AccessPurpose purpose, out ulong pa)
    {
        TlbEntry* entry = Cached(core, context, va, purpose);
        if (entry != null && !(misaligned && entry->IsDevice))
        {
            if (purpose != AccessPurpose.Read && entry->InRam && !core.Ram!.WatchesStores(entry->Page))
            {
                entry->Tag &= ~Tlb.Slow; // what its stores were watched for has gone
            }

            pa = entry->Page | (va & ~Tlb.PageMask);
            return true;
        }

        bool done = Translator.TryTranslate(core, context, va, purpose, misaligned, out Translated place, out Fault fault);
        pa = place.Address;
        if (!done)
        {
            Report(core, va, kind, purpose, fault);
            return false;
        }

        Tlb tlb = core.Mmu.Tlb;
        if (purpose != AccessPurpose.Write)
        {
            tlb.Fill(tlb.Reads, core.Ram, context, va, place);
        }

        if (purpose != AccessPurpose.Read)
        {
            tlb.Fill(tlb.Writes, core.Ram, context, va, place);
        }

        return true;
    }

    private static TlbEntry* Cached(Core core, AccessContext context, ulong va, AccessPurpose purpose)
    {
        Tlb tlb = core.Mmu.Tlb;
        return purpose switch
        {
            AccessPurpose.Read => Tlb.Find(tlb.Reads, context, va),
            AccessPurpose.ReadWrite when Tlb.Find(tlb.Reads, context, va) == null => null,
            _ => Tlb.Find(tlb.Writes, context, va),
        };
    }

    private static bool TryReadPhysical(Core core, ulong pa, int size, out ulong value)
    {
        if (core.Ram is { } ram && ram.Contains(pa, (ulong)size))
        {
            value = ram.ReadAt(pa, size);
            return true;
        }

        if (IsPlain(pa, size))
        {
            return core.Bus.TryRead(pa, size, out value);
        }

        value = 0;
        for (int i = 0; i < size; i++)
        {
            if (!core.Bus.TryRead(pa + (ulong)i, 1, out ulong one))
            {
                return false;
            }

            value |= one << (8 * i);
        }

        return true;
    }

    private static bool TryWritePhysical(Core core, ulong pa, int size, ulong value)
    {
        if (core.Ram is { } ram && ram.Contains(pa, (ulong)size))
        {
            ram.WriteAt(pa, size, value);
            return true;
        }

        if (IsPlain(pa, size))
        {
            return core.Bus.TryWrite(pa, size, value);
        }

        for (int i = 0; i < size; i++)
        {
            if (!core.Bus.TryWrite(pa + (ulong)i, 1, value >> (8 * i) & 0xff))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What a bus takes in one access.</summary>
    private static bool IsPlain(ulong pa, int size) => size is 1 or 2 or 4 or 8 && (pa & (ulong)(size - 1)) == 0;

    private static bool Abort(Core core, ulong va, AccessKind kind, AccessPurpose purpose, int status)
    {
        Report(core, va, kind, purpose, new Fault { Status = status, Write = purpose.ReportsWrite() });
        return false;
    }

    private static void Report(Core core, ulong va, AccessKind kind, AccessPurpose purpose, in Fault fault)
    {
        if (kind == AccessKind.Nested)
        {
            AbortReport.TakeNested(core, va, fault);
        }
        else
        {
            AbortReport.TakeData(core, va, purpose, fault);
        }
    }
}
