using Conformance.Harness.Cases;
using Conformance.Suites.ListRegisters.Oracle;

namespace Conformance.Suites.GuestHypervisor;

/// <summary>The rules that a target can be held to by stories.</summary>
internal static class ReachableRules
{
    private static readonly (string Rules, string Needs)[] s_rows =
    [
        ("F002 F003 F007 F008 F009 F010 F011 F013 F015 F017 F018 F019 F020 F021 F022 F023 F027 F028 F035 F036 F040 F046", ""),
        ("EX-150 EX-152 EX-156 EX-171 EX-265 EX-266 EX-271", ""),
        ("TM-004 TM-005 TM-015 TM-032 TR-107 TR-145 TR-147 TR-149 TR-150 TR-153 TR-154", ""),
        ("EX-158", "FEAT_AA64EL3"),
        ("F014", "FEAT_FP"),
        ("F016", "FEAT_FGT"),
        ("F033 F037 TM-028", "FEAT_GICv3"),
        ("F038", "FEAT_GICv3 FEAT_VHE"),
        ("F041", "FEAT_VHE"),
        ("TR-152", "FEAT_TLBIRANGE"),
    ];

    /// <summary>Those of the virtual CPU interface, where its sizes are known.</summary>
    private static readonly string[] s_interface = ["F029", "F030", "F031", "F032", "F034", "GV-069", "GV-106", "GV-128", "GV-132"];

    internal static IReadOnlyList<string> For(SuiteTarget target) => target.HighestLevel < 2
        ? []
        : [.. RuleTable.Reachable(s_rows, target, 2).Concat(Sizes.Of(target) is null ? [] : s_interface).Order(StringComparer.Ordinal)];
}
