namespace Conformance.Mutation.Trials;

/// <summary>What became of a mutant.</summary>
internal enum Fate
{
    /// <summary>A case of the suites saw the difference.</summary>
    Caught,

    /// <summary>Every case passed on every profile.</summary>
    Survived,

    /// <summary>The same, and the tables of the model are those of the right one on every profile.</summary>
    SameTables,

    /// <summary>The change is no C#: it does not count.</summary>
    DoesNotCompile,
}

/// <summary>How the trial of a mutant ended.</summary>
/// <param name="Fate">Caught or not.</param>
/// <param name="Profile">The profile on which it was caught.</param>
/// <param name="By">Id of the case that caught it, or what happened in its place.</param>
/// <param name="Reason">What was seen, in one line.</param>
/// <param name="Cases">How many cases were run.</param>
/// <param name="Milliseconds">How long it took, the compiler included.</param>
internal sealed record TrialResult(Fate Fate, string Profile, string By, string Reason, int Cases, long Milliseconds);
