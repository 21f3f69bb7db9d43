using Conformance.Harness.Cases;

namespace Conformance.Harness.Runs;

/// <summary>What a run has come to so far: counts, coverage, and what became of each waiver.</summary>
internal sealed class RunTally
{
    private readonly RunPlan _plan;
    private readonly WaiverSet _waivers;
    private readonly Dictionary<string, VerdictCounts> _byWaiver = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _judgedRules = new(StringComparer.Ordinal);

    public RunTally(RunPlan plan)
    {
        _plan = plan;
        _waivers = plan.Waivers.For(plan.Device.Info);
    }

    public VerdictCounts Counts { get; private set; }

    /// <summary>Counts a judgement; a fail that a waiver explains becomes waived.</summary>
    public (Judgement Judgement, Waiver? Waiver) Add(Judgement judgement)
    {
        Waiver? explaining = judgement.Verdict == Verdict.Fail ? _waivers.Explaining(judgement) : null;
        if (explaining is not null)
        {
            judgement = judgement with { Verdict = Verdict.Waived, Reason = explaining.Reason };
        }

        Counts = Counts.Plus(judgement.Verdict);
        foreach (Waiver waiver in _waivers.Waivers)
        {
            if (explaining == waiver || (explaining is null && waiver.Cases.Matches(judgement.Case.Id)))
            {
                _byWaiver[waiver.Id] = _byWaiver.GetValueOrDefault(waiver.Id).Plus(judgement.Verdict);
            }
        }

        if (judgement.Verdict is Verdict.Pass or Verdict.Fail or Verdict.Waived)
        {
            string suite = judgement.Case.Suite;
            if (!_judgedRules.TryGetValue(suite, out HashSet<string>? rules))
            {
                _judgedRules[suite] = rules = new HashSet<string>(StringComparer.Ordinal);
            }

            rules.UnionWith(judgement.Case.Rules);
        }

        return (judgement, explaining);
    }

    public RunSummary Summary(bool complete, TimeSpan elapsed) => new()
    {
        Complete = complete,
        Device = _plan.Device.Info.Name,
        DeviceVersion = _plan.Device.Info.Version,
        Features = _plan.Device.Info.Features.Names,
        HighestLevel = _plan.Device.Info.HighestLevel,
        Notes = _plan.Device.Info.Notes,
        Seed = _plan.Seed,
        Only = _plan.Only.Patterns,
        Counts = Counts,
        Seconds = elapsed.TotalSeconds,
        CasesPerSecond = elapsed > TimeSpan.Zero ? (Counts.Total - Counts.Skip) / elapsed.TotalSeconds : 0,
        Coverage = _plan.Cases is null && Counts.Total > 0 ? [.. _plan.Suites.Select(Coverage)] : [],
        Waivers = [.. _waivers.Waivers.Select(Use)],
    };

    private SuiteCoverage Coverage(ISuite suite)
    {
        var target = new SuiteTarget(_plan.Device.Info.Features, _plan.Device.Info.HighestLevel);
        IReadOnlyList<string> reachable = suite.Reachable(target);
        HashSet<string> judged = _judgedRules.GetValueOrDefault(suite.Name) ?? [];
        List<string> missing = [.. reachable.Where(r => !judged.Contains(r))];
        return new SuiteCoverage(suite.Name, suite.Title, reachable.Count - missing.Count, reachable.Count, missing)
        {
            Unreached = suite.Unreached(target),
        };
    }

    private WaiverUse Use(Waiver waiver)
    {
        VerdictCounts counts = _byWaiver.GetValueOrDefault(waiver.Id);
        return new WaiverUse(waiver.Id, waiver.Rule, waiver.Reason, counts.Waived, counts.Pass, counts.Fail + counts.Error);
    }
}
