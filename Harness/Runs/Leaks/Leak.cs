using Conformance.Harness.Cases;
using Conformance.Harness.Devices;

namespace Conformance.Harness.Runs.Leaks;

/// <summary>A place where FEAT_NV2 cannot hide from a guest hypervisor that its EL2 is not a real one. One line of <c>Fixtures/leaks</c>.</summary>
/// <param name="Id"><c>L-1</c> to <c>L-9</c>.</param>
/// <param name="Says">What can be seen, for the report.</param>
/// <param name="ClosedBy">Features with any of which there is no such leak.</param>
/// <param name="Allows">The outcomes that the leak allows; empty while no case shows it.</param>
public sealed record Leak(string Id, string Says, IReadOnlyList<string> ClosedBy, IReadOnlyList<LeakAllowance> Allows)
{
    /// <summary>How a report calls an outcome that only the leak allows.</summary>
    public string Outcome => $"allowed: {Id}";

    /// <summary>The device has a virtual EL2, and nothing that closes the leak.</summary>
    public bool AppliesTo(DeviceInfo device) => device.HasVirtualEl2 && !ClosedBy.Any(device.Features.Has);

    /// <summary>The case with the outcomes that the leak allows besides its own; null when the leak says nothing about it.</summary>
    public Case? Widen(Case @case)
    {
        LeakAllowance[] allows = [.. Allows.Where(a => a.Concerns(@case))];
        return allows.Length == 0 ? null : @case with
        {
            Steps = [.. @case.Steps.Select(step => step with
            {
                Allowed = [.. step.Allowed, .. allows.SelectMany(a => step.Allowed.Select(o => a.Widen(o, step, Outcome))).OfType<Outcome>()],
            })],
        };
    }
}

/// <summary>Cases, and the fields that may have other values there.</summary>
/// <param name="Cases">Pattern over case ids.</param>
/// <param name="Rules">Rules one of which the case has to check; empty for any.</param>
/// <param name="Levels">Exception levels at which the step has to start; empty for any.</param>
/// <param name="Fields">The fields.</param>
public sealed record LeakAllowance(
    CasePatterns Cases, IReadOnlyList<string> Rules, IReadOnlyList<int> Levels, IReadOnlyList<FieldAllowance> Fields)
{
    internal bool Concerns(Case @case) => Cases.Matches(@case.Id) && (Rules.Count == 0 || @case.Rules.Any(Rules.Contains));

    /// <summary>An outcome with more values for the fields; null when none of them is in it, or the step is another.</summary>
    internal Outcome? Widen(Outcome outcome, Step step, string name) =>
        Levels.Count > 0 && !Levels.Contains(step.Level) ? null : FieldAllowance.Widen(outcome, step, Fields, name);
}

/// <summary>What became of a leak in a run.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Says">What can be seen.</param>
/// <param name="Cases">Cases that pass because of it, and would fail on a real EL2.</param>
public sealed record LeakUse(string Id, string Says, int Cases);
