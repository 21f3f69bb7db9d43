using Conformance.Harness.Cases;
using Conformance.Harness.Spec;
using Conformance.Suites.Access;

namespace Conformance.Suites.Tests.Access;

/// <summary>What the tests of the access suite share: one target and its cases, made once.</summary>
internal static class AccessGiven
{
    /// <summary>The profile nv2 with its numbers.</summary>
    internal static SuiteTarget Target { get; } = new(
        new FeatureSet(
            Profile.Nv2.Implementation.Features.Names,
            new Dictionary<string, long>(StringComparer.Ordinal)
            {
                ["$NUM_PMU_COUNTERS"] = 6,
                ["$NUM_BREAKPOINTS"] = 6,
                ["$NUM_WATCHPOINTS"] = 4,
                ["$NUM_GIC_LIST_REGS"] = 4,
                ["$NUM_GIC_PRIORITY_BITS"] = 5,
                ["$NUM_GIC_PREEMPTION_BITS"] = 5,
            }),
        3);

    private static readonly Lazy<IReadOnlyList<Case>> s_cases = new(() => [.. new AccessSuite().Generate(Target, 1)]);

    internal static IReadOnlyList<Case> Cases => s_cases.Value;

    /// <summary>An observation that fits the first allowed outcome of a case in every bit.</summary>
    internal static StepObservation Perfect(Case c) =>
        new([.. c.Steps[0].Allowed[0].Fields.Select(f => KeyValuePair.Create(f.Field, f.Any[0].Value))]);
}
