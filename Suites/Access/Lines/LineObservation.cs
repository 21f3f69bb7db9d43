using Conformance.Harness.Cases;

namespace Conformance.Suites.Access.Lines;

/// <summary>What of an outcome can be seen for a line, whose author chooses the X register.</summary>
internal static class LineObservation
{
    private const int LostInVectors = 28;
    private const int Zero = 31;

    /// <summary>The case without the fields that no device reports: XZR, and X28 behind an exception.</summary>
    internal static Case WithoutUnseen(Case c, int register) => register is not (LostInVectors or Zero) ? c : c with
    {
        Steps = [.. c.Steps.Select(s => s with { Allowed = [.. s.Allowed.Select(o => Without(o, register))] })],
    };

    /// <summary>True if two outcomes expect the same of the same fields.</summary>
    internal static bool SameFields(Outcome one, Outcome other) =>
        one.Fields.Count == other.Fields.Count
        && one.Fields.All(f => other.Fields.Any(g => g.Field == f.Field && g.Any.SequenceEqual(f.Any)));

    private static Outcome Without(Outcome outcome, int register)
    {
        string name = FieldNames.General(register);
        bool exception = outcome.Fields.Any(f => f.Field == FieldNames.Esr);
        return register == Zero || exception
            ? outcome with { Fields = [.. outcome.Fields.Where(f => f.Field != name)] }
            : outcome;
    }
}
