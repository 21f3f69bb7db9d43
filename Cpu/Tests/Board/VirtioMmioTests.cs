using Conformance.Cpu.Board;

namespace Conformance.Cpu.Tests.Board;

public sealed class VirtioMmioTests
{
    [Fact]
    public void Every_slot_says_that_it_is_one_and_has_no_device()
    {
        var board = new VirtBoard(0x1000, _ => { });
        for (ulong slot = 0; slot < 32; slot++)
        {
            uint[] words = [.. Enumerable.Range(0, 4).Select(i => Read(0x0a00_0000 + slot * 0x200 + 4 * (ulong)i))];
            words.ShouldBe([0x7472_6976u, 1u, 0u, 0x554d_4551u]);
        }

        board.TryRead(0x0a00_4000, 4, out _).ShouldBeFalse();

        uint Read(ulong address)
        {
            board.TryRead(address, 4, out ulong value).ShouldBeTrue();
            return (uint)value;
        }
    }
}
