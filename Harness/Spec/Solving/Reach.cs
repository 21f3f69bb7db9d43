using System.Collections.Concurrent;
using Conformance.Harness.Spec.Conditions;

namespace Conformance.Harness.Spec.Solving;

/// <summary>Which leaves an implementation can reach, and from which state.</summary>
/// <remarks>
/// A state is legal when it can exist and is not CONSTRAINED UNPREDICTABLE by itself: the rules of <c>profile-nv2.json</c>,
/// <c>legal</c>, in the notation of the conditions. A field that is not present is 0. What was found is kept, for any thread.
/// </remarks>
public sealed class Reach
{
    /// <summary>What makes a state legal for an access at a level.</summary>
    private static readonly StateRule[] s_legal =
    [
        new("1", "!(EL2en & HCR_EL2.TGE=1)", "with HCR_EL2.TGE = 1 EL1 cannot be entered"),
        new("2", "EL2en", "EL2 runs only where it is enabled"),
        new("012", "!(FEAT_RME & SCR_EL3.{NSE,NS}=10)", "in Root state there is only EL3"),
        new("0123", "!(HCR_EL2.NV=0 & HCR_EL2.NV1=1)", "HCR_EL2.NV1 = 1 with NV = 0 is CONSTRAINED UNPREDICTABLE"),
        new("0123", "[MDCR_EL2.HPMN<=$NUM_PMU_COUNTERS]", "MDCR_EL2.HPMN above the number of counters is CONSTRAINED UNPREDICTABLE"),
        new("0123", "FEAT_HPMN0 | !MDCR_EL2.HPMN=00000", "MDCR_EL2.HPMN = 0 without FEAT_HPMN0 is CONSTRAINED UNPREDICTABLE"),
    ];

    private readonly Implementation _implementation;
    private readonly ConcurrentDictionary<int, FieldFacts> _facts = [];
    private readonly ConcurrentDictionary<(Accessor, int, int), IReadOnlyList<ReachedLeaf>> _leaves = [];
    private readonly ConcurrentDictionary<(Accessor, int, int), IReadOnlyList<int>> _asked = [];
    private readonly ConcurrentDictionary<(Accessor, int, int), FieldDomains> _domains = [];
    private readonly ArchState _preferred;
    private readonly Condition[][] _legal;
    private readonly (Condition Condition, StateRule Rule)[][] _rules;

    /// <summary>Prepares the search for one implementation.</summary>
    /// <param name="preferred">The state to stay near: its fields are changed only where a path demands it. It must be legal.</param>
    /// <param name="also">Further rules that a state has to keep.</param>
    public Reach(ArchState preferred, IEnumerable<StateRule>? also = null)
    {
        _preferred = preferred;
        _implementation = preferred.Implementation;
        StateRule[] rules = [.. s_legal, .. also ?? []];
        _rules = [.. Enumerable.Range(0, 4).Select(level => rules
            .Where(r => r.Levels.Contains((char)('0' + level)))
            .Select(r => (ConditionParser.Parse(r.Condition).Fold(KnownAt(level, 0)), r))
            .Where(r => r.Item1 != Condition.True).ToArray())];
        _legal = [.. _rules.Select(r => r.Select(c => c.Condition).ToArray())];
    }

    /// <summary>What the register facts say of a field: width, whether it can change, and when it is present (null: always).</summary>
    private sealed record FieldFacts(int Width, bool Absent, bool Constant, Condition? Presence);

    /// <summary>The leaves of an accessor at a level that some legal state leads to, each with such a state, in reading order.</summary>
    /// <param name="accessor">The accessor.</param>
    /// <param name="level">Exception level, 0 to 3.</param>
    /// <param name="index">Array index m.</param>
    public IReadOnlyList<ReachedLeaf> Leaves(Accessor accessor, int level, int index = 0)
    {
        if (_leaves.TryGetValue((accessor, level, index), out IReadOnlyList<ReachedLeaf>? leaves))
        {
            return leaves;
        }

        Known known = KnownAt(level, index);
        Dictionary<int, ReachedLeaf> reached = [];
        foreach (RulePath path in RulePaths.Of(accessor.Tree(level), known))
        {
            if (!reached.ContainsKey(path.End.Ordinal) && Solve(path.Conditions, known) is { } fields)
            {
                reached.Add(path.End.Ordinal, new ReachedLeaf(accessor, level, index, path.End, fields));
            }
        }

        return _leaves[(accessor, level, index)] = [.. reached.Values];
    }

