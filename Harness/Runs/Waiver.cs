using Conformance.Harness.Cases;
using Conformance.Harness.Devices;

namespace Conformance.Harness.Runs;

/// <summary>A known divergence of a device, with the rule it departs from and the reasoning. One line of a waiver file.</summary>
/// <param name="Id">Stable identity, used in records.</param>
/// <param name="Cases">Which cases show it: patterns over case ids.</param>
/// <param name="Device">Short name of the device.</param>
/// <param name="Versions">The versions that have it.</param>
/// <param name="Rule">The rule the device departs from.</param>
/// <param name="Reason">What it does instead and why that is known to be wrong, for the report.</param>
/// <param name="Smallest">Id of the smallest case that shows it.</param>
/// <param name="Fields">
/// What the failing step must have shown, so that another failure of the same case is not waived; empty waives any.
/// </param>
public sealed record Waiver(
    string Id,
    CasePatterns Cases,
    string Device,
    VersionRange Versions,
    string Rule,
    string Reason,
    string Smallest,
    IReadOnlyList<FieldExpectation> Fields)
{
    /// <summary>Features without which, or with <c>!</c> with which, the divergence cannot be seen.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>Registers one of which a case has to write, by its state or its code; empty for any case.</summary>
    public IReadOnlyList<string> Writes { get; init; } = [];

    /// <summary>Registers that the state of a case has to give, and what values; empty for any case.</summary>
    public IReadOnlyList<FieldExpectation> Sets { get; init; } = [];

    /// <summary>Patterns over rules, one of which a case has to check; empty for any case.</summary>
    public IReadOnlyList<string> Checks { get; init; } = [];

    /// <summary>
    /// Bits in which alone the failure may differ from an outcome that the case allows, in every step, so that nothing else
    /// that is wrong is waived with them; empty lets everything differ.
    /// </summary>
    public IReadOnlyList<FieldAllowance> Differs { get; init; } = [];

    /// <summary>The cases end the device, or never end on it: of them only the smallest is sent, to see whether it still does.</summary>
    public bool EndsDevice { get; init; }

    /// <summary>The cases end in an error that says this, and are sent all the same; null for cases that show something.</summary>
    public string? Error { get; init; }

    public bool AppliesTo(DeviceInfo device) =>
        (SpeaksOf(device.WaiversOf ?? device.Name, device.Version) || (device.Below is { } below && SpeaksOf(below.Name, below.Version)))
        && device.Features.FirstUnmet(Needs) is null;

    private bool SpeaksOf(string name, string version) => Device == name && Versions.Contains(version);

    /// <summary>True for a case that can show the divergence.</summary>
    public bool Concerns(Case @case) =>
        (Cases.Matches(@case.Id) || (@case.Like is { } like && Cases.Matches(like)))
        && (Writes.Count == 0 || Writes.Any(r => CaseWrites.To(r, @case)))
        && (Checks.Count == 0 || @case.Rules.Any(r => Checks.Any(p => CasePatterns.Glob(p, r))))
        && Sets.All(s => @case.Registers.Concat(@case.Steps.SelectMany(step => step.Registers)).Any(r => r.Name == s.Field && s.Allows(r.Value)));

    /// <summary>Why a case is not sent to the device, or null.</summary>
    public string? Withholds(Case @case) => EndsDevice && @case.Id != Smallest && Concerns(@case)
        ? $"not sent: it would end the device (waiver {Id}, {Rule})" : null;

    /// <summary>True when the failure shows what the waiver says, in the step that failed.</summary>
    public bool Explains(Judgement failure) =>
        Concerns(failure.Case)
        && (EndsDevice ? failure.Observed is Observation.Died or Observation.TimedOut
            : Error is not null ? failure.Observed is Observation.Died && failure.Reason.Contains(Error, StringComparison.Ordinal)
            : failure.Observed is Observation.Finished finished
                && Fields.All(f => finished.Steps[failure.FailedStep].TryGet(f.Field, out ulong value) && f.Allows(value))
                && (Differs.Count == 0 || Judge.Of(Widened(failure.Case), finished).Verdict == Verdict.Pass));

    /// <summary>The case with the outcomes besides its own that differ from them in nothing but what the waiver says.</summary>
    private Case Widened(Case @case) => @case with
    {
        Steps = [.. @case.Steps.Select(step => step with
        {
            Allowed = [.. step.Allowed, .. step.Allowed.Select(o => FieldAllowance.Widen(o, step, Differs, Id)).OfType<Outcome>()],
        })],
    };
}

/// <summary>What became of a waiver in a run.</summary>
/// <param name="Id">Id of the waiver.</param>
/// <param name="Rule">The rule it names.</param>
/// <param name="Reason">Its reason.</param>
/// <param name="Waived">Failures it explained.</param>
/// <param name="Passed">Cases of the waiver that passed.</param>
/// <param name="Failed">Cases of the waiver that failed in another way, or died: not waived.</param>
/// <param name="Stale">Its smallest case passed, and no waiver of its rule explained a failure: the divergence is gone and so should be the waiver.</param>
public sealed record WaiverUse(string Id, string Rule, string Reason, int Waived, int Passed, int Failed, bool Stale);
