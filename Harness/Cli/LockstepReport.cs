using System.Globalization;
using System.Text.Json;
using Conformance.Harness.Lockstep;
using Conformance.Harness.Spec.Instructions;

namespace Conformance.Cli;

/// <summary>What a lock-step campaign says on the console and as JSON.</summary>
internal sealed class LockstepReport(Shell shell, LockstepTarget first, LockstepTarget second, EncodingPool pool, ulong seed)
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };

    internal void Begin()
    {
        Line($"{first.Name} {first.Version} and {second.Name} {second.Version}, seed {seed}");
        Line($"encodings: {pool.Implemented.Count} on both, {pool.Absent.Count} on neither (UNDEFINED), {pool.OneSided.Count} on one only (not compared), {pool.LeftOut.Count} left out by rule");
        string[] oneSided = [.. pool.OneSided.Select(e => e.Needs!.ToString()).Distinct().Order(StringComparer.Ordinal)];
        if (oneSided.Length > 0)
        {
            Line($"features on one only: {string.Join(", ", oneSided)}");
        }
    }

    internal void Progress(LockstepProgress progress, TimeSpan elapsed)
    {
        double rate = progress.Instructions / Math.Max(0.001, elapsed.TotalSeconds);
        shell.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{progress.Instructions} instructions in {progress.Blocks} blocks, {rate:0}/s, {progress.Findings} findings, {progress.Waived} waived"));
    }

    internal void End(LockstepCampaign campaign, TimeSpan elapsed, bool perEncoding)
    {
        LockstepCoverage coverage = campaign.Coverage;
        foreach (IGrouping<string, Finding> same in campaign.Findings.GroupBy(f => f.Key, StringComparer.Ordinal).OrderByDescending(g => g.Count()))
        {
            Line($"DIFFERENCE {same.Key}: {same.Count()} times, blocks {string.Join(' ', same.Select(f => f.Block.Number).Distinct().Take(8))}");
            shell.Out.Write(FindingText.Of(same.First(), first.Name, second.Name));
        }

        if (perEncoding)
        {
            Line($"  {"encoding",-36} {"runs",8}  exceptions by class");
            foreach (InstructionEncoding encoding in pool.Implemented)
            {
                EncodingCount count = coverage.Of(encoding.Name);
                string exceptions = string.Join(' ', count.Exceptions.Select(e => string.Create(CultureInfo.InvariantCulture, $"0x{e.Key:x2}:{e.Value}")));
                Line($"  {encoding.Name,-36} {count.Runs,8}  {exceptions}");
            }
        }

        foreach ((string name, string? when, string reason) in pool.Rules.All.Where(r => pool.IsAsked(r.Encoding)))
        {
            Line($"left out: {name}{(when is null ? "" : $" when {when}")}: {reason}");
        }

        int reached = pool.Implemented.Count(e => coverage.Of(e.Name).Runs > 0);
        long least = pool.Implemented.Count == 0 ? 0 : pool.Implemented.Min(e => coverage.Of(e.Name).Runs);
        Line($"{coverage.Instructions} instructions ({coverage.Words} words), {coverage.Exceptions} exceptions in {elapsed.TotalSeconds:0.0} s: {coverage.Instructions / elapsed.TotalSeconds:0}/s");
        Line($"{reached} of {pool.Implemented.Count} encodings reached, each at least {least} times; {coverage.Of(LockstepCoverage.Unallocated).Runs} unallocated words");
        foreach ((string id, int count) in campaign.Waived)
        {
            LockstepWaiver waiver = LockstepWaiver.All.First(w => w.Id == id);
            Line($"waived {count} times: {id} ({waiver.Device}): {waiver.Reason} [{waiver.Rule}]");
        }

        foreach (LockstepWaiver waiver in campaign.Stale)
        {
            Line($"STALE waiver {waiver.Id} ({waiver.Device} {waiver.Versions}): nothing of it was seen; take it out of Fixtures/lockstep/waivers.jsonl");
        }

        Line(campaign.Findings.Count == 0
            ? "PASS: no unexplained difference"
            : $"FAIL: {campaign.Findings.Count} unexplained differences of {campaign.Findings.Select(f => f.Key).Distinct().Count()} kinds{(campaign.GaveUp ? "; stopped there" : "")}");
    }

    internal string Json(LockstepCampaign campaign) => JsonSerializer.Serialize(
        new
        {
            format = "conformance-lockstep/1",
            seed,
            devices = new[] { new { name = first.Name, version = first.Version }, new { name = second.Name, version = second.Version } },
            instructions = campaign.Coverage.Instructions,
            words = campaign.Coverage.Words,
            exceptions = campaign.Coverage.Exceptions,
            waived = campaign.Waived,
            stale = campaign.Stale.Select(w => w.Id),
            findings = campaign.Findings.Select(f => new { key = f.Key, block = f.Block.Number, step = f.Step, text = FindingText.Of(f, first.Name, second.Name) }),
            encodings = pool.Implemented.Concat(pool.Absent).Select(e => new
            {
                name = e.Name,
                group = e.Group,
                runs = campaign.Coverage.Of(e.Name).Runs,
                exceptions = campaign.Coverage.Of(e.Name).Exceptions.ToDictionary(x => $"0x{x.Key:x2}", x => x.Value),
            }),
            notCompared = pool.OneSided.Select(e => new { name = e.Name, needs = e.Needs!.ToString() }),
            leftOut = pool.Rules.All.Select(r => new { encoding = r.Encoding, when = r.When, reason = r.Reason }),
        },
        s_json);

    private void Line(FormattableString text) => shell.Out.WriteLine(FormattableString.Invariant(text));

    private void Line(string text) => shell.Out.WriteLine(text);
}
