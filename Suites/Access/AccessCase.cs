using Conformance.Harness.Spec;

namespace Conformance.Suites.Access;

/// <summary>An access and the leaf it is to lead to.</summary>
internal readonly record struct AccessCase(Accessor Accessor, int Level, int Index, RuleNode.End End)
{
    /// <summary>The rule id that coverage counts: <c>MRS SCTLR_EL1@EL1#4:N:110</c>.</summary>
    internal string Rule => Accessor.LeafId(Level, End);

    /// <summary>Accessor and array element as people write them: <c>MRS PMEVCNTR3_EL0</c>, <c>MSR DAIFSet</c>.</summary>
    internal string Text => Accessor.Op switch
    {
        "INSN" => Accessor.Name,
        "MSRi" => $"MSR {Accessor.Name}",
        _ => $"{Accessor.Op} {Accessor.NameAt(Index)}",
    };

    /// <summary>The stable id of the case: <c>access/mrs-sctlr_el1/el1-4-n-110</c>, and a suffix for a variant.</summary>
    internal string Id(string suffix)
    {
        string group = $"{Accessor.Op}-{Accessor.NameAt(Index)}".ToLowerInvariant();
        var leaf = new System.Text.StringBuilder();
        foreach (char c in End.Leaf.Text.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c) || c == '_')
            {
                leaf.Append(c);
            }
            else if (leaf.Length > 0 && leaf[^1] != '-')
            {
                leaf.Append('-');
            }
        }

        return $"access/{group}/el{Level}-{End.Ordinal}-{leaf.ToString().TrimEnd('-')}{suffix}";
    }
}
