using static Conformance.Harness.Programs.DisassembledWord;

namespace Conformance.Harness.Programs;

/// <summary>Data processing with immediates, C4.1.92.</summary>
internal static class DisassemblyOfImmediates
{
    internal static readonly DisassemblyRow[] Rows =
    [
        new("0 immlo:2 10000 immhi:19 Rd:5",                   i => $"adr {Zr(i.Rd, true)}, {i.Target(SplitOffset(i))}"),
        new("1 immlo:2 10000 immhi:19 Rd:5",                   Adrp),
        new("sf:1 op:1 S:1 100010 sh:1 imm12:12 Rn:5 Rd:5",    AddSubtract),
        new("sf:1 opc:2 100100 imm13:13 Rn:5 Rd:5",            Logical),
        new("sf:1 00 100101 hw:2 imm16:16 Rd:5",               Movn),
        new("sf:1 10 100101 hw:2 imm16:16 Rd:5",               Movz),
        new("sf:1 11 100101 hw:2 imm16:16 Rd:5",               i => Wide(i) ? $"movk {i.D}, {WideImmediate(i)}" : null),
        new("sf:1 00 100110 N:1 immr:6 imms:6 Rn:5 Rd:5",      Sbfm),
        new("sf:1 01 100110 N:1 immr:6 imms:6 Rn:5 Rd:5",      Bfm),
        new("sf:1 10 100110 N:1 immr:6 imms:6 Rn:5 Rd:5",      Ubfm),
        new("sf:1 00 100111 N:1 0 Rm:5 imms:6 Rn:5 Rd:5",      Extr),
    ];

    private static long SplitOffset(DisassembledWord i) => i.Signed("immhi") << 2 | (long)i["immlo"];

    private static string Adrp(DisassembledWord i) =>
        $"adrp {Zr(i.Rd, true)}, {i.Target(SplitOffset(i) * 4096 - (long)(i.Pc & 0xFFF))}";

    private static string AddSubtract(DisassembledWord i)
    {
        string operand = Hex(i["imm12"]) + (i["sh"] == 1 ? ", lsl #12" : "");
        bool add = i["op"] == 0;
        if (i["S"] == 1)
        {
            return i.Rd == 31
                ? $"{(add ? "cmn" : "cmp")} {i.NSp}, {operand}"
                : $"{(add ? "adds" : "subs")} {i.D}, {i.NSp}, {operand}";
        }

        return add && i["sh"] == 0 && i["imm12"] == 0 && (i.Rd == 31 || i.Rn == 31)
            ? $"mov {i.DSp}, {i.NSp}"
            : $"{(add ? "add" : "sub")} {i.DSp}, {i.NSp}, {operand}";
    }

    private static string? Logical(DisassembledWord i)
    {
        if (!LogicalImmediates.TryDecode((uint)i["imm13"], i.Is64, out ulong value))
        {
            return null;
        }

        return i["opc"] switch
        {
            0 => $"and {i.DSp}, {i.N}, {Hex(value)}",
            1 when i.Rn == 31 && !IsWideMove(value, i.Is64) => $"mov {i.DSp}, {Hex(value)}",
            1 => $"orr {i.DSp}, {i.N}, {Hex(value)}",
            2 => $"eor {i.DSp}, {i.N}, {Hex(value)}",
            _ when i.Rd == 31 => $"tst {i.N}, {Hex(value)}",
            _ => $"ands {i.D}, {i.N}, {Hex(value)}",
        };
    }

    /// <summary>True when MOVZ or MOVN can make the value, so that MOV means those.</summary>
    private static bool IsWideMove(ulong value, bool is64)
    {
        ulong all = is64 ? ulong.MaxValue : uint.MaxValue;
        for (int shift = 0; shift < (is64 ? 64 : 32); shift += 16)
        {
            ulong part = 0xFFFFUL << shift;
            if ((value & ~part) == 0 || (~value & all & ~part) == 0)
            {
                return true;
            }
        }

        return false;
    }

