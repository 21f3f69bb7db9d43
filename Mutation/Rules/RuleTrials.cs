using Conformance.Harness.Cases;
using Conformance.Harness.Devices;
using Conformance.Mutation.Sources;
using Conformance.Mutation.Trials;

namespace Conformance.Mutation.Rules;

/// <summary>Breaks rules in the model, one at a time, and runs every case of the suite that has the rule.</summary>
/// <param name="source">The model.</param>
/// <param name="suites">Where the cases come from.</param>
/// <param name="seed">Seed of the cases.</param>
internal sealed class RuleTrials(ModelSource source, IReadOnlyList<ISuite> suites, ulong seed)
{
    private readonly Dictionary<(string Profile, string Suite), IReadOnlyList<Case>> _cases = [];
    private readonly Lock _gate = new();
    private MutantContext? _right;

    /// <summary>Tries one mutant.</summary>
    internal RuleVerdict Try(RuleRow row)
    {
        try
        {
            string text = source.TryTree(row.File!) is { } tree
                ? row.Apply(tree.GetText().ToString())
                : throw new MutationException($"{RuleTable.File}: {row.Rule}: the model has no file {row.File}.");
            (byte[]? assembly, string error) = source.Build(row.File, text);
            return assembly is null ? new RuleVerdict(row, 0, [], [], error) : Run(row, new MutantContext(assembly), Cases(row));
        }
        catch (MutationException e)
        {
            return new RuleVerdict(row, 0, [], [], e.Message);
        }
    }

    private static RuleVerdict Run(RuleRow row, MutantContext context, IReadOnlyList<Case> cases)
    {
        List<string> naming = [];
        List<string> others = [];
        int n = 0;
        try
        {
            using IDevice device = context.Open(new MutantProfile(row.OnProfile));
            foreach (Observation seen in device.Run(cases, CancellationToken.None))
            {
                Case c = cases[n++];
                if (Judge.Of(c, seen).Verdict != Verdict.Pass)
                {
                    (c.Rules.Contains(row.Rule) ? naming : others).Add(c.Id);
                }
            }
        }
        catch (Exception e) when (e is not (OutOfMemoryException or MutationException))
        {
            return new RuleVerdict(row, n, naming, others, $"the model stops with {e.GetBaseException().GetType().Name} in {(n < cases.Count ? cases[n].Id : "its start")}");
        }

        return new RuleVerdict(row, n, naming, others);
    }

    /// <summary>The cases of a rule's suite that pass on the model as it is.</summary>
    private IReadOnlyList<Case> Cases(RuleRow row)
    {
        lock (_gate)
        {
            _right ??= new MutantContext(source.Build().Assembly ?? throw new MutationException("the model as it is does not compile."));
            using IDevice device = _right.Open(new MutantProfile(row.OnProfile));
            var target = new SuiteTarget(device.Info.Features, device.Info.HighestLevel);
            ISuite suite = suites.FirstOrDefault(s => s.Reachable(target).Contains(row.Rule))
                ?? throw new MutationException($"{RuleTable.File}: {row.Rule}: no suite can show this rule on {row.OnProfile}; give another profile, or a reason.");
            if (!_cases.TryGetValue((row.OnProfile, suite.Name), out IReadOnlyList<Case>? cases))
            {
                Case[] all = [.. CaseSet.Generate(device.Info, [suite], seed)];
                _cases[(row.OnProfile, suite.Name)] = cases =
                    [.. all.Zip(device.Run(all, CancellationToken.None)).Where(r => Judge.Of(r.First, r.Second).Verdict == Verdict.Pass).Select(r => r.First)];
            }

            return cases;
        }
    }
}
