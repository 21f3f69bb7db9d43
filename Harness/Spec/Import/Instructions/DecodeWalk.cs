using System.Text.RegularExpressions;

namespace Conformance.Harness.Spec.Import.Instructions;

/// <summary>
/// Walks over decode pseudocode and collects what it does with words under which conditions. Blocks are told by indentation.
/// </summary>
internal sealed partial class DecodeWalk
{
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);
    private readonly Stack<Block> _blocks = new();
    private readonly List<DecodeEvent> _events = [];
    private readonly ConditionNotation _notation;

    private DecodeWalk(Func<string, int?> widthOf) => _notation = new ConditionNotation(_variables, widthOf);

    /// <param name="code">Pieces of pseudocode that follow each other.</param>
    /// <param name="widthOf">Width of a field of the encoding; null for a name that is none.</param>
    internal static IReadOnlyList<DecodeEvent> Read(IEnumerable<string> code, Func<string, int?> widthOf)
    {
        var walk = new DecodeWalk(widthOf);
        foreach (string piece in code)
        {
            string[] rows = piece.ReplaceLineEndings("\n").Split('\n');
            for (int i = 0; i < rows.Length; i++)
            {
                walk.Row(rows[i], i + 1);
            }
        }

        return walk._events;
    }

    private void Row(string row, int line)
    {
        int comment = row.IndexOf("//", StringComparison.Ordinal);
        string text = (comment < 0 ? row : row[..comment]).TrimEnd();
        if (text.Length == 0)
        {
            return;
        }

        int indent = text.Length - text.TrimStart().Length;
        text = text.Trim();
        bool continues = Head().IsMatch(text);
        while (_blocks.Count > 0 && (_blocks.Peek().Indent > indent || (_blocks.Peek().Indent == indent && !continues)))
        {
            _blocks.Pop();
        }

        Statement(text, indent, line);
    }

    private void Statement(string text, int indent, int line)
    {
        if (If().Match(text) is { Success: true } head)
        {
            bool first = head.Groups[1].Value == "if";
            Block block = first ? new Block(indent, null) : _blocks.Peek();
            if (first)
            {
                _blocks.Push(block);
            }

            block.Enter(_notation.Of(head.Groups[2].Value));
            Rest(head.Groups[3].Value, indent, line);
        }
        else if (Else().Match(text) is { Success: true } otherwise)
        {
            _blocks.Peek().Enter("TRUE");
            Rest(otherwise.Groups[1].Value, indent, line);
        }
        else if (CaseOf().Match(text) is { Success: true } choice)
        {
            _blocks.Push(new Block(indent, choice.Groups[1].Value));
        }
        else if (When().Match(text) is { Success: true } when)
        {
            // A case's arms are indented deeper than its head, so the head is still on the stack.
            Block block = ArmOf(indent);
            block.Enter(_notation.Of($"{block.Subject} IN {{{when.Groups[1].Value}}}"));
            Rest(when.Groups[2].Value, indent, line);
        }
        else if (Otherwise().Match(text) is { Success: true } rest)
        {
            ArmOf(indent).Enter("TRUE");
            Rest(rest.Groups[1].Value, indent, line);
        }
        else
        {
            foreach (string part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                Simple(part, line);
            }
        }
    }

    private Block ArmOf(int indent)
    {
        while (_blocks.Peek().Subject is null || _blocks.Peek().Indent >= indent)
        {
            _blocks.Pop();
        }

        return _blocks.Peek();
    }

    private void Rest(string text, int indent, int line)
    {
        if (text.Trim().Length == 0)
        {
            return;
        }

        int depth = _blocks.Count;
        Statement(text.Trim(), indent + 1, line);
        while (_blocks.Count > depth)
        {
            _blocks.Pop();
        }
    }

    private void Simple(string text, int line)
    {
        if (text == "EndOfDecode(Decode_UNDEF)")
        {
            Add(DecodeEventKind.Undefined, "", line);
        }
        else if (text == "EndOfDecode(Decode_NOP)")
        {
            Add(DecodeEventKind.Nop, "", line);
        }
        else if (text.StartsWith("SEE", StringComparison.Ordinal))
        {
            Add(DecodeEventKind.Elsewhere, "", line);
        }
        else if (Constrained().Match(text) is { Success: true } constrained)
        {
            Add(DecodeEventKind.Unpredictable, constrained.Groups[1].Value, line);
        }
        else if (Declaration().Match(text) is { Success: true } declaration)
        {
            _variables.TryAdd(declaration.Groups[1].Value, declaration.Groups[2].Value);
        }
    }

    private void Add(DecodeEventKind kind, string rule, int line)
    {
        string?[] when = [.. _blocks.Reverse().SelectMany(b => b.Path)];
        if (!when.Contains("FALSE") && !when.Contains(ConditionNotation.ChoiceOfConstraint))
        {
            _events.Add(new DecodeEvent(kind, rule, [.. when.Where(w => w != "TRUE")], line));
        }
    }

    /// <summary>An if or a case: the conditions of the arms before, negated, and of the arm that is being walked.</summary>
    private sealed class Block(int indent, string? subject)
    {
        private readonly List<string?> _before = [];
        private string? _now = "TRUE";
        private bool _entered;

        internal int Indent => indent;

        /// <summary>What a case asks for; null for an if.</summary>
        internal string? Subject => subject;

        internal IEnumerable<string?> Path => [.. _before.Select(b => b is null ? null : ConditionNotation.Negate(b)), _now];

        internal void Enter(string? condition)
        {
            if (_entered)
            {
                _before.Add(_now);
            }

            _entered = true;
            _now = condition;
        }
    }

    [GeneratedRegex(@"^(elsif|else|when|otherwise)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Head();

    [GeneratedRegex(@"^(if|elsif) (.*?) then\b(.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex If();

    [GeneratedRegex(@"^else\b(.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Else();

    [GeneratedRegex(@"^case (.*) of$", RegexOptions.CultureInvariant)]
    private static partial Regex CaseOf();

    [GeneratedRegex(@"^when ((?:'[^']*'|\w+)(?:, *(?:'[^']*'|\w+))*)(.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex When();

    [GeneratedRegex(@"^otherwise\b(.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Otherwise();

    [GeneratedRegex(@"ConstrainUnpredictable\w*\(Unpredictable_(\w+)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Constrained();

    [GeneratedRegex(@"^(?:constant )?(?:integer|boolean|bit|bits\(\d+\)) (\w+) = (.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Declaration();
}
