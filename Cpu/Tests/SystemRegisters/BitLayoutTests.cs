using Conformance.Cpu.Features;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Tests.SystemRegisters;

public class BitLayoutTests
{
    private static readonly FeatureSet s_features = FeatureSet.Parse("nv2");

    [Theory]
    [InlineData("63:0", ulong.MaxValue, 0UL)]
    [InlineData("", 0UL, 0UL)]
    [InlineData("7 3:1", 0x8eUL, 0UL)]
    [InlineData("31=1 0", 1UL, 0x8000_0000UL)]
    [InlineData("4@FEAT_NV2 5@FEAT_SVE", 0x10UL, 0UL)]
    [InlineData("4@FEAT_SVE|FEAT_NV2", 0x10UL, 0UL)]
    [InlineData("4@!FEAT_NV2 5@!FEAT_SVE", 0x20UL, 0UL)]
    public void A_layout_says_which_bits_are_writable_and_which_are_one(string text, ulong writable, ulong ones)
    {
        var layout = BitLayout.Parse("X", text);

        layout.Writable(s_features).ShouldBe(writable);
        layout.Ones(s_features).ShouldBe(ones);
    }

    [Theory]
    [InlineData("64")]
    [InlineData("3:5")]
    [InlineData("x")]
    public void A_bad_range_is_named_with_its_register(string text) =>
        Should.Throw<FormatException>(() => BitLayout.Parse("HCR_EL2", text)).Message.ShouldStartWith($"HCR_EL2: '{text}'");

    [Fact]
    public void A_write_keeps_only_the_bits_that_the_features_give()
    {
        TestMachine nv2 = new TestMachine().Set("HCR_EL2", ulong.MaxValue);
        TestMachine nv1 = new TestMachine("nv1-only").Set("HCR_EL2", ulong.MaxValue);
        TestMachine old = new TestMachine("armv8.0").Set("HCR_EL2", ulong.MaxValue);
        const ulong bits = Hcr.NV | Hcr.NV1 | Hcr.AT | Hcr.NV2;

        (nv2.Get("HCR_EL2") & bits).ShouldBe(bits);
        (nv1.Get("HCR_EL2") & bits).ShouldBe(bits & ~Hcr.NV2);
        (old.Get("HCR_EL2") & bits).ShouldBe(0UL);
        (old.Get("HCR_EL2") & Hcr.RW).ShouldBe(Hcr.RW);
    }
}
