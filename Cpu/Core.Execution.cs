using Conformance.Cpu.Board;
using Conformance.Cpu.Instructions;
using Conformance.Cpu.SystemRegisters;
using Conformance.Cpu.Tracing;
using Conformance.Cpu.Translation;

namespace Conformance.Cpu;

public sealed partial class Core
{
    /// <summary>No PC matches this <see cref="FetchTag"/>: bit 2 is one of those that the comparison leaves out.</summary>
    internal const ulong NoPage = 4;

    /// <summary>The bits of PC that must stay the same for execution to go on within a page: all but 11:2.</summary>
    internal const ulong PageBits = ~0xffcul;

    /// <summary>VA of the page being executed, or <see cref="NoPage"/> to make the run loop look around before it goes on.</summary>
    internal ulong FetchTag = NoPage;

    /// <summary>Why the run loop has to return; <see cref="StopReason.None"/> while it need not.</summary>
    internal StopReason StopRequest;

    /// <summary>Exit code that goes with <see cref="StopReason.Exit"/>.</summary>
    internal int ExitCode;

    /// <summary>Offset from the start of RAM of the page being executed.</summary>
    internal ulong FetchPhysical;

    /// <summary>The page being executed is guarded (the descriptor's GP, FEAT_BTI).</summary>
    internal bool FetchGuarded;

    /// <summary>Addresses (VA) at which <see cref="RunLoop"/> returns before the instruction.</summary>
    internal readonly HashSet<ulong> StopAddresses = [];

    /// <summary>How many stop addresses have each page offset; only operations there look at the set.</summary>
    private readonly int[] _stopsAtOffset = new int[CodePage.Size / 4];

    /// <summary>Main memory, reached past <see cref="Bus"/>; null when the board has none.</summary>
    internal Ram? Ram;

    /// <summary>Answers HLT #0xF000; null when that is UNDEFINED.</summary>
    internal Semihosting? Semihosting;

    /// <summary>Runs return before the first instruction of every vector.</summary>
    public bool StopsAtExceptions { get; set; }

    private TextTracer? _tracer;

    /// <summary>Is told what the PE does; null when nobody wants to know.</summary>
    public TextTracer? Tracer
    {
        get => _tracer;
        set
        {
            _tracer = value;
            FetchTag = NoPage; // the run loop asks when it enters a page
        }
    }

    /// <summary>Translation: what is remembered of it.</summary>
    internal Mmu Mmu { get; }

    /// <summary>What the system registers and PSTATE make of a memory access at present.</summary>
    internal AccessContext Access { get; private set; }

    /// <summary><see cref="Access"/> must be worked out again before the next instruction.</summary>
    internal bool AccessStale;

    /// <summary>The arrays of the TLB for loads and stores.</summary>
    internal readonly unsafe TlbEntry* ReadTlb;

    internal readonly unsafe TlbEntry* WriteTlb;

    /// <summary>The tag of TLB entries that loads and stores may use without a second look.</summary>
    internal ulong DataTag = Tlb.Never;

    /// <summary>
    /// Tells the run loop that a register has changed which controls endianness, alignment or translation. The next
    /// instruction sees the change.
    /// </summary>
    internal void ContextChanged()
    {
        Mmu.ControlsChanged();
        LinesStale = true;
        LevelChanged();
    }

    /// <summary>Tells the run loop that the Exception level or another part of PSTATE has changed on which accesses and fetches depend.</summary>
    internal void LevelChanged()
    {
        TranslationsDropped();
        SituationStale = true;
        LinesStale |= LinesUp;
        if (CyclesEnabled)
        {
            CycleCounter.Recount(this);
        }
    }

    /// <summary>Tells the run loop that contexts may have lost their translations.</summary>
    internal void TranslationsDropped()
    {
        FetchTag = NoPage;
        AccessStale = true;
        DataTag = Tlb.Never;
    }

    /// <summary>Works out <see cref="Access"/>.</summary>
    internal void RefreshAccess()
    {
        UseContext(Mmu.Current());
        AccessStale = false;
    }

    /// <summary>Makes a context the one of loads and stores.</summary>
    internal void UseContext(AccessContext context)
    {
        Access = context;
        DataTag = context.Tag | (context.BigEndian || WatchesData ? Tlb.Never : 0);
    }

    /// <summary>Makes the run loop return after the instruction being executed.</summary>
    internal void RequestStop(StopReason reason)
    {
        StopRequest = reason;
        FetchTag = NoPage;
    }

    /// <summary>Some stop address has the page offset of this one.</summary>
    internal bool MayStopAt(ulong va) => _stopsAtOffset[(va >> 2) & (CodePage.Size / 4 - 1)] != 0;

    /// <summary>Makes runs return when PC gets to an address (VA).</summary>
    public void AddStop(ulong address)
    {
        if (StopAddresses.Add(address))
        {
            ChangeStops(address, +1);
        }
    }

    /// <summary>Undoes <see cref="AddStop"/>.</summary>
    public void RemoveStop(ulong address)
    {
        if (StopAddresses.Remove(address))
        {
            ChangeStops(address, -1);
        }
    }

    public void ClearStops()
    {
        foreach (ulong address in StopAddresses)
        {
            ChangeStops(address, -1);
        }

        StopAddresses.Clear();
    }

    private void ChangeStops(ulong address, int by)
    {
        int within = (int)(address & (CodePage.Size - 4));
        _stopsAtOffset[within >> 2] += by;
        foreach (CodePage page in Ram?.CodePages ?? [])
        {
            page.Forget(within, 4);
        }
    }

    /// <summary>Connects main memory for direct access.</summary>
    internal void AttachRam(Ram ram)
    {
        Ram = ram;
        ContextChanged();
    }
}
