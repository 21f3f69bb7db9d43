using Conformance.Harness.Cases;
using Conformance.Suites.Translation.Oracle;

namespace Conformance.Suites.Translation.Tables;

/// <summary>The form of the tables of one stage, or of one half of it.</summary>
/// <param name="Granule">Granule.</param>
/// <param name="InputBits">Input address size: 64 − TnSZ.</param>
/// <param name="Ps">Code of the output address size.</param>
/// <param name="Isolation">log2 of the alignment of each table, when larger than the table; 0 for none.</param>
/// <param name="Offset">Where stage 2 has the tables, less where they are.</param>
public readonly record struct Shape(Granule Granule, int InputBits, int Ps, int Isolation = 0, ulong Offset = 0);

/// <summary>Registers and tables of one case while it is being made.</summary>
public sealed class Scene
{
    /// <summary>Attributes by index: Device nGnRnE, nGnRE, GRE; Non-cacheable; Write-Through, Write-Back with and without hints; both kinds mixed.</summary>
    public const ulong Mair = 0x4F_FB_BB_FF_44_0C_04_00;

    /// <summary>Index of Normal Write-Back memory in <see cref="Mair"/>.</summary>
    public const int WriteBack = 4;

    /// <summary>Index of Normal Non-cacheable memory.</summary>
    public const int NonCacheable = 3;

    /// <summary>Stage 2 MemAttr of Normal Write-Back memory, with and without FWB (TR-082, TR-086).</summary>
    public const ulong Stage2WriteBack = 0xFUL << 2;

    private readonly List<ulong> _watched = [];
    private readonly Dictionary<ulong, Regime?> _stages = [];

    public Scene(Facts facts)
    {
        Facts = facts;
        World = new World(facts);
        Walker = new Walker(World);
    }

    public Facts Facts { get; }

    public World World { get; }

    public Walker Walker { get; }

    public TablePages Pages { get; } = new();

    /// <summary>Leaf descriptors whose memory is observed afterwards.</summary>
    public IReadOnlyList<ulong> Watched => _watched;

    /// <summary>The access flag of a watched descriptor as an update; certain if the hardware sets flags in that table at all.</summary>
    public DescriptorUpdate? WatchedAs(ulong address) => _stages.TryGetValue(address, out Regime? regime)
        ? new DescriptorUpdate(address, 1UL << 10, 0, Flagged(regime), World.Bit(regime is { } of ? of.Sctlr() : Control.SCTLR_EL2, 25)) : null;

    private bool Flagged(Regime? regime) => Facts.FlagByHardware
        && (regime is { } stage1 ? World.Bit(stage1.Tcr(), stage1.HasUnprivileged() ? 39 : 21) : World.Bit(Control.VTCR_EL2, 21));

    /// <summary>The registers and the memory of the case, as they are before anything is answered.</summary>
    /// <remarks>What is asked afterwards may add descriptors that were not set (invalid ones); a defect comes in behind this.</remarks>
    public void Begin()
    {
        Walker.Rules.Clear();
        Walker.Traits = Trait.None;
        Facts.Defect?.World?.Invoke(World);
    }

    /// <summary>Observes a descriptor afterwards.</summary>
    /// <param name="descriptor">Its physical address.</param>
    /// <param name="regime">The regime whose stage 1 it belongs to; null for stage 2.</param>
    public void Watch(ulong descriptor, Regime? regime)
    {
        if (_stages.TryAdd(descriptor, regime))
        {
            _watched.Add(descriptor);
        }
    }

