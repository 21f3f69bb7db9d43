using static Conformance.Harness.Programs.DisassembledWord;

namespace Conformance.Harness.Programs;

/// <summary>Data processing with registers, C4.1.95, and moves between general and FP registers.</summary>
internal static class DisassemblyOfRegisters
{
    private static readonly string[] s_pointer = ["pacia", "pacib", "pacda", "pacdb", "autia", "autib", "autda", "autdb"];
    private static readonly string[] s_shifts = ["lsl", "lsr", "asr", "ror"];
    private static readonly string[] s_extends = ["uxtb", "uxth", "uxtw", "uxtx", "sxtb", "sxth", "sxtw", "sxtx"];
    private static readonly string[] s_logical = ["and", "bic", "orr", "orn", "eor", "eon", "ands", "bics"];

    internal static readonly DisassemblyRow[] Rows =
    [
        new("sf:1 opc:2 01010 shift:2 N:1 Rm:5 imm6:6 Rn:5 Rd:5",       Logical),
        new("sf:1 op:1 S:1 01011 shift:2 0 Rm:5 imm6:6 Rn:5 Rd:5",      AddSubtract),
        new("sf:1 op:1 S:1 01011 00 1 Rm:5 option:3 imm3:3 Rn:5 Rd:5",  AddSubtractExtended),
        new("sf:1 op:1 S:1 11010000 Rm:5 000000 Rn:5 Rd:5",             WithCarry),
        new("sf:1 op:1 1 11010010 Rm:5 cond:4 00 Rn:5 0 nzcv:4",        i => Compare(i, i.M)),
        new("sf:1 op:1 1 11010010 imm5:5 cond:4 10 Rn:5 0 nzcv:4",      i => Compare(i, Hex(i["imm5"]))),
        new("sf:1 op:1 0 11010100 Rm:5 cond:4 0 o2:1 Rn:5 Rd:5",        Select),

        new("sf:1 0 0 11010110 Rm:5 00001 0 Rn:5 Rd:5",                 i => $"udiv {i.D}, {i.N}, {i.M}"),
        new("sf:1 0 0 11010110 Rm:5 00001 1 Rn:5 Rd:5",                 i => $"sdiv {i.D}, {i.N}, {i.M}"),
        new("sf:1 0 0 11010110 Rm:5 0010 00 Rn:5 Rd:5",                 i => $"lsl {i.D}, {i.N}, {i.M}"),
        new("sf:1 0 0 11010110 Rm:5 0010 01 Rn:5 Rd:5",                 i => $"lsr {i.D}, {i.N}, {i.M}"),
        new("sf:1 0 0 11010110 Rm:5 0010 10 Rn:5 Rd:5",                 i => $"asr {i.D}, {i.N}, {i.M}"),
        new("sf:1 0 0 11010110 Rm:5 0010 11 Rn:5 Rd:5",                 i => $"ror {i.D}, {i.N}, {i.M}"),
        new("1 0 0 11010110 Rm:5 001100 Rn:5 Rd:5",                     i => $"pacga {i.D}, {i.N}, {Sp(i.Rm, true)}"),
        new("sf:1 0 0 11010110 Rm:5 010 C:1 sz:2 Rn:5 Rd:5",            Crc),

        new("sf:1 1 0 11010110 00000 000000 Rn:5 Rd:5",                 i => $"rbit {i.D}, {i.N}"),
        new("sf:1 1 0 11010110 00000 000001 Rn:5 Rd:5",                 i => $"rev16 {i.D}, {i.N}"),
        new("sf:1 1 0 11010110 00000 000010 Rn:5 Rd:5",                 i => $"{(i.Is64 ? "rev32" : "rev")} {i.D}, {i.N}"),
        new("1 1 0 11010110 00000 000011 Rn:5 Rd:5",                    i => $"rev {i.D}, {i.N}"),
        new("sf:1 1 0 11010110 00000 000100 Rn:5 Rd:5",                 i => $"clz {i.D}, {i.N}"),
        new("sf:1 1 0 11010110 00000 000101 Rn:5 Rd:5",                 i => $"cls {i.D}, {i.N}"),
        new("1 1 0 11010110 00001 000 op:3 Rn:5 Rd:5",                  i => $"{s_pointer[i["op"]]} {i.D}, {i.NSp}"),
        new("1 1 0 11010110 00001 010000 11111 Rd:5",                   i => $"xpaci {i.D}"),
        new("1 1 0 11010110 00001 010001 11111 Rd:5",                   i => $"xpacd {i.D}"),

        new("sf:1 00 11011 000 Rm:5 o0:1 Ra:5 Rn:5 Rd:5",               MultiplyAdd),
        new("1 00 11011 U:1 01 Rm:5 o0:1 Ra:5 Rn:5 Rd:5",               MultiplyLong),
        new("1 00 11011 U:1 10 Rm:5 0 11111 Rn:5 Rd:5",                 i => $"{Unsigned(i)}mulh {i.D}, {i.N}, {i.M}"),

        new("1001111001100110 000000 Rn:5 Rd:5",                        i => $"fmov {i.D}, d{i.Rn}"),
        new("1001111001100111 000000 Rn:5 Rd:5",                        i => $"fmov d{i.Rd}, {i.N}"),
    ];

    private static string Shift(DisassembledWord i) =>
        i["shift"] == 0 && i["imm6"] == 0 ? "" : $", {s_shifts[i["shift"]]} #{i["imm6"]}";

