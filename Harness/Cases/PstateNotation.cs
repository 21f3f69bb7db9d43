using System.Text.Json;
using Conformance.Harness.Spec;

namespace Conformance.Harness.Cases;

/// <summary>PSTATE in a case file: a value in SPSR_ELx layout, or fields by name.</summary>
/// <remarks>Source: DDI 0601, SPSR_EL2, exception taken from AArch64 state.</remarks>
internal static class PstateNotation
{
    private static readonly (string Name, int Low, int Width)[] s_fields =
    [
        ("NZCV", 28, 4), ("TCO", 25, 1), ("DIT", 24, 1), ("UAO", 23, 1), ("PAN", 22, 1), ("SS", 21, 1), ("IL", 20, 1),
        ("ALLINT", 13, 1), ("SSBS", 12, 1), ("BTYPE", 10, 2), ("DAIF", 6, 4), ("EL", 2, 2), ("SP", 0, 1),
    ];

    private static readonly string[] s_names = [.. s_fields.Select(f => f.Name)];

    /// <summary>Fields that are not given are 0, except EL, which is the level of the step.</summary>
    internal static ulong Read(JsonPlace place, int level)
    {
        if (place.Element.ValueKind != JsonValueKind.Object)
        {
            return place.Value();
        }

        ulong pstate = place.Element.TryGetProperty("EL", out _) ? 0 : (ulong)(level & 3) << 2;
        foreach ((string name, JsonPlace value) in place.Entries())
        {
            int field = Array.IndexOf(s_names, name);
            if (field < 0)
            {
                throw place.Problem(NearestName.Of(name, s_names) is { } near
                    ? $"PSTATE has no field {name}; did you mean {near}?"
                    : $"PSTATE has no field {name}; the fields are {string.Join(", ", s_names)}");
            }

            pstate |= value.Value(s_fields[field].Width) << s_fields[field].Low;
        }

        return pstate;
    }
}
