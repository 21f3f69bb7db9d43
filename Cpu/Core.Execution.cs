using Conformance.Cpu.Board;
using Conformance.Cpu.Instructions;
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

    /// <summary>What the system registers and PSTATE make of a memory access at present.</summary>
    internal AccessContext Access;

    /// <summary>
    /// Tells the run loop that something it relies on has changed: Exception level, PSTATE.IL, a register that controls
    /// endianness, alignment or translation. The next instruction sees the change.
    /// </summary>
    internal void ContextChanged()
    {
        FetchTag = NoPage;
        Access.Stale = true;
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
