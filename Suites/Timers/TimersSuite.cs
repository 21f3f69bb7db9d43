using Conformance.Harness.Cases;

namespace Conformance.Suites.Timers;

/// <summary>The generic timer: counts and offsets, views, conditions and outputs, names and traps, event streams.</summary>
/// <remarks>Rules TM-001 to TM-086; behaviours F035 to F038. Nothing is judged without EL2.</remarks>
public sealed class TimersSuite : ISuite
{
    public string Name => "timers";

    public string Title => "the generic timer: counts and their offsets, timers, their conditions and interrupts, names and traps";

    public IEnumerable<Case> Generate(SuiteTarget target, ulong seed) => target.HighestLevel < 2
        ? []
        : Sentences(target, seed).Select(s => s.Build()).Where(c => Judge.CannotRun(c, target) is null);

    public IReadOnlyList<string> Reachable(SuiteTarget target) => ReachableRules.For(target);

    private static IEnumerable<CaseBuilder> Sentences(SuiteTarget target, ulong seed) =>
        CounterCases.All(target, seed).Concat(ViewCases.All(target, seed)).Concat(ConditionCases.All(target, seed))
            .Concat(ChangeCases.All(target)).Concat(DeliveryCases.All(target)).Concat(EventCases.All(target)).Concat(NameCases.All(target, seed));
}
