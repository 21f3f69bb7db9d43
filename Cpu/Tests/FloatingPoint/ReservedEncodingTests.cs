namespace Conformance.Cpu.Tests.FloatingPoint;

/// <summary>Reserved encodings are UNDEFINED even while floating point is trapped; allocated ones take the trap.</summary>
public sealed class ReservedEncodingTests
{
    private const int UnknownReason = 0;
    private const int TrappedFp = 7;

    [Theory]
    [InlineData(0x1e02_0020)]    // scvtf s0, w1, #64: a W register has no more than 32 fraction bits
    [InlineData(0x0e62_d420)]    // fadd v0.1d, v1.1d, v2.1d
    [InlineData(0x2ee1_f820)]    // fsqrt v0.1d, v1.1d
    [InlineData(0x4fe2_9020)]    // fmul v0.2d, v1.2d, v2.d[] with L = 1
    [InlineData(0x5fe2_9020)]    // fmul d0, d1, v2.d[] with L = 1
    [InlineData(0x2f42_1820)]    // fcmla v0.4h, v1.4h, v2.h[2]: the upper half of 64 bits
    [InlineData(0x6fa2_1020)]    // fcmla v0.4s, v1.4s, v2.s[] with L = 1
    [InlineData(0x2f82_1020)]    // fcmla v0.2s, v1.2s, v2.s[]
    [InlineData(0x0f40_fc20)]    // fcvtzs v0.1d, v1.1d, #64
    public void A_reserved_field_value_is_UNDEFINED(uint word) => ExceptionClass("nv2", word).ShouldBe(UnknownReason);

    [Theory]
    [InlineData(0x1e62_2820)]    // fadd d0, d1, d2
    [InlineData(0x4e62_d420)]    // fadd v0.2d, v1.2d, v2.2d
    [InlineData(0x1ee2_2820)]    // fadd h0, h1, h2
    [InlineData(0x1e60_1000)]    // fmov d0, #2.0
    [InlineData(0x1e62_0c20)]    // fcsel d0, d1, d2, eq
    [InlineData(0x1e7e_0020)]    // fjcvtzs w0, d1
    [InlineData(0x1e62_1420)]    // fccmp d1, d2, #0, ne
    public void An_allocated_one_is_trapped(uint word) => ExceptionClass("nv2", word).ShouldBe(TrappedFp);

    [Theory]
    [InlineData("armv8.0", 0x1ee2_2820)]                // fadd h0, h1, h2
    [InlineData("armv8.0", 0x1e7e_0020)]                // fjcvtzs w0, d1
    [InlineData("armv8.0", 0x1e28_4020)]                // frint32z s0, s1
    [InlineData("nv2,-FEAT_FP16", 0x6e42_c420)]         // fcmla v0.8h, v1.8h, v2.8h, #0: needs two features
    [InlineData("nv2,-FEAT_FCMA", 0x6e42_c420)]
    [InlineData("nv2,-FEAT_FHM", 0x4e22_ec20)]          // fmlal v0.4s, v1.4h, v2.4h
    public void Without_its_feature_an_encoding_is_UNDEFINED(string profile, uint word)
    {
        ExceptionClass(profile, word).ShouldBe(UnknownReason);
        ExceptionClass("nv2", word).ShouldBe(TrappedFp);
    }

    private static int ExceptionClass(string profile, uint word)
    {
        const ulong tfp = 1UL << 10;
        TestMachine machine = new TestMachine(profile).Set("CPTR_EL3", tfp).Set("ESR_EL3", ulong.MaxValue).Run(word);
        return (int)(machine.Get("ESR_EL3") >> 26) & 0x3f;
    }
}
