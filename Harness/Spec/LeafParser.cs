using System.Globalization;

namespace Conformance.Harness.Spec;

/// <summary>Parses leaves (section 1.4). A leaf it does not know is an error: facts and reader must agree.</summary>
internal static class LeafParser
{
    /// <exception cref="FormatException">The notation is not known.</exception>
    internal static Leaf Parse(string text)
    {
        if (text.Contains(';', StringComparison.Ordinal))
        {
            return new Leaf.Sequence(text, [.. text.Split(';').Select(Parse)]);
        }

        return text switch
        {
            "U" => new Leaf.Undefined(text),
            "nop" => new Leaf.Nop(text),
            "H" => new Leaf.Halt(text),
            "X:EXLOCK" => new Leaf.ExceptionLock(text),
            ['T', >= '1' and <= '3', ':', ..] => new Leaf.Trap(text, text[1] - '0', Hex(text[3..])),
            ['N', ':', .. string where] => Memory(text, where),
            ['R', ':', .. string what] => Read(text, what),
            ['W', ':', .. string what] => Write(text, what),
            "C:UNKNOWN" => new Leaf.Constant(text, null),
            ['C', ':', .. string value] => new Leaf.Constant(text, (ulong)Hex(value)),
            ['O', ':', .. string operation] => Operation(text, operation),
            ['C', 'U', ':', .. string name] => new Leaf.ConstrainedUnpredictable(text, name),
            _ => throw new FormatException($"Leaf '{text}' is not known."),
        };
    }

    private static Leaf.Memory Memory(string text, string where)
    {
        string[] width = where.Split('/');
        string[] offset = width[0].Split('+');
        return new Leaf.Memory(
            text,
            Hex(offset[0]),
            offset.Length > 1 ? int.Parse(offset[1].TrimEnd('m'), CultureInfo.InvariantCulture) : 0,
            width.Length > 1 ? int.Parse(width[1], CultureInfo.InvariantCulture) : 64);
    }

    private static Leaf Read(string text, string what)
    {
        if (what.StartsWith("PSTATE.", StringComparison.Ordinal))
        {
            (IReadOnlyList<string> fields, string rest) = Pstate(what);
            return new Leaf.ReadPstate(text, fields, int.Parse(rest.TrimStart('@'), CultureInfo.InvariantCulture));
        }

        if (what.StartsWith("TVAL(", StringComparison.Ordinal))
        {
            (string compare, string? offset) = Timer(what);
            return new Leaf.ReadTimerValue(text, compare, offset);
        }

        if (what.StartsWith("PHYSCOUNT", StringComparison.Ordinal))
        {
            return new Leaf.ReadCounter(text, what.Length > 10 ? what[10..] : null);
        }

        return new Leaf.ReadRegister(text, Register(what));
    }

    private static Leaf Write(string text, string what)
    {
        if (what.StartsWith("PSTATE.", StringComparison.Ordinal))
        {
            (IReadOnlyList<string> fields, string rest) = Pstate(what);
            return rest switch
            {
                "|imm" => new Leaf.WritePstate(text, fields, 0, PstateUpdate.Set),
                "&~imm" => new Leaf.WritePstate(text, fields, 0, PstateUpdate.Clear),
                _ => new Leaf.WritePstate(
                    text, fields, int.Parse(rest.TrimStart('@'), CultureInfo.InvariantCulture), PstateUpdate.Assign),
            };
        }

        if (what.StartsWith("TVAL(", StringComparison.Ordinal))
        {
            (string compare, string? offset) = Timer(what);
            return new Leaf.WriteTimerValue(text, compare, offset);
        }

        int mask = what.IndexOf("/mask(", StringComparison.Ordinal);
        return mask < 0
            ? new Leaf.WriteRegister(text, Register(what), null)
            : new Leaf.WriteRegister(text, Register(what[..mask]), what[(mask + 6)..^1]);
    }

    /// <summary><c>PSTATE.{D,A,I,F}@6</c>: the fields, and what follows them.</summary>
    private static (IReadOnlyList<string> Fields, string Tail) Pstate(string what)
    {
        int end = what.AsSpan(7).IndexOfAny("@|&") is var at && at >= 0 ? at + 7 : what.Length;
        string fields = what[7..end].Trim('{', '}');
        return (fields.Split(','), what[end..]);
    }

    private static (string Compare, string? Offset) Timer(string what)
    {
        string[] arguments = what[5..^1].Split(',');
        return (arguments[0], arguments.Length > 1 ? arguments[1] : null);
    }

    private static RegisterRef Register(string what)
    {
        int slash = what.LastIndexOf('/');
        string? view = slash > 0 ? what[(slash + 1)..] : null;
        string name = slash > 0 ? what[..slash] : what;
        int bracket = name.IndexOf('[', StringComparison.Ordinal);
        return bracket < 0
            ? new RegisterRef(name, null, view)
            : new RegisterRef(name[..bracket], name[(bracket + 1)..^1], view);
    }

    private static Leaf.Operation Operation(string text, string operation)
    {
        int open = operation.IndexOf('(', StringComparison.Ordinal);
        return open < 0
            ? new Leaf.Operation(text, operation, [])
            : new Leaf.Operation(text, operation[..open], operation[(open + 1)..^1].Split(','));
    }

    private static int Hex(string digits) => int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
