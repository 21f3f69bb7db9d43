using System.Text.RegularExpressions;
using Conformance.Harness.Spec;

namespace Conformance.Suites.Access;

/// <summary>The features and IMPLEMENTATION DEFINED choices that an accessor's rule at a level depends on.</summary>
internal sealed partial class RuleNames
{
    private static readonly Dictionary<(Accessor, int), RuleNames> s_known = [];
    private static readonly Lock s_lock = new();

    private readonly Lazy<IReadOnlyList<string>> _features;
    private readonly Lazy<IReadOnlyList<string>> _choices;

    private RuleNames(RuleNode rule)
    {
        string[] texts = [.. Conditions(rule)];
        _features = new(() => [.. texts.SelectMany(FeaturesOf).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
        _choices = new(() => [.. texts.Where(t => t.Contains('?', StringComparison.Ordinal)).SelectMany(t => Choice().Matches(t))
            .Select(m => m.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
    }

    /// <summary>Features asked, in ordinal order.</summary>
    internal IReadOnlyList<string> Features => _features.Value;

    /// <summary>Choices asked (<c>?NAME</c>), in ordinal order.</summary>
    internal IReadOnlyList<string> Choices => _choices.Value;

    internal static RuleNames Of(Accessor accessor, int level)
    {
        lock (s_lock)
        {
            if (!s_known.TryGetValue((accessor, level), out RuleNames? names))
            {
                s_known[(accessor, level)] = names = new RuleNames(accessor.Tree(level).Root);
            }

            return names;
        }
    }

    /// <summary>What a device must and must not have for the rule to mean what it means on the target.</summary>
    internal IReadOnlyList<string> Needs(FeatureSet target) => [.. Features.Select(f => target.Has(f) ? f : $"!{f}")];

    private static IEnumerable<string> Conditions(RuleNode node)
    {
        if (node is not RuleNode.Fork fork)
        {
            return [];
        }

        return fork.Arms.SelectMany(a => Conditions(a.Then).Prepend(a.When.ToString()!)).Concat(Conditions(fork.Otherwise));
    }

    private static IEnumerable<string> FeaturesOf(string condition)
    {
        foreach (Match match in Feature().Matches(condition))
        {
            yield return match.Value;
        }

        if (condition.Contains("NVx", StringComparison.Ordinal))
        {
            yield return "FEAT_NV";
            yield return "FEAT_NV2";
        }

        if (condition.Contains("Host", StringComparison.Ordinal))
        {
            yield return "FEAT_VHE";
        }
    }

    [GeneratedRegex(@"FEAT_\w+")]
    private static partial Regex Feature();

    [GeneratedRegex(@"\?\w+")]
    private static partial Regex Choice();
}
