using Conformance.Harness.Spec.Import.Pages;
using Conformance.Harness.Spec.Import.Pseudocode;

namespace Conformance.Harness.Spec.Import.Translation;

/// <summary>A rule, ready to be written as a line of <c>access-rules.jsonl</c>.</summary>
/// <param name="Op">Our name of the instruction.</param>
/// <param name="Name">Register or operation; holds <c>&lt;m&gt;</c> for an array.</param>
/// <param name="Register">The register it belongs to.</param>
/// <param name="Also">Further registers whose pages describe it.</param>
/// <param name="Encoding">op0, op1, CRn, CRm, op2, each a number or a text with free bits.</param>
/// <param name="Indices">Range of the array index and its width in the encoding.</param>
/// <param name="Trees">What it does.</param>
internal sealed record TranslatedRule(
    string Op,
    string Name,
    string Register,
    IReadOnlyList<string> Also,
    IReadOnlyList<string> Encoding,
    (int First, int Last, int Bits)? Indices,
    AccessTrees Trees)
{
    internal string Id => $"{Op} {Name}";
}

/// <summary>Translates one accessor with all the pages that describe it.</summary>
internal static class AccessorTranslator
{
    private static readonly string[] s_fields = ["op0", "op1", "CRn", "CRm", "op2"];

    /// <summary>Op and name of an accessor: <c>MSRregister SCTLR_EL1</c> is <c>MSR</c>; an operation without a name is called as its op.</summary>
    internal static (string Op, string Name) Identify(string accessor)
    {
        int blank = accessor.IndexOf(' ', StringComparison.Ordinal);
        string op = blank < 0 ? accessor : accessor[..blank];
        string name = blank < 0 ? accessor : accessor[(blank + 1)..].Trim();
        return (op switch { "MSRregister" => "MSR", "MSRRregister" => "MSRR", "MSRimmediate" => "MSRi", _ => op }, name);
    }

    /// <exception cref="UntranslatedException">Our notation has no form for a construct.</exception>
    /// <exception cref="PseudocodeException">The pseudocode is not understood.</exception>
    internal static TranslatedRule Translate(AccessMechanism mechanism, RegisterPage home, IReadOnlyList<RegisterPage> pages)
    {
        (string op, string name) = Identify(mechanism.Accessor);
        IReadOnlyList<string> encoding = [.. s_fields.Select(f => Element(f, mechanism))];
        IReadOnlyList<Statement> code = StatementParser.Parse(mechanism.Code ?? throw new UntranslatedException("there is no access pseudocode"));
        return new TranslatedRule(
            op,
            name,
            home.Name,
            [.. pages.Select(p => p.Name).Where(n => n != home.Name).Distinct().Order(StringComparer.Ordinal)],
            encoding,
            name.Contains("<m>", StringComparison.Ordinal) ? Indices(mechanism, encoding) : null,
            Conditional(mechanism.Condition, TreeTranslator.Translate(code)));
    }

    /// <summary>Without its condition the encoding is not allocated: UNDEFINED at every level.</summary>
    private static AccessTrees Conditional(string? condition, AccessTrees trees)
    {
        if (condition is null)
        {
            return trees;
        }

        Guard present = PresenceTranslator.Translate(condition) ?? throw new UntranslatedException($"condition of the encoding: {condition}");
        return trees with { Guards = [(present.Negated().Text, new Tree.Leaf("U")), .. trees.Guards] };
    }

    /// <summary>A number, or parts with free bits as they are.</summary>
    private static string Element(string field, AccessMechanism mechanism)
    {
        string text = mechanism.Encoding.FirstOrDefault(e => e.Field == field).Value
            ?? throw new UntranslatedException($"the encoding has no {field}");
        return text.StartsWith("0b", StringComparison.Ordinal) && text.AsSpan(2).IndexOfAnyExcept('0', '1') < 0
            ? $"{Convert.ToInt32(text[2..], 2)}"
            : text.Replace(" ", "", StringComparison.Ordinal);
    }

    private static (int, int, int) Indices(AccessMechanism mechanism, IReadOnlyList<string> encoding)
    {
        (int first, int last) = mechanism.Indices ?? throw new UntranslatedException("the index m has no range");
        int bits = 0;
        foreach (string part in encoding.SelectMany(e => e.Split(':')))
        {
            // A range m[4:3] is cut at its colon: the pieces "m[4" and "3]" give the two ends.
            if (part.StartsWith("m[", StringComparison.Ordinal))
            {
                bits = Math.Max(bits, int.Parse(part.AsSpan(2).TrimEnd(']')) + 1);
            }
        }

        return (first, last, bits);
    }
}
