namespace Conformance.Mutation.Points;

/// <summary>The model with one change.</summary>
/// <param name="Key">Names the mutant for as long as the code around it stays: file, member, kind, before, after.</param>
/// <param name="File">Source file, relative to the root of the repository, with forward slashes.</param>
/// <param name="Line">Line of the change, from 1.</param>
/// <param name="Member">The member it is in; in a table also the name of the row (<c>All:HCR_EL2</c>).</param>
/// <param name="Kind">What the change gets wrong.</param>
/// <param name="Before">The expression or statement around the change, on one line.</param>
/// <param name="After">The same, changed.</param>
/// <param name="Start">First changed character of the file.</param>
/// <param name="Length">How many characters are replaced.</param>
/// <param name="Replacement">By what.</param>
/// <param name="Declares">The change is in code that makes the tables and does not run afterwards.</param>
internal sealed record Mutant(
    string Key, string File, int Line, string Member, MutationKind Kind, string Before, string After, int Start, int Length,
    string Replacement, bool Declares)
{
    /// <summary>The file with the change.</summary>
    internal string Apply(string source) => string.Concat(source.AsSpan(0, Start), Replacement, source.AsSpan(Start + Length));
}
