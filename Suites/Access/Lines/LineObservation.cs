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

    /// <summary>True if everything that an outcome expects follows from another: what shows the other shows it too.</summary>
    internal static bool Follows(Outcome outcome, Outcome from) =>
        outcome.Fields.All(f => from.Fields.Any(g => g.Field == f.Field && g.Any.All(v => f.Any.Any(a => Covers(a, v)))));

    /// <summary>An outcome without the fields that another says nothing about.</summary>
    internal static Outcome OfFieldsIn(Outcome outcome, Outcome other) =>
        outcome with { Fields = [.. outcome.Fields.Where(f => other.Fields.Any(g => g.Field == f.Field))] };

    private static bool Covers(MaskedValue wide, MaskedValue narrow) =>
        (wide.Mask & ~narrow.Mask) == 0 && ((wide.Value ^ narrow.Value) & wide.Mask) == 0;

    private static Outcome Without(Outcome outcome, int register)
    {
        string name = FieldNames.General(register);
        bool exception = outcome.Fields.Any(f => f.Field == FieldNames.Esr);
        return register == Zero || exception
            ? outcome with { Fields = [.. outcome.Fields.Where(f => f.Field != name)] }
            : outcome;
    }
}
