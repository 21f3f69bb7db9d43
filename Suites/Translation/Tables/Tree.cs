using Conformance.Suites.Translation.Oracle;

namespace Conformance.Suites.Translation.Tables;

/// <summary>Translation tables of one stage being built: a root, and tables below it as mappings need them.</summary>
/// <remarks>Only the descriptors on the way to what is mapped are written: a table is as large as the architecture says, and mostly unset.</remarks>
public sealed class Tree
{
    private const ulong TableType = 3;

    private readonly World _world;
    private readonly TablePages _pages;
    private readonly Dictionary<ulong, ulong> _children = [];
    private readonly int _inputBits;
    private readonly int _isolation;
    private readonly bool _bigEndian;

    /// <param name="world">Takes the descriptors.</param>
    /// <param name="pages">Where tables come from.</param>
    /// <param name="granule">The granule.</param>
    /// <param name="startLevel">Level of the root.</param>
    /// <param name="inputBits">Address bits that the root and what is below it resolve.</param>
    /// <param name="isolation">log2 of the alignment of every table, when it is to be larger than the table.</param>
    /// <param name="offset">What the walk calls a table's address, less its physical address: not 0 when stage 2 moves tables.</param>
    /// <param name="bigEndian">Byte order of descriptors.</param>
    public Tree(World world, TablePages pages, Granule granule, int startLevel, int inputBits, int isolation = 0, ulong offset = 0, bool bigEndian = false)
    {
        (_world, _pages, Granule, StartLevel, _inputBits, _isolation, Offset, _bigEndian) =
            (world, pages, granule, startLevel, inputBits, isolation, offset, bigEndian);
        RootSizeLog2 = Math.Max(6, inputBits - granule.Shift(startLevel) + 3);
        Root = pages.Take(RootSizeLog2, isolation) ?? 0;
        Complete = Root != 0;
    }

    public Granule Granule { get; }

    public int StartLevel { get; }

    /// <summary>Physical address of the first table.</summary>
    public ulong Root { get; }

    public int RootSizeLog2 { get; }

    public ulong Offset { get; }

    /// <summary>False when table memory has run out: the case cannot be made.</summary>
    public bool Complete { get; private set; }

    /// <summary>Physical addresses of the descriptors on the path that was mapped last, the root's first.</summary>
    public List<ulong> Path { get; } = [];

    /// <summary>Puts a descriptor where a walk for an address meets it at a level, with tables above it.</summary>
    /// <param name="address">Input address; bits above the input size are ignored.</param>
    /// <param name="level">Level of the descriptor.</param>
    /// <param name="descriptor">What is put there: a leaf, or anything else.</param>
    /// <param name="tableBits">Bits 63:59 of the table descriptors that are made on the way, by level.</param>
    public void Map(ulong address, int level, ulong descriptor, Func<int, ulong>? tableBits = null)
    {
        Path.Clear();
        if (Root == 0)
        {
            return;
        }

        ulong table = Root;
        ulong ia = address & ((1UL << _inputBits) - 1);
        for (int at = StartLevel; ; at++)
        {
            ulong index = at == StartLevel ? ia >> Granule.Shift(at) : (ia >> Granule.Shift(at)) & ((1UL << Granule.Stride()) - 1);
            ulong entry = table + (8 * index);
            Path.Add(entry);
            if (at >= level || !Complete)
            {
                Put(entry, descriptor);
                return;
            }

            if (!_children.TryGetValue(entry, out ulong child))
            {
                if (_pages.Take(Granule.Bits(), _isolation) is not { } taken)
                {
                    Complete = false;
                    return;
                }

                child = taken;
                _children.Add(entry, child);
                Put(entry, (child + Offset) | TableType | (tableBits?.Invoke(at) ?? 0));
            }

            table = child;
        }
    }

    /// <summary>Changes the descriptor of the last path at a level.</summary>
    public void Change(int level, Func<ulong, ulong> change)
    {
        ulong entry = Path[level - StartLevel];
        ulong old = _world.Word(entry);
        Put(entry, change(_bigEndian ? System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(old) : old));
    }

    private void Put(ulong entry, ulong descriptor) =>
        _world.Write(entry, _bigEndian ? System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(descriptor) : descriptor);
}
