using Conformance.Harness.Cases;
using Conformance.Suites.Translation.Oracle;
using Conformance.Suites.Translation.Tables;

namespace Conformance.Suites.GuestHypervisor.Stage2;

/// <summary>The intermediate physical addresses of one guest: stage 2 tables with the code of the case, its vectors, and what a story maps.</summary>
/// <remarks>
/// The code page and the vectors of EL1 are where they are; nothing else is mapped unless a story does it. Tables are walked as
/// Non-cacheable memory, since they are written with the MMU off.
/// </remarks>
internal sealed class Space
{
    private const ulong Whole = Descriptor.Af | Descriptor.S2Read | Descriptor.S2Write | Normal;

    /// <summary>Normal Non-cacheable memory.</summary>
    private const ulong Normal = 5UL << 2;

    private readonly World _world;
    private readonly Tree _tree;

    /// <param name="facts">The device.</param>
    /// <param name="pages">Where tables come from; the spaces of a case share it.</param>
    /// <param name="vmid">VMID.</param>
    /// <param name="granule">Granule.</param>
    /// <param name="inputBits">Size of the input addresses.</param>
    internal Space(Facts facts, TablePages pages, int vmid, Granule granule = Granule.K4, int inputBits = 39)
    {
        (Vmid, Granule, InputBits) = (vmid, granule, inputBits);
        _world = new World(facts);
        StartLevel = granule.StartLevel(inputBits);
        _tree = new Tree(_world, pages, granule, StartLevel, inputBits);
        Ps = facts.PaBits switch { <= 32 => 0, <= 36 => 1, <= 40 => 2, <= 42 => 3, <= 44 => 4, _ => 5 };
        MapItself(GuestMemory.VectorsEl1);
        MapItself(GuestMemory.Code);
    }

    internal int Vmid { get; }

    internal Granule Granule { get; }

    internal int InputBits { get; }

    internal int StartLevel { get; }

    private int Ps { get; }

    internal bool Complete => _tree.Complete;

    internal ulong Vttbr => _tree.Root | (ulong)Vmid << 48;

    internal ulong Vtcr => 1UL << 31 | (ulong)(64 - InputBits) | Scene.Sl0(Granule, StartLevel) << 6 | Granule.Tg0() << 14 | (ulong)Ps << 16;

    /// <summary>Puts a descriptor where a walk meets it, with the tables above it, and says where that is.</summary>
    internal ulong Put(ulong ipa, int level, ulong descriptor)
    {
        _tree.Map(ipa, level, descriptor);
        return _tree.Path[^1];
    }

    /// <summary>Where the descriptor of a level is on the way that <see cref="Put"/> took last.</summary>
    internal ulong Entry(int level) => _tree.Path[level - StartLevel];

    /// <summary>The word at an address of the tables.</summary>
    internal ulong Word(ulong address) => _world.Word(address);

    /// <summary>Tables as a case sets them: zero but for the descriptors.</summary>
    internal void Into(CaseBuilder says)
    {
        ulong size = 1UL << Granule.Bits();
        foreach (ulong table in _world.Addresses.Select(a => a & ~(size - 1)).Distinct().Order())
        {
            says.Fill(table, size, 0, 0);
        }

        foreach (ulong address in _world.Addresses)
        {
            says.Memory(address, _world.Word(address));
        }
    }

    /// <summary>A leaf.</summary>
    internal static ulong Leaf(ulong output, int level, bool read = true, bool write = true, bool execute = true, bool accessed = true) =>
        output | Descriptor.Type(level) | Normal | (accessed ? Descriptor.Af : 0) | (read ? Descriptor.S2Read : 0) | (write ? Descriptor.S2Write : 0)
        | (execute ? 0 : Descriptor.Uxn);

    private void MapItself(ulong address)
    {
        ulong start = address & ~((1UL << Granule.Bits()) - 1);
        _tree.Map(address, 3, start | Descriptor.Type(3) | Whole);
    }
}
