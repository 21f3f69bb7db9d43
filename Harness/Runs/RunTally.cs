using Conformance.Harness.Cases;
using Conformance.Harness.Coverage;
using Conformance.Harness.Runs.Leaks;
using Conformance.Harness.Spec;

namespace Conformance.Harness.Runs;

/// <summary>What a run has come to so far: counts, coverage, and what became of each waiver.</summary>
internal sealed class RunTally
{
    private readonly RunPlan _plan;
    private readonly WaiverSet _waivers;
    private readonly Dictionary<string, VerdictCounts> _byWaiver = new(StringComparer.Ordinal);
    private readonly HashSet<string> _smallestPassed = new(StringComparer.Ordinal);
    private readonly LeakSet _leaks;
    private readonly Dictionary<string, int> _byLeak = new(StringComparer.Ordinal);
    private readonly List<Judgement> _failures = [];
    private readonly SuiteTarget _target;
    private readonly CoverageCounter _counter;
    private readonly Task<LeafTable>? _leaves;

    public RunTally(RunPlan plan)
    {
        _plan = plan;
        _waivers = plan.Waivers.For(plan.Device.Info);
        _leaks = plan.Leaks.For(plan.Device.Info);
        _target = new SuiteTarget(plan.Device.Info.Features, plan.Device.Info.HighestLevel);
        _counter = new CoverageCounter(_target);

        // Needed at the end, and the machine has time at the beginning: the first cases take a while to find.
        _leaves = plan.Cases is null && plan.Suites.Any(IsMapped) ? Task.Run(() => LeafTable.Of(AccessRules.Accessors, _target)) : null;
    }

    public VerdictCounts Counts { get; private set; }

    /// <summary>Failures and errors, kept only when there is a device below to ask about them.</summary>
    public IReadOnlyList<Judgement> Failures => _failures;

    /// <summary>The leaves of the access facts, of the last summary that counted coverage; null if none did.</summary>
    public CoverageMap? Map { get; private set; }

    /// <summary>Counts a judgement; a fail that a leak allows becomes a pass, and a fail or a death that a waiver explains becomes waived.</summary>
    public (Judgement Judgement, Waiver? Waiver) Add(Judgement judgement)
    {
        if (judgement.Verdict == Verdict.Fail && _leaks.Allow(judgement) is { } allowed)
        {
            judgement = allowed;
            _byLeak[allowed.Leak!] = _byLeak.GetValueOrDefault(allowed.Leak!) + 1;
        }

        Waiver? explaining = judgement is { Verdict: Verdict.Fail } or { Verdict: Verdict.Error, Observed: Observation.Died or Observation.TimedOut } ? _waivers.Explaining(judgement) : null;
        if (explaining is not null)
        {
            judgement = judgement with { Verdict = Verdict.Waived, Reason = explaining.Reason };
        }

        Counts = Counts.Plus(judgement.Verdict);
        if (_plan.Below is not null && judgement.Verdict is (Verdict.Fail or Verdict.Error))
        {
            _failures.Add(judgement);
        }

        foreach (Waiver waiver in _waivers.Waivers)
        {
            if (explaining == waiver || (explaining is null && waiver.Concerns(judgement.Case)))
            {
                _byWaiver[waiver.Id] = _byWaiver.GetValueOrDefault(waiver.Id).Plus(judgement.Verdict);
                if (judgement.Verdict == Verdict.Pass && judgement.Case.Id == waiver.Smallest)
                {
                    _smallestPassed.Add(waiver.Id);
                }
            }
        }

        _counter.Add(judgement);
        return (judgement, explaining);
    }

    public RunSummary Summary(bool complete, TimeSpan elapsed) => new()
    {
        Complete = complete,
        Device = _plan.Device.Info.Name,
        DeviceVersion = _plan.Device.Info.Version,
        DeviceConfiguration = _plan.Device.Info.Configuration,
        Features = _plan.Device.Info.Features.Names,
        HighestLevel = _plan.Device.Info.HighestLevel,
        Notes = _plan.Device.Info.Notes,
        Seed = _plan.Seed,
        Only = _plan.Only.Patterns,
        Sample = _plan.Sample,
        Counts = Counts,
        Seconds = elapsed.TotalSeconds,
        CasesPerSecond = elapsed > TimeSpan.Zero ? (Counts.Total - Counts.Skip) / elapsed.TotalSeconds : 0,
        Coverage = _plan.Cases is null && Counts.Total > 0 ? [.. _plan.Suites.Select(s => Coverage(s, complete))] : [],
        Waivers = [.. _waivers.Waivers.Select(Use)],
        Leaks = [.. _leaks.Leaks.Select(l => new LeakUse(l.Id, l.Says, _byLeak.GetValueOrDefault(l.Id)))],
    };

    private SuiteCoverage Coverage(ISuite suite, bool complete)
    {
        IReadOnlyList<string> reachable = suite.Reachable(_target);
        List<string> missing = [.. reachable.Where(r => _counter.Of(suite.Name, r) is not { IsJudged: true })];
        Func<string, string> why = WhyNot(suite, complete);
        CoverageMap? map = IsMapped(suite) && _leaves is not null ? MapMaker.Of(suite.Name, _leaves.Result, reachable, _counter, why) : null;
        Map = map ?? Map;
        return new SuiteCoverage(suite.Name, suite.Title, reachable.Count - missing.Count, reachable.Count, missing)
        {
            Causes =
            [
                .. missing.CountBy(why, StringComparer.Ordinal).Select(c => new MissingCause(c.Key, c.Value))
                    .OrderByDescending(c => c.Rules).ThenBy(c => c.Cause, StringComparer.Ordinal),
            ],
            Map = map?.Totals(),
            Unreached = suite.Unreached(_target),
        };
    }

    /// <summary>Why a rule that can be reached was not judged: what became of its cases, or the suite's own reason.</summary>
    private Func<string, string> WhyNot(ISuite suite, bool complete)
    {
        var unreached = suite.Unreached(_target).ToDictionary(u => u.Rule, u => u.Cause, StringComparer.Ordinal);
        return rule => _counter.Of(suite.Name, rule) is { } count ? count.WhyNot
            : unreached.GetValueOrDefault(rule) ?? (
                !complete ? "the run was stopped before its cases"
                : _plan.Only.Patterns.Count > 0 ? MissingCause.NotSelected
                : _plan.Sample is not null ? MissingCause.NotInSample
                : "no case, and no known cause");
    }

    private bool IsMapped(ISuite suite) => suite.RulesAreLeaves && _plan.Only.CanMatchSuite(suite.Name);

    private WaiverUse Use(Waiver waiver)
    {
        VerdictCounts counts = _byWaiver.GetValueOrDefault(waiver.Id);
        // Another waiver of the same rule that is in use shows that the divergence is still there.
        bool stale = waiver.Device == _plan.Device.Info.Name && _smallestPassed.Contains(waiver.Id)
            && !_waivers.Waivers.Any(w => w.Rule == waiver.Rule && _byWaiver.GetValueOrDefault(w.Id).Waived > 0);
        return new WaiverUse(waiver.Id, waiver.Rule, waiver.Reason, counts.Waived, counts.Pass, counts.Fail + counts.Error, stale);
    }
}