    /// <summary>Turns stage 1 of a regime on, with one half of the addresses mapped by a new tree; the other half faults.</summary>
    public Tree Stage1(Regime regime, bool upper, Shape shape)
    {
        Control sctlr = regime.Sctlr();
        Control tcr = regime.Tcr();
        bool two = regime.HasUnprivileged();
        World.Set(sctlr, 0, true);
        World.Set(sctlr, 2, true);   // C
        World.Set(sctlr, 12, true);  // I
        World[regime.Mair()] = Mair;
        ulong tnsz = (ulong)(64 - shape.InputBits);
        if (!two)
        {
            World.Set(tcr, 31, true); // RES1
            World.Set(tcr, 23, true); // RES1
            World.Set(tcr, 18, 16, (ulong)shape.Ps);
        }
        else
        {
            World.Set(tcr, 34, 32, (ulong)shape.Ps);
        }

        if (upper)
        {
            World.Set(tcr, 21, 16, tnsz);
            World.Set(tcr, 31, 30, shape.Granule.Tg1());
            World.Set(tcr, 23, false);
        }
        else
        {
            World.Set(tcr, 5, 0, tnsz);
            World.Set(tcr, 15, 14, shape.Granule.Tg0());
            if (two)
            {
                World.Set(tcr, 7, false);
            }
        }

        int start = shape.Granule.StartLevel(shape.InputBits);
        var tree = new Tree(World, Pages, shape.Granule, start, shape.InputBits, shape.Isolation, shape.Offset, World.Bit(sctlr, 25));
        World[regime.Ttbr(upper)] = tree.Root + tree.Offset;
        return tree;
    }

    /// <summary>Makes the half that is not used fault without a walk.</summary>
    public void Disable(Regime regime, bool upper)
    {
        if (regime.HasUnprivileged())
        {
            Control tcr = regime.Tcr();
            World.Set(tcr, upper ? 23 : 7, true);
            World.Set(tcr, upper ? 21 : 5, upper ? 16 : 0, 25);
            World.Set(tcr, upper ? 31 : 15, upper ? 30 : 14, upper ? Granule.K4.Tg1() : Granule.K4.Tg0());
        }
    }

    /// <summary>Turns stage 2 on.</summary>
    /// <param name="shape">Its form.</param>
    /// <param name="startLevel">The level of the first table; TR-030 and TR-031 say which ones fit.</param>
    public Tree Stage2(Shape shape, int startLevel)
    {
        World.Set(Control.HCR_EL2, 0, true);
        World[Control.VTCR_EL2] = 1UL << 31; // RES1
        World.Set(Control.VTCR_EL2, 5, 0, (ulong)(64 - shape.InputBits));
        World.Set(Control.VTCR_EL2, 7, 6, Sl0(shape.Granule, startLevel));
        World.Set(Control.VTCR_EL2, 15, 14, shape.Granule.Tg0());
        World.Set(Control.VTCR_EL2, 18, 16, (ulong)shape.Ps);
        var tree = new Tree(World, Pages, shape.Granule, startLevel, shape.InputBits, bigEndian: World.Bit(Control.SCTLR_EL2, 25));
        World[Control.VTTBR_EL2] = tree.Root;
        return tree;
    }

    /// <summary>SL0 for a start level (TR-030).</summary>
    public static ulong Sl0(Granule granule, int startLevel) => granule == Granule.K4
        ? startLevel switch { 2 => 0UL, 1 => 1, 0 => 2, _ => 3 }
        : (ulong)(3 - startLevel);

    /// <summary>The start levels of stage 2 that fit an input size (TR-031).</summary>
    public IEnumerable<int> StartLevels2(Granule granule, int inputBits)
    {
        for (int level = granule == Granule.K4 ? 0 : 1; level <= 3; level++)
        {
            bool there = level != 3 || granule != Granule.K4 || Facts.Ttst;
            if (there && inputBits > granule.Shift(level) && inputBits <= granule.Shift(level) + granule.Stride() + 4)
            {
                yield return level;
            }
        }
    }

    /// <summary>The system registers of the case.</summary>
    public List<RegisterValue> Registers => [.. World.Registers];

    /// <summary>The memory of the case: the descriptors.</summary>
    public List<MemoryWord> Memory
    {
        get
        {
            List<MemoryWord> words = new(World.Addresses.Count);
            foreach (ulong address in World.Addresses)
            {
                words.Add(new MemoryWord(address, World.Word(address)));
            }

            return words;
        }
    }
}
