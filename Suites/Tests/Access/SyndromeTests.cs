using Conformance.Suites.Access;

namespace Conformance.Suites.Tests.Access;

public class SyndromeTests
{
    [Theory]
    [InlineData(0x18, 0xD53C_2140u, 0x6235_0803UL)]      // MRS X0, VTCR_EL2
    [InlineData(0x18, 0xD538_C001u, 0x6230_3021UL)]      // MRS X1, VBAR_EL1
    [InlineData(0x18, 0xD503_4BDFu, 0x620C_D3F6UL)]      // MSR DAIFSet, #11
    [InlineData(0x18, 0xD508_871Fu, 0x6210_23EEUL)]      // TLBI VMALLE1
    [InlineData(0x07, 0xD53B_4400u, 0x1FE0_0000UL)]      // MRS X0, FPCR
    [InlineData(0x00, 0xD538_C001u, 0x0200_0000UL)]
    [InlineData(0x19, 0xD538_1200u, 0x6600_0000UL)]      // MRS X0, ZCR_EL1
    [InlineData(0x1D, 0xD538_12C0u, 0x7600_0000UL)]      // MRS X0, SMCR_EL1
    public void Syndromes_are_those_of_the_architecture(int exceptionClass, uint word, ulong esr) =>
        Syndrome.Of(exceptionClass, word).ShouldBe(esr);

    [Fact]
    public void A_class_that_no_system_instruction_reports_has_none() => Syndrome.Of(0x3C, 0xD538_C001u).ShouldBeNull();
}
