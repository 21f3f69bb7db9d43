namespace Conformance.Cli.Doctor;

/// <summary>One thing that was looked for.</summary>
/// <param name="State">How it was found.</param>
/// <param name="What">The thing, with its version where it has one.</param>
/// <param name="Mend">What it is missing for and the command that mends it; empty when there is nothing to mend.</param>
internal sealed record Finding(FindingState State, string What, string Mend = "");

/// <summary>See <see cref="Finding"/>.</summary>
internal enum FindingState
{
    /// <summary>It is there and works.</summary>
    Ok,

    /// <summary>Not there, and only needed for the work that the mend names.</summary>
    Optional,

    /// <summary>A device cannot be used without it.</summary>
    Missing,
}
