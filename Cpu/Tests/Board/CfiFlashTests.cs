using Conformance.Cpu.Board;
using FsCheck.Fluent;

namespace Conformance.Cpu.Tests.Board;

public sealed class CfiFlashTests
{
    private const ulong Block = 0x4_0000;
    private readonly CfiFlash _flash = new(0);

    [Fact]
    public void It_reads_as_memory_at_power_on()
    {
        _flash.Load([0x11, 0x22, 0x33, 0x44, 0x55]);
        _flash.Read(0, 4).ShouldBe(0x4433_2211ul);
        _flash.Read(1, 1).ShouldBe(0x22ul);
        _flash.Read(0, 8).ShouldBe(0x55_4433_2211ul);
        _flash.Read(0x3ff_fffc, 4).ShouldBe(0ul);
    }

    [Fact]
    public void The_query_answers_QRY_from_both_chips_and_describes_the_bank()
    {
        _flash.Write(0x55 * 4, 4, 0x0098_0098);
        ((ulong[])[0x10, 0x11, 0x12]).Select(i => _flash.Read(i * 4, 4)).ShouldBe([0x0051_0051ul, 0x0052_0052ul, 0x0059_0059ul]);
        ulong perChip = 1ul << (int)(_flash.Read(0x27 * 4, 4) & 0xff);
        (2 * perChip).ShouldBe(_flash.Size);
        ulong blocks = (Query(0x2d) | Query(0x2e) << 8) + 1;
        ulong blockOfChip = (Query(0x2f) | Query(0x30) << 8) * 256;
        (blocks * blockOfChip * 2).ShouldBe(_flash.Size);
        Query(0x2c).ShouldBe(1ul);
        _flash.Write(0, 4, 0x00ff_00ff);
        _flash.Read(0x40, 4).ShouldBe(0ul);

        ulong Query(ulong at) => _flash.Read(at * 4, 1);
    }

    [Fact]
    public void The_query_does_not_answer_where_a_bus_of_bytes_would_have_it()
    {
        _flash.Write(0x55, 1, 0x98);
        _flash.Read(0x10, 1).ShouldNotBe((ulong)'Q');
    }

    [Fact]
    public void Identity_is_that_of_the_chips()
    {
        _flash.Write(0, 4, 0x0090_0090);
        _flash.Read(0, 4).ShouldBe(0x0089_0089ul);
        _flash.Read(4, 4).ShouldBe(0x0018_0018ul);
        _flash.Read(8, 4).ShouldBe(0ul);
    }

    [Fact]
    public void An_erased_block_is_all_ones_and_its_neighbours_stay()
    {
        _flash.Load(new byte[3 * (int)Block]);
        Erase(Block + 0x100);
        _flash.Read(0, 4).ShouldBe(0x0080_0080ul);   // ready
        ReadArray();
        _flash.Read(Block - 4, 4).ShouldBe(0ul);
        _flash.Read(Block, 8).ShouldBe(ulong.MaxValue);
        _flash.Read(2 * Block - 4, 4).ShouldBe(0xffff_fffful);
        _flash.Read(2 * Block, 4).ShouldBe(0ul);
    }

    [Fact]
    public void Programming_only_clears_bits() => Quick.Check(Prop.ForAll(
        Arb.From(Gen.ArrayOf(Gen.Zip(Gen.Choose(0, 7), Quick.Register))),
        static words =>
        {
            var flash = new CfiFlash(0);
            flash.Write(0, 4, 0x0020_0020);
            flash.Write(0, 4, 0x00d0_00d0);
            ulong[] expected = [.. Enumerable.Repeat(0xffff_fffful, 8)];
            foreach ((int at, ulong value) in words)
            {
                flash.Write((ulong)at * 4, 4, 0x0040_0040);
                flash.Write((ulong)at * 4, 4, (uint)value);
                expected[at] &= (uint)value;
            }

            flash.Write(0, 4, 0x00ff_00ff);
            Enumerable.Range(0, 8).Select(i => flash.Read((ulong)i * 4, 4)).ShouldBe(expected);
        }));

    [Fact]
    public void A_buffer_is_programmed_as_a_whole()
    {
        Erase(0);
        _flash.Write(0, 4, 0x00e8_00e8);
        _flash.Read(0, 4).ShouldBe(0x0080_0080ul);
        _flash.Write(0, 4, 0x0001_0001);            // two words
        _flash.Write(0x10, 4, 0x1111_1111);
        _flash.Write(0x14, 4, 0x2222_2222);
        _flash.Write(0, 4, 0x00d0_00d0);
        _flash.Read(0, 4).ShouldBe(0x0080_0080ul);
        ReadArray();
        _flash.Read(0x10, 8).ShouldBe(0x2222_2222_1111_1111ul);
        _flash.Read(0x18, 4).ShouldBe(0xffff_fffful);
    }

    [Fact]
    public void A_broken_sequence_is_reported_until_the_status_is_cleared()
    {
        _flash.Load([1]);
        _flash.Write(0, 4, 0x0020_0020);
        _flash.Write(0, 4, 0x0011_0011);
        _flash.Read(0, 4).ShouldBe(0x00b0_00b0ul);
        _flash.Write(0, 4, 0x0050_0050);
        _flash.Write(0, 4, 0x0070_0070);
        _flash.Read(0, 4).ShouldBe(0x0080_0080ul);
        ReadArray();
        _flash.Read(0, 1).ShouldBe(1ul);
    }

    [Fact]
    public void Unlocking_is_accepted_and_changes_nothing()
    {
        _flash.Load([0x5a]);
        _flash.Write(0, 4, 0x0060_0060);
        _flash.Write(0, 4, 0x00d0_00d0);
        _flash.Read(0, 4).ShouldBe(0x0080_0080ul);
        ReadArray();
        _flash.Read(0, 1).ShouldBe(0x5aul);
    }

    private void Erase(ulong at)
    {
        _flash.Write(at, 4, 0x0020_0020);
        _flash.Write(at, 4, 0x00d0_00d0);
    }

    private void ReadArray() => _flash.Write(0, 4, 0x00ff_00ff);
}
