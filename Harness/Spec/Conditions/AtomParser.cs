using System.Globalization;

namespace Conformance.Harness.Spec.Conditions;

/// <summary>Parses one atom of a condition (the table of section 1.2).</summary>
internal static class AtomParser
{
    internal static Condition Parse(string atom)
    {
        if (atom.StartsWith('['))
        {
            return Bracketed(atom);
        }

        if (atom.StartsWith("FEAT_", StringComparison.Ordinal))
        {
            return new FeatureAtom(atom);
        }

        if (atom.StartsWith('?'))
        {
            return new ChoiceAtom(atom);
        }

        if (atom.StartsWith("zero:", StringComparison.Ordinal))
        {
            return new FieldAtom(new FieldRef(atom[5..]), ulong.MaxValue, 0);
        }

        if (atom.StartsWith("EL=", StringComparison.Ordinal))
        {
            return new LevelAtom(atom[3] - '0');
        }

        return DerivedNames.Find(atom) ?? Compared(atom) ?? throw new FormatException($"'{atom}' is not a known name.");
    }

    /// <summary><c>LEFT=literal</c>, <c>LEFT!=literal</c>, <c>LEFT~pattern</c>, <c>LEFT!=FIELD</c>; null if there is no operator.</summary>
    private static Condition? Compared(string atom)
    {
        int at = Operator(atom);
        if (at < 0)
        {
            return null;
        }

        string left = atom[..at];
        bool differs = atom[at] == '!';
        string right = atom[(differs ? at + 2 : at + 1)..];
        Condition result = right.All(c => c is '0' or '1' or 'x') ? Literal(left, right) : FieldsEqual(left, right);
        return differs ? new Not(result) : result;
    }

    private static int Operator(string atom)
    {
        int depth = 0;
        for (int i = 0; i < atom.Length; i++)
        {
            depth += atom[i] is '[' or '{' ? 1 : atom[i] is ']' or '}' ? -1 : 0;
            if (depth == 0 && atom[i] is '!' or '=' or '~' && depth == 0)
            {
                return i;
            }
        }

        return -1;
    }

    private static Condition Literal(string left, string bits)
    {
        if (left == "NVx")
        {
            return new All([.. bits.Select((bit, i) => (bit, Name: DerivedNames.NvBits[i])).Where(b => b.bit != 'x')
                .Select(b => b.bit == '1' ? DerivedNames.Find(b.Name)! : new Not(DerivedNames.Find(b.Name)!))]);
        }

        int brace = left.IndexOf('{', StringComparison.Ordinal);
        if (brace >= 0)
        {
            string register = left[..brace];
            string[] fields = left[(brace + 1)..^1].Split(',');
            if (fields.Length != bits.Length)
            {
                throw new FormatException($"'{left}' and '{bits}' have different lengths.");
            }

            return new All([.. fields.Select((f, i) => Literal(register + f, bits[i..(i + 1)]))]);
        }

        (ulong mask, ulong value) = Pattern(bits);
        int bracket = left.IndexOf('[', StringComparison.Ordinal);
        if (bracket < 0)
        {
            return bits.Contains('x', StringComparison.Ordinal)
                ? new FieldAtom(new FieldRef(left), mask, value)
                : new FieldAtom(new FieldRef(left), ulong.MaxValue, value);
        }

        return left.IndexOf('.', StringComparison.Ordinal) is var dot && dot >= 0 && dot < bracket
            && int.TryParse(left.AsSpan(bracket + 1, left.Length - bracket - 2), NumberStyles.None, CultureInfo.InvariantCulture, out int bit)
            ? new FieldAtom(new FieldRef(left[..bracket]), 1UL << bit, value << bit)
            : new Comparison(TermParser.Slice(left), "==", new Number((long)value));
    }

    private static Comparison FieldsEqual(string left, string right) =>
        new(TermParser.Slice(left), "==", TermParser.Slice(right));

    private static (ulong Mask, ulong Value) Pattern(string bits)
    {
        ulong mask = 0;
        ulong value = 0;
        foreach (char bit in bits)
        {
            mask = mask << 1 | (bit == 'x' ? 0UL : 1);
            value = value << 1 | (bit == '1' ? 1UL : 0);
        }

        return (mask, value);
    }

    private static Comparison Bracketed(string atom)
    {
        string inner = atom[1..^1];
        foreach (string op in new[] { "==", "!=", ">=", "<=", ">", "<" })
        {
            int at = inner.IndexOf(op, StringComparison.Ordinal);
            if (at > 0)
            {
                return new Comparison(TermParser.Parse(inner[..at]), op, TermParser.Parse(inner[(at + op.Length)..]));
            }
        }

        throw new FormatException($"'{atom}' has no comparison.");
    }
}
