namespace Conformance.Mutation.Rules;

/// <summary>What became of a mutant that breaks one rule.</summary>
/// <param name="Row">The mutant.</param>
/// <param name="Cases">How many cases ran.</param>
/// <param name="Naming">Ids of failing cases that name the rule.</param>
/// <param name="Others">Ids of failing cases that do not.</param>
/// <param name="Error">Why it could not be tried; empty when it could.</param>
internal sealed record RuleVerdict(RuleRow Row, int Cases, IReadOnlyList<string> Naming, IReadOnlyList<string> Others, string Error = "")
{
    /// <summary>Cases of the rule caught it, and no others.</summary>
    internal bool Good => Error.Length == 0 && Naming.Count > 0 && Others.Count == 0;

    /// <summary>One line.</summary>
    public override string ToString() => Error.Length > 0 ? $"ERROR     {Row.Rule} {Row.File}: {Error}"
        : Naming.Count == 0 && Others.Count == 0 ? $"SURVIVED  {Row.Rule} {Row.File}: all {Cases} cases pass with '{Row.New}'"
        : Others.Count > 0 ? $"TOO WIDE  {Row.Rule} {Row.File}: {Naming.Count} failing cases name the rule, {Others.Count} do not: {string.Join(", ", Others.Take(3))}"
        : $"caught    {Row.Rule} by {Naming.Count} of {Cases} cases: {Naming[0]}";
}
