using System.Text.Json;
using Conformance.Harness.Spec;

namespace Conformance.Harness.Lockstep;

/// <summary>A difference that is a known divergence of a device.</summary>
/// <param name="Id">Names it in reports.</param>
/// <param name="Device">The device whose fault it is.</param>
/// <param name="Encodings">Encodings: names, <c>*</c> at the end for all that begin so, <c>(unallocated)</c>.</param>
/// <param name="Kinds">Kinds of fields that may differ, each with the bits that may.</param>
/// <param name="Rule">What the architecture says.</param>
/// <param name="Reason">What the device does instead.</param>
public sealed record LockstepWaiver(
    string Id, string Device, IReadOnlyList<string> Encodings, IReadOnlyDictionary<string, ulong> Kinds, string Rule, string Reason)
{
    /// <summary>All of <c>Fixtures/lockstep/waivers.jsonl</c>.</summary>
    public static IReadOnlyList<LockstepWaiver> All { get; } = [.. Facts.Lines("lockstep/waivers.jsonl").Select(Read)];

    /// <summary>Those of either of two devices.</summary>
    public static IReadOnlyList<LockstepWaiver> For(string first, string second) => [.. All.Where(w => w.Device == first || w.Device == second)];

    /// <summary>The waiver explains these differences, which begin at this step.</summary>
    public bool Explains(LockstepStep step, IReadOnlyList<Difference> differences)
    {
        string name = step.Encoding?.Name ?? LockstepCoverage.Unallocated;
        return Encodings.Any(e => e.EndsWith('*') ? name.StartsWith(e[..^1], StringComparison.Ordinal) : e == name)
            && differences.All(d => Kinds.TryGetValue(d.Kind, out ulong bits) && (d.Bits & ~bits) == 0);
    }

    private static LockstepWaiver Read(JsonElement json) => new(
        json.GetProperty("id").GetString()!,
        json.GetProperty("device").GetString()!,
        [.. json.GetProperty("encodings").EnumerateArray().Select(e => e.GetString()!)],
        json.GetProperty("differs").EnumerateArray().Select(e => e.GetString()!.Split(':')).ToDictionary(
            p => p[0], p => p.Length > 1 ? Convert.ToUInt64(p[1], 16) : ulong.MaxValue, StringComparer.Ordinal),
        json.GetProperty("rule").GetString()!,
        json.GetProperty("reason").GetString()!);
}
