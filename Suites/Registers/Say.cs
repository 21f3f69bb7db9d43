using Conformance.Harness.Cases;

namespace Conformance.Suites.Registers;

/// <summary>The beginning of the sentences in this folder.</summary>
internal static class Say
{
    internal static CaseBuilder That(string name, string title, params IReadOnlyList<string> rules) =>
        CaseBuilder.Case($"registers/{name}", title).Rules(rules);

    /// <summary>The rule that a register holds what its page says.</summary>
    internal static string Rule(string register) => $"REG {register}";

    /// <summary>A general register as a field, under a mask.</summary>
    internal static CaseBuilder SeesX(this CaseBuilder sentence, int n, ulong value, ulong mask = ulong.MaxValue) =>
        sentence.Sees(FieldNames.General(n), value & mask, mask);
}
