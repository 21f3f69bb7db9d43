namespace Conformance.Mutation.Rules;

/// <summary>How the model breaks one rule, or why no mutant of it can: a line of <c>Mutation/rule-mutants.jsonl</c>.</summary>
/// <param name="Rule">Id of the rule.</param>
/// <param name="File">Source file, relative to the root of the repository, with forward slashes.</param>
/// <param name="Old">Text that stands there once.</param>
/// <param name="New">What stands there instead.</param>
/// <param name="Profile">Profile of the model; <see cref="Usual"/> unless the rule needs another.</param>
/// <param name="Reason">Why the rule has no mutant, in the place of all others.</param>
internal sealed record RuleRow(
    string Rule, string? File = null, string? Old = null, string? New = null, string? Profile = null, string? Reason = null)
{
    internal const string Usual = "nv2";

    internal string OnProfile => Profile ?? Usual;

    /// <summary>The file with the rule broken.</summary>
    /// <exception cref="MutationException">The old text is not there, or stands there more than once.</exception>
    internal string Apply(string source)
    {
        string old = Old!;
        int at = source.IndexOf(old, StringComparison.Ordinal);
        if (at < 0)
        {
            throw new MutationException($"{RuleTable.File}: {Rule}: {File} has no '{old}' any more; take the text as it is there now.");
        }

        return source.IndexOf(old, at + 1, StringComparison.Ordinal) < 0
            ? string.Concat(source.AsSpan(0, at), New, source.AsSpan(at + old.Length))
            : throw new MutationException($"{RuleTable.File}: {Rule}: {File} has '{old}' more than once; take more of the text around it.");
    }
}
