using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Conformance.Harness.Cases;

/// <summary>Compares what a device did with what a case allows.</summary>
public static class Judge
{
    private const int FieldsInReason = 3;

    /// <summary>Why a case is not sent to the target at all, naming the unmet feature or level, or what the case says itself; null when it can run.</summary>
    public static string? CannotRun(Case @case, SuiteTarget target)
    {
        if (@case.Skip is { } reason)
        {
            return reason;
        }

        if (target.Features.FirstUnmet(@case.Needs) is { } unmet)
        {
            return unmet.StartsWith('!') ? $"needs a device without {unmet[1..]}" : $"needs {unmet}";
        }

        int highest = 0;
        foreach (Step step in @case.Steps)
        {
            highest = Math.Max(highest, step.Level);
        }

        return highest > target.HighestLevel
            ? string.Create(CultureInfo.InvariantCulture, $"needs EL{highest}, the device gives EL{target.HighestLevel} at most")
            : null;
    }

    /// <summary>The verdict on a case. Waivers are applied later, to a fail.</summary>
    /// <remarks>The judgement holds the observation without the bits that no allowed outcome looks at.</remarks>
    public static Judgement Of(Case @case, Observation observation) => observation switch
    {
        Observation.Finished finished => OfSteps(@case, ObservedBits.ThatCount(@case, finished)),
        Observation.Refused refused => new(@case, Verdict.Skip, observation, [], -1, refused.Reason),
        Observation.TimedOut timedOut => new(@case, Verdict.Error, observation, [], -1, $"timed out: {timedOut.Seen}"),
        Observation.Died died => new(@case, Verdict.Error, observation, [], -1, $"died: {died.Seen}"),
        _ => throw new UnreachableException($"unknown observation {observation.GetType().Name}"),
    };

    private static Judgement OfSteps(Case @case, Observation.Finished finished)
    {
        var chosen = new List<string>(finished.Steps.Count);
        for (int i = 0; i < @case.Steps.Count; i++)
        {
            Judgement Verdict(Verdict verdict, string reason) =>
                new(@case, verdict, finished, chosen, i, StepPrefix(@case, i) + reason);

            if (i >= finished.Steps.Count)
            {
                return Verdict(Cases.Verdict.Error, "the device did not report this step");
            }

            StepObservation seen = finished.Steps[i];
            IReadOnlyList<Outcome> allowed = @case.Steps[i].Allowed;
            if (Matching(allowed, seen) is { } outcome)
            {
                chosen.Add(outcome.Name);
            }
            else if (allowed.Count == 0)
            {
                return Verdict(Cases.Verdict.Error, "the case allows no outcome for this step, so nothing can be judged");
            }
            else
            {
                return FirstUndecided(allowed, seen) is { } missing
                    ? Verdict(Cases.Verdict.Error, $"the device did not report {missing}")
                    : Verdict(Cases.Verdict.Fail, Difference(allowed, seen));
            }
        }

        return finished.Steps.Count > @case.Steps.Count
            ? new(@case, Verdict.Error, finished, chosen, @case.Steps.Count, "the device reported more steps than the case has")
            : new(@case, Verdict.Pass, finished, chosen, -1, "");
    }

    /// <summary>Of the allowed outcomes the one with the fewest differing fields; the first of equals.</summary>
    public static Outcome Closest(IReadOnlyList<Outcome> allowed, StepObservation seen) =>
        allowed.MinBy(o => o.Mismatches(seen).Count)!;

    private static Outcome? Matching(IReadOnlyList<Outcome> allowed, StepObservation seen)
    {
        foreach (Outcome outcome in allowed)
        {
            if (outcome.Matches(seen))
            {
                return outcome;
            }
        }

        return null;
    }

    /// <summary>
    /// The missing field of an outcome that nothing seen contradicts: whether it came true is not known. Null when every
    /// outcome is contradicted by a value, so that the step is a plain difference.
    /// </summary>
    private static string? FirstUndecided(IReadOnlyList<Outcome> allowed, StepObservation seen)
    {
        foreach (Outcome outcome in allowed)
        {
            string? missing = null;
            bool contradicted = false;
            foreach (FieldExpectation field in outcome.Mismatches(seen))
            {
                if (seen.TryGet(field.Field, out _) || CannotExist(field.Field, seen))
                {
                    contradicted = true;
                    break;
                }

                missing ??= field.Field;
            }

            if (!contradicted)
            {
                return missing;
            }
        }

        return null;
    }

    /// <summary>A field that only an exception has, when none was taken: its absence is a difference, not a gap.</summary>
    private static bool CannotExist(string field, StepObservation seen) =>
        seen.TryGet(FieldNames.Target, out ulong target) && target == 0
        && field is FieldNames.Vector or FieldNames.Esr or FieldNames.Elr or FieldNames.Spsr or FieldNames.Far
            or FieldNames.CurrentEl;

    private static string StepPrefix(Case @case, int step) =>
        @case.Steps.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"step {step + 1}: ");

    private static string Difference(IReadOnlyList<Outcome> allowed, StepObservation seen)
    {
        Outcome closest = Closest(allowed, seen);
        IReadOnlyList<FieldExpectation> wrong = closest.Mismatches(seen);
        var text = new StringBuilder();
        if (allowed.Count > 1)
        {
            text.Append(CultureInfo.InvariantCulture, $"none of {allowed.Count} allowed outcomes, closest is '{closest.Name}': ");
        }

        for (int i = 0; i < Math.Min(wrong.Count, FieldsInReason); i++)
        {
            FieldExpectation field = wrong[i];
            string observed = seen.TryGet(field.Field, out ulong value)
                ? string.Create(CultureInfo.InvariantCulture, $"0x{value:x}")
                : "not there";
            text.Append(i == 0 ? "" : "; ").Append(field.Field).Append(' ').Append(observed).Append(", expected ")
                .Append(ValueNotation.Text(field));
        }

        if (wrong.Count > FieldsInReason)
        {
            text.Append(CultureInfo.InvariantCulture, $"; {wrong.Count - FieldsInReason} more");
        }

        return text.ToString();
    }
}
