using Conformance.Harness.Cases;
using Conformance.Suites.ListRegisters.Cases;
using Conformance.Suites.ListRegisters.Enumerated;

namespace Conformance.Suites.ListRegisters.Directed;

/// <summary>The cases that are said one by one.</summary>
internal static class DirectedCases
{
    internal static IEnumerable<Case> All(CaseMaker make, SuiteTarget target) =>
        ((IEnumerable<CaseBuilder>)
        [
            .. IdentificationCases.All(make, target), .. SelectionCases.All(make, target), .. TrapCases.All(target), .. NestedCases.All(make, target),
            .. SignallingCases.All(make), .. PhysicalCases.All(make, target), .. SecureCases.All(make, target),
        ])
        .Select(sentence => sentence.Build()).Concat(Stories.All(make)).Concat(NmiCases.All(make)).Concat(NmiMatrix.All(make))
        .Where(c => Judge.CannotRun(c, target) is null);
}
