using System.Globalization;

namespace Conformance.Reports.Html;

/// <summary>One word of code for people.</summary>
internal static class Disassembly
{
    public static string Text(uint word, ulong pc) => string.Create(CultureInfo.InvariantCulture, $".inst 0x{word:x8}");
}