    /// <summary>The same over all indices of an array: each leaf once, with the first index that reaches it.</summary>
    public IReadOnlyList<ReachedLeaf> LeavesOverIndices(Accessor accessor, int level)
    {
        (int first, int last) = accessor.Indices ?? (0, 0);
        Dictionary<int, ReachedLeaf> found = [];
        for (int index = first; index <= last; index++)
        {
            foreach (ReachedLeaf leaf in Leaves(accessor, level, index))
            {
                found.TryAdd(leaf.End.Ordinal, leaf);
            }
        }

        return [.. found.Values.OrderBy(l => l.End.Ordinal)];
    }

    /// <summary>The fields, by number, that any condition of the accessor's tree asks for on this implementation.</summary>
    public IReadOnlyList<int> FieldsAsked(Accessor accessor, int level, int index = 0)
    {
        if (_asked.TryGetValue((accessor, level, index), out IReadOnlyList<int>? asked))
        {
            return asked;
        }

        Known known = KnownAt(level, index);
        return _asked[(accessor, level, index)] = [.. RulePaths.Conditions(accessor.Tree(level), known).SelectMany(FieldList.Of).Distinct()];
    }

    /// <summary>The values of a field that are worth trying, one for each outcome of each condition; none if no condition asks for it.</summary>
    public IReadOnlyCollection<ulong> ValuesAsked(Accessor accessor, int level, int index, int field)
    {
        if (!_domains.TryGetValue((accessor, level, index), out FieldDomains? domains))
        {
            IEnumerable<Condition> conditions = RulePaths.Of(accessor.Tree(level), KnownAt(level, index)).SelectMany(p => p.Conditions);
            _domains[(accessor, level, index)] = domains = new FieldDomains(conditions, Width);
        }

        return domains.Contains(field) ? domains.Of(field) : [];
    }

