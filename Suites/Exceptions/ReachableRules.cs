using Conformance.Harness.Cases;

namespace Conformance.Suites.Exceptions;

/// <summary>The rules of Part A that cases of this suite can exercise on a target.</summary>
internal static class ReachableRules
{
    internal static IReadOnlyList<string> For(SuiteTarget target) => [];
}
