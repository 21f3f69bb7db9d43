using Conformance.Harness.Spec;

namespace Conformance.Harness.Cases;

/// <summary>A source of cases for one area of the architecture. Expectations come from the suite's own oracle.</summary>
public interface ISuite
{
    /// <summary>First part of every case id: <c>exceptions</c>, <c>access</c>, <c>nv2</c>.</summary>
    string Name { get; }

    /// <summary>One line for listings.</summary>
    string Title { get; }

    /// <summary>
    /// True if the rule ids are those of the leaves of the access facts (<c>MRS SCTLR_EL1@EL1#4:N:110</c>): coverage is then
    /// also counted against the whole architecture, by accessor, level, feature and control.
    /// </summary>
    bool RulesAreLeaves => false;

    /// <summary>All cases for a target, directed ones first; a pure function of target and seed.</summary>
    IEnumerable<Case> Generate(SuiteTarget target, ulong seed);

    /// <summary>The rule ids that the target can reach: what coverage is counted against.</summary>
    IReadOnlyList<string> Reachable(SuiteTarget target);

    /// <summary>The rules of <see cref="Reachable"/> that no case can be made for on the target, each with the reason.</summary>
    IReadOnlyList<UnreachedRule> Unreached(SuiteTarget target) => [];
}

/// <summary>A rule that a device can reach and the suite cannot.</summary>
/// <param name="Rule">Its id.</param>
/// <param name="Cause">Why, in one line; the same words for the same reason, so that causes can be counted.</param>
public sealed record UnreachedRule(string Rule, string Cause);

/// <summary>What a suite needs to know of the device under test.</summary>
/// <param name="Features">Features of the device; decides which rules can be reached and what they demand.</param>
/// <param name="HighestLevel">Highest exception level a case may use, 1 to 3.</param>
public sealed record SuiteTarget(FeatureSet Features, int HighestLevel);