    /// <summary>True if an access at a level can be made in a state: it is legal, and no field has a value that is not there.</summary>
    /// <param name="state">The state.</param>
    /// <param name="level">Exception level, 0 to 3.</param>
    /// <param name="fields">The fields that were given a value, by number.</param>
    public bool Allows(ArchState state, int level, IReadOnlyList<int> fields)
    {
        foreach (Condition legal in _legal[level])
        {
            if (!legal.Holds(state, level, 0))
            {
                return false;
            }
        }

        foreach (int field in fields)
        {
            if (state[field] != 0 && !IsPresent(field, state))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The first rule for states at a level that a state breaks, or null if it is legal.</summary>
    public StateRule? Broken(ArchState state, int level)
    {
        foreach ((Condition condition, StateRule rule) in _rules[level])
        {
            if (!condition.Holds(state, level, 0))
            {
                return rule;
            }
        }

        return null;
    }

    /// <summary>True if a field exists on the implementation and in the layout that a state selects.</summary>
    public bool IsPresent(int field, ArchState state)
    {
        FieldFacts facts = Facts(field);
        return !facts.Absent && (facts.Presence?.Holds(state, _implementation.HighestLevel, 0) ?? true);
    }

    /// <summary>Width of a field in bits.</summary>
    public int Width(int field) => Facts(field).Width;

    internal Known KnownAt(int level, int index) =>
        new(_implementation, level, index, f => Facts(f).Absent ? 0 : Facts(f).Constant ? _preferred[f] : null);

    private IReadOnlyDictionary<int, ulong>? Solve(IReadOnlyList<Condition> path, Known known)
    {
        List<Condition> all = [.. path];
        List<Condition> legal = [.. _legal[known.Level]];
        HashSet<int> seen = [];
        for (int i = 0; i < all.Count; i++)
        {
            foreach (int field in FieldList.Of(all[i]))
            {
                if (!seen.Add(field))
                {
                    continue;
                }

                if (Facts(field).Presence?.Fold(known) is { } presence && presence != Condition.True)
                {
                    all.Add(new Any([new FieldAtom(new FieldRef(NameTable.Fields.Name(field)), ulong.MaxValue, 0), presence]));
                }

                // A rule none of whose fields is touched keeps holding, as it does in the preferred state.
                foreach (Condition rule in legal.Where(r => FieldList.Of(r).Contains(field)).ToArray())
                {
                    legal.Remove(rule);
                    all.Add(rule);
                }
            }
        }

        return Solver.Solve(all, f => Facts(f).Width, f => _preferred[f]);
    }

    private FieldFacts Facts(int field)
    {
        if (!_facts.TryGetValue(field, out FieldFacts? facts))
        {
            _facts[field] = facts = Look(NameTable.Fields.Name(field));
        }

        return facts;
    }

    private FieldFacts Look(string name)
    {
        string plain = name.StartsWith("eff.", StringComparison.Ordinal) ? name[4..] : name;
        int dot = plain.IndexOf('.', StringComparison.Ordinal);
        string register = dot < 0 ? plain : plain[..dot];
        if (RegisterFacts.Find(register) is not { } info)
        {
            return new FieldFacts(1, false, false, null);
        }

        // Only the conditions that no field decides are known here: fold with all fields open.
        Known known = new(_implementation, _implementation.HighestLevel, 0, _ => null);
        Condition there = (info.When.Condition ?? Condition.True).Fold(known);
        List<Condition> alternatives = [];
        int width = dot < 0 ? 64 : 1;
        foreach (RegisterLayout layout in info.Layouts)
        {
            foreach (RegisterField field in layout.Fields.Where(f => dot >= 0 && f.Kind == FieldKind.Named && f.Name == plain[(dot + 1)..]))
            {
                width = field.Width;
                alternatives.Add(new All([there, layout.When.Condition ?? Condition.True, field.When.Condition ?? Condition.True]).Fold(known));
            }
        }

        Condition presence = dot < 0 || alternatives.Count == 0 ? there : new Any(alternatives).Fold(known);
        return new FieldFacts(width, presence == Condition.False, register.StartsWith("ID_", StringComparison.Ordinal), presence == Condition.True ? null : presence);
    }
}

/// <summary>A leaf that can be reached, and the fields that lead to it.</summary>
/// <param name="Accessor">The accessor.</param>
/// <param name="Level">Exception level of the access.</param>
/// <param name="Index">Array index m.</param>
/// <param name="End">The leaf and its place.</param>
/// <param name="Fields">The fields that decide, by number; all others do not matter.</param>
public sealed record ReachedLeaf(
    Accessor Accessor, int Level, int Index, RuleNode.End End, IReadOnlyDictionary<int, ulong> Fields)
{
    /// <summary>The fields that decide, by name, in ordinal order.</summary>
    public IReadOnlyList<KeyValuePair<string, ulong>> NamedFields =>
        [.. Fields.Select(f => KeyValuePair.Create(NameTable.Fields.Name(f.Key), f.Value)).OrderBy(f => f.Key, StringComparer.Ordinal)];

    /// <summary>The id that coverage counts: <c>MRS SCTLR_EL1@EL1#4:N:110</c>.</summary>
    public string Id => Accessor.LeafId(Level, End);
}

/// <summary>A rule for states.</summary>
/// <param name="Levels">The levels of access that it concerns, as digits.</param>
/// <param name="Condition">What must hold, in the notation of the facts.</param>
/// <param name="Why">For people: what is wrong with a state in which it does not hold.</param>
public sealed record StateRule(string Levels, string Condition, string Why);
