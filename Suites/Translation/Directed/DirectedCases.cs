using Conformance.Harness.Cases;
using Conformance.Suites.Translation.Oracle;

namespace Conformance.Suites.Translation.Directed;

/// <summary>Cases that go through the values of one thing while everything else stands still.</summary>
internal static class DirectedCases
{
    internal static IEnumerable<Case> All(Facts facts, ulong seed) =>
        facts.Target.HighestLevel < 2 ? []
        : PermissionMatrices.All(facts)
            .Concat(FetchMatrices.All(facts, seed))
            .Concat(Stage2Matrices.All(facts, seed))
            .Concat(AttributeMatrices.All(facts))
            .Concat(SizeMatrices.All(facts))
            .Concat(ContiguousCases.All(facts))
            .Concat(InvalidationCases.All(facts))
            .Concat(MaintenanceMatrices.All(facts, seed));
}
