using Conformance.Cpu.Board;

namespace Conformance.Cpu.Tests.Board;

public sealed class VirtBoardTests
{
    private readonly VirtBoard _board = new(0x2000, _ => { });

    [Theory]
    [InlineData(1, 0x88)]
    [InlineData(2, 0x9788)]
    [InlineData(4, 0xb5a6_9788)]
    [InlineData(8, 0xf1e2_d3c4_b5a6_9788)]
    public void RAM_is_little_endian_in_every_size(int size, ulong read)
    {
        _board.TryWrite(MemoryMap.Ram + 0x1ff8, 8, 0xf1e2_d3c4_b5a6_9788).ShouldBeTrue();
        _board.TryRead(MemoryMap.Ram + 0x1ff8, size, out ulong value).ShouldBeTrue();
        value.ShouldBe(read);
    }

    [Theory]
    [InlineData(0x4000_2000, 1)]
    [InlineData(0x4000_1fff, 2)]
    [InlineData(0x3fff_ffff, 1)]
    [InlineData(0x0800_0000, 4)]
    [InlineData(0x0900_1000, 4)]
    [InlineData(0xffff_ffff_ffff_fff8, 8)]
    public void Nothing_answers_outside_RAM_and_devices(ulong address, int size)
    {
        _board.TryRead(address, size, out _).ShouldBeFalse();
        _board.TryWrite(address, size, 0).ShouldBeFalse();
    }

    [Theory]
    [InlineData(0x0000_0000)]
    [InlineData(0x03ff_fffc)]
    [InlineData(0x0400_0000)]
    [InlineData(0x07ff_fffc)]
    public void Both_banks_of_flash_are_empty(ulong address)
    {
        _board.TryRead(address, 4, out ulong word).ShouldBeTrue();
        word.ShouldBe(0ul);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0x1001)]
    [InlineData(0x1_0000_0000)]
    public void RAM_of_a_size_that_cannot_be_is_refused(long size) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new VirtBoard(size, _ => { })).Message.ShouldContain("4096");

    [Fact]
    public void Reset_clears_RAM()
    {
        _board.TryWrite(MemoryMap.Ram, 8, 1).ShouldBeTrue();
        _board.Reset();
        _board.TryRead(MemoryMap.Ram, 8, out ulong value).ShouldBeTrue();
        value.ShouldBe(0ul);
    }
}
