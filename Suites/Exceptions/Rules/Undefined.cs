namespace Conformance.Suites.Exceptions.Rules;

/// <summary>Instructions that are UNDEFINED at every level of the profile.</summary>
internal static class Undefined
{
    /// <summary>The words, each with what it is. HLT and DCPS are UNDEFINED while halting is not allowed.</summary>
    internal static readonly IReadOnlyList<Instruction> Everywhere =
    [
        Row("UDF #0", Instruction.Encode(a => a.Udf())),
        Row("UDF #0xffff", Instruction.Encode(a => a.Udf(0xFFFF))),
        Row("HLT #0x1234", Instruction.Encode(a => a.Hlt(0x1234))),
        Row("DCPS1", 0xD4A0_0001),
        Row("DCPS2", 0xD4A0_0002),
        Row("DCPS3", 0xD4A0_0003),
        Row("DRPS", 0xD6BF_03E0),
        Row("unallocated: reserved, op1 not 0", 0x0001_0000),
        Row("unallocated: exception generation, opc 000, LL 00", 0xD400_0000),
        Row("unallocated: exception generation, opc 001, LL 01", 0xD420_0001),
        Row("unallocated: exception generation, opc 010, LL 10", 0xD440_0002),
        Row("unallocated: exception generation, opc 111", 0xD4E0_0000),
        Row("unallocated: branch to register, opc 0110", 0xD6DF_0000),
        Row("unallocated: ERET with Rn 0", 0xD69F_0000),
        Row("unallocated: load/store pair, opc 11", 0xE940_0000),
        Row("unallocated: add/subtract extended, shift 5", 0x8B20_7400),
        Row("MRS of an unallocated op1 = 4 encoding", 0xD53C_27E3),
        Row("MRS of an unallocated op1 = 6 encoding", 0xD53E_27E3),
    ];

    internal static Instruction Udf(int imm16) => Row($"UDF #0x{imm16:x}", Instruction.Encode(a => a.Udf(imm16)));

    private static Instruction Row(string name, uint word) =>
        Instruction.Of(name, word, s => Instruction.Undefined(s, "EX-151"));
}
