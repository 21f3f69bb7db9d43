using Conformance.Harness.Spec;

namespace Conformance.Harness.Tests.Spec;

public static class EncodingsTests
{
    [Theory]
    [InlineData("HCR_EL2", 3, 4, 1, 1, 0)]
    [InlineData("ICH_LR0_EL2", 3, 4, 12, 12, 0)]
    [InlineData("ICH_LR9_EL2", 3, 4, 12, 13, 1)]
    [InlineData("ICH_LR15_EL2", 3, 4, 12, 13, 7)]
    [InlineData("PMEVCNTR3_EL0", 3, 3, 14, 8, 3)]
    [InlineData("PMEVTYPER30_EL0", 3, 3, 14, 15, 6)]
    [InlineData("DBGBVR5_EL1", 2, 0, 0, 5, 4)]
    [InlineData("TRCACVR9", 2, 1, 2, 2, 1)]
    [InlineData("OSLAR_EL1", 2, 0, 1, 0, 4)]
    [InlineData("ICC_SRE_EL2", 3, 4, 12, 9, 5)]
    public static void A_register_name_has_its_encoding(string name, int op0, int op1, int crn, int crm, int op2) =>
        Encodings.Register(name).ShouldBe(new SystemEncoding(op0, op1, crn, crm, op2));

    [Theory]
    [InlineData("TLBI", "VMALLE1", 1, 0, 8, 7, 0)]
    [InlineData("TLBI", "VMALLE1NXS", 1, 0, 9, 7, 0)]
    [InlineData("AT", "S12E1R", 1, 4, 7, 8, 4)]
    [InlineData("DC", "ZVA", 1, 3, 7, 4, 1)]
    [InlineData("IC", "IALLUIS", 1, 0, 7, 1, 0)]
    [InlineData("CFP", "RCTX", 1, 3, 7, 3, 4)]
    public static void An_instruction_name_has_its_encoding(string op, string name, int op0, int op1, int crn, int crm, int op2) =>
        Encodings.Instruction(op, name).ShouldBe(new SystemEncoding(op0, op1, crn, crm, op2));

    [Fact]
    public static void A_generic_name_is_read_and_written()
    {
        var encoding = new SystemEncoding(3, 4, 15, 11, 7);
        encoding.ToString().ShouldBe("S3_4_C15_C11_7");
        Encodings.Register("S3_4_C15_C11_7").ShouldBe(encoding);
        Encodings.TryRegister("S3_4_C16_C11_7", out _).ShouldBeFalse();
    }

    [Fact]
    public static void An_unknown_name_is_named_with_the_nearest_one()
    {
        Should.Throw<ArgumentException>(() => Encodings.Register("HRC_EL2")).Message.ShouldContain("HRC_EL2; did you mean HCR_EL2?");
        Should.Throw<ArgumentException>(() => Encodings.Instruction("TLBI", "VMALLE11")).Message
            .ShouldContain("TLBI VMALLE11; did you mean TLBI VMALLE1?");
        Should.Throw<ArgumentException>(() => Encodings.Register("COMPLETELY_DIFFERENT")).Message.ShouldNotContain("did you mean");
    }

    [Fact]
    public static void Every_register_is_found_again_by_its_encoding()
    {
        Encodings.RegisterNames.Count.ShouldBeGreaterThan(800);
        foreach (string name in Encodings.RegisterNames)
        {
            SystemEncoding encoding = Encodings.Register(name);
            string?[] names = [Encodings.NameOf(encoding, read: true), Encodings.NameOf(encoding, read: false)];
            names.ShouldContain(name);
        }
    }

    [Fact]
    public static void One_encoding_can_be_two_registers_by_direction()
    {
        SystemEncoding encoding = Encodings.Register("DBGDTRRX_EL0");
        Encodings.NameOf(encoding, read: true).ShouldBe("DBGDTRRX_EL0");
        Encodings.NameOf(encoding, read: false).ShouldBe("DBGDTRTX_EL0");
        Encodings.NameOf(Encodings.Instruction("TLBI", "ALLE2"), read: false).ShouldBe("TLBI ALLE2");
        Encodings.NameOf(new SystemEncoding(3, 7, 15, 15, 7), read: true).ShouldBeNull();
    }
}
