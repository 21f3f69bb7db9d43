using Conformance.Harness.Cases;
using Conformance.Harness.Spec;
using Conformance.Harness.Spec.Conditions;
using Conformance.Harness.Spec.Solving;

namespace Conformance.Harness.Coverage;

/// <summary>Says why a device cannot reach a leaf: the first condition on the way that the device decides, and what would change that.</summary>
/// <remarks>Found by asking what if: features are added to the device, or taken away, until the condition is open.</remarks>
internal sealed class Obstacles
{
    private readonly SuiteTarget _target;
    private readonly Dictionary<string, Reach> _changed = new(StringComparer.Ordinal);
    private readonly Dictionary<Condition, HashSet<string>> _ofFields = [];
    private readonly Dictionary<(Condition, bool, int, (int, int)), string?> _known = [];

    private readonly Implementation _implementation;

    internal Obstacles(SuiteTarget target)
    {
        _target = target;
        _implementation = new Implementation(target.Features);
        Device = new Reach(new ArchState(_implementation));
    }

    /// <summary>The reason, one clause without a full stop; null if no condition on the way is decided against the leaf.</summary>
    internal string? Of(LeafPath leaf) =>
        leaf.Level > _target.HighestLevel ? $"needs EL{leaf.Level}"
        : leaf.Accessor.IsImplementationDefined ? "the encodings are left to the implementation"
        : On(leaf.Last, leaf.Level, leaf.Accessor.Indices ?? (0, 0));

    /// <summary>The first obstacle on the way, or null.</summary>
    private string? On(Asked? asked, int level, (int First, int Last) indices)
    {
        if (asked is null)
        {
            return null;
        }

        if (On(asked.Before, level, indices) is { } earlier)
        {
            return earlier;
        }

        (Condition, bool, int, (int, int)) key = (asked.When, asked.Holds, level, indices);
        if (!_known.TryGetValue(key, out string? why))
        {
            _known[key] = why = Find(asked, level, indices.First, indices.Last);
        }

        return why;
    }

    private string? Find(Asked asked, int level, int first, int last)
    {
        if (!IsBlocked([], []))
        {
            return null;
        }

        ConditionNames names = ConditionNames.Of(asked.When);
        string[] features = [.. names.Features.Concat(OfFields(asked.When)).Distinct(StringComparer.Ordinal)];
        string[] lacking = [.. features.Where(f => !_target.Features.Has(f))];
        string[] present = [.. features.Where(_target.Features.Has).OrderBy(GuardingFeatures.IsExecutionState)];
        string[] all = [.. lacking, .. names.Choices];
        return Fewest(lacking, some => IsBlocked(some, [])) is { } add ? $"needs {string.Join(" and ", add)}"
            : Fewest(present, some => IsBlocked(some, [])) is { } remove ? $"needs a device without {string.Join(" and ", remove)}"
            : Fewest(all, some => IsBlocked([.. some.Where(lacking.Contains)], [.. some.Except(lacking)])) is { } both ? $"needs {InWords(both)}"
            : !IsBlocked([], ["HaveEL3"]) ? HasOrNot(3)
            : !IsBlocked([], ["HaveEL2"]) ? HasOrNot(2)
            : names.Numbers.Count > 0 ? $"needs another {string.Join(" or ", names.Numbers)}"
            : $"{asked.When} {(asked.Holds ? "never holds" : "always holds")} on this device";

        // An access to any element of an array will do.
        bool IsBlocked(IReadOnlyList<string> features, IReadOnlyList<string> choices) =>
            Enumerable.Range(first, last - first + 1).All(m => Folded(asked.When, level, m, features, choices) == (asked.Holds ? Condition.False : Condition.True));

        string HasOrNot(int el) => _target.HighestLevel >= el ? $"needs a device without EL{el}" : $"needs EL{el}";
    }

    private static string InWords(IEnumerable<string> names) => string.Join(" and ", names.Select(n => n switch
    {
        "Halted" => "Debug state",
        "HaltOK" => "halting to be allowed",
        "Using32_2" => "AArch32 at EL2",
        "Have32_1" => "AArch32 at EL1",
        ['?', ..] => $"the choice {n[1..]}",
        _ => n,
    }));

    /// <summary>The features that the presence of the condition's fields depends on.</summary>
    private HashSet<string> OfFields(Condition condition)
    {
        if (_ofFields.TryGetValue(condition, out HashSet<string>? features))
        {
            return features;
        }

        features = new HashSet<string>(StringComparer.Ordinal);
        foreach (int field in FieldList.Of(condition))
        {
            string[] name = NameTable.Fields.Name(field).Split('.');
            if (name.Length == 2 && RegisterFacts.Find(name[0]) is { } register)
            {
                IEnumerable<Condition?> presence = register.Layouts.SelectMany(l => l.Fields).Where(f => f.Name == name[1])
                    .Select(f => f.When.Condition).Prepend(register.When.Condition);
                features.UnionWith(presence.OfType<Condition>().SelectMany(p => ConditionNames.Of(p).Features));
            }
        }

        return _ofFields[condition] = features;
    }

    /// <summary>The smallest part of the names that opens the condition, dropping one after the other; null if all do not.</summary>
    private static List<string>? Fewest(IReadOnlyList<string> names, Func<IReadOnlyList<string>, bool> isBlocked)
    {
        if (names.Count == 0 || isBlocked(names))
        {
            return null;
        }

        List<string> kept = [.. names];
        foreach (string name in names.Reverse())
        {
            if (kept.Count > 1 && !isBlocked([.. kept.Where(k => k != name)]))
            {
                kept.Remove(name);
            }
        }

        return kept;
    }

    /// <summary>The device as it is.</summary>
    internal Reach Device { get; }

    /// <summary>The condition on a device with some features and choices the other way round.</summary>
    private Condition Folded(Condition condition, int level, int index, IReadOnlyList<string> features, IReadOnlyList<string> choices)
    {
        Known asIs = Device.KnownAt(level, index);
        if (features.Count == 0)
        {
            return condition.Fold(choices.Count == 0 ? asIs : asIs with { Implementation = _implementation.Flipped([], choices) });
        }

        // Which fields there are is worked out anew only where a field of the condition depends on the features.
        return features.Any(f => GuardingFeatures.IsExecutionState(f) || OfFields(condition).Contains(f))
            ? condition.Fold(Changed(features, choices).KnownAt(level, index))
            : condition.Fold(asIs with { Implementation = _implementation.Flipped(features, choices) });
    }

    private Reach Changed(IReadOnlyList<string> features, IReadOnlyList<string> choices)
    {
        string key = string.Join(' ', features.Concat(choices));
        if (!_changed.TryGetValue(key, out Reach? device))
        {
            Implementation changed = features.Any(GuardingFeatures.IsExecutionState)
                ? new Implementation(new FeatureSet( // the levels follow from these
                    _target.Features.Names.Except(features, StringComparer.Ordinal).Concat(features.Where(f => !_target.Features.Has(f))),
                    _target.Features.Numbers))
                : _implementation.Flipped(features, choices);
            _changed[key] = device = new Reach(new ArchState(changed));
        }

        return device;
    }
}
