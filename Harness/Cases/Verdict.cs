namespace Conformance.Harness.Cases;

/// <summary>How an observation compares with the expectation. A closed set; the order is that of the reports.</summary>
public enum Verdict
{
    /// <summary>Every step matched one of its allowed outcomes.</summary>
    Pass,

    /// <summary>A step matched none of its allowed outcomes.</summary>
    Fail,

    /// <summary>Not run; the reason names the missing feature or level.</summary>
    Skip,

    /// <summary>A known divergence of this device and version, with rule and reason.</summary>
    Waived,

    /// <summary>The device died or timed out, or could not observe what the case asks for: no statement about the rule.</summary>
    Error,
}

/// <summary>The verdict on one case, with what a reader needs to act on it.</summary>
/// <param name="Case">The case that was judged.</param>
/// <param name="Verdict">How it came out.</param>
/// <param name="Observed">The observation it was judged from.</param>
/// <param name="Chosen">Names of the matching outcome of each step, as far as steps matched.</param>
/// <param name="FailedStep">Index of the first step that did not match, or -1.</param>
/// <param name="Reason">One line: why it is not a pass. Empty for a pass.</param>
public sealed record Judgement(
    Case Case, Verdict Verdict, Observation Observed, IReadOnlyList<string> Chosen, int FailedStep, string Reason)
{
    /// <summary>The leak of FEAT_NV2 that makes this a pass on a virtual EL2 (<c>L-3</c>); null for a pass on any device.</summary>
    public string? Leak { get; init; }
}
