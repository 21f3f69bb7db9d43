using System.Buffers.Binary;
using System.Text;

namespace Conformance.Cpu.Board.DeviceTree;

/// <summary>A node of a device tree: properties and children in their order.</summary>
/// <remarks>Source: Devicetree Specification 0.4, "The Devicetree"; names and meanings of properties are the bindings' own.</remarks>
/// <param name="name">With its unit address, <c>cpu@0</c>; empty for the root.</param>
public sealed class DeviceTreeNode(string name)
{
    private readonly List<DeviceTreeNode> _children = [];
    private readonly List<KeyValuePair<string, byte[]>> _properties = [];

    public string Name { get; } = name;

    public IReadOnlyList<DeviceTreeNode> Children => _children;

    public IReadOnlyList<KeyValuePair<string, byte[]>> Properties => _properties;

    /// <summary>The child with a name, made if there is none.</summary>
    public DeviceTreeNode Child(string child)
    {
        if (Find(child) is { } known)
        {
            return known;
        }

        var node = new DeviceTreeNode(child);
        _children.Add(node);
        return node;
    }

    /// <summary>The child with a name; null when there is none.</summary>
    public DeviceTreeNode? Find(string child) => _children.Find(c => c.Name == child);

    /// <summary>The bytes of a property; null when the node has none of this name.</summary>
    public byte[]? Property(string property) => _properties.Find(p => p.Key == property).Value;

    /// <summary>A property without a value.</summary>
    public DeviceTreeNode Flag(string property) => Bytes(property, []);

    /// <summary>A property of 32-bit cells.</summary>
    public DeviceTreeNode Cells(string property, params ReadOnlySpan<uint> cells)
    {
        byte[] value = new byte[cells.Length * sizeof(uint)];
        for (int i = 0; i < cells.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(value.AsSpan(i * sizeof(uint)), cells[i]);
        }

        return Bytes(property, value);
    }

    /// <summary>A property of 64-bit numbers: addresses and sizes where #address-cells and #size-cells are 2.</summary>
    public DeviceTreeNode Wide(string property, params ReadOnlySpan<ulong> numbers)
    {
        byte[] value = new byte[numbers.Length * sizeof(ulong)];
        for (int i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteUInt64BigEndian(value.AsSpan(i * sizeof(ulong)), numbers[i]);
        }

        return Bytes(property, value);
    }

    /// <summary>A property of one or more strings.</summary>
    public DeviceTreeNode Text(string property, params ReadOnlySpan<string> texts) =>
        Bytes(property, Encoding.UTF8.GetBytes(string.Join('\0', texts!) + "\0"));

    /// <summary>Gives a property its value, in place of one that it had.</summary>
    public DeviceTreeNode Bytes(string property, byte[] value)
    {
        int known = _properties.FindIndex(p => p.Key == property);
        if (known >= 0)
        {
            _properties[known] = new(property, value);
        }
        else
        {
            _properties.Add(new(property, value));
        }

        return this;
    }
}
