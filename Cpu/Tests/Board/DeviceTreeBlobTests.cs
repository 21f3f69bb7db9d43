using System.Buffers.Binary;
using System.Text;
using Conformance.Cpu.Board.DeviceTree;
using FsCheck;
using FsCheck.Fluent;

namespace Conformance.Cpu.Tests.Board;

public sealed class DeviceTreeBlobTests
{
    private static readonly Gen<byte[]> s_value = Gen.ArrayOf(ArbMap.Default.GeneratorFor<byte>());

    private static readonly Gen<string> s_name = Gen.Elements("reg", "ranges", "#size-cells", "compatible", "a", "linux,initrd-start");

    [Fact]
    public void What_is_written_is_read_back() => Quick.Check(Prop.ForAll(Arb.From(Tree(3)), static tree =>
        Show(DeviceTreeBlob.Read(DeviceTreeBlob.Write(tree))).ShouldBe(Show(tree))));

    [Fact]
    public void The_smallest_tree_has_the_bytes_of_the_specification()
    {
        byte[] blob = DeviceTreeBlob.Write(new DeviceTreeNode("").Cells("ab", 0x1234_5678));
        uint[] words = [.. Enumerable.Range(0, blob.Length / 4).Select(i => BinaryPrimitives.ReadUInt32BigEndian(blob.AsSpan(i * 4)))];
        words.ShouldBe(
        [
            0xd00d_feed, 91, 56, 88, 40, 17, 16, 0, 3, 32,    // header
            0, 0, 0, 0,                                       // the end of the reservations
            1, 0, 3, 4, 0, 0x1234_5678, 2, 9,                 // root, its property, its end, the end
        ]);
        Encoding.ASCII.GetString(blob, 88, 3).ShouldBe("ab\0");
    }

    [Fact]
    public void Room_is_counted_in_the_size_of_the_header()
    {
        byte[] blob = DeviceTreeBlob.Write(new DeviceTreeNode(""), 4096);
        blob.Length.ShouldBe(4096);
        BinaryPrimitives.ReadUInt32BigEndian(blob.AsSpan(4)).ShouldBe(4096u);
        DeviceTreeBlob.Read(blob).Properties.ShouldBeEmpty();
    }

    [Fact]
    public void A_tree_that_was_cut_or_is_none_is_refused()
    {
        DeviceTreeNode root = new DeviceTreeNode("").Text("model", "m");
        root.Child("a").Child("b").Wide("reg", 1, 2);
        byte[] whole = DeviceTreeBlob.Write(root);
        for (int length = 0; length < whole.Length; length++)
        {
            Should.Throw<FormatException>(() => DeviceTreeBlob.Read(whole.AsSpan(0, length)));
        }

        whole[59] = 7;   // where the root begins
        Should.Throw<FormatException>(() => DeviceTreeBlob.Read(whole)).Message.ShouldBe("it has no root node");
    }

    [Fact]
    public void A_damaged_byte_never_ends_in_anything_but_a_refusal_or_a_tree()
    {
        DeviceTreeNode root = new DeviceTreeNode("").Text("model", "m");
        root.Child("a").Child("b").Wide("reg", 1, 2);
        byte[] whole = DeviceTreeBlob.Write(root);
        for (int at = 0; at < whole.Length; at++)
        {
            foreach (byte other in (byte[])[0, 1, 0x7f, 0xff])
            {
                byte[] damaged = [.. whole];
                damaged[at] = other;
                try
                {
                    _ = DeviceTreeBlob.Read(damaged);
                }
                catch (FormatException)
                {
                    // as it should
                }
            }
        }
    }

    private static Gen<DeviceTreeNode> Tree(int depth) =>
        from properties in Gen.ListOf(Gen.Zip(s_name, s_value))
        from children in depth == 0 ? Gen.Constant(0) : Gen.Choose(0, 3)
        from below in Gen.ListOf(depth == 0 ? Gen.Constant(new DeviceTreeNode("")) : Tree(depth - 1), children)
        select Grow(properties, [.. below]);

    private static DeviceTreeNode Grow(IEnumerable<(string Name, byte[] Value)> properties, IReadOnlyList<DeviceTreeNode> children)
    {
        var node = new DeviceTreeNode("");
        foreach ((string name, byte[] value) in properties)
        {
            node.Bytes(name, value);
        }

        for (int i = 0; i < children.Count; i++)
        {
            Copy(children[i], node.Child($"child@{i}"));
        }

        return node;
    }

    private static void Copy(DeviceTreeNode from, DeviceTreeNode to)
    {
        foreach ((string name, byte[] value) in from.Properties)
        {
            to.Bytes(name, value);
        }

        foreach (DeviceTreeNode child in from.Children)
        {
            Copy(child, to.Child(child.Name));
        }
    }

    private static string Show(DeviceTreeNode node) =>
        $"{node.Name} {{ {string.Join(' ', node.Properties.Select(p => $"{p.Key}={Convert.ToHexString(p.Value)};"))} "
        + $"{string.Join(' ', node.Children.Select(Show))} }}";
}
