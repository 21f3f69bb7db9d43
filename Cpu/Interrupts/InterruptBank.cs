namespace Conformance.Cpu.Interrupts;

/// <summary>The state of consecutive interrupts, and the registers that show it: one bit, two bits or a byte for each.</summary>
/// <remarks>
/// Source: IHI 0069, GICD_IGROUPR&lt;n&gt; to GICD_ICFGR&lt;n&gt;, which have the same offsets in the SGI frame of a redistributor.
/// There is one Security state (GICD_CTLR.DS = 1), so GICD_IGRPMODR and GICD_NSACR are reserved.
/// </remarks>
internal sealed class InterruptBank
{
    private const uint LowHalf = 0x5555_5555;
    private readonly uint _first;
    private readonly uint[] _group;
    private readonly uint[] _enabled;
    private readonly uint[] _latched;
    private readonly uint[] _line;
    private readonly uint[] _active;
    private readonly uint[] _edge;
    private readonly uint[] _nonMaskable;
    private readonly byte[] _priority;
    private readonly byte _priorityMask;
    private readonly bool _hasNmi;

    /// <param name="first">Lowest INTID, a multiple of 32.</param>
    /// <param name="count">How many, a multiple of 32.</param>
    /// <param name="options">The sizes of the GIC.</param>
    internal InterruptBank(uint first, int count, GicOptions options)
    {
        _first = first;
        _priorityMask = (byte)options.PriorityMask;
        _hasNmi = options.NonMaskable;
        _priority = new byte[count];
        (_group, _enabled, _latched, _line, _active, _edge, _nonMaskable) =
            (Words(count), Words(count), Words(count), Words(count), Words(count), Words(count), Words(count));
        Reset();
    }

    internal void Reset()
    {
        foreach (uint[] words in (uint[][])[_group, _enabled, _latched, _line, _active, _edge, _nonMaskable])
        {
            Array.Clear(words);
        }

        Array.Clear(_priority);
        if (_first == 0)
        {
            _edge[0] = 0xffff; // SGIs
        }
    }

    /// <summary>The INTID belongs here.</summary>
    internal bool Holds(uint intId) => intId - _first < (uint)_priority.Length;

    internal int Group(uint intId) => Bit(_group, intId) ? 1 : 0;

    /// <summary>An input; a rising one of an edge-triggered interrupt is remembered.</summary>
    internal void SetLine(uint intId, bool up)
    {
        (uint word, uint bit) = At(intId);
        if (up && (_line[word] & bit) == 0)
        {
            _latched[word] |= _edge[word] & bit;
        }

        _line[word] = up ? _line[word] | bit : _line[word] & ~bit;
    }

    /// <summary>Makes pending, as an SGI does.</summary>
    internal void SetPending(uint intId)
    {
        (uint word, uint bit) = At(intId);
        _latched[word] |= bit;
    }

    /// <summary>Pending becomes active; what a level-sensitive input holds up stays pending besides.</summary>
    internal void Acknowledge(uint intId)
    {
        (uint word, uint bit) = At(intId);
        _latched[word] &= ~bit;
        _active[word] |= bit;
    }

    internal void Deactivate(uint intId)
    {
        (uint word, uint bit) = At(intId);
        _active[word] &= ~bit;
    }

    /// <summary>Better than <paramref name="best"/>: pending, enabled, not active, of a group in <paramref name="groups"/> (bit 0 and 1).</summary>
    internal void FindHighest(int groups, ref Candidate? best, Func<uint, bool>? accepts = null)
    {
        for (uint word = 0; word < _group.Length; word++)
        {
            uint candidates = Pending(word) & _enabled[word] & ~_active[word]
                & ((groups & 1) != 0 ? uint.MaxValue : _group[word]) & ((groups & 2) != 0 ? uint.MaxValue : ~_group[word]);
            for (; candidates != 0; candidates &= candidates - 1)
            {
                uint n = word * 32 + (uint)System.Numerics.BitOperations.TrailingZeroCount(candidates);
                var mine = new Candidate(n + _first, Priority(n), IsNmi(n));
                if ((best is not { } other || mine.Rank < other.Rank) && (accepts is null || accepts(mine.IntId)))
                {
                    best = mine;
                }
            }
        }
    }

