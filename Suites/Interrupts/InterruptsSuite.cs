using Conformance.Harness.Cases;
using Conformance.Suites.Interrupts.Directed;
using Conformance.Suites.Interrupts.Matrices;

namespace Conformance.Suites.Interrupts;

/// <summary>Asynchronous exceptions: who takes them, masked or not, at which vector, and what is saved.</summary>
/// <remarks>Rules EX-300 to EX-351 and those of Part A on entry; behaviour F033. Nothing is judged without EL2.</remarks>
public sealed class InterruptsSuite : ISuite
{
    public string Name => "interrupts";

    public string Title => "asynchronous exceptions: routing, masking, virtual interrupts, ISR_EL1 and waiting at every level";

    public IEnumerable<Case> Generate(SuiteTarget target, ulong seed) => target.HighestLevel < 2
        ? []
        : DirectedCases.All(target)
            .Concat(RoutingMatrix.Physical(target, seed))
            .Concat(RoutingMatrix.Virtual(target, seed))
            .Concat(NestedMatrix.Cases(target, seed))
            .Concat(SuperpriorityMatrix.Cases(target))
            .Concat(RandomScenes.Cases(target, seed));

    public IReadOnlyList<string> Reachable(SuiteTarget target) => ReachableRules.For(target);
}
