using System.Globalization;
using Conformance.Cpu.Features;

namespace Conformance.Cpu.SystemRegisters;

/// <summary>The bits of a register that hold state, each possibly tied to a feature, and those that are RES1.</summary>
/// <remarks>
/// Written as <c>"63:12 7 4@FEAT_MTE 9@FEAT_A|FEAT_B 31=1 29@!FEAT_AA64EL3"</c>: a bit or range, <c>=1</c> for RES1,
/// <c>@</c> and the features of which one is needed, or <c>@!</c> and a feature that must be absent. Other bits are RES0.
/// </remarks>
internal sealed class BitLayout
{
    private readonly Part[] _parts;

    private BitLayout(Part[] parts) => _parts = parts;

    /// <summary>The bits that software can change, for a feature set.</summary>
    internal ulong Writable(FeatureSet features) => Sum(features, one: false);

    /// <summary>The bits that read as one, for a feature set.</summary>
    internal ulong Ones(FeatureSet features) => Sum(features, one: true);

    internal static BitLayout Parse(string register, string text)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new BitLayout([.. words.Select(word => ParsePart(register, word))]);
    }

    private static Part ParsePart(string register, string word)
    {
        string[] halves = word.Split('@');
        bool one = halves[0].EndsWith("=1", StringComparison.Ordinal);
        string[] range = (one ? halves[0][..^2] : halves[0]).Split(':');
        if (!int.TryParse(range[0], CultureInfo.InvariantCulture, out int high)
            || !int.TryParse(range[^1], CultureInfo.InvariantCulture, out int low)
            || high > 63 || low > high || low < 0)
        {
            throw new FormatException($"{register}: '{word}' is no bit range; write 7, 15:8, 31=1 or 4@FEAT_X.");
        }

        string[] needs = halves.Length > 1 ? halves[1].TrimStart('!').Split('|') : [];
        bool absent = halves.Length > 1 && halves[1][0] == '!';
        ulong mask = (high == 63 ? ulong.MaxValue : (1UL << (high + 1)) - 1) & ~((1UL << low) - 1);
        return new Part(mask, one, needs, absent);
    }

    private ulong Sum(FeatureSet features, bool one)
    {
        ulong sum = 0;
        foreach (Part part in _parts)
        {
            if (part.One == one && (part.Needs.Length == 0 || part.Needs.Any(features.Has) != part.Absent))
            {
                sum |= part.Mask;
            }
        }

        return sum;
    }

    private sealed record Part(ulong Mask, bool One, string[] Needs, bool Absent);
}
