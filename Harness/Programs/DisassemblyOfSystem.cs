using Conformance.Harness.Spec;
using static Conformance.Harness.Programs.DisassembledWord;

namespace Conformance.Harness.Programs;

/// <summary>Hints, barriers, PSTATE, system registers and system instructions, C4.1.93.</summary>
internal static class DisassemblyOfSystem
{
    private static readonly string?[] s_hints =
    [
        "nop", "yield", "wfe", "wfi", "sev", "sevl", "dgh", "xpaclri",
        "pacia1716", null, "pacib1716", null, "autia1716", null, "autib1716", null,
        "esb", "psb csync", "tsb csync", null, "csdb", null, null, null,
        "paciaz", "paciasp", "pacibz", "pacibsp", "autiaz", "autiasp", "autibz", "autibsp",
        "bti", null, "bti c", null, "bti j", null, "bti jc", null,
    ];

    private static readonly string?[] s_barriers =
    [
        null, "oshld", "oshst", "osh", null, "nshld", "nshst", "nsh",
        null, "ishld", "ishst", "ish", null, "ld", "st", "sy",
    ];

    internal static readonly DisassemblyRow[] Rows =
    [
        new("1101010100 0 00 011 0010 imm7:7 11111",            Hint),
        new("1101010100 0 00 011 0011 CRm:4 010 11111",         i => i["CRm"] == 15 ? "clrex" : $"clrex {Hex(i["CRm"])}"),
        new("1101010100 0 00 011 0011 CRm:4 100 11111",         Dsb),
        new("1101010100 0 00 011 0011 CRm:4 101 11111",         i => $"dmb {s_barriers[i["CRm"]] ?? $"#0x{i["CRm"]:x2}"}"),
        new("1101010100 0 00 011 0011 CRm:4 110 11111",         i => i["CRm"] == 15 ? "isb" : $"isb {Hex(i["CRm"])}"),
        new("1101010100 0 00 011 0011 0000 111 11111",          _ => "sb"),
        new("1101010100 0 00 000 0100 0000 000 11111",          _ => "cfinv"),
        new("1101010100 0 00 op1:3 0100 CRm:4 op2:3 11111",     Pstate),
        new("1101010100 0 01 op1:3 CRn:4 CRm:4 op2:3 Rt:5",     Sys),
        new("1101010100 1 01 op1:3 CRn:4 CRm:4 op2:3 Rt:5",     i => $"sysl {i.D}, {SysOperands(i)}"),
        new("1101010100 0 1 o0:1 op1:3 CRn:4 CRm:4 op2:3 Rt:5", i => $"msr {Register(i, read: false)}, {i.D}"),
        new("1101010100 1 1 o0:1 op1:3 CRn:4 CRm:4 op2:3 Rt:5", i => $"mrs {i.D}, {Register(i, read: true)}"),
    ];

    private static string Hint(DisassembledWord i) =>
        s_hints.ElementAtOrDefault(i["imm7"]) ?? $"hint {Hex(i["imm7"])}";

    private static string Dsb(DisassembledWord i) => i["CRm"] switch
    {
        0 => "ssbb",
        4 => "pssbb",
        int option => $"dsb {s_barriers[option] ?? $"#0x{option:x2}"}",
    };

    private static string? Pstate(DisassembledWord i)
    {
        string? field = (i["op1"], i["op2"]) switch
        {
            (0, 3) => "UAO",
            (0, 4) => "PAN",
            (0, 5) => "SPSel",
            (1, 0) when i["CRm"] < 2 => "ALLINT",
            (3, 1) => "SSBS",
            (3, 2) => "DIT",
            (3, 4) => "TCO",
            (3, 6) => "DAIFSet",
            (3, 7) => "DAIFClr",
            _ => null,
        };
        return field is null ? null : $"msr {field}, {Hex(i["CRm"])}";
    }

    private static string Register(DisassembledWord i, bool read)
    {
        var encoding = SystemEncoding.OfWord(i.Word);
        return Encodings.NameOf(encoding, read) ?? encoding.ToString();
    }

    private static string Sys(DisassembledWord i)
    {
        // An operation with an operand is written with it even when it is XZR; one without it leaves the field at 31.
        string? name = Encodings.NameOf(SystemEncoding.OfWord(i.Word), read: false);
        string[] parts = name?.Split(' ') ?? [];
        if (parts is not [string op, string what])
        {
            return $"sys {SysOperands(i)}{(i.Rd == 31 ? "" : $", {i.D}")}";
        }

        bool takesNone = what.Contains("ALL", StringComparison.Ordinal);
        return takesNone && i.Rd == 31 ? $"{op.ToLowerInvariant()} {what}" : $"{op.ToLowerInvariant()} {what}, {Zr(i.Rd, true)}";
    }

    private static string SysOperands(DisassembledWord i) => $"#{i["op1"]}, C{i["CRn"]}, C{i["CRm"]}, #{i["op2"]}";
}
