using System.Text.RegularExpressions;
using Conformance.Harness.Spec.Instructions;

namespace Conformance.Harness.Spec.Import.Instructions;

/// <summary>What a class of a page says of one of its encodings.</summary>
internal sealed partial record EncodingFacts(
    DiagramClass Class, string Name, string Mnemonic, string? Differs, string? Features, IReadOnlyList<DecodeEvent> Events)
{
    private (string[] Fixed, List<string> Where)? _differences;

    /// <summary>The pattern's text: the class's diagram with the bits that the encoding fixes.</summary>
    internal string Pattern
    {
        get
        {
            string[] bits = Differences.Fixed;
            List<string> parts = [];
            for (int i = 0; i < bits.Length; i++)
            {
                DiagramBox box = Class.Boxes[i];
                bool free = bits[i].All(c => c == 'x');
                parts.Add(box.Name is null ? bits[i] : free ? $"{box.Name}:{box.Width}" : $"{box.Name}={bits[i]}");
            }

            return string.Join(' ', parts);
        }
    }

    /// <summary>Conditions that tell the encoding from others and are no fixed bits.</summary>
    internal IEnumerable<string> Where => [
        .. Class.Boxes.Where(b => b is { Name: not null, Not: not null }).Select(b => $"{b.Name}!={b.Not}"),
        .. Differences.Where];

    private (string[] Fixed, List<string> Where) Differences => _differences ??= Read();

    private (string[] Fixed, List<string> Where) Read()
    {
        string[] bits = [.. Class.Boxes.Select(b => b.Bits)];
        List<string> where = [];
        foreach (string part in Parts(Differs ?? ""))
        {
            int box = Equality().Match(part) is { Success: true } equal ? IndexOf(equal.Groups[1].Value) : -1;
            string value = box < 0 ? "" : Bits(Equality().Match(part).Groups[2].Value);
            if (box < 0 || value.Length != bits[box].Length)
            {
                where.Add(part);
                continue;
            }

            bits[box] = string.Concat(bits[box].Select((c, i) => value[i] == 'x' ? c : value[i]));
        }

        return (bits, where);
    }

    /// <summary>Bits in parentheses are those that should be so.</summary>
    private static string Bits(string value) =>
        value[0] == '(' ? value[1..^1].Replace('0', 'o').Replace('1', 'i') : value;

    /// <summary>The conjuncts; those in parentheses stay whole.</summary>
    private static IEnumerable<string> Parts(string text)
    {
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            if (depth == 0 && text.AsSpan(i).StartsWith("&&"))
            {
                yield return text[start..i].Trim();
                start = i + 2;
            }
        }

        if (start < text.Length)
        {
            yield return text[start..].Trim();
        }
    }

    private int IndexOf(string name)
    {
        for (int i = 0; i < Class.Boxes.Count; i++)
        {
            if (Class.Boxes[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The table's pattern, to check conditions against.</summary>
    internal InstructionPattern Parsed => InstructionPattern.Parse(Pattern);

    [GeneratedRegex(@"^(\w+) == ([01x]+|\([01]+\))$", RegexOptions.CultureInvariant)]
    private static partial Regex Equality();
}
