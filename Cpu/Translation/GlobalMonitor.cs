namespace Conformance.Cpu.Translation;

/// <summary>The global exclusive monitor: the marks of the PEs that do not run at present, which stores of the one that runs clear.</summary>
/// <remarks>
/// Source: DDI 0487, "The global monitor": a store by another PE to any byte of a marked block, whose size is CTR_EL0.ERG, clears
/// the mark, and that is an event for WFE. While a PE runs nobody else stores, so its own monitor is enough
/// (<see cref="Core.ExclusiveAddress"/>).
/// </remarks>
internal sealed class GlobalMonitor(Core[] cores)
{
    private const ulong BlockSize = 64; // CTR_EL0.ERG: 16 words
    private const ulong BlockMask = ~(BlockSize - 1);
    private const ulong None = ulong.MaxValue;

    /// <summary>PA of the marked block of each PE, or <see cref="None"/>.</summary>
    private readonly ulong[] _marks = [.. Enumerable.Repeat(None, cores.Length)];

    private int _count;

    /// <summary>The PE stops running: its mark is watched from now on.</summary>
    internal unsafe void Leave(Core core)
    {
        if (core.ExclusiveSize == 0)
        {
            return;
        }

        TlbEntry* entry = Tlb.Find(core.ReadTlb, core.Access, core.ExclusiveAddress);
        if (entry == null || !entry->InRam)
        {
            Clear(core); // nobody can tell any more what it marks
            return;
        }

        _marks[core.Number] = (entry->Page | (core.ExclusiveAddress & ~Tlb.PageMask)) & BlockMask;
        _count++;
        foreach (Core other in cores)
        {
            if (other != core)
            {
                other.Mmu.Tlb.Protect(entry->Page);
            }
        }
    }

    /// <summary>The PE runs again.</summary>
    internal void Enter(Core core) => Take(core.Number);

    /// <summary>Some block in a page is marked.</summary>
    /// <param name="page">PA.</param>
    internal bool MarksPage(ulong page)
    {
        if (_count != 0)
        {
            foreach (ulong mark in _marks)
            {
                if ((mark & Tlb.PageMask) == page)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Somebody has stored.</summary>
    /// <param name="pa">PA of the first byte.</param>
    /// <param name="size">In bytes.</param>
    internal void Stored(ulong pa, ulong size)
    {
        if (_count == 0)
        {
            return;
        }

        foreach (Core core in cores)
        {
            ulong mark = _marks[core.Number];
            if (mark != None && pa + size > mark && pa < mark + BlockSize)
            {
                Take(core.Number);
                Clear(core);
            }
        }
    }

    private static void Clear(Core core)
    {
        core.ExclusiveSize = 0;
        core.EventRegister = true;
    }

    private void Take(int number)
    {
        if (_marks[number] != None)
        {
            _marks[number] = None;
            _count--;
        }
    }
}
