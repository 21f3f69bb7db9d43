using Conformance.Harness.Cases;
using Conformance.Suites.Translation.Faults;
using Conformance.Suites.Translation.Oracle;

namespace Conformance.Suites.Translation;

/// <summary>The rules of translation that a device can be held to, and the cells of the table of faults that it can show.</summary>
internal static class ReachableRules
{
    private const string Hidden = "what it says cannot be seen from outside, or is not said of one PE";

    /// <summary>Rules that no case can show, each with the reason.</summary>
    private static readonly Dictionary<int, string> s_unseen = new()
    {
        [95] = "which of two pages is reported is not defined, so nothing could fail",
        [151] = Hidden,
        [154] = Hidden,
        [155] = Hidden,
        [157] = "cases break before they make: what happens otherwise is not defined",
        [125] = "the suite nv2 has it (nv2/translated/*-trap-first)",
        [134] = Hidden,
    };

    /// <summary>Numbers of the document that name no rule.</summary>
    private static readonly HashSet<int> s_gaps =
        [3, 9, 29, 39, 41, 44, 48, 54, 61, 62, 63, 64, 70, 75, 76, 77, 78, 79, 89, 96, 97, 98, 99, 110, 117, 118, 119, 126, 127, 128, 129, 140, 141, 142, 143, 144, 156];

    internal static IReadOnlyList<string> For(SuiteTarget target)
    {
        var facts = new Facts(target);
        List<string> rules = [.. Enumerable.Range(1, 157).Where(n => !s_gaps.Contains(n) && CanShow(n, facts)).Select(RuleSet.Name)];
        if (target.HighestLevel >= 2)
        {
            rules.AddRange(["F019", "F020", "F021", "F027"]);
        }

        if (facts.Nv && target.HighestLevel >= 2)
        {
            rules.AddRange(["F062", "F063", "F064", "F065"]);
        }

        if (facts.Nv2 && target.HighestLevel >= 2)
        {
            rules.AddRange(["F042", "F072", "F073"]);
        }

        rules.AddRange(FaultTable.Reachable(facts).Select(p => p.Name));
        return rules;
    }

    internal static IReadOnlyList<UnreachedRule> Unreached(SuiteTarget target)
    {
        var facts = new Facts(target);
        return
        [
            .. s_unseen.Where(u => CanShow(u.Key, facts)).Select(u => new UnreachedRule(RuleSet.Name(u.Key), u.Value)),
        ];
    }

    private static bool CanShow(int rule, Facts facts)
    {
        int home = facts.Target.HighestLevel;
        return rule switch
        {
            74 or 106 => facts.FlagByHardware && home >= 2,
            139 => home >= 2,
            152 => facts.Has("FEAT_TLBIRANGE") && home >= 2,
            4 or 5 or 7 or 17 or 28 or 94 or (>= 30 and <= 38) or (>= 55 and <= 60) or (>= 82 and <= 85) or 93 or 103 or 107 or 109 or 138 => home >= 2,
            86 => facts.Fwb && home >= 2,
            23 => facts.Lpa && facts.Granules.Contains(Granule.K64) && home >= 2,
            66 or 67 or 68 or 69 or 71 or 72 or 73 => facts.FlagByHardware,
            47 => facts.Hpd,
            49 or 50 => facts.Pan,
            >= 111 and <= 115 => facts.Nv && home >= 2,
            116 => false,
            >= 120 and <= 125 => facts.Nv2 && home >= 2,
            132 => facts.Pan2 && home >= 2,
            136 => home >= 2,
            (>= 130 and <= 139) => home >= 2,
            (>= 145 and <= 155) or 157 => home >= 2,
            52 or 92 or 105 => facts.Has("FEAT_LSE"),
            _ => true,
        };
    }
}
