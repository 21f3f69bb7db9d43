namespace Conformance.Cpu.Interrupts;

/// <summary>The LPIs of a redistributor: which are pending, and what the tables in memory say of them.</summary>
/// <remarks>
/// Source: IHI 0069, "LPIs", "LPI Configuration tables" and "LPI Pending tables". An LPI belongs to Group 1, is edge-triggered and
/// has neither an active state nor the non-maskable property. The configuration of a pending LPI is kept until it is invalidated; pending bits are written through.
/// </remarks>
internal sealed class LpiBank(IBus memory, byte priorityMask, Action changed)
{
    private const ulong IdBits = 0x1f;
    private const ulong PropertyAddress = 0x000f_ffff_ffff_f000;
    private const ulong PendingAddress = 0x000f_ffff_ffff_0000;
    private const ulong PendingTableIsZero = 1UL << 62;
    private const ulong PropertyWritable = 0x070f_ffff_ffff_ff9f;
    private const ulong PendingWritable = 0x070f_ffff_ffff_0f80;
    private const byte Enable = 1;
    private const byte PriorityBits = 0xfc;

    /// <summary>The pending LPIs and their configuration bytes.</summary>
    private readonly SortedDictionary<uint, byte> _pending = [];

    private ulong _property;
    private ulong _pendingTable;
    private bool _startsEmpty;

    /// <summary>GICR_CTLR.EnableLPIs. Setting it takes up what is pending in memory.</summary>
    internal bool Enabled { get; private set; }

    /// <summary>GICR_PROPBASER; fixed while LPIs are enabled.</summary>
    internal ulong PropertyBase
    {
        get => _property;
        set => _property = Enabled ? _property : value & PropertyWritable;
    }

    /// <summary>GICR_PENDBASER; fixed while LPIs are enabled. PTZ reads as 0.</summary>
    internal ulong PendingBase
    {
        get => _pendingTable;
        set
        {
            if (!Enabled)
            {
                _pendingTable = value & PendingWritable;
                _startsEmpty = (value & PendingTableIsZero) != 0;
            }
        }
    }

    internal void Reset()
    {
        _pending.Clear();
        Enabled = false;
        _property = 0;
        _pendingTable = 0;
        _startsEmpty = false;
    }

    /// <summary>A write of GICR_CTLR.EnableLPIs.</summary>
    internal void Switch(bool on)
    {
        if (on == Enabled)
        {
            return;
        }

        Enabled = on;
        _pending.Clear();
        if (on && !_startsEmpty)
        {
            TakeUp();
        }
    }

    /// <summary>Makes an LPI pending; one that the tables do not hold is passed over.</summary>
    internal void SetPending(uint intId)
    {
        if (Holds(intId) && !_pending.ContainsKey(intId))
        {
            _pending.Add(intId, Configuration(intId));
            Store(intId, pending: true);
            changed();
        }
    }

    /// <returns>Whether it was pending.</returns>
    internal bool ClearPending(uint intId)
    {
        if (!_pending.Remove(intId))
        {
            return false;
        }

        Store(intId, pending: false);
        changed();
        return true;
    }

    /// <summary>Forgets the configuration of one LPI.</summary>
    internal void Invalidate(uint intId)
    {
        if (_pending.ContainsKey(intId))
        {
            _pending[intId] = Configuration(intId);
            changed();
        }
    }

    /// <summary>Forgets all configuration.</summary>
    internal void Invalidate()
    {
        foreach (uint intId in _pending.Keys.ToArray())
        {
            Invalidate(intId);
        }
    }

    /// <summary>Hands everything that is pending to another redistributor.</summary>
    internal void MoveTo(LpiBank other)
    {
        foreach (uint intId in _pending.Keys.ToArray())
        {
            _ = ClearPending(intId);
            other.SetPending(intId);
        }
    }

    /// <summary>Better than <paramref name="best"/>: pending and enabled.</summary>
    internal void FindHighest(ref Candidate? best)
    {
        foreach ((uint intId, byte configuration) in _pending)
        {
            byte priority = (byte)(configuration & PriorityBits & priorityMask);
            if ((configuration & Enable) != 0 && (best is not { } other || priority < other.Rank))
            {
                best = new Candidate(intId, priority);
            }
        }
    }

    /// <summary>The INTID is an LPI within GICR_PROPBASER.IDbits, and LPIs are enabled.</summary>
    private bool Holds(uint intId) => Enabled && intId >= IntId.FirstLpi && intId < End;

    /// <summary>Behind the last INTID that the tables hold.</summary>
    private uint End => 1u << (int)Math.Min((_property & IdBits) + 1, GicOptions.IntIdBits);

    private byte Configuration(uint intId) =>
        memory.TryRead((_property & PropertyAddress) + (intId - IntId.FirstLpi), 1, out ulong value) ? (byte)value : (byte)0;

    private void Store(uint intId, bool pending)
    {
        ulong address = (_pendingTable & PendingAddress) + (intId / 8);
        if (memory.TryRead(address, 1, out ulong bits))
        {
            ulong bit = 1UL << (int)(intId % 8);
            _ = memory.TryWrite(address, 1, pending ? bits | bit : bits & ~bit);
        }
    }

    private void TakeUp()
    {
        for (uint first = IntId.FirstLpi; first < End; first += 64)
        {
            if (!memory.TryRead((_pendingTable & PendingAddress) + (first / 8), 8, out ulong bits))
            {
                return;
            }

            for (; bits != 0; bits &= bits - 1)
            {
                uint intId = first + (uint)System.Numerics.BitOperations.TrailingZeroCount(bits);
                _pending.Add(intId, Configuration(intId));
            }
        }
    }
}
