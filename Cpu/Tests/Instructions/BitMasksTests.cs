using Conformance.Cpu.Instructions;

namespace Conformance.Cpu.Tests.Instructions;

public sealed class BitMasksTests
{
    /// <summary>Every value that a 64-bit logical immediate can have, made from its definition in words.</summary>
    private static HashSet<ulong> Enumerated()
    {
        var masks = new HashSet<ulong>();
        foreach (int size in (int[])[2, 4, 8, 16, 32, 64])
        {
            for (int ones = 1; ones < size; ones++)
            {
                for (int rotation = 0; rotation < size; rotation++)
                {
                    ulong mask = 0;
                    for (int bit = 0; bit < 64; bit++)
                    {
                        mask |= (bit % size + rotation) % size < ones ? 1ul << bit : 0;
                    }

                    masks.Add(mask);
                }
            }
        }

        return masks;
    }

    [Fact]
    public void The_valid_64_bit_immediates_are_the_5334_rotated_runs()
    {
        var decoded = new HashSet<ulong>();
        for (int field = 0; field < 1 << 13; field++)
        {
            if (BitMasks.TryLogical(field >> 12 != 0, field & 63, field >> 6 & 63, out ulong mask))
            {
                decoded.Add(mask);
            }
        }

        decoded.Count.ShouldBe(5334);
        decoded.SetEquals(Enumerated()).ShouldBeTrue();
    }

    [Theory]
    [InlineData(true, 0b111111, 0)]      // a run of 64
    [InlineData(false, 0b011111, 0)]     // a run of 32 in 32
    [InlineData(false, 0b111101, 0)]     // a run of 2 in 2
    [InlineData(false, 0b111111, 0)]     // no element size
    [InlineData(false, 0b111110, 0)]     // an element of one bit
    public void A_run_that_fills_its_element_and_an_element_without_size_are_undefined(bool n, int imms, int immr) =>
        BitMasks.TryLogical(n, imms, immr, out _).ShouldBeFalse();

    [Theory]
    [InlineData(true, 0b000000, 0, 0x1)]
    [InlineData(true, 0b000000, 1, 0x8000_0000_0000_0000)]
    [InlineData(true, 0b000111, 0, 0xff)]
    [InlineData(false, 0b111100, 1, 0xaaaa_aaaa_aaaa_aaaa)]
    [InlineData(false, 0b110011, 4, 0xf0f0_f0f0_f0f0_f0f0)]
    [InlineData(false, 0b000001, 1, 0x8000_0001_8000_0001)]
    public void Known_fields_give_known_masks(bool n, int imms, int immr, ulong expected)
    {
        BitMasks.TryLogical(n, imms, immr, out ulong mask).ShouldBeTrue();
        mask.ShouldBe(expected);
    }
}
