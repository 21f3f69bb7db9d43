using System.Text.Json;
using Conformance.Harness.Runs;
using Conformance.Harness.Spec;
using Conformance.Harness.Spec.Instructions;

namespace Conformance.Harness.Lockstep;

/// <summary>A difference that is a known divergence of a device.</summary>
/// <param name="Id">Names it in reports.</param>
/// <param name="Device">The device whose fault it is.</param>
/// <param name="Versions">The versions that have it.</param>
/// <param name="Encodings">Encodings: names, <c>*</c> at the end for all that begin so, <c>(unallocated)</c>.</param>
/// <param name="When">Only words whose fields are so; null for all of the encodings.</param>
/// <param name="Kinds">Kinds of fields that may differ, each with the bits that may.</param>
/// <param name="Every">It is seen at least once in so many runs of its encodings.</param>
/// <param name="Rule">What the architecture says.</param>
/// <param name="Reason">What the device does instead.</param>
public sealed record LockstepWaiver(
    string Id, string Device, VersionRange Versions, IReadOnlyList<string> Encodings, string? When,
    IReadOnlyDictionary<string, ulong> Kinds, long Every, string Rule, string Reason)
{
    /// <summary>Blocks are random: a waiver is called stale when it was to be seen so many times, and was not.</summary>
    private const long Certainty = 10;

    /// <summary>All of <c>Fixtures/lockstep/waivers.jsonl</c>.</summary>
    public static IReadOnlyList<LockstepWaiver> All { get; } = [.. Facts.Lines("lockstep/waivers.jsonl").Select(Read)];

    /// <summary>The waiver speaks of this device.</summary>
    public bool AppliesTo(LockstepTarget device) => Device == device.Name && Versions.Contains(device.Version);

    /// <summary>The waiver explains these differences, which begin at this step.</summary>
    public bool Explains(LockstepStep step, IReadOnlyList<Difference> differences) =>
        Covers(step.Encoding?.Name ?? LockstepCoverage.Unallocated)
        && (When is null || (step.Encoding is { } encoding && EncodingCondition.Parse(When, encoding.Pattern).Holds(step.Word, static _ => false)))
        && differences.All(d => Kinds.TryGetValue(d.Kind, out ulong bits) && (d.Bits & ~bits) == 0);

    /// <summary>Its encodings ran often, and what it says was not seen: the divergence is gone, and so should be the waiver.</summary>
    /// <param name="coverage">What has run.</param>
    /// <param name="used">How often it explained a difference.</param>
    public bool IsStale(LockstepCoverage coverage, int used) =>
        used == 0 && coverage.Counts.Where(c => Covers(c.Key)).Sum(c => c.Value.Runs) >= Certainty * Every;

    /// <exception cref="FormatException">The line is not a waiver.</exception>
    internal static LockstepWaiver Read(JsonElement json)
    {
        string id = json.GetProperty("id").GetString()!;
        string versions = json.GetProperty("versions").GetString()!;
        return new(
            id,
            json.GetProperty("device").GetString()!,
            VersionRange.TryParse(versions)
                ?? throw new FormatException($"lockstep/waivers.jsonl: {id}: '{versions}' is no range of versions; write 10.0.* or >=9.2 <10.1."),
            [.. json.GetProperty("encodings").EnumerateArray().Select(e => e.GetString()!)],
            json.TryGetProperty("when", out JsonElement when) ? when.GetString() : null,
            json.GetProperty("differs").EnumerateArray().Select(e => e.GetString()!.Split(':')).ToDictionary(
                p => p[0], p => p.Length > 1 ? Convert.ToUInt64(p[1], 16) : ulong.MaxValue, StringComparer.Ordinal),
            json.GetProperty("every").GetInt64(),
            json.GetProperty("rule").GetString()!,
            json.GetProperty("reason").GetString()!);
    }

    private bool Covers(string name) =>
        Encodings.Any(e => e.EndsWith('*') ? name.StartsWith(e[..^1], StringComparison.Ordinal) : e == name);
}
