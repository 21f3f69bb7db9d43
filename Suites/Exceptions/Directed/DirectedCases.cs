using Conformance.Harness.Cases;

namespace Conformance.Suites.Exceptions.Directed;

/// <summary>Cases written by hand, with literal expectations: at least one for each rule that a case can show alone.</summary>
internal static class DirectedCases
{
    /// <summary>Those that the target can run: its levels, its features, and registers that its executive can write.</summary>
    internal static IEnumerable<Case> All(SuiteTarget target) =>
        Sentences().Select(s => s.Build()).Where(c => CanRun(c, target));

    private static IEnumerable<CaseBuilder> Sentences() =>
        [.. EffectiveValueCases.All(), .. EntryCases.All(), .. SyndromeCases.All(), .. RoutingCases.All(), .. DebugCases.All(), .. ReturnCases.All(), .. PstateCases.All(), .. ExternalAbortCases.All(), .. BranchTargetCases.All(), .. WatchpointCases.All(), .. WaitCases.All()];

    /// <summary>At its own level the executive enters a case by SPSR and ELR, so a case cannot set them there.</summary>
    private static bool CanRun(Case c, SuiteTarget target) =>
        target.Features.FirstUnmet(c.Needs) is null
        && c.Steps.All(s => s.Level <= target.HighestLevel && s.Allowed.All(o => Arrives(o, target)))
        && (target.HighestLevel != 2 || !c.Registers.Any(r => r.Name == "SCTLR_EL2" && (r.Value & 1) != 0)) // whose own tables they would be
        && (target.HighestLevel == 3 || !c.Steps.Any(s => s.Fields.Any(f => f is "HCR_EL2" or "HPFAR_EL2"))) // an executive at EL2 changes them
        && c.Registers.All(r => Reach.CanSet(target, r.Name) && r.Name != $"SPSR_EL{target.HighestLevel}" && r.Name != $"ELR_EL{target.HighestLevel}");

    private static bool Arrives(Outcome outcome, SuiteTarget target) =>
        outcome.Fields.All(f => f.Field != FieldNames.Target || f.Any.All(v => v.Value <= (ulong)target.HighestLevel));
}
