using System.Globalization;
using System.Text;
using Conformance.Harness.Coverage;
using Conformance.Harness.Runs;

namespace Conformance.Reports;

/// <summary>Coverage for a terminal: the figures by exception level, then what is missing and why.</summary>
internal static class CoverageText
{
    private const int MissingShown = 4;
    private const int CausesShown = 6;
    private const string Indent = "         ";

    /// <param name="text">Where the lines go.</param>
    /// <param name="coverage">The coverage of a suite.</param>
    /// <param name="withMap">The record has the rows behind the figures.</param>
    public static void Write(StringBuilder text, SuiteCoverage coverage, bool withMap)
    {
        if (coverage.Map is { } map)
        {
            WriteFigures(text, map);
        }

        WriteMissing(text, coverage, withMap);
    }

    private static void WriteFigures(StringBuilder text, CoverageTotals map)
    {
        text.AppendLf($"{Indent}                   reached  reachable  architecture");
        foreach (CoveragePart level in map.Levels)
        {
            Line($"leaves at {level.Name}", level.Leaves.Reached, level.Leaves.Reachable, level.Leaves.Architecture);
        }

        Line("leaves", map.Leaves.Reached, map.Leaves.Reachable, map.Leaves.Architecture);
        Line("accessors", map.Accessors.Reached, map.Accessors.Reachable, map.Accessors.Architecture);
        if (map.NvBits.Reachable > 0)
        {
            Line("under NV bits", map.NvBits.Reached, map.NvBits.Reachable, null);
        }

        void Line(string name, int reached, int reachable, int? architecture) => text.AppendLf(string.Create(
            CultureInfo.InvariantCulture, $"{Indent}{name,-15}{reached,11}{reachable,11}{architecture,14}").TrimEnd());
    }

    private static void WriteMissing(StringBuilder text, SuiteCoverage coverage, bool withMap)
    {
        if (coverage.Missing.Count == 0)
        {
            return;
        }

        if (coverage.Causes is [{ Cause: MissingCause.NotSelected }])
        {
            text.AppendLf($"{Indent}the cases of the other {Counted.Of(coverage.Missing.Count, "rule")} were not selected");
            return;
        }

        string rest = coverage.Missing.Count > MissingShown
            ? $" and {coverage.Missing.Count - MissingShown} more, listed in {(withMap && coverage.Map is not null ? RunRecord.CoverageName : RunRecord.SummaryName)}"
            : "";
        text.AppendLf($"Missing  {string.Join(", ", coverage.Missing.Take(MissingShown))}{rest}");
        foreach (MissingCause cause in coverage.Causes.Take(CausesShown))
        {
            text.AppendLf(string.Create(CultureInfo.InvariantCulture, $"{Indent}{cause.Rules,6}  {cause.Cause}"));
        }

        if (coverage.Causes.Count > CausesShown)
        {
            text.AppendLf(string.Create(
                CultureInfo.InvariantCulture, $"{Indent}{coverage.Causes.Skip(CausesShown).Sum(c => c.Rules),6}  for {coverage.Causes.Count - CausesShown} other reasons"));
        }
    }
}
