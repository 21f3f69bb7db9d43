using Conformance.Harness.Cases;

namespace Conformance.Harness.Executive;

/// <summary>How the executive gets at each field of a step: from the saved exception, by a thunk, or from memory.</summary>
internal sealed class StepFields
{
    internal StepFields(Step step, int home)
    {
        Names = step.Fields;
        foreach (string name in Names)
        {
            if (IsCore(name) || IsHomeRegister(name, home) || FieldNames.TryGeneral(name, out _))
            {
                continue;
            }

            if (FieldNames.TryMemory(name, out ulong address))
            {
                Memory.Add(address);
            }
            else if (FieldNames.TryChanged(name, out ulong start, out ulong length))
            {
                Regions.Add((start, length));
            }
            else
            {
                Registers.Add(name);
            }
        }
    }

    /// <summary>Those of each step of a case.</summary>
    internal static StepFields[] Of(Case c, HomeProfile home)
    {
        var fields = new StepFields[c.Steps.Count];
        for (int i = 0; i < fields.Length; i++)
        {
            fields[i] = new StepFields(c.Steps[i], home.Level);
        }

        return fields;
    }

    internal IReadOnlyList<string> Names { get; }

    internal List<string> Registers { get; } = [];

    internal List<ulong> Memory { get; } = [];

    internal List<(ulong Start, ulong Length)> Regions { get; } = [];

    /// <summary>Words of a result: the fixed part, two per register, one per memory word and region.</summary>
    internal int ResultWords => Protocol.Result.Lists + (2 * Registers.Count) + Memory.Count + Regions.Count;

    /// <summary>Fields that every result holds.</summary>
    internal static bool IsCore(string field) => field is FieldNames.Target or FieldNames.Vector or FieldNames.Esr or FieldNames.Elr
        or FieldNames.Spsr or FieldNames.Far or FieldNames.Pstate or FieldNames.CurrentEl;

    /// <summary>Registers of the home level that the way home overwrites; their old values are in the result.</summary>
    internal static bool IsHomeRegister(string field, int home) =>
        field is [.., '_', 'E', 'L', char level] && level == (char)('0' + home) && IsExceptionRegister(field.AsSpan(0, field.Length - 4));

    private static bool IsExceptionRegister(ReadOnlySpan<char> name) => name is "ESR" or "ELR" or "SPSR" or "FAR" or "SP";
}
