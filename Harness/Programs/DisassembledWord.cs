using System.Globalization;

namespace Conformance.Harness.Programs;

/// <summary>A word with the fields of its row, and the spelling of its operands.</summary>
internal readonly struct DisassembledWord(DisassemblyRow row, uint word, ulong pc)
{
    private static readonly string[] s_conditions =
        ["eq", "ne", "cs", "cc", "mi", "pl", "vs", "vc", "hi", "ls", "ge", "lt", "gt", "le", "al", "nv"];

    internal uint Word => word;

    internal ulong Pc => pc;

    /// <summary>A field of the row's pattern.</summary>
    internal int this[string field]
    {
        get
        {
            (int low, int width) = row.Fields[field];
            return (int)(word >> low & (1u << width) - 1);
        }
    }

    /// <summary>True for the 64-bit form. Most rows have the bit on top.</summary>
    internal bool Is64 => word >> 31 == 1;

    internal int Rd => (int)(word & 31);

    internal int Rn => (int)(word >> 5 & 31);

    internal int Rm => (int)(word >> 16 & 31);

    internal int Ra => (int)(word >> 10 & 31);

    // Operands at the width of the instruction; 31 is the zero register.
    internal string D => Zr(Rd, Is64);

    internal string N => Zr(Rn, Is64);

    internal string M => Zr(Rm, Is64);

    internal string A => Zr(Ra, Is64);

    // The same with 31 as the stack pointer.
    internal string DSp => Sp(Rd, Is64);

    internal string NSp => Sp(Rn, Is64);

    /// <summary>The base register of an address.</summary>
    internal string Base => Sp(Rn, true);

    internal static string Zr(int n, bool is64) => n == 31 ? is64 ? "xzr" : "wzr" : $"{(is64 ? 'x' : 'w')}{n}";

    internal static string Sp(int n, bool is64) => n == 31 ? is64 ? "sp" : "wsp" : $"{(is64 ? 'x' : 'w')}{n}";

    internal static string Cond(int n) => s_conditions[n];

    internal static string Hex(ulong value) => string.Create(CultureInfo.InvariantCulture, $"#0x{value:x}");

    internal static string Hex(int value) => Hex((ulong)value);

    /// <summary>A field as a signed number.</summary>
    internal long Signed(string field)
    {
        int width = row.Fields[field].Width;
        return (long)((ulong)this[field] << 64 - width) >> 64 - width;
    }

    /// <summary>A target that is <paramref name="offset"/> bytes away.</summary>
    internal string Target(long offset) =>
        string.Create(CultureInfo.InvariantCulture, $"0x{pc + (ulong)offset:x}");

    /// <summary>A target that a field gives in words.</summary>
    internal string TargetOf(string field) => Target(4 * Signed(field));

    /// <summary>An address operand: <c>[x1]</c> or <c>[x1, #8]</c>.</summary>
    internal string At(long offset) => offset == 0 ? $"[{Base}]" : $"[{Base}, #{offset}]";
}
