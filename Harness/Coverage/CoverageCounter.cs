using System.Text.RegularExpressions;
using Conformance.Harness.Cases;
using Conformance.Harness.Runs;

namespace Conformance.Harness.Coverage;

/// <summary>The verdicts on each rule of a suite, and on each access at EL1 by the pattern of the NV bits under which it was made.</summary>
internal sealed partial class CoverageCounter(SuiteTarget target)
{
    private readonly Dictionary<string, Dictionary<string, RuleCount>> _bySuite = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Rule, string Pattern), VerdictCounts> _byPattern = [];
    private readonly NvBits _bits = new(target);

    /// <summary>Counts a verdict for each rule of the case.</summary>
    internal void Add(Judgement judgement)
    {
        Case @case = judgement.Case;
        if (!_bySuite.TryGetValue(@case.Suite, out Dictionary<string, RuleCount>? rules))
        {
            _bySuite[@case.Suite] = rules = new Dictionary<string, RuleCount>(StringComparer.Ordinal);
        }

        foreach (string rule in @case.Rules)
        {
            if (!rules.TryGetValue(rule, out RuleCount? count))
            {
                rules[rule] = count = new RuleCount();
            }

            count.Add(judgement);
            if (rule.Contains("@EL1#", StringComparison.Ordinal))
            {
                (string, string) key = (rule, _bits.PatternOf(@case));
                _byPattern[key] = _byPattern.GetValueOrDefault(key).Plus(judgement.Verdict);
            }
        }
    }

    /// <summary>The verdicts on a rule, and why the first that was not judged was not; null if no case has it.</summary>
    internal RuleCount? Of(string suite, string rule) => _bySuite.GetValueOrDefault(suite)?.GetValueOrDefault(rule);

    /// <summary>The verdicts on a leaf at EL1 under a pattern of the NV bits.</summary>
    internal VerdictCounts UnderPattern(string leaf, string pattern) => _byPattern.GetValueOrDefault((leaf, pattern));

    /// <summary>The verdicts on rules that name an accessor with a pattern: <c>VNCR+0x040 MRS VTCR_EL2 NVx=101</c>.</summary>
    internal Dictionary<(string Accessor, string Pattern), VerdictCounts> NamedWithPattern()
    {
        Dictionary<(string, string), VerdictCounts> found = [];
        foreach ((string rule, RuleCount count) in _bySuite.Values.SelectMany(r => r))
        {
            if (Named().Match(rule) is { Success: true } match)
            {
                (string, string) key = (match.Groups["accessor"].Value, match.Groups["pattern"].Value);
                found[key] = found.GetValueOrDefault(key).Plus(count.Counts);
            }
        }

        return found;
    }

    [GeneratedRegex(@"^(?:VNCR\+0x[0-9a-f]+ )?(?<accessor>M(?:RS|SR) \S+) NVx=(?<pattern>[01]{3})$")]
    private static partial Regex Named();
}

/// <summary>The verdicts on one rule.</summary>
internal sealed class RuleCount
{
    internal VerdictCounts Counts { get; private set; }

    /// <summary>Why the first case that was not judged was not; empty if all were.</summary>
    internal string WhyNot { get; private set; } = "";

    internal bool IsJudged => Counts.Judged > 0;

    internal void Add(Judgement judgement)
    {
        Counts = Counts.Plus(judgement.Verdict);
        if (WhyNot.Length == 0 && judgement.Verdict is Verdict.Skip or Verdict.Error)
        {
            WhyNot = judgement.Verdict == Verdict.Skip ? $"skipped: {judgement.Reason}" : "its cases ended in errors";
        }
    }
}
