using Conformance.Mutation.Points;
using Conformance.Mutation.Trials;

namespace Conformance.Mutation.Results;

/// <summary>One line of the record: a mutant and what became of it.</summary>
internal sealed record MutationRecord(
    string Key, MutationKind Kind, string Place, string Before, string After, string Fate, string Profile, string By, string Reason,
    int Cases, long Milliseconds)
{
    internal const string Equivalent = "Equivalent";

    internal static MutationRecord Of(Mutant mutant, TrialResult result, bool equivalent) => new(
        mutant.Key, mutant.Kind, $"{mutant.File}:{mutant.Line}", mutant.Before, mutant.After,
        IsEquivalent(result.Fate, equivalent) ? Equivalent : result.Fate.ToString(), result.Profile,
        result.Fate == Trials.Fate.SameTables ? "the resolved declarations are the same" : result.By, result.Reason, result.Cases, result.Milliseconds);

    private static bool IsEquivalent(Fate fate, bool listed) => fate == Trials.Fate.SameTables || (listed && fate == Trials.Fate.Survived);
}
