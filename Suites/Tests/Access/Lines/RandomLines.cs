using System.Globalization;
using Conformance.Harness.Cases;
using Conformance.Harness.Cases.AccessLines;
using Conformance.Harness.Spec;
using Conformance.Harness.Spec.Solving;

namespace Conformance.Suites.Tests.Access.Lines;

/// <summary>Lines as a script would write them: random accessors in random legal states of profile nv2, with an outcome.</summary>
internal sealed class RandomLines(int seed)
{
    private static readonly Accessor[] s_accessors = [.. AccessRules.Accessors.Where(a => !a.IsImplementationDefined)];
    private readonly Random _random = new(seed);
    private readonly Reach _reach = new(Profile.Nv2.NewState());

    /// <summary>The text of a file.</summary>
    /// <param name="count">Lines behind the head.</param>
    /// <param name="right">With the outcome that the facts give, or with another one of the same accessor and level.</param>
    internal IEnumerable<string> Write(int count, bool right)
    {
        yield return CaseFile.Head;
        for (int written = 0; written < count;)
        {
            if (Line(right) is { } line)
            {
                written++;
                yield return line;
            }
        }
    }

    private string? Line(bool right)
    {
        Accessor accessor = s_accessors[_random.Next(s_accessors.Length)];
        int level = _random.Next(4);
        int index = accessor.Indices is var (first, last) ? _random.Next(first, last + 1) : 0;
        ArchState state = Profile.Nv2.NewState();
        List<int> given = [];
        foreach (int field in _reach.FieldsAsked(accessor, level, index))
        {
            string name = NameTable.Fields.Name(field);
            if (_random.Next(2) == 0 && name.Contains('.', StringComparison.Ordinal)
                && !name.StartsWith("eff.", StringComparison.Ordinal) && !name.StartsWith("ID_", StringComparison.Ordinal))
            {
                int width = _reach.Width(field);
                state[field] = (ulong)_random.NextInt64() & (width >= 64 ? ulong.MaxValue : (1UL << width) - 1);
                given.Add(field);
            }
        }

        if (!_reach.Allows(state, level, given) || (level < 2 && (state["HCR_EL2.VM"] | state["HCR_EL2.DC"]) != 0))
        {
            return null;
        }

        string leaf = LeafNotation.Plain(accessor.Evaluate(state, level, index), index);
        if (!right)
        {
            string[] others = [.. accessor.Tree(level).Leaves.Select(e => LeafNotation.Plain(e.Leaf, index)).Where(l => l != leaf)];
            if (others.Length == 0)
            {
                return null;
            }

            leaf = others[_random.Next(others.Length)];
        }

        string set = string.Join(',', given.Select(f => string.Create(CultureInfo.InvariantCulture, $"\"{NameTable.Fields.Name(f)}\":{state[f]}")));
        string access = accessor.Op == "INSN" ? accessor.Name : $"{accessor.Op} {accessor.NameAt(index)}";
        return $$"""{"access":"{{access}}","el":{{level}},"set":{{{set}}},"expect":"{{leaf}}"}""";
    }
}
