using System.Diagnostics;
using System.Globalization;
using System.IO.Enumeration;
using Conformance.Mutation.Sources;
using Conformance.Suites;

namespace Conformance.Mutation.Rules;

/// <summary>Tries the mutants of <see cref="RuleTable.File"/> and sums up.</summary>
internal static class RuleRun
{
    private const ulong CaseSeed = 1;

    /// <param name="root">Root of the source tree.</param>
    /// <param name="pattern">Which rules; <c>*</c> stands for anything.</param>
    /// <param name="jobs">How many at a time.</param>
    /// <param name="output">Gets a line for each rule.</param>
    /// <returns>True when every mutant was caught by cases of its rule and by no others.</returns>
    internal static bool Run(string root, string pattern, int jobs, TextWriter output)
    {
        var watch = Stopwatch.StartNew();
        RuleRow[] wanted = [.. RuleTable.Read(root).Where(r => FileSystemName.MatchesSimpleExpression(pattern, r.Rule, ignoreCase: false))];
        if (wanted.Length == 0)
        {
            throw new MutationException($"--rules: no rule of {RuleTable.File} is called {pattern}; try 'GV-*'.");
        }

        foreach (RuleRow row in wanted.Where(r => r.Reason is not null))
        {
            output.WriteLine($"no mutant {row.Rule}: {row.Reason}");
        }

        RuleRow[] mutants = [.. wanted.Where(r => r.Reason is null)];
        var trials = new RuleTrials(ModelSource.Read(root), AllSuites.All, CaseSeed);
        var gate = new Lock();
        int good = 0;
        Parallel.ForEach(mutants, new ParallelOptions { MaxDegreeOfParallelism = jobs }, row =>
        {
            RuleVerdict verdict = trials.Try(row);
            lock (gate)
            {
                good += verdict.Good ? 1 : 0;
                output.WriteLine(verdict);
            }
        });
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{(good == mutants.Length ? "PASS" : "FAIL")}: {mutants.Length} rules broken in {watch.Elapsed.TotalSeconds:f0} s, {good} caught by their own cases and no others; "
            + $"{wanted.Length - mutants.Length} rules without a mutant, each with a reason"));
        return good == mutants.Length;
    }
}
