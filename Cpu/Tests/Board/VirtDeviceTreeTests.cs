using System.Buffers.Binary;
using System.Text;
using Conformance.Cpu.Board;
using Conformance.Cpu.Board.DeviceTree;

namespace Conformance.Cpu.Tests.Board;

public sealed class VirtDeviceTreeTests
{
    private readonly DeviceTreeNode _root = VirtDeviceTree.Build(new BoardDescription
    {
        RamSize = 0x2000_0000,
        Affinities = [0, 1],
        PsciMethod = "smc",
        HasIts = true,
        HasVirtualization = true,
        HasHypervisorVirtualTimer = true,
    });

    [Fact]
    public void RAM_is_where_it_is() => Numbers("memory@40000000", "reg").ShouldBe([0x4000_0000ul, 0x2000_0000ul]);

    [Fact]
    public void Each_PE_has_its_affinity_and_is_started_by_PSCI()
    {
        DeviceTreeNode cpus = _root.Find("cpus")!;
        cpus.Children.Select(c => c.Name).ShouldBe(["cpu@0", "cpu@1"]);
        cpus.Children.Select(c => c.Property("reg")![3]).ShouldBe([(byte)0, (byte)1]);
        cpus.Children.ShouldAllBe(c => Encoding.ASCII.GetString(c.Property("enable-method")!) == "psci\0");
        Texts("psci", "method").ShouldBe("smc");
    }

    [Fact]
    public void Frames_and_interrupts_of_the_GIC_are_those_of_the_board()
    {
        Numbers("intc@8000000", "reg").ShouldBe([0x0800_0000ul, 0x1_0000ul, 0x080a_0000ul, 0xf6_0000ul]);
        Cells("intc@8000000", "interrupts").ShouldBe([1u, 9u, 4u]);
        _root.Find("intc@8000000")!.Find("its@8080000").ShouldNotBeNull();
    }

    [Fact]
    public void The_timers_have_their_PPIs_in_the_order_of_the_binding() =>
        Cells("timer", "interrupts").ShouldBe([1u, 13, 4, 1, 14, 4, 1, 11, 4, 1, 10, 4, 1, 12, 4]);

    [Theory]
    [InlineData("pl011@9000000", 0x0900_0000, 1)]
    [InlineData("pl031@9010000", 0x0901_0000, 2)]
    [InlineData("virtio_mmio@a000000", 0x0a00_0000, 16)]
    [InlineData("virtio_mmio@a003e00", 0x0a00_3e00, 47)]
    public void A_device_has_its_address_and_its_SPI(string name, ulong address, uint spi)
    {
        Numbers(name, "reg")[0].ShouldBe(address);
        Cells(name, "interrupts")[..2].ShouldBe([0u, spi]);
    }

    [Fact]
    public void Every_reference_names_a_node_that_is_there()
    {
        HashSet<uint> known = [.. All(_root).Select(n => n.Property("phandle")).Where(p => p is not null).Select(p => Words(p!)[0])];
        foreach (string property in (string[])["interrupt-parent", "clocks"])
        {
            foreach (DeviceTreeNode node in All(_root))
            {
                (node.Property(property) is { } value ? Words(value) : []).ShouldAllBe(w => known.Contains(w));
            }
        }
    }

    [Fact]
    public void Every_device_of_the_tree_answers_on_the_bus()
    {
        var board = new VirtBoard(0x10_0000, _ => { });
        foreach (DeviceTreeNode node in _root.Children.Where(n => n.Property("reg") is not null && !n.Name.StartsWith("intc", StringComparison.Ordinal)))
        {
            board.TryRead(Numbers(node.Name, "reg")[0], 4, out _).ShouldBeTrue(node.Name);
        }
    }

    [Fact]
    public void Without_EL2_there_is_neither_maintenance_interrupt_nor_EL2_timer()
    {
        DeviceTreeNode root = VirtDeviceTree.Build(new BoardDescription { RamSize = 0x1000, Affinities = [0] });
        root.Find("psci").ShouldBeNull();
        root.Find("intc@8000000")!.Property("interrupts").ShouldBeNull();
        root.Find("intc@8000000")!.Children.ShouldBeEmpty();
        root.Find("timer")!.Property("interrupts")!.Length.ShouldBe(4 * 3 * 4);
        root.Find("cpus")!.Children.Single().Property("enable-method").ShouldBeNull();
    }

    private static IEnumerable<DeviceTreeNode> All(DeviceTreeNode node) => [node, .. node.Children.SelectMany(All)];

    private static uint[] Words(byte[] value) =>
        [.. Enumerable.Range(0, value.Length / 4).Select(i => BinaryPrimitives.ReadUInt32BigEndian(value.AsSpan(i * 4)))];

    private uint[] Cells(string node, string property) => Words(_root.Find(node)!.Property(property)!);

    private ulong[] Numbers(string node, string property)
    {
        uint[] words = Cells(node, property);
        return [.. Enumerable.Range(0, words.Length / 2).Select(i => (ulong)words[2 * i] << 32 | words[2 * i + 1])];
    }

    private string Texts(string node, string property) => Encoding.ASCII.GetString(_root.Find(node)!.Property(property)!).TrimEnd('\0');
}