    /// <summary>Reads a register.</summary>
    /// <param name="offset">In bytes from the frame, a multiple of 4.</param>
    internal uint Read(uint offset)
    {
        uint block = offset & ~0x7fu;
        if (offset is >= 0x400 and < 0x800)
        {
            return ReadPriorities(offset - 0x400);
        }

        if (offset is >= 0xc00 and < 0xd00)
        {
            return ReadConfiguration((offset - 0xc00) / 4);
        }

        uint word = (offset & 0x7f) / 4 - _first / 32;
        return word >= (uint)_group.Length ? 0 : block switch
        {
            0x080 => _group[word],
            0x100 or 0x180 => _enabled[word],
            0x200 or 0x280 => Pending(word),
            0x300 or 0x380 => _active[word],
            0xf80 => NonMaskable(word),
            _ => 0,
        };
    }

    /// <summary>Writes a register.</summary>
    /// <param name="offset">In bytes from the frame.</param>
    /// <param name="value">Four bytes, or one in bits 7:0.</param>
    /// <param name="size">4, or 1 for a priority.</param>
    internal void Write(uint offset, uint value, int size)
    {
        if (offset is >= 0x400 and < 0x800)
        {
            WritePriorities(offset - 0x400, value, size);
        }
        else if (offset is >= 0xc00 and < 0xd00)
        {
            WriteConfiguration((offset - 0xc00) / 4, value);
        }
        else if ((offset & 0x7f) / 4 - _first / 32 is var word && word < (uint)_group.Length)
        {
            WriteBits(offset & ~0x7fu, word, value);
        }
    }

    private void WriteBits(uint block, uint word, uint value)
    {
        switch (block)
        {
            case 0x080:
                _group[word] = value;
                break;
            case 0x100:
                _enabled[word] |= value;
                break;
            case 0x180:
                _enabled[word] &= ~value;
                break;
            case 0x200:
                _latched[word] |= value;
                break;
            case 0x280:
                _latched[word] &= ~value;
                break;
            case 0x300:
                _active[word] |= value;
                break;
            case 0x380:
                _active[word] &= ~value;
                break;
            case 0xf80 when _hasNmi:
                _nonMaskable[word] = value;
                break;
            default:
                break; // reserved
        }
    }

    private uint ReadPriorities(uint firstIntId)
    {
        uint n = firstIntId - _first;
        return n >= (uint)_priority.Length
            ? 0
            : Priority(n) | (uint)Priority(n + 1) << 8 | (uint)Priority(n + 2) << 16 | (uint)Priority(n + 3) << 24;
    }

    private void WritePriorities(uint firstIntId, uint value, int count)
    {
        for (uint i = 0; i < Math.Min(count, 4); i++)
        {
            if (Holds(firstIntId + i))
            {
                _priority[firstIntId + i - _first] = (byte)(value >> (8 * (int)i) & _priorityMask);
            }
        }
    }

    /// <summary>ICFGR: the upper bit of each pair is 1 for edge-triggered.</summary>
    private uint ReadConfiguration(uint register)
    {
        uint n = register * 16 - _first;
        return n >= (uint)_priority.Length ? 0 : Spread((ushort)(_edge[n / 32] >> (int)(n & 16))) << 1;
    }

    private void WriteConfiguration(uint register, uint value)
    {
        uint n = register * 16 - _first;
        if (n < (uint)_priority.Length && register != 0) // SGIs stay as they are
        {
            int shift = (int)(n & 16);
            _edge[n / 32] = (_edge[n / 32] & ~(0xffffu << shift)) | Gather(value >> 1) << shift;
        }
    }

    /// <summary>The priority at a place of the bank: the field of an NMI is RES0.</summary>
    private byte Priority(uint n) => IsNmi(n) ? (byte)0 : _priority[n];

    private bool IsNmi(uint n) => (NonMaskable(n / 32) >> (int)(n & 31) & 1) != 0;

    /// <summary>INMIR: the bit of a Group 0 interrupt is RES0.</summary>
    private uint NonMaskable(uint word) => _nonMaskable[word] & _group[word];

    private uint Pending(uint word) => _latched[word] | (_line[word] & ~_edge[word]);

    private static uint[] Words(int count) => new uint[count / 32];

    private static uint Spread(ushort bits)
    {
        uint value = 0;
        for (int i = 0; i < 16; i++)
        {
            value |= (uint)(bits >> i & 1) << (2 * i);
        }

        return value;
    }

    private static uint Gather(uint pairs)
    {
        uint value = 0;
        for (int i = 0; i < 16; i++)
        {
            value |= ((pairs & LowHalf) >> (2 * i) & 1) << i;
        }

        return value;
    }

    private bool Bit(uint[] words, uint intId)
    {
        (uint word, uint bit) = At(intId);
        return (words[word] & bit) != 0;
    }

    private (uint Word, uint Bit) At(uint intId) => ((intId - _first) / 32, 1u << (int)(intId & 31));
}
