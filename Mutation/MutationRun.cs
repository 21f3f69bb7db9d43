using System.Diagnostics;
using System.Globalization;
using System.IO.Enumeration;
using System.Text.Json;
using Conformance.Mutation.Points;
using Conformance.Mutation.Results;
using Conformance.Mutation.Sources;
using Conformance.Mutation.Trials;
using Conformance.Mutation.Workers;
using Microsoft.CodeAnalysis;

namespace Conformance.Mutation;

/// <summary>Chooses mutants, has them tried, writes the record and sums up.</summary>
internal static class MutationRun
{
    internal const string EquivalentsFile = "Mutation/equivalents.jsonl";
    private const int ProgressEvery = 25;

    /// <returns>True when every mutant was caught or is known to be equivalent, and the list of these is right.</returns>
    internal static bool Run(MutationPlan plan, TextWriter output)
    {
        var watch = Stopwatch.StartNew();
        var source = ModelSource.Read(plan.Root);
        IReadOnlyList<Mutant> all = Find(source);
        Equivalents equivalents = ReadEquivalents(plan.Root);
        IReadOnlyList<string> stale = equivalents.Stale([.. all.Select(m => m.Key)]);
        foreach (string key in stale)
        {
            output.WriteLine($"STALE     {EquivalentsFile}: no such mutant any more: {key}");
        }

        HashSet<string>? survivors = plan.Again is { } file ? Survivors(file) : null;
        Mutant[] wanted = [.. all.Where(m => IsWanted(m, plan, equivalents) && survivors?.Contains(m.Key) != false)];
        if (wanted.Length == 0)
        {
            throw new MutationException($"no mutant is chosen: {all.Count} are there; widen --only or --match.");
        }

        if (plan.ListOnly)
        {
            foreach (Mutant mutant in wanted)
            {
                output.WriteLine($"{mutant.Line,4} {mutant.Key}");
            }

            return true;
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{wanted.Length} mutants of {wanted.DistinctBy(m => m.File).Count()} files and {wanted.DistinctBy(m => m.Kind).Count()} kinds; "
            + $"{(plan.KnownEquivalents || survivors is not null ? wanted.Length : Math.Min(plan.Count, wanted.Length))} are tried, seed {plan.Seed}, {plan.Jobs} at a time"));

        Directory.CreateDirectory(plan.Out);
        using var record = new StreamWriter(Path.Combine(plan.Out, "mutants.jsonl")) { AutoFlush = true };
        List<MutationRecord> records = [];
        Hunt.Run(
            Selection.Order(wanted, plan.Seed), plan.KnownEquivalents || survivors is not null ? int.MaxValue : plan.Count, plan.Jobs, plan.Worker,
            cases => output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cases} cases on the first profile, {plan.Profiles[0]}; {watch.Elapsed.TotalSeconds:f0} s so far")),
            (mutant, result) =>
            {
                var line = MutationRecord.Of(mutant, result, equivalents.Contains(mutant.Key));
                records.Add(line);
                record.WriteLine(JsonSerializer.Serialize(line, PlainJson.Context.MutationRecord));
                Report(line, equivalents.Names(mutant.Key), records.Count, watch, output);
            });
        return new MutationSummary(records, equivalents, stale, watch.Elapsed).Write(output);
    }

    /// <summary>Every mutant of the files with access logic and declarations.</summary>
    internal static IReadOnlyList<Mutant> Find(ModelSource source) =>
    [
        .. source.Files.Where(Scope.Holds).SelectMany(file =>
        {
            SyntaxTree tree = source.Tree(file);
            return PointFinder.In(file, tree, source.Compilation.GetSemanticModel(tree));
        }),
    ];

    private static bool IsWanted(Mutant mutant, MutationPlan plan, Equivalents equivalents) =>
        (plan.Only is null || FileSystemName.MatchesSimpleExpression($"*{plan.Only}*", mutant.File, ignoreCase: true))
        && (plan.Matching is null || mutant.Key.Contains(plan.Matching, StringComparison.Ordinal))
        && (!plan.KnownEquivalents || equivalents.Contains(mutant.Key));

    /// <summary>The keys of those that survived in an earlier run. What the source has no more is left out.</summary>
    private static HashSet<string> Survivors(string record)
    {
        try
        {
            return [.. File.ReadLines(record).Select(line => JsonSerializer.Deserialize(line, PlainJson.Context.MutationRecord)!)
                .Where(line => line.Fate == nameof(Fate.Survived)).Select(line => line.Key)];
        }
        catch (JsonException e)
        {
            throw new MutationException($"--again: {record} is no record of mutants ({e.Message.Split('.')[0]}); give the mutants.jsonl of an earlier run.");
        }
    }

    private static Equivalents ReadEquivalents(string root)
    {
        string path = Path.Combine(root, EquivalentsFile);
        return File.Exists(path) ? Equivalents.Parse(EquivalentsFile, File.ReadLines(path)) : Equivalents.None;
    }

    private static void Report(MutationRecord line, bool listed, int n, Stopwatch watch, TextWriter output)
    {
        if (line.Fate == nameof(Fate.Survived))
        {
            output.WriteLine($"SURVIVED  {line.Place} {line.Kind}: {line.Before}  ->  {line.After}");
        }
        else if (listed && line.Fate == nameof(Fate.Caught))
        {
            output.WriteLine($"WRONG     listed as equivalent, but {line.By} on {line.Profile} shows it: {line.Key}");
        }

        if (n % ProgressEvery == 0)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"          {n} tried, {watch.Elapsed.TotalSeconds:f0} s"));
        }
    }
}
