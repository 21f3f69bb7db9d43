using Conformance.Harness.Cases;
using Conformance.Suites.Exceptions.Directed;
using Conformance.Suites.Exceptions.Matrices;

namespace Conformance.Suites.Exceptions;

/// <summary>Synchronous exceptions at EL0 to EL3: who takes them, what is saved, what the handler finds, and the way back.</summary>
/// <remarks>Rules EX-001 to EX-292; behaviours F052 to F061, F067, F069.</remarks>
public sealed class ExceptionsSuite : ISuite
{
    public string Name => "exceptions";

    public string Title => "synchronous exceptions: routing, entry, syndrome, saved state and return at every level";

    public IEnumerable<Case> Generate(SuiteTarget target, ulong seed) =>
        DirectedCases.All(target)
            .Concat(Generated.SelectMany(m => m.Cases(target, seed)))
            .Concat(RandomStates.Cases(target, seed));

    public IReadOnlyList<string> Reachable(SuiteTarget target) => ReachableRules.For(target);

    private static IEnumerable<Matrix> Generated =>
        [.. CallMatrices.All, .. TrapMatrices.All, .. ReturnMatrices.All, .. StateMatrices.All];
}
