using Conformance.Harness.Cases;

namespace Conformance.Suites.Interrupts;

/// <summary>The rules on asynchronous exceptions that cases of this suite can exercise on a target.</summary>
/// <remarks>
/// Not here, and why. EX-319: any order is right.
/// EX-342: a WFI may end at any time, so that one that should go on waiting shows nothing. EX-344, EX-345: in the suites
/// exceptions and timers. EX-352: the virtual CPU interface, another suite. EX-353: whether the exception is taken is open.
/// A physical SError cannot be made by a program: its rows of EX-300 to EX-315 are shown for IRQ and FIQ alone.
/// </remarks>
internal static class ReachableRules
{
    /// <summary>Rules, and what has to be there; EL3 stands for the highest level a case can use.</summary>
    private static readonly (string Rules, string Needs)[] s_rows =
    [
        ("EX-090 EX-097 EX-300 EX-301 EX-305 EX-306 EX-307 EX-310 EX-311 EX-312 EX-316 EX-318 EX-320 EX-350 EX-351", "FEAT_GICv3"),
        ("EX-325 EX-326 EX-327 EX-328 EX-329 EX-330 EX-331 EX-335 EX-336 EX-337 EX-338 EX-339 EX-340 EX-341", ""),
        ("EX-343", "FEAT_GICv3"),
        ("EX-317", "FEAT_NMI FEAT_GICv3"),
        ("EX-332", "FEAT_RAS"),
        ("EX-334", "FEAT_NMI FEAT_HCX"),
        ("EX-302 EX-314 EX-315", "EL3 FEAT_GICv3"),
        ("EX-303", "EL3 FEAT_GICv3 !FEAT_RME"),
        ("EX-313", "FEAT_VHE FEAT_GICv3"),
        ("EX-304 EX-066 EX-333 F033", "FEAT_NV"),
        ("EX-308", "FEAT_NV FEAT_GICv3"),
    ];

    internal static IReadOnlyList<string> For(SuiteTarget target) => RuleTable.Reachable(s_rows, target, leastLevel: 2);
}