    private static bool Wide(DisassembledWord i) => i.Is64 || i["hw"] < 2;

    private static string WideImmediate(DisassembledWord i) =>
        Hex(i["imm16"]) + (i["hw"] == 0 ? "" : $", lsl #{16 * i["hw"]}");

    private static string? Movz(DisassembledWord i)
    {
        if (!Wide(i))
        {
            return null;
        }

        return i["imm16"] == 0 && i["hw"] != 0
            ? $"movz {i.D}, {WideImmediate(i)}"
            : $"mov {i.D}, {Hex((ulong)i["imm16"] << 16 * i["hw"])}";
    }

    private static string? Movn(DisassembledWord i)
    {
        if (!Wide(i))
        {
            return null;
        }

        ulong value = ~((ulong)i["imm16"] << 16 * i["hw"]);
        return (i["imm16"] == 0 && i["hw"] != 0) || (!i.Is64 && i["imm16"] == 0xFFFF)
            ? $"movn {i.D}, {WideImmediate(i)}"
            : $"mov {i.D}, {Hex(i.Is64 ? value : (uint)value)}";
    }

    /// <summary>The fields of a bitfield instruction; false when they are reserved.</summary>
    private static bool Bitfield(DisassembledWord i, out int immr, out int imms, out int top)
    {
        (immr, imms, top) = (i["immr"], i["imms"], i.Is64 ? 63 : 31);
        return i["N"] == 1 == i.Is64 && immr <= top && imms <= top;
    }

    private static string InsertOrExtract(DisassembledWord i, string insert, string extract, int immr, int imms, int top) =>
        imms < immr
            ? $"{insert} {i.D}, {i.N}, #{top + 1 - immr}, #{imms + 1}"
            : $"{extract} {i.D}, {i.N}, #{immr}, #{imms - immr + 1}";

    private static string? Sbfm(DisassembledWord i)
    {
        if (!Bitfield(i, out int immr, out int imms, out int top))
        {
            return null;
        }

        return (immr, imms) switch
        {
            _ when imms == top => $"asr {i.D}, {i.N}, #{immr}",
            (0, 7) => $"sxtb {i.D}, {Zr(i.Rn, false)}",
            (0, 15) => $"sxth {i.D}, {Zr(i.Rn, false)}",
            (0, 31) => $"sxtw {i.D}, {Zr(i.Rn, false)}",
            _ => InsertOrExtract(i, "sbfiz", "sbfx", immr, imms, top),
        };
    }

    private static string? Bfm(DisassembledWord i)
    {
        if (!Bitfield(i, out int immr, out int imms, out int top))
        {
            return null;
        }

        return i.Rn == 31 && imms < immr
            ? $"bfc {i.D}, #{top + 1 - immr}, #{imms + 1}"
            : InsertOrExtract(i, "bfi", "bfxil", immr, imms, top);
    }

    private static string? Ubfm(DisassembledWord i)
    {
        if (!Bitfield(i, out int immr, out int imms, out int top))
        {
            return null;
        }

        return (immr, imms) switch
        {
            _ when imms == top => $"lsr {i.D}, {i.N}, #{immr}",
            _ when imms + 1 == immr => $"lsl {i.D}, {i.N}, #{top - imms}",
            (0, 7) when !i.Is64 => $"uxtb {i.D}, {i.N}",
            (0, 15) when !i.Is64 => $"uxth {i.D}, {i.N}",
            _ => InsertOrExtract(i, "ubfiz", "ubfx", immr, imms, top),
        };
    }

    private static string? Extr(DisassembledWord i)
    {
        if (i["N"] == 1 != i.Is64 || (!i.Is64 && i["imms"] > 31))
        {
            return null;
        }

        return i.Rn == i.Rm ? $"ror {i.D}, {i.N}, #{i["imms"]}" : $"extr {i.D}, {i.N}, {i.M}, #{i["imms"]}";
    }
}
