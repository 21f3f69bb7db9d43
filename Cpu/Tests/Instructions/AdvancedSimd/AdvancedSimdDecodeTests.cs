using Conformance.Cpu.Features;
using Conformance.Cpu.Instructions;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Tests.Instructions.AdvancedSimd;

public sealed class AdvancedSimdDecodeTests
{
    private const ulong Trapped = 0x07;
    private const ulong Unknown = 0x00;
    private const ulong NoException = 64;

    [Fact]
    public void Every_allocated_word_of_every_row_checks_the_access_before_all_else()
    {
        var random = new Random(5);
        Core core = Closed();
        core.System[Slots.SCTLR_EL3] |= Sctlr.SA;
        core.Sp = 8;    // what is checked later would fault
        foreach (InsnRow row in AdvancedSimdRows.All)
        {
            int allocated = 0;
            for (int i = 0; i < 300 && allocated < 10; i++)
            {
                uint word = SimdStep.Word(row, (uint)random.NextInt64(1L << 32));
                if (A64.Decode(word) != row)
                {
                    continue;
                }

                ulong taken = ClassOf(core, word, AdvancedSimdRows.Features);
                taken.ShouldBeOneOf([Trapped, Unknown], $"{row.Name} 0x{word:x8}");
                allocated += taken == Trapped ? 1 : 0;
            }

            allocated.ShouldBeGreaterThan(0, row.Name);
        }
    }

    /// <summary>The words are each the reserved neighbour of an allocated one.</summary>
    [Theory]
    [InlineData(0x0ee1_8400)]    // add v0.1d: 64-bit elements with Q = 0
    [InlineData(0x4ee1_0400)]    // shadd v0.2d
    [InlineData(0x6ee1_9400)]    // mls v0.2d
    [InlineData(0x6e61_9c00)]    // pmul of halfwords
    [InlineData(0x4e21_b400)]    // sqdmulh of bytes
    [InlineData(0x4ee1_b400)]    // sqdmulh of doublewords
    [InlineData(0x5e21_b400)]    // sqdmulh b0
    [InlineData(0x7ee1_b400)]    // sqrdmulh d0
    [InlineData(0x6e01_8400)]    // sqrdmlah of bytes
    [InlineData(0x6ec1_8400)]    // sqrdmlah of doublewords
    [InlineData(0x4e41_9400)]    // sdot of halfwords
    [InlineData(0x4ee1_0000)]    // saddl2 of doublewords
    [InlineData(0x4e21_9000)]    // sqdmlal2 of bytes
    [InlineData(0x0e61_e000)]    // pmull of halfwords
    [InlineData(0x4ee0_0800)]    // rev64 of doublewords
    [InlineData(0x2ea0_0800)]    // rev32 of words
    [InlineData(0x0e60_1800)]    // rev16 of halfwords
    [InlineData(0x4e60_5800)]    // cnt of halfwords
    [InlineData(0x0ee0_2800)]    // xtn to doublewords
    [InlineData(0x0eb1_b800)]    // addv of 2 words
    [InlineData(0x4ef0_3800)]    // saddlv of doublewords
    [InlineData(0x4f01_8000)]    // mul by an element of bytes
    [InlineData(0x4fc1_8000)]    // mul by an element of doublewords
    [InlineData(0x4f41_e000)]    // sdot by an element of halfwords
    [InlineData(0x0f40_0400)]    // sshr v0.1d
    [InlineData(0x4f40_8400)]    // shrn2 to doublewords
    [InlineData(0x5f40_9400)]    // sqshrn to doublewords
    [InlineData(0x5f08_0400)]    // sshr b0
    [InlineData(0x5f00_7400)]    // sqshl with immh 0000
    [InlineData(0x2e01_4000)]    // ext v0.8b with an index of 8
    [InlineData(0x0ec1_1800)]    // uzp1 v0.1d
    [InlineData(0x4e10_0400)]    // dup with imm5 x0000
    [InlineData(0x0e08_0400)]    // dup v0.1d
    [InlineData(0x0e04_2c00)]    // smov w0, v0.s[0]
    [InlineData(0x4e08_2c00)]    // smov x0, v0.d[0]
    [InlineData(0x0e08_3c00)]    // umov w0, v0.d[0]
    [InlineData(0x4e10_1c00)]    // ins with imm5 x0000
    [InlineData(0x0c40_8c00)]    // ld2 of v0.1d
    [InlineData(0x0c00_0c00)]    // st4 of v0.1d
    [InlineData(0x0cdf_4c00)]    // ld3 of v0.1d, post-index
    public void Reserved_sizes_are_UNDEFINED_even_when_access_is_trapped(uint word)
    {
        ClassOf(Closed(), word, AdvancedSimdRows.Features).ShouldBe(Unknown);
    }

    [Theory]
    [InlineData(0x1ac1_4000, "FEAT_CRC32")]     // crc32b w0, w0, w1
    [InlineData(0x9ac1_5c00, "FEAT_CRC32")]     // crc32cx w0, w0, x1
    [InlineData(0x6e41_8400, "FEAT_RDM")]       // sqrdmlah v0.8h, v0.8h, v1.8h
    [InlineData(0x7f41_f000, "FEAT_RDM")]       // sqrdmlsh h0, h0, v1.h[0]
    [InlineData(0x4e81_9400, "FEAT_DotProd")]   // sdot v0.4s, v0.16b, v1.16b
    [InlineData(0x6f81_e000, "FEAT_DotProd")]   // udot v0.4s, v0.16b, v1.4b[0]
    [InlineData(0x4e28_4800, "FEAT_AES")]       // aese v0.16b, v0.16b
    [InlineData(0x0ee1_e000, "FEAT_PMULL")]     // pmull v0.1q, v0.1d, v1.1d
    [InlineData(0x5e28_0800, "FEAT_SHA1")]      // sha1h s0, s0
    [InlineData(0x5e01_4000, "FEAT_SHA256")]    // sha256h q0, q0, v1.4s
    [InlineData(0xce61_8000, "FEAT_SHA512")]    // sha512h q0, q0, v1.2d
    [InlineData(0xce01_0800, "FEAT_SHA3")]      // eor3 v0.16b, v0.16b, v1.16b, v2.16b
    [InlineData(0xce61_c000, "FEAT_SM3")]       // sm3partw1 v0.4s, v0.4s, v1.4s
    [InlineData(0xcec0_8400, "FEAT_SM4")]       // sm4e v0.4s, v0.4s
    public void Optional_instructions_need_their_feature(uint word, string feature)
    {
        Core core = Closed();
        ulong implemented = feature == "FEAT_CRC32" ? NoException : Trapped;
        ClassOf(core, word, AdvancedSimdRows.Features).ShouldBe(implemented);
        ClassOf(core, word, FeatureSet.Parse($"nv2,-{feature}")).ShouldBe(Unknown);
        ClassOf(core, word, FeatureSet.Parse("armv8.0")).ShouldBe(Unknown);
    }

    private static Core Closed()
    {
        Core core = SimdStep.Run(0xd503_201f, _ => { });    // nop
        core.System[Slots.CPTR_EL3] = Cptr.TFP;
        return core;
    }

    /// <summary>The exception class that executing leaves.</summary>
    private static unsafe ulong ClassOf(Core core, uint word, FeatureSet features)
    {
        core.Pstate.EL = 3;
        ulong exceptions = core.ExceptionCount;
        A64.Predecode(word, features, out Operation op);
        op.Execute(core, in op);
        return core.ExceptionCount == exceptions ? NoException : core.System[Slots.ESR_EL3] >> 26;
    }
}
