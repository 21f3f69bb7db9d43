using System.Buffers.Binary;
using System.Text;

namespace Conformance.Cpu.Board.DeviceTree;

/// <summary>The flattened form of a device tree, in which it is handed to programs.</summary>
/// <remarks>Source: Devicetree Specification 0.4, "Flattened Devicetree (DTB) Format", version 17, compatible with 16.</remarks>
public static class DeviceTreeBlob
{
    private const uint Magic = 0xd00d_feed;
    private const uint Version = 17;
    private const uint OldestCompatible = 16;
    private const int HeaderSize = 40;
    private const int ReservationsSize = 16;   // the list has only the entry that ends it
    private const uint BeginNode = 1;
    private const uint EndNode = 2;
    private const uint Property = 3;
    private const uint Nop = 4;
    private const uint End = 9;

    /// <summary>Flattens a tree.</summary>
    /// <param name="root">The node without a name.</param>
    /// <param name="size">Size of the result in bytes, if the tree does not need more: room for programs that add to it.</param>
    public static byte[] Write(DeviceTreeNode root, int size = 0)
    {
        var structure = new List<byte>();
        var strings = new List<byte>();
        WriteNode(root, structure, strings, new Dictionary<string, uint>(StringComparer.Ordinal));
        WriteWord(structure, End);

        int stringsAt = HeaderSize + ReservationsSize + structure.Count;
        byte[] blob = new byte[Math.Max(size, stringsAt + strings.Count)];
        uint[] header =
        [
            Magic, (uint)blob.Length, HeaderSize + ReservationsSize, (uint)stringsAt, HeaderSize, Version, OldestCompatible,
            0, (uint)strings.Count, (uint)structure.Count,
        ];
        for (int i = 0; i < header.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(blob.AsSpan(i * sizeof(uint)), header[i]);
        }

        structure.CopyTo(blob, HeaderSize + ReservationsSize);
        strings.CopyTo(blob, stringsAt);
        return blob;
    }

    /// <summary>Makes the tree of a flattened one.</summary>
    /// <exception cref="FormatException">It is no flattened device tree, or it is damaged.</exception>
    public static DeviceTreeNode Read(ReadOnlySpan<byte> blob)
    {
        if (blob.Length < HeaderSize || Word(blob, 0) != Magic)
        {
            throw new FormatException("it does not begin with the header of a flattened device tree");
        }

        uint total = Word(blob, 4);
        if (total > blob.Length || Word(blob, 24) > Version || Word(blob, 20) < OldestCompatible)
        {
            throw new FormatException(total > blob.Length
                ? $"its header says {total} bytes, and there are {blob.Length}"
                : $"its version is {Word(blob, 20)}, and {OldestCompatible} to {Version} can be read");
        }

        try
        {
            int at = (int)Word(blob, 8);
            ReadOnlySpan<byte> strings = blob[(int)Word(blob, 12)..(int)total];
            while (Word(blob, at) == Nop)
            {
                at += sizeof(uint);
            }

            if (Word(blob, at) != BeginNode)
            {
                throw new FormatException("it has no root node");
            }

            at += sizeof(uint);
            var root = new DeviceTreeNode(TextAt(blob, ref at));
            ReadNode(root, blob[..(int)total], strings, ref at);
            return root;
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new FormatException("it is cut: something lies behind its end", e);
        }
    }

    private static void WriteNode(DeviceTreeNode node, List<byte> structure, List<byte> strings, Dictionary<string, uint> known)
    {
        WriteWord(structure, BeginNode);
        structure.AddRange(Encoding.ASCII.GetBytes(node.Name));
        structure.Add(0);
        Pad(structure);
        foreach ((string name, byte[] value) in node.Properties)
        {
            if (!known.TryGetValue(name, out uint at))
            {
                at = (uint)strings.Count;
                known.Add(name, at);
                strings.AddRange(Encoding.ASCII.GetBytes(name));
                strings.Add(0);
            }

            WriteWord(structure, Property);
            WriteWord(structure, (uint)value.Length);
            WriteWord(structure, at);
            structure.AddRange(value);
            Pad(structure);
        }

        foreach (DeviceTreeNode child in node.Children)
        {
            WriteNode(child, structure, strings, known);
        }

        WriteWord(structure, EndNode);
    }

    private static void ReadNode(DeviceTreeNode node, ReadOnlySpan<byte> blob, ReadOnlySpan<byte> strings, ref int at)
    {
        while (true)
        {
            uint token = Word(blob, at);
            at += sizeof(uint);
            switch (token)
            {
                case Property:
                    int length = (int)Word(blob, at);
                    int name = (int)Word(blob, at + 4);
                    node.Bytes(TextAt(strings, ref name), blob.Slice(at + 8, length).ToArray());
                    at += 8 + ((length + 3) & ~3);
                    break;
                case BeginNode:
                    ReadNode(node.Child(TextAt(blob, ref at)), blob, strings, ref at);
                    break;
                case EndNode:
                    return;
                case Nop:
                    break;
                default:
                    throw new FormatException($"at byte 0x{at - sizeof(uint):x} is 0x{token:x} where a node goes on or ends");
            }
        }
    }

    /// <summary>The text at an offset, which moves on to the next word behind it.</summary>
    private static string TextAt(ReadOnlySpan<byte> bytes, ref int at)
    {
        ReadOnlySpan<byte> rest = bytes[at..];
        int length = rest.IndexOf((byte)0);
        string text = Encoding.ASCII.GetString(rest[..length]);
        at += (length + 4) & ~3;
        return text;
    }

    private static uint Word(ReadOnlySpan<byte> blob, int at) => BinaryPrimitives.ReadUInt32BigEndian(blob[at..]);

    private static void WriteWord(List<byte> bytes, uint word)
    {
        Span<byte> raw = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(raw, word);
        bytes.AddRange(raw);
    }

    private static void Pad(List<byte> bytes)
    {
        while (bytes.Count % sizeof(uint) != 0)
        {
            bytes.Add(0);
        }
    }
}
