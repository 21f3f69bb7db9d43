namespace Conformance.Harness.Spec.Compare;

/// <summary>A rule of both versions that is not the same.</summary>
/// <param name="Id">The accessor.</param>
/// <param name="What">What changed besides the trees: <c>encoding [3,0,1,0,0] becomes [3,0,1,0,1]</c>.</param>
/// <param name="Levels">Per Exception level, a state in which the outcome differs.</param>
/// <param name="Rewritten">Levels whose trees are written differently without a difference in the states drawn.</param>
public sealed record RuleChange(
    string Id, IReadOnlyList<string> What, IReadOnlyList<(int Level, Counterexample Example)> Levels, IReadOnlyList<int> Rewritten)
{
    /// <summary>False if the rule is only written differently.</summary>
    public bool Differs => What.Count > 0 || Levels.Count > 0;
}

/// <summary>What changed in a register.</summary>
public sealed record RegisterChange(string Name, IReadOnlyList<string> What);

/// <summary>The comparison of two versions of the facts.</summary>
/// <param name="Added">Accessors that only the new version has.</param>
/// <param name="Removed">Accessors that only the old version has.</param>
/// <param name="Changed">Rules that differ, or are written differently.</param>
/// <param name="RegistersAdded">Registers that only the new version has.</param>
/// <param name="RegistersRemoved">Registers that only the old version has.</param>
/// <param name="RegistersChanged">Registers that differ.</param>
/// <param name="Compared">Accessors of both versions.</param>
/// <param name="States">States in which outcomes were compared, over all accessors and levels.</param>
/// <param name="LeavesReached">Leaves of the old version that those states reached.</param>
/// <param name="Leaves">Leaves of the accessors compared, of the old version.</param>
/// <param name="NotCompared">What could not be compared, in one sentence each.</param>
public sealed record SpecDiff(
    IReadOnlyList<string> Added,
    IReadOnlyList<string> Removed,
    IReadOnlyList<RuleChange> Changed,
    IReadOnlyList<string> RegistersAdded,
    IReadOnlyList<string> RegistersRemoved,
    IReadOnlyList<RegisterChange> RegistersChanged,
    int Compared,
    long States,
    int LeavesReached,
    int Leaves,
    IReadOnlyList<string> NotCompared)
{
    /// <summary>True if nothing differs.</summary>
    public bool Same => Added.Count + Removed.Count + RegistersAdded.Count + RegistersRemoved.Count + RegistersChanged.Count == 0
        && !Changed.Any(c => c.Differs);

    /// <summary>Compares two versions.</summary>
    /// <param name="old">The old facts.</param>
    /// <param name="changed">The new facts.</param>
    /// <param name="states">States to draw for each accessor and level.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="progress">Told how many of how many accessors are compared.</param>
    /// <param name="stop">Ends the comparison early.</param>
    public static SpecDiff Of(
        FactSet old, FactSet changed, int states, int seed, Action<int, int>? progress = null, CancellationToken stop = default)
    {
        List<string> notCompared = [];
        RuleTotals rules = old.Rules is { } oldRules && changed.Rules is { } newRules
            ? RuleComparer.Compare(oldRules, newRules, states, seed, progress, stop)
            : RuleTotals.None;
        (List<string> added, List<string> removed, List<RegisterChange> registers) =
            old.Registers is { } oldRegisters && changed.Registers is { } newRegisters
                ? RegisterComparer.Compare(oldRegisters, newRegisters)
                : ([], [], []);
        Missing("rules", old.Rules is null, changed.Rules is null);
        Missing("registers", old.Registers is null, changed.Registers is null);
        return new SpecDiff(
            rules.Added, rules.Removed, rules.Changed, added, removed, registers,
            rules.Compared, rules.States, rules.LeavesReached, rules.Leaves, notCompared);

        void Missing(string what, bool inOld, bool inNew)
        {
            if (inOld != inNew)
            {
                notCompared.Add($"the {what} are not compared: {(inOld ? old.Name : changed.Name)} has none");
            }
        }
    }
}
