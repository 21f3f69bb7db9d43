using System.Globalization;

namespace Conformance.Harness.Spec.Import.Translation;

/// <summary>
/// Writes the presence conditions of the pages in our notation. They are half prose: clauses (<c>FEAT_X is implemented</c>,
/// <c>R.F == 0b01</c>) joined by "and", "or" and commas; a comma stands for the connective that follows it.
/// </summary>
internal static class PresenceTranslator
{
    /// <summary>Clauses that name a feature or level in other words.</summary>
    private static readonly Dictionary<string, string> s_clauses = new(StringComparer.Ordinal)
    {
        ["GICv3"] = "FEAT_GICv3",
        ["System register access to the trace unit registers"] = "FEAT_TRC_SR",
        ["EL1"] = "HaveEL1",
        ["EL2"] = "HaveEL2",
        ["EL3"] = "HaveEL3",
    };

    /// <summary>Whole clauses.</summary>
    private static readonly Dictionary<string, string> s_whole = new(StringComparer.Ordinal)
    {
        ["ELIsInHost(EL2)"] = "Host2",
        ["ELIsInHost(EL0)"] = "Host0",
        ["!ELIsInHost(EL2)"] = "!Host2",
        ["!ELIsInHost(EL0)"] = "!Host0",
        ["AArch32 is supported"] = "Have32_any",
        ["the highest implemented Exception level is EL1"] = "Top1",
        ["the highest implemented Exception level is EL2"] = "Top2",
        ["the highest implemented Exception level is EL3"] = "Top3",
        ["an implementation implements ACTLR_ELx accessor behavior"] = "?ACTLR_ELx_accessors",
    };

    /// <summary>The condition, or null if a clause has no plain form.</summary>
    internal static Guard? Translate(string text) => Joined(text.Trim());

    private static Guard? Joined(string text)
    {
        if (Whole(text) is { } inner)
        {
            return Joined(inner);
        }

        // "or" binds looser than "and"; within one level of parentheses the pages do not mix them without parentheses.
        List<string> either = Split(text, "or");
        if (either.Count > 1)
        {
            return Fold(either, static (a, b) => a.Or(b));
        }

        List<string> both = Split(text, "and");
        return both.Count > 1 ? Fold(both, static (a, b) => a.And(b)) : Clause(text);
    }

    private static Guard? Fold(List<string> parts, Func<Guard, Guard, Guard> join)
    {
        Guard? result = null;
        foreach (string part in parts)
        {
            if (Joined(part) is not { } next)
            {
                return null;
            }

            result = result is null ? next : join(result, next);
        }

        return result;
    }

    /// <summary>The inside, if one pair of parentheses holds everything.</summary>
    private static string? Whole(string text)
    {
        if (!text.StartsWith('(') || !text.EndsWith(')'))
        {
            return null;
        }

        int depth = 0;
        for (int i = 0; i < text.Length; i++)
        {
            depth += Depth(text[i]);
            if (depth == 0)
            {
                return i == text.Length - 1 ? text[1..^1].Trim() : null;
            }
        }

        return null;
    }

    /// <summary>Cuts at a connective outside brackets, and then at the commas that stand for it: <c>a, b, and c</c>.</summary>
    private static List<string> Split(string text, string word)
    {
        List<string> parts = Cut(text, $" {word} ");
        if (parts.Count == 1)
        {
            return parts;
        }

        List<string> all = [];
        foreach (string part in parts)
        {
            all.AddRange(Cut(part, ",").Select(p => p.Trim()).Where(p => p.Length > 0));
        }

        // A comma before "or" ends an "and" list that must stay together: "a and b, or c".
        return word == "or" && parts.Any(p => Cut(p, " and ").Count > 1) ? [.. parts.Select(p => p.Trim().TrimEnd(','))] : all;
    }

    private static List<string> Cut(string text, string at)
    {
        List<string> parts = [];
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            depth += Depth(text[i]);
            if (depth == 0 && string.CompareOrdinal(text, i, at, 0, at.Length) == 0)
            {
                parts.Add(text[start..i]);
                start = i + at.Length;
                i = start - 1;
            }
        }

        parts.Add(text[start..]);
        return parts;
    }

    private static int Depth(char c) => c is '(' or '{' ? 1 : c is ')' or '}' ? -1 : 0;

    private static Guard? Clause(string clause)
    {
        if (s_whole.TryGetValue(clause, out string? whole))
        {
            return Guard.Atom(whole);
        }

        const string Not = " is not implemented";
        const string Is = " is implemented";
        return clause.EndsWith(Not, StringComparison.Ordinal) ? Feature(clause[..^Not.Length])?.Negated()
            : clause.EndsWith(Is, StringComparison.Ordinal) ? Feature(clause[..^Is.Length])
            : Feature(clause) ?? Compared(clause);
    }

    private static Guard? Feature(string name) =>
        s_clauses.TryGetValue(name, out string? known) ? Guard.Atom(known)
        : name.StartsWith("FEAT_", StringComparison.Ordinal) && !name.Contains(' ') ? Guard.Atom(name)
        : null;

    /// <summary><c>R.F == 0b01</c>, <c>R.F != 0b01</c> (one bit can be written as 0 or 1), <c>UInt(R.F) &gt; 0x4</c>.</summary>
    private static Guard? Compared(string clause)
    {
        string[] words = clause.Split(' ');
        if (words is not [var field, var op and ("==" or "!=" or ">=" or "<=" or ">" or "<"), var value])
        {
            return null;
        }

        const string Number = "UInt(";
        if (field.StartsWith(Number, StringComparison.Ordinal) && field.EndsWith(')') && IsField(field[Number.Length..^1]))
        {
            bool hex = value.StartsWith("0x", StringComparison.Ordinal);
            return int.TryParse(
                hex ? value[2..] : value, hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out int n)
                ? Guard.Atom($"[{field[Number.Length..^1]}{op}{n}]")
                : null;
        }

        if (op is not ("==" or "!=") || !IsField(field))
        {
            return null;
        }

        string bits = value.StartsWith("0b", StringComparison.Ordinal) ? value[2..] : value is "0" or "1" ? value : "";
        return bits.Length > 0 && bits.All(b => b is '0' or '1') ? Guard.Atom($"{field}{(op == "==" ? "=" : "!=")}{bits}") : null;
    }

    private static bool IsField(string text) =>
        text.Split('.') is [var register, var field] && Word(register) && Word(field);

    private static bool Word(string text) => text.Length > 0 && char.IsAsciiLetterUpper(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
