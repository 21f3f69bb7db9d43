using System.Globalization;

namespace Conformance.Harness.Programs;

/// <summary>Writes A64 words as text, for reports and listings. Knows what <see cref="Assembler"/> can write.</summary>
/// <remarks>
/// The text is that of GNU objdump, except that system registers, PSTATE fields and system operations have their
/// architectural names in upper case, and that the target of a branch is its address. Source: Arm ARM DDI 0487, C4.1 and C6.2.
/// </remarks>
public static class Disassembler
{
    /// <summary>All rows; the first that yields a text wins.</summary>
    internal static DisassemblyRow[] Rows { get; } =
        [.. DisassemblyOfImmediates.Rows, .. DisassemblyOfRegisters.Rows, .. DisassemblyOfBranches.Rows,
         .. DisassemblyOfSystem.Rows, .. DisassemblyOfMemory.Rows];

    /// <summary>One instruction, or <c>.inst 0x…</c> for a word it does not know.</summary>
    /// <param name="word">The instruction.</param>
    /// <param name="pc">Its address, from which the targets of branches are counted.</param>
    public static string Text(uint word, ulong pc)
    {
        foreach (DisassemblyRow row in Rows)
        {
            if (row.Text(word, pc) is { } text)
            {
                return text;
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $".inst 0x{word:x8}");
    }
}
