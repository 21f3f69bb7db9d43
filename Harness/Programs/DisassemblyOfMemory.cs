using static Conformance.Harness.Programs.DisassembledWord;

namespace Conformance.Harness.Programs;

/// <summary>Loads, stores and atomics, C4.1.94.</summary>
internal static class DisassemblyOfMemory
{
    private static readonly string[] s_operations = ["add", "clr", "eor", "set", "smax", "smin", "umax", "umin"];

    internal static readonly DisassemblyRow[] Rows =
    [
        new("size:2 111 0 01 opc:2 imm12:12 Rn:5 Rt:5",                 i => One(i, "", i.At((long)i["imm12"] << i["size"]))),
        new("size:2 111 0 00 opc:2 0 imm9:9 00 Rn:5 Rt:5",              i => One(i, "u", i.At(i.Signed("imm9")))),
        new("size:2 111 0 00 opc:2 0 imm9:9 01 Rn:5 Rt:5",              i => One(i, "", Post(i, i.Signed("imm9")))),
        new("size:2 111 0 00 opc:2 0 imm9:9 10 Rn:5 Rt:5",              i => One(i, "t", i.At(i.Signed("imm9")))),
        new("size:2 111 0 00 opc:2 0 imm9:9 11 Rn:5 Rt:5",              i => One(i, "", Pre(i, i.Signed("imm9")))),
        new("size:2 111 0 00 opc:2 1 Rm:5 option:3 S:1 10 Rn:5 Rt:5",   RegisterOffset),
        new("00 011 0 00 imm19:19 Rt:5",                                i => $"ldr {Zr(i.Rd, false)}, {i.TargetOf("imm19")}"),
        new("01 011 0 00 imm19:19 Rt:5",                                i => $"ldr {Zr(i.Rd, true)}, {i.TargetOf("imm19")}"),
        new("10 011 0 00 imm19:19 Rt:5",                                i => $"ldrsw {Zr(i.Rd, true)}, {i.TargetOf("imm19")}"),

        new("10 111 1 01 0 L:1 imm12:12 Rn:5 Rt:5",                     i => Vector(i, 's', 4)),
        new("11 111 1 01 0 L:1 imm12:12 Rn:5 Rt:5",                     i => Vector(i, 'd', 8)),
        new("00 111 1 01 1 L:1 imm12:12 Rn:5 Rt:5",                     i => Vector(i, 'q', 16)),

        new("opc:2 101 0 010 L:1 imm7:7 Rt2:5 Rn:5 Rt:5",               i => Pair(i, i.At(PairOffset(i)))),
        new("opc:2 101 0 001 L:1 imm7:7 Rt2:5 Rn:5 Rt:5",               i => Pair(i, Post(i, PairOffset(i)))),
        new("opc:2 101 0 011 L:1 imm7:7 Rt2:5 Rn:5 Rt:5",               i => Pair(i, Pre(i, PairOffset(i)))),
        new("01 101 1 010 L:1 imm7:7 Rt2:5 Rn:5 Rt:5",                  i => VectorPair(i, 'd', 8)),
        new("10 101 1 010 L:1 imm7:7 Rt2:5 Rn:5 Rt:5",                  i => VectorPair(i, 'q', 16)),

        new("size:2 001000 010 11111 0 11111 Rn:5 Rt:5",                i => $"ldxr{Size(i)} {T(i)}, [{i.Base}]"),
        new("size:2 001000 010 11111 1 11111 Rn:5 Rt:5",                i => $"ldaxr{Size(i)} {T(i)}, [{i.Base}]"),
        new("size:2 001000 000 Rs:5 0 11111 Rn:5 Rt:5",                 i => $"stxr{Size(i)} {Status(i)}, {T(i)}, [{i.Base}]"),
        new("size:2 001000 000 Rs:5 1 11111 Rn:5 Rt:5",                 i => $"stlxr{Size(i)} {Status(i)}, {T(i)}, [{i.Base}]"),
        new("1 sz:1 001000 011 11111 0 Rt2:5 Rn:5 Rt:5",                i => $"ldxp {T(i)}, {T2(i)}, [{i.Base}]"),
        new("1 sz:1 001000 011 11111 1 Rt2:5 Rn:5 Rt:5",                i => $"ldaxp {T(i)}, {T2(i)}, [{i.Base}]"),
        new("1 sz:1 001000 001 Rs:5 0 Rt2:5 Rn:5 Rt:5",                 i => $"stxp {Status(i)}, {T(i)}, {T2(i)}, [{i.Base}]"),
        new("1 sz:1 001000 001 Rs:5 1 Rt2:5 Rn:5 Rt:5",                 i => $"stlxp {Status(i)}, {T(i)}, {T2(i)}, [{i.Base}]"),
        new("size:2 001000 110 11111 1 11111 Rn:5 Rt:5",                i => $"ldar{Size(i)} {T(i)}, [{i.Base}]"),
        new("size:2 001000 100 11111 1 11111 Rn:5 Rt:5",                i => $"stlr{Size(i)} {T(i)}, [{i.Base}]"),
        new("size:2 001000 1 A:1 1 Rs:5 R:1 11111 Rn:5 Rt:5",           i => $"cas{Order(i)}{Size(i)} {S(i)}, {T(i)}, [{i.Base}]"),
        new("size:2 111 0 00 A:1 R:1 1 Rs:5 0 opc:3 00 Rn:5 Rt:5",      Atomic),
        new("size:2 111 0 00 A:1 R:1 1 Rs:5 1 000 00 Rn:5 Rt:5",        i => $"swp{Order(i)}{Size(i)} {S(i)}, {T(i)}, [{i.Base}]"),
    ];

