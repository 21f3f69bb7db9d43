using Conformance.Harness.Cases;

namespace Conformance.Suites.Timers;

/// <summary>The rules of the generic timer that cases of this suite can exercise on a target.</summary>
/// <remarks>
/// Not here, and why. TM-082: FEAT_RME. TM-087: what a reset leaves is UNKNOWN; every case writes what it depends on. Rules with a
/// choice that leaves nothing to see are judged by what remains (TM-018 with ENABLE 0, TM-026, TM-034 with the offset, TM-060).
/// </remarks>
internal static class ReachableRules
{
    /// <summary>Rules, and what has to be there; EL3 stands for the highest level a case can use.</summary>
    private static readonly (string Rules, string Needs)[] s_rows =
    [
        ("TM-001 TM-002 TM-003 TM-004 TM-005 TM-006 TM-008 TM-009 TM-010 TM-011 TM-012", ""),
        ("TM-015 TM-016 TM-017 TM-018 TM-019 TM-020 TM-021 TM-022 TM-023 TM-024 TM-025 TM-026 TM-027 TM-028 TM-029 TM-030", "FEAT_GICv3"),
        ("TM-031 TM-032 TM-033 TM-035 TM-080 TM-081", "FEAT_GICv3"),
        ("TM-040 TM-041 TM-044 TM-047 TM-050 TM-060 TM-061 TM-063 TM-065 TM-067 TM-070 TM-083 TM-084 TM-085 EX-171 EX-344", ""),
        ("TM-042 TM-043 TM-045 TM-046 TM-049 TM-051 TM-052 TM-054 TM-062 TM-064", "FEAT_VHE"),
        ("TM-034", "EL3 FEAT_GICv3"),
        ("TM-048 TM-053", "EL3"),
        ("TM-007 TM-066", "FEAT_ECV"),
        ("TM-036", "FEAT_ECV_POFF"),
        ("TM-068", "EL3 FEAT_ECV_POFF"),
        ("TM-071 TM-072 TM-073 TM-074 TM-076", "FEAT_NV2"),
        ("TM-075", "FEAT_NV2 FEAT_ECV"),
        ("TM-086 EX-341", "FEAT_WFxT FEAT_GICv3"),
        ("EX-090 F035 F036 F037", "FEAT_GICv3"),
        ("F038", "FEAT_GICv3 FEAT_VHE"),
    ];

    internal static IReadOnlyList<string> For(SuiteTarget target) => RuleTable.Reachable(s_rows, target, leastLevel: 2);
}
