using Conformance.Harness.Cases;

namespace Conformance.Harness.Runs;

/// <summary>One line of <c>run.jsonl</c>: the verdict on one case with everything a reader needs to act on it.</summary>
public sealed record RecordedCase
{
    /// <summary>Id of the case.</summary>
    public required string Id { get; init; }

    public required string Suite { get; init; }

    /// <summary>One sentence that says what is observed; may be empty.</summary>
    public required string Title { get; init; }

    /// <summary>Ids of the rules that the case checks.</summary>
    public required IReadOnlyList<string> Rules { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>One line: why it is not a pass. Empty for a pass.</summary>
    public required string Reason { get; init; }

    /// <summary>The step that did not match, counted from 0; -1 when none did not.</summary>
    public required int FailedStep { get; init; }

    /// <summary>The names of the outcomes that the device chose, one for each step that matched.</summary>
    public required IReadOnlyList<string> Chosen { get; init; }

    /// <summary>The allowed outcomes of each step.</summary>
    public required IReadOnlyList<IReadOnlyList<Outcome>> Expected { get; init; }

    public required Observation Observed { get; init; }

    /// <summary>Id of the waiver that applies, if the verdict is waived.</summary>
    public string? Waiver { get; init; }

    /// <summary>The leak of FEAT_NV2 that makes it a pass on a virtual EL2; null for a pass on any device.</summary>
    public string? Leak { get; init; }

    /// <summary>Where the mistake is, for a failure of a device that stands on another one.</summary>
    public Attribution? Attribution { get; init; }

    /// <summary>The command that runs this case again.</summary>
    public required string Replay { get; init; }

    /// <summary>The group it is reported under: the id without its last part.</summary>
    public string Group => Id[..Math.Max(0, Id.LastIndexOf('/'))];

    /// <summary>What was seen of the step that failed, or null when nothing was.</summary>
    public StepObservation? Seen => Observed is Observation.Finished f && FailedStep >= 0 && FailedStep < f.Steps.Count
        ? f.Steps[FailedStep]
        : null;
}
