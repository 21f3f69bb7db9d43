using System.Runtime.CompilerServices;
using Conformance.Cpu.Board;
using Conformance.Cpu.Instructions;

namespace Conformance.Cpu.Translation;

/// <summary>Translations that succeeded, by page of 4 KiB: three direct-mapped arrays, for loads, stores and fetches.</summary>
/// <remarks>
/// A fault is never kept (TR-145), and a translation is kept until a TLBI that covers it, or until its place is needed. Tags
/// hold the context, so that changing the Exception level or the tables throws nothing away (TR-147). An aligned access whose
/// entry is not <see cref="Slow"/> needs one comparison.
/// </remarks>
internal sealed unsafe class Tlb
{
    /// <summary>Pages per array.</summary>
    internal const int Size = 1024;

    internal const int PageShift = 12;
    internal const ulong PageMask = ~0xfffUL;

    /// <summary>
    /// Bit of an entry's tag that no aligned access matches: the page is not in RAM, or its stores are watched
    /// (<see cref="Ram.WatchesStores"/>).
    /// </summary>
    internal const ulong Slow = 8;

    /// <summary>Bit of <see cref="Core.DataTag"/> that matches no entry: data is big-endian, or the context is not known yet.</summary>
    internal const ulong Never = 0x800;

    private const ulong ContextUnit = 1 << 4;
    private const ulong LastContext = 0x7f0;

    private readonly TlbEntry[] _all = GC.AllocateArray<TlbEntry>(3 * Size, pinned: true);
    private readonly CodePage?[] _code = new CodePage?[Size];
    private ulong _lastTag;

    /// <summary>Smallest aligned region that holds every page or block above 4 KiB from which something is cached.</summary>
    private ulong _largeBase;
    private ulong _largeMask = ulong.MaxValue;
    private bool _anyLarge;

    internal Tlb()
    {
        Reads = (TlbEntry*)Unsafe.AsPointer(ref _all[0]);
        Writes = Reads + Size;
        Fetches = Writes + Size;
    }

    internal TlbEntry* Reads { get; }

    internal TlbEntry* Writes { get; }

    internal TlbEntry* Fetches { get; }

    internal static int Index(ulong va) => (int)(va >> PageShift) & (Size - 1);

    /// <summary>Looks for the page of an address, whether slow or not.</summary>
    internal static TlbEntry* Find(TlbEntry* entries, AccessContext context, ulong va)
    {
        TlbEntry* entry = entries + Index(va);
        return (entry->Tag & ~Slow) == ((va & PageMask) | context.Tag) && context.Tag != 0 ? entry : null;
    }

    /// <summary>The predecoded code of the page that an entry of <see cref="Fetches"/> is for.</summary>
    internal CodePage? CodeOf(ulong va) => _code[Index(va)];

    /// <summary>Keeps a translation.</summary>
    internal TlbEntry* Fill(TlbEntry* entries, Ram? ram, AccessContext context, ulong va, in Translated to)
    {
        ulong page = to.Address & PageMask;
        bool inRam = ram is not null && ram.Contains(page, 1UL << PageShift);
        bool slow = !inRam || (entries == Writes && ram!.WatchesStores(page));
        TlbEntry* entry = entries + Index(va);
        entry->Tag = (va & PageMask) | context.Tag | (slow ? Slow : 0);
        entry->Addend = inRam ? (nint)Unsafe.AsPointer(ref ram!.Bytes[page - ram.Base]) - (nint)(va & PageMask) : 0;
        entry->Page = page;
        entry->InRam = inRam;
        entry->IsDevice = to.IsDevice;
        entry->IsGuarded = to.IsGuarded;
        if (to.SizeBits > PageShift)
        {
            NoteLarge(va, to.SizeBits);
        }

        return entry;
    }

    /// <summary>Keeps the translation of a page of code.</summary>
    internal void FillFetch(Ram ram, AccessContext context, ulong va, in Translated to, CodePage code)
    {
        Fill(Fetches, ram, context, va, to);
        _code[Index(va)] = code;
    }

    /// <summary>Drops the translations of code.</summary>
    internal void DropFetches()
    {
        new Span<TlbEntry>(Fetches, Size).Clear();
        Array.Clear(_code);
    }

    /// <summary>Makes stores to a page look for predecoded code and monitors from now on.</summary>
    internal void Protect(ulong page)
    {
        for (TlbEntry* entry = Writes; entry < Writes + Size; entry++)
        {
            if (entry->Page == page && entry->Tag != 0)
            {
                entry->Tag |= Slow;
            }
        }
    }

    /// <summary>A tag for one more context.</summary>
    /// <returns>False when they are used up: <see cref="Clear"/> and take back all that were given.</returns>
    internal bool TryGiveTag(out ulong tag)
    {
        bool left = _lastTag < LastContext;
        _lastTag += left ? ContextUnit : 0;
        tag = _lastTag;
        return left;
    }

    /// <summary>Drops what an address translates to, in every context.</summary>
    /// <returns>False when it may be part of a large page or block: the caller drops whole contexts.</returns>
    internal bool TryDropPage(ulong va)
    {
        if (_anyLarge && ((va ^ _largeBase) & _largeMask) == 0)
        {
            return false;
        }

        int index = Index(va);
        Reads[index].Tag = 0;
        Writes[index].Tag = 0;
        Fetches[index].Tag = 0;
        return true;
    }

    /// <summary>Drops everything; all tags can be given again.</summary>
    internal void Clear()
    {
        Array.Clear(_all);
        _lastTag = 0;
        _anyLarge = false;
    }

    private void NoteLarge(ulong va, int sizeBits)
    {
        const ulong tagByte = 0xffUL << 56; // one block whatever the tag in the address
        ulong mask = ~((1UL << sizeBits) - 1) & ~tagByte;
        if (!_anyLarge)
        {
            _anyLarge = true;
            _largeMask = mask;
            _largeBase = va;
            return;
        }

        _largeMask &= mask;
        while (((va ^ _largeBase) & _largeMask) != 0)
        {
            _largeMask <<= 1;
        }

        _largeMask &= ~tagByte;
    }
}