    /// <summary>Suffix and width of a transfer register by size and opc: <c>b</c>, <c>sh</c>, …; null when not allocated.</summary>
    private static (string Mnemonic, string Suffix, bool Is64)? Access(int size, int opc) => (size, opc) switch
    {
        (0, 0) => ("st", "b", false),
        (0, 1) => ("ld", "b", false),
        (0, 2) => ("ld", "sb", true),
        (0, 3) => ("ld", "sb", false),
        (1, 0) => ("st", "h", false),
        (1, 1) => ("ld", "h", false),
        (1, 2) => ("ld", "sh", true),
        (1, 3) => ("ld", "sh", false),
        (2, 0) => ("st", "", false),
        (2, 1) => ("ld", "", false),
        (2, 2) => ("ld", "sw", true),
        (3, 0) => ("st", "", true),
        (3, 1) => ("ld", "", true),
        _ => null,
    };

    /// <summary>A load or store of one register; <paramref name="kind"/> is u for unscaled (LDUR), t for unprivileged (LDTR).</summary>
    private static string? One(DisassembledWord i, string kind, string address) =>
        Access(i["size"], i["opc"]) is { } access
            ? $"{access.Mnemonic}{kind}r{access.Suffix} {Zr(i.Rd, access.Is64)}, {address}"
            : null;

    private static string? RegisterOffset(DisassembledWord i)
    {
        int option = i["option"];
        string? extend = option switch { 2 => "uxtw", 3 => "lsl", 6 => "sxtw", 7 => "sxtx", _ => null };
        if (extend is null)
        {
            return null;
        }

        string amount = i["S"] == 1 ? $" #{i["size"]}" : "";
        string index = Zr(i.Rm, (option & 1) == 1) + (option == 3 && i["S"] == 0 ? "" : $", {extend}{amount}");
        return One(i, "", $"[{i.Base}, {index}]");
    }

    private static string LoadOrStore(DisassembledWord i) => i["L"] == 1 ? "ld" : "st";

    private static string Post(DisassembledWord i, long offset) => $"[{i.Base}], #{offset}";

    private static string Pre(DisassembledWord i, long offset) => $"[{i.Base}, #{offset}]!";

    private static string Vector(DisassembledWord i, char kind, long size) =>
        $"{LoadOrStore(i)}r {kind}{i.Rd}, {i.At(i["imm12"] * size)}";

    private static string VectorPair(DisassembledWord i, char kind, long size) =>
        $"{LoadOrStore(i)}p {kind}{i.Rd}, {kind}{i.Ra}, {i.At(i.Signed("imm7") * size)}";

    private static long PairOffset(DisassembledWord i) => i.Signed("imm7") * (i["opc"] == 2 ? 8 : 4);

    private static string? Pair(DisassembledWord i, string address) => (i["opc"], i["L"]) switch
    {
        (0, _) => $"{LoadOrStore(i)}p {Zr(i.Rd, false)}, {Zr(i.Ra, false)}, {address}",
        (1, 1) => $"ldpsw {Zr(i.Rd, true)}, {Zr(i.Ra, true)}, {address}",
        (2, _) => $"{LoadOrStore(i)}p {Zr(i.Rd, true)}, {Zr(i.Ra, true)}, {address}",
        _ => null,
    };

    private static string Size(DisassembledWord i) => (i.Word >> 30) switch { 0 => "b", 1 => "h", _ => "" };

    private static bool Full(DisassembledWord i) => i.Word >> 30 == 3;

    private static string T(DisassembledWord i) => Zr(i.Rd, Full(i));

    private static string T2(DisassembledWord i) => Zr(i.Ra, Full(i));

    private static string S(DisassembledWord i) => Zr(i.Rm, Full(i));

    private static string Status(DisassembledWord i) => Zr(i.Rm, false);

    private static string Order(DisassembledWord i) => (i["A"] == 1 ? "a" : "") + (i["R"] == 1 ? "l" : "");

    private static string Atomic(DisassembledWord i)
    {
        string name = s_operations[i["opc"]];
        return i.Rd == 31 && i["A"] == 0
            ? $"st{name}{Order(i)}{Size(i)} {S(i)}, [{i.Base}]"
            : $"ld{name}{Order(i)}{Size(i)} {S(i)}, {T(i)}, [{i.Base}]";
    }
}
