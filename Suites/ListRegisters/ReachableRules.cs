using Conformance.Harness.Cases;
using Conformance.Suites.ListRegisters.Oracle;

namespace Conformance.Suites.ListRegisters;

/// <summary>The rules of GICv3 virtualization that a device can be held to.</summary>
internal static class ReachableRules
{
    private const string Duty = "a duty of a hypervisor that nests others, not of a PE";
    private const string NotDefined = "cases keep what it asks of software: what happens otherwise is not defined";

    /// <summary>First and last rule of each section of the document.</summary>
    private static readonly (int First, int Last)[] s_sections =
    [
        (1, 9), (10, 18), (20, 28), (30, 35), (40, 48), (50, 59), (60, 75), (80, 87), (90, 95), (100, 119), (120, 133), (140, 142), (150, 157), (160, 167),
    ];

    /// <summary>Rules that no case can show, each with the reason.</summary>
    private static readonly Dictionary<int, string> s_unseen = new()
    {
        [6] = "a case cannot make a warm reset",
        [8] = "a Security state without EL2 has no instruction that shows it, and when the maintenance interrupt follows is not said",
        [45] = NotDefined,
        [47] = NotDefined,
        [93] = NotDefined,
        [160] = Duty,
        [161] = Duty,
        [162] = Duty,
        [163] = Duty,
        [164] = Duty,
        [165] = Duty,
        [166] = Duty,
        [167] = Duty,
    };

    internal static IReadOnlyList<string> For(SuiteTarget target) => Sizes.Of(target) is { } sizes
        ? [.. s_sections.SelectMany(s => Enumerable.Range(s.First, s.Last - s.First + 1)).Where(n => CanShow(n, sizes, target)).Select(RuleSet.Name)]
        : [];

    internal static IReadOnlyList<UnreachedRule> Unreached(SuiteTarget target) => Sizes.Of(target) is null ? []
        : [.. s_unseen.OrderBy(u => u.Key).Select(u => new UnreachedRule(RuleSet.Name(u.Key), u.Value))];

    private static bool CanShow(int rule, Sizes sizes, SuiteTarget target) => rule switch
    {
        3 => !target.Features.Has("FEAT_GICv4p1"),
        17 or 58 => target.HighestLevel == 3 && target.Features.Has("FEAT_SEL2"),
        21 or 26 => target.HighestLevel == 3,
        23 => target.Features.Has("FEAT_FGT"),
        31 => target.Features.Has("FEAT_NV"),
        32 or 33 or 35 => target.Features.Has("FEAT_NV2"),
        34 => target.Features.Has("FEAT_NV2") && (sizes.ListRegisters < 16 || sizes.PreemptionBits < 7),
        43 => !sizes.Nmi,
        62 or 63 or 64 => sizes.ListRegisters > 1,
        >= 150 and <= 157 => sizes.Nmi,
        _ => true,
    };
}
