using System.CommandLine;
using System.Globalization;
using Conformance.Harness.Runs;

namespace Conformance.Cli;

/// <summary>The options that choose cases: patterns and the seed.</summary>
internal sealed class CaseOptions
{
    /// <summary>The seed when none is given: fixed, so that two runs are the same run.</summary>
    public const ulong DefaultSeed = 1;

    private readonly Option<string[]> _only = new("--only")
    {
        Description = "Only cases of this id, group or pattern (exceptions/svc, 'nv2/*/read*'); may be given several times.",
        HelpName = "PATTERN",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _seed = new("--seed")
    {
        Description = $"Seed of the generated cases; the same seed gives the same cases. [default: {DefaultSeed}]",
        HelpName = "N",
    };

    public CaseOptions(Command command, bool withOnly = true)
    {
        if (withOnly)
        {
            command.Add(_only);
        }

        command.Add(_seed);
    }

    public CasePatterns Only(ParseResult parsed)
    {
        string[] patterns = parsed.GetValue(_only) ?? [];
        return patterns.Any(string.IsNullOrWhiteSpace)
            ? throw new UsageException("--only: the pattern is empty; give an id, a group or a pattern, or leave --only out.")
            : new CasePatterns(patterns);
    }

    public ulong Seed(ParseResult parsed)
    {
        string? text = parsed.GetValue(_seed);
        return text is null ? DefaultSeed
            : Numbers.TryParse(text, out ulong seed) ? seed
            : throw new UsageException($"--seed: '{text}' is not a number; give 0 to {ulong.MaxValue}, or hexadecimal with 0x.");
    }
}

/// <summary>Numbers as users write them.</summary>
internal static class Numbers
{
    /// <summary>Decimal, or hexadecimal with 0x; underscores may group the digits.</summary>
    public static bool TryParse(string text, out ulong value)
    {
        string digits = text.Replace("_", "", StringComparison.Ordinal);
        return digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? ulong.TryParse(digits.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value)
            : ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }
}