    private static bool TooFar(DisassembledWord i) => !i.Is64 && i["imm6"] > 31;

    private static string? Logical(DisassembledWord i)
    {
        if (TooFar(i))
        {
            return null;
        }

        string name = s_logical[i["opc"] << 1 | i["N"]];
        return name switch
        {
            "orr" when i.Rn == 31 && i["shift"] == 0 && i["imm6"] == 0 => $"mov {i.D}, {i.M}",
            "orn" when i.Rn == 31 => $"mvn {i.D}, {i.M}{Shift(i)}",
            "ands" when i.Rd == 31 => $"tst {i.N}, {i.M}{Shift(i)}",
            _ => $"{name} {i.D}, {i.N}, {i.M}{Shift(i)}",
        };
    }

    private static string AddOrSubtract(DisassembledWord i) => (i["op"] == 0 ? "add" : "sub") + (i["S"] == 1 ? "s" : "");

    private static string? AddSubtract(DisassembledWord i)
    {
        if (TooFar(i) || i["shift"] == 3)
        {
            return null;
        }

        return AddOrSubtract(i) switch
        {
            "adds" when i.Rd == 31 => $"cmn {i.N}, {i.M}{Shift(i)}",
            "subs" when i.Rd == 31 => $"cmp {i.N}, {i.M}{Shift(i)}",
            "sub" when i.Rn == 31 => $"neg {i.D}, {i.M}{Shift(i)}",
            "subs" when i.Rn == 31 => $"negs {i.D}, {i.M}{Shift(i)}",
            string name => $"{name} {i.D}, {i.N}, {i.M}{Shift(i)}",
        };
    }

    private static string? AddSubtractExtended(DisassembledWord i)
    {
        (int option, int amount) = (i["option"], i["imm3"]);
        if (amount > 4)
        {
            return null;
        }

        // With SP an extension of the full width is written LSL, or not at all when it does nothing.
        bool plain = option == (i.Is64 ? 3 : 2) && (i.Rn == 31 || (i.Rd == 31 && i["S"] == 0));
        string operand = Zr(i.Rm, i.Is64 && (option & 3) == 3)
            + (plain && amount == 0 ? "" : $", {(plain ? "lsl" : s_extends[option])}{(amount == 0 ? "" : $" #{amount}")}");
        return AddOrSubtract(i) switch
        {
            "adds" when i.Rd == 31 => $"cmn {i.NSp}, {operand}",
            "subs" when i.Rd == 31 => $"cmp {i.NSp}, {operand}",
            string name => $"{name} {(i["S"] == 1 ? i.D : i.DSp)}, {i.NSp}, {operand}",
        };
    }

    private static string WithCarry(DisassembledWord i)
    {
        string s = i["S"] == 1 ? "s" : "";
        return i["op"] == 0 ? $"adc{s} {i.D}, {i.N}, {i.M}"
            : i.Rn == 31 ? $"ngc{s} {i.D}, {i.M}"
            : $"sbc{s} {i.D}, {i.N}, {i.M}";
    }

    private static string Compare(DisassembledWord i, string operand) =>
        $"{(i["op"] == 0 ? "ccmn" : "ccmp")} {i.N}, {operand}, {Hex(i["nzcv"])}, {Cond(i["cond"])}";

    private static string Select(DisassembledWord i)
    {
        int cond = i["cond"];
        string plain = (i["op"] << 1 | i["o2"]) switch { 0 => "csel", 1 => "csinc", 2 => "csinv", _ => "csneg" };
        if (plain == "csel" || i.Rn != i.Rm || cond >= 14)
        {
            return $"{plain} {i.D}, {i.N}, {i.M}, {Cond(cond)}";
        }

        string inverse = Cond(cond ^ 1);
        return (plain, i.Rn) switch
        {
            ("csinc", 31) => $"cset {i.D}, {inverse}",
            ("csinv", 31) => $"csetm {i.D}, {inverse}",
            _ => $"{plain.Replace("cs", "c")} {i.D}, {i.N}, {inverse}",
        };
    }

    private static string? Crc(DisassembledWord i)
    {
        int size = i["sz"];
        return size == 3 == i.Is64
            ? $"crc32{(i["C"] == 1 ? "c" : "")}{"bhwx"[size]} {Zr(i.Rd, false)}, {Zr(i.Rn, false)}, {i.M}"
            : null;
    }

    private static string MultiplyAdd(DisassembledWord i)
    {
        bool add = i["o0"] == 0;
        return i.Ra == 31
            ? $"{(add ? "mul" : "mneg")} {i.D}, {i.N}, {i.M}"
            : $"{(add ? "madd" : "msub")} {i.D}, {i.N}, {i.M}, {i.A}";
    }

    private static char Unsigned(DisassembledWord i) => i["U"] == 1 ? 'u' : 's';

    private static string MultiplyLong(DisassembledWord i)
    {
        bool add = i["o0"] == 0;
        string operands = $"{i.D}, {Zr(i.Rn, false)}, {Zr(i.Rm, false)}";
        return i.Ra == 31
            ? $"{Unsigned(i)}{(add ? "mull" : "mnegl")} {operands}"
            : $"{Unsigned(i)}{(add ? "maddl" : "msubl")} {operands}, {i.A}";
    }
}
