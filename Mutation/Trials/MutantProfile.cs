namespace Conformance.Mutation.Trials;

/// <summary>Features of the model, and how cases reach it.</summary>
/// <param name="Name">As on the command line: <c>nv2,-FEAT_ECV</c>, or with <c>@executive</c> or <c>@others</c> behind it.</param>
internal sealed record MutantProfile(string Name)
{
    private const string Executive = "@executive";
    private const string Others = "@others";

    /// <summary>Cases run as on real devices: what happens after an exception is seen as well, which the direct path stops at.</summary>
    internal bool ByExecutive => Name.EndsWith(Executive, StringComparison.Ordinal);

    /// <summary>With the suites that are not chosen for the rest: for mutants that the chosen ones do not see.</summary>
    internal bool OtherSuites => Name.EndsWith(Others, StringComparison.Ordinal);

    /// <summary>With the cases that profiles before this one have as well.</summary>
    internal bool AllCases { get; init; }

    /// <summary>The profile as the model takes it.</summary>
    internal string Features => ByExecutive ? Name[..^Executive.Length] : OtherSuites ? Name[..^Others.Length] : Name;
}
