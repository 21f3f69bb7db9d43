using System.Globalization;
using System.Text;

namespace Conformance.Reports;

/// <summary>Numbers with their noun.</summary>
internal static class Counted
{
    /// <summary><c>1 case</c>, <c>2 cases</c>.</summary>
    public static string Of(int count, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many ?? one + "s")}");

    /// <summary>Ends a line the same way on every machine.</summary>
    public static StringBuilder AppendLf(this StringBuilder text, string line = "") => text.Append(line).Append('\n');
}
