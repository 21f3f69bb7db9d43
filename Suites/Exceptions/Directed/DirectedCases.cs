using Conformance.Harness.Cases;

namespace Conformance.Suites.Exceptions.Directed;

/// <summary>Cases written by hand, with literal expectations.</summary>
internal static class DirectedCases
{
    internal static IEnumerable<Case> All(SuiteTarget target) => [];
}
