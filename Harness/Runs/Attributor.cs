using Conformance.Harness.Cases;
using Conformance.Harness.Devices;

namespace Conformance.Harness.Runs;

/// <summary>Runs the cases that failed on a device again on the device below it, and says where each mistake is.</summary>
internal static class Attributor
{
    /// <summary>One attribution for each failure, in their order.</summary>
    /// <param name="failures">Judgements with the verdict fail or error.</param>
    /// <param name="below">Starts the device below.</param>
    /// <param name="all">Waivers, of which those of the device below are looked at.</param>
    /// <param name="suites">The cases of the run as they are made for a target.</param>
    /// <param name="cancellation">Ends it.</param>
    internal static (AttributionSummary Summary, IReadOnlyList<Attribution> Each) Of(
        IReadOnlyList<Judgement> failures, Func<IDevice> below, WaiverSet all, Func<SuiteTarget, IEnumerable<Case>> suites,
        CancellationToken cancellation)
    {
        try
        {
            using IDevice device = below();
            List<Attribution> each = [.. Ask(failures, device, all.For(device.Info), cancellation)];
            AskForItsOwn(each, failures, device, suites, cancellation);
            return (AttributionSummary.Of(device.Info.Name, device.Info.InWords, each), each);
        }
        catch (DeviceUnavailableException e)
        {
            // The run has its verdicts; what is missing is only whose they are.
            List<Attribution> each = [.. failures.Select(f => new Attribution(f.Case.Id, Fault.Unknown, Verdict.Skip, e.What, null))];
            return (AttributionSummary.Of("the device", $"not available: {e.What}", each), each);
        }
    }

    /// <summary>
    /// A case is made for what a device says of itself, its sizes among that, and may not be met by one that says something
    /// else. So what the device below fails is made again for that device: if it does the same code right as it should do it,
    /// the mistake is not there.
    /// </summary>
    private static void AskForItsOwn(
        List<Attribution> each, IReadOnlyList<Judgement> failures, IDevice below, Func<SuiteTarget, IEnumerable<Case>> suites,
        CancellationToken cancellation)
    {
        Dictionary<string, int> open = each.Index().Where(a => a.Item.Verdict is Verdict.Fail or Verdict.Error).ToDictionary(a => a.Item.Case, a => a.Index);
        if (open.Count == 0)
        {
            return;
        }

        var target = new SuiteTarget(below.Info.Features, below.Info.HighestLevel);
        Case[] own = [.. suites(target).Where(
            c => open.TryGetValue(c.Id, out int at) && IsSameCode(c, failures[at].Case) && Judge.CannotRun(c, target) is null)];
        foreach ((Case @case, Observation seen) in own.Zip(below.Run(own, cancellation)))
        {
            if (Judge.Of(@case, seen).Verdict == Verdict.Pass)
            {
                each[open[@case.Id]] = new Attribution(@case.Id, Fault.Device, Verdict.Pass, "");
            }
        }
    }

    /// <summary>A case that is drawn at random may be a wholly different one for another device, under the same id.</summary>
    private static bool IsSameCode(Case a, Case b) => a.Rules.SequenceEqual(b.Rules) && a.Steps.Count == b.Steps.Count
        && a.Steps.Zip(b.Steps).All(s => s.First.Level == s.Second.Level && s.First.Code.SequenceEqual(s.Second.Code));

    private static IEnumerable<Attribution> Ask(
        IReadOnlyList<Judgement> failures, IDevice below, WaiverSet waivers, CancellationToken cancellation)
    {
        var target = new SuiteTarget(below.Info.Features, below.Info.HighestLevel);
        string?[] cannot = [.. failures.Select(f => Judge.CannotRun(f.Case, target) ?? waivers.Withholds(f.Case))];
        using IEnumerator<Observation> answers =
            below.Run(failures.Where((_, i) => cannot[i] is null).Select(f => f.Case), cancellation).GetEnumerator();
        for (int i = 0; i < failures.Count; i++)
        {
            Judgement here = failures[i];
            Observation seen = cannot[i] is { } reason ? new Observation.Refused(reason)
                : answers.MoveNext() ? answers.Current
                : new Observation.Refused("the device below ended its answers before this case");
            Judgement there = Judge.Of(here.Case, seen);
            Waiver? known = there.Verdict is Verdict.Fail or Verdict.Error ? waivers.Explaining(there) : null;
            yield return new Attribution(
                here.Case.Id, FaultOf(here, there), known is null ? there.Verdict : Verdict.Waived, known?.Reason ?? there.Reason, known?.Id);
        }
    }

    private static Fault FaultOf(Judgement here, Judgement there) => there.Verdict switch
    {
        Verdict.Pass => Fault.Device,
        Verdict.Skip => Fault.Unknown,
        _ => IsSame(here, there) ? Fault.Below : Fault.Both,
    };

    /// <summary>Both went wrong at the same place with the same values, as far as an allowed outcome looks at them; or ended in the same way.</summary>
    private static bool IsSame(Judgement here, Judgement there) => (here.Observed, there.Observed) switch
    {
        (Observation.Finished a, Observation.Finished b) => here.FailedStep == there.FailedStep && here.Verdict == there.Verdict
            && here.FailedStep < a.Steps.Count && here.FailedStep < b.Steps.Count && Same(a.Steps[here.FailedStep], b.Steps[here.FailedStep]),
        (Observation.TimedOut, Observation.TimedOut) or (Observation.Died, Observation.Died) => true,
        _ => false,
    };

    private static bool Same(StepObservation a, StepObservation b) =>
        a.Fields.Count == b.Fields.Count && a.Fields.All(f => b.TryGet(f.Key, out ulong value) && value == f.Value);
}
