using Conformance.Harness.Cases;

namespace Conformance.Suites.Exceptions;

/// <summary>The rules of Part A that cases of this suite can exercise on a target.</summary>
/// <remarks>
/// Not here, and why. EX-004: interrupts, another suite. EX-102: needs a tag fault. EX-029: the vectors are the executive's, so nothing there can depend on a control. EX-051: the vector's first
/// instruction clears BTYPE before it can be read. EX-055, EX-260: a Guarded Control Stack. EX-090, EX-097, EX-132: asynchronous.
/// EX-096, EX-099: the value is UNKNOWN, nothing to see. EX-103: whether a cache operation checks its address is not fixed.
/// EX-137: no trapped FP
/// exceptions is a legal choice that leaves no state to set. EX-252: every device that runs cases here has EL1, and a missing
/// EL2 or EL3 is above the level that returns (EX-253). EX-259: FEAT_RME.
/// </remarks>
internal static class ReachableRules
{
    /// <summary>Rules, and what has to be there: EL2 and EL3 stand for the highest level a case can use.</summary>
    private static readonly (string Rules, string Needs)[] s_rows =
    [
        ("EX-020 EX-022 EX-023 EX-040 EX-041 EX-042 EX-043 EX-044 EX-045 EX-060 EX-061 EX-062 EX-069 EX-070 EX-073", ""),
        ("EX-080 EX-081 EX-083 EX-084 EX-085 EX-086 EX-087 EX-088 EX-089 EX-095 EX-098 EX-110 EX-111 EX-112 EX-113 EX-114 EX-115", ""),
        ("EX-117 EX-120 EX-121 EX-122 EX-124 EX-125 EX-128 EX-129 EX-131 EX-133 EX-134 EX-135 EX-136", ""),
        ("EX-150 EX-151 EX-152 EX-155 EX-162 EX-163 EX-164 EX-165 EX-168 EX-171 EX-174 EX-178 EX-183 EX-185 EX-191 EX-192 EX-193", ""),
        ("EX-210 EX-211 EX-212 EX-213 EX-214 EX-217 EX-219 EX-220", ""),
        ("EX-280 EX-283 EX-284 EX-285 EX-286 EX-289", ""),
        ("EX-002 EX-005 EX-021 EX-024 EX-026 EX-138 EX-156 EX-169 EX-175 EX-187 EX-188 EX-189 EX-199 EX-215", "EL2"),
        ("EX-230 EX-231 EX-232 EX-233 EX-235 EX-261 EX-250 EX-251 EX-253 EX-258 EX-265 EX-266 EX-270 EX-271", "EL2"),
        ("EX-003 EX-006 EX-027 EX-176 EX-186 EX-243", "EL2 FEAT_VHE"),
        ("EX-158 EX-082 EX-218 EX-167 EX-104", "EL3"),
        ("EX-025", "EL3 FEAT_DoubleFault"),
        ("EX-012 EX-091 EX-236 EX-237 EX-242 EX-262 EX-268 EX-269 EX-272", "EL3"),
        ("EX-100 EX-157", "EL3"),
        ("EX-001 EX-009 EX-254", "EL3 !FEAT_RME"),
        ("EX-159 EX-160 EX-170 EX-177", "EL3"),
        ("EX-161", "EL2 !FEAT_AA64EL3"),
        ("EX-007", "EL2 FEAT_NV"),
        ("EX-008 EX-153 EX-154", "EL2 FEAT_FGT"),
        ("EX-011", "EL3 !FEAT_AA32EL0 !FEAT_AA32EL1 !FEAT_AA32EL2"),
        ("EX-046 EX-267", "EL2 FEAT_PAN"),
        ("EX-048", "EL3 FEAT_PAN"),
        ("EX-047", "EL2 FEAT_PAN FEAT_VHE"),
        ("EX-056 EX-288", "EL2 FEAT_PAN FEAT_NV"),
        ("EX-049", "FEAT_UAO"),
        ("EX-050", "FEAT_SSBS2"),
        ("EX-052", "FEAT_MTE2"),
        ("EX-053", "FEAT_DIT"),
        ("EX-054", "FEAT_NMI"),
        ("EX-072 EX-234 EX-292", "EL2 FEAT_PAN FEAT_UAO FEAT_DIT FEAT_SSBS"),
        ("EX-287", "FEAT_PAN"),
        ("EX-063 EX-064 EX-065 EX-066 EX-123 EX-126 EX-182 EX-184 EX-197 EX-198 EX-281 EX-290", "EL2 FEAT_NV"),
        ("EX-028 EX-101 EX-130 EX-166 EX-241 EX-282", "EL2 FEAT_NV2"),
        ("EX-291", "EL3 FEAT_NV2"),
        ("EX-067", "EL3 FEAT_NV !FEAT_RME"),
        ("EX-068", "EL2 FEAT_NV"),
        ("EX-071 EX-119 EX-194", "FEAT_BTI"),
        ("EX-238", "EL3 FEAT_E2H0"),
        ("EX-116 EX-172", "FEAT_WFxT"),
        ("EX-173", "EL2 FEAT_TWED"),
        ("EX-118 EX-179 EX-180 EX-181", "EL2 FEAT_PAuth"),
        ("EX-216", "EL3 FEAT_PAuth"),
        ("EX-239", "EL3 FEAT_PAuth"),
        ("EX-240", "EL3"),
        ("EX-127 EX-195", "FEAT_FPAC"),
        ("EX-196", "EL3 FEAT_PAuth !FEAT_FPACCOMBINE"),
        ("EX-190", "FEAT_IDST"),
        ("EX-255", "!FEAT_AA32EL0"),
        ("EX-256 EX-257", "FEAT_AA32EL0"),
    ];

    internal static IReadOnlyList<string> For(SuiteTarget target)
    {
        List<string> ids = RuleTable.Reachable(s_rows, target, leastLevel: 1);
        if (HasOptionalField(target))
        {
            ids.Add("EX-010");
        }

        ids.Sort(StringComparer.Ordinal);
        return ids;
    }

    /// <summary>EX-010 shows where a PSTATE field is absent and EL2 can return with it set.</summary>
    private static bool HasOptionalField(SuiteTarget target) => target.HighestLevel >= 3
        && new[] { "FEAT_PAN", "FEAT_UAO", "FEAT_DIT", "FEAT_SSBS", "FEAT_MTE", "FEAT_BTI", "FEAT_NMI" }.Any(f => !target.Features.Has(f));
}
