using Conformance.Harness.Coverage;
using static Conformance.Reports.Html.Markup;

namespace Conformance.Reports.Html.Map;

/// <summary>How some leaves are shown together: one colour and one sign, so that colour alone says nothing.</summary>
internal static class Cell
{
    /// <summary>The class of the page's style: the worst that is in it.</summary>
    public static string Css(LeafCounts counts) =>
        counts.Fail > 0 ? "fail"
        : counts.Missing > 0 ? counts.Reached > 0 ? "part" : "missing"
        : counts.Waived > 0 ? "waived"
        : counts.Reached > 0 ? "pass"
        : "unreachable";

    /// <summary>What stands in the cell: leaves reached, of those that can be where some are missing.</summary>
    public static string Text(LeafCounts counts) => Css(counts) switch
    {
        "fail" => $"✕ {Number(counts.Fail)}/{Number(counts.Reached)}",
        "part" => $"◐ {Number(counts.Reached)}/{Number(counts.Reachable)}",
        "missing" => $"○ {Number(counts.Reached)}/{Number(counts.Reachable)}",
        "waived" => $"~ {Number(counts.Reached)}",
        "pass" => Number(counts.Reached),
        _ => "·",
    };

    /// <summary>The same in words.</summary>
    public static string Words(LeafCounts counts)
    {
        if (counts.Reachable == 0)
        {
            return $"none of {Count(counts.Architecture, "leaf", "leaves")} can be reached on this device";
        }

        string rest = string.Concat(
            counts.Fail > 0 ? $", {Number(counts.Fail)} with a failure" : "",
            counts.Waived > 0 ? $", {Number(counts.Waived)} with a known divergence" : "");
        return $"{Number(counts.Reached)} of {Count(counts.Reachable, "reachable leaf", "reachable leaves")} reached{rest}; {Number(counts.Architecture)} in the architecture";
    }
}
