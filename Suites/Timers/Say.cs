using Conformance.Harness.Cases;
using Conformance.Harness.Programs;
using static Conformance.Harness.Programs.Reg;

namespace Conformance.Suites.Timers;

/// <summary>What the cases of this folder share: steps that note the count before and after, and a check that lies between.</summary>
/// <remarks>
/// A count cannot be foretold. It is read at the highest level, where nothing is taken off it (TM-002), before and after the step
/// that is judged; what that step saw, put back by what it must be off, has to lie between. That is exact at any speed.
/// </remarks>
internal static class Say
{
    /// <summary>Address of the first instruction of a case.</summary>
    internal const ulong Code = 0x4020_0000;

    internal static CaseBuilder That(string id, string title, params IReadOnlyList<string> rules) =>
        CaseBuilder.Case($"timers/{id}", title).Rules(rules).Needs("FEAT_AA64EL2");

    /// <summary>A first step: X20 is the count before.</summary>
    internal static CaseBuilder NotesTheCount(this CaseBuilder says, SuiteTarget target) =>
        says.At(target.HighestLevel).Code(a => a.Isb().Mrs(X20, "CNTPCT_EL0")).Outcome("the count is noted").Completes().NextStep();

    /// <summary>A last step at the highest level: X9 is 1 if what it computes in X6 lies between the counts before and after.</summary>
    /// <param name="says">The case, in the step that is judged.</param>
    /// <param name="target">The device.</param>
    /// <param name="difference">X5 for <paramref name="compute"/>.</param>
    /// <param name="compute">Leaves in X6 the count at which the step looked.</param>
    /// <param name="low">Only the low 32 bits are known.</param>
    internal static CaseBuilder ThenLiesBetween(
        this CaseBuilder says, SuiteTarget target, ulong difference, Func<Assembler, Assembler> compute, bool low = false)
    {
        says.NextStep().Restored(target).X(5, difference).At(target.HighestLevel);
        return says.Code(a =>
        {
            compute(a.Isb().Mrs(X21, "CNTPCT_EL0"));
            return low
                ? a.SubW(X7, X6, X20).SubW(X8, X21, X20).CmpW(X7, X8).Cset(X9, Cond.Ls)
                : a.Sub(X7, X6, X20).Sub(X8, X21, X20).Cmp(X7, X8).Cset(X9, Cond.Ls);
        }).Outcome("between the counts before and after").Completes().Sees("X9", 1);
    }

    /// <summary>The controls that decide what names mean, as they were.</summary>
    internal static CaseBuilder Restored(this CaseBuilder says, SuiteTarget target)
    {
        if (target.HighestLevel == 3)
        {
            says.Set("SCR_EL3", Baseline.Of("SCR_EL3"));
        }

        return says.Set("HCR_EL2", Baseline.Of("HCR_EL2"));
    }
}
