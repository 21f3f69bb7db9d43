using System.Collections.Concurrent;
using Conformance.Harness.Spec;
using Conformance.Harness.Spec.Conditions;

namespace Conformance.Harness.Coverage;

/// <summary>The features without which a condition cannot have a truth.</summary>
/// <remarks>Found by taking one feature away from a PE that has all of them, and folding.</remarks>
internal static class GuardingFeatures
{
    private static readonly ConcurrentDictionary<(Condition, bool, int), IReadOnlyList<string>> s_known = new();

    /// <summary>A PE with every feature that the facts name; each has a number once they are read.</summary>
    private static readonly Lazy<Implementation> s_all = new(() =>
    {
        _ = AccessRules.Accessors;
        return new Implementation(new FeatureSet(Enumerable.Range(0, NameTable.Features.Count).Select(NameTable.Features.Name)));
    });

    internal static IReadOnlyList<string> Of(Condition condition, bool holds, int level) =>
        s_known.GetOrAdd((condition, holds, level), static key => Find(key.Item1, key.Item2, key.Item3));

    /// <summary>True for the features that say that there is AArch64 or AArch32 at all: every leaf has one.</summary>
    internal static bool IsExecutionState(string feature) =>
        feature.StartsWith("FEAT_AA64", StringComparison.Ordinal) || feature.StartsWith("FEAT_AA32", StringComparison.Ordinal);

    private static IReadOnlyList<string> Find(Condition condition, bool holds, int level)
    {
        Condition blocked = holds ? Condition.False : Condition.True;
        return condition.Fold(Known(s_all.Value, level)) == blocked
            ? [] // not even a PE with everything gets there: the absence of a feature, or something else, is asked for
            : [.. ConditionNames.Of(condition).Features.Where(f => !IsExecutionState(f) && condition.Fold(Known(s_all.Value.Flipped([f], []), level)) == blocked)];
    }

    private static Known Known(Implementation implementation, int level) => new(implementation, level, 0, _ => null);
}
