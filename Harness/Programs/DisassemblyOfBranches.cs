using static Conformance.Harness.Programs.DisassembledWord;

namespace Conformance.Harness.Programs;

/// <summary>Branches, exception generation and return, C4.1.93, and UDF.</summary>
internal static class DisassemblyOfBranches
{
    internal static readonly DisassemblyRow[] Rows =
    [
        new("0000000000000000 imm16:16",                 i => $"udf #{i["imm16"]}"),
        new("000101 imm26:26",                           i => $"b {i.TargetOf("imm26")}"),
        new("100101 imm26:26",                           i => $"bl {i.TargetOf("imm26")}"),
        new("01010100 imm19:19 0 cond:4",                i => $"b.{Cond(i["cond"])} {i.TargetOf("imm19")}"),
        new("sf:1 011010 0 imm19:19 Rt:5",               i => $"cbz {i.D}, {i.TargetOf("imm19")}"),
        new("sf:1 011010 1 imm19:19 Rt:5",               i => $"cbnz {i.D}, {i.TargetOf("imm19")}"),
        new("b5:1 011011 0 b40:5 imm14:14 Rt:5",         i => $"tbz {Bit(i)}"),
        new("b5:1 011011 1 b40:5 imm14:14 Rt:5",         i => $"tbnz {Bit(i)}"),
        new("1101011 0000 11111 000000 Rn:5 00000",      i => $"br {i.N}"),
        new("1101011 0001 11111 000000 Rn:5 00000",      i => $"blr {i.N}"),
        new("1101011 0010 11111 000000 Rn:5 00000",      i => i.Rn == 30 ? "ret" : $"ret {i.N}"),
        new("1101011 0010 11111 000010 11111 11111",     _ => "retaa"),
        new("1101011 0010 11111 000011 11111 11111",     _ => "retab"),
        new("1101011 0100 11111 000000 11111 00000",     _ => "eret"),
        new("1101011 0100 11111 000010 11111 11111",     _ => "eretaa"),
        new("1101011 0100 11111 000011 11111 11111",     _ => "eretab"),
        new("11010100 000 imm16:16 000 01",              i => $"svc {Hex(i["imm16"])}"),
        new("11010100 000 imm16:16 000 10",              i => $"hvc {Hex(i["imm16"])}"),
        new("11010100 000 imm16:16 000 11",              i => $"smc {Hex(i["imm16"])}"),
        new("11010100 001 imm16:16 000 00",              i => $"brk {Hex(i["imm16"])}"),
        new("11010100 010 imm16:16 000 00",              i => $"hlt {Hex(i["imm16"])}"),
    ];

    private static string Bit(DisassembledWord i) =>
        $"{i.D}, #{i["b5"] << 5 | i["b40"]}, {i.TargetOf("imm14")}";
}
