using System.Text.Json;
using Conformance.Harness.Spec;

namespace Conformance.Harness.Cases;

/// <summary>System registers in a case file: whole values, or some fields on top of the baseline value.</summary>
internal static class RegisterNotation
{
    private const int E2H = 34;

    /// <param name="place">The object of registers by name, or null.</param>
    /// <param name="given">Registers set earlier in the case; they decide which layout is in force.</param>
    internal static List<RegisterValue> Read(JsonPlace? place, IReadOnlyList<RegisterValue> given)
    {
        List<RegisterValue> values = [];
        if (place is not { } registers)
        {
            return values;
        }

        bool? e2h = null;
        foreach ((string name, JsonPlace value) in registers.Entries())
        {
            bool byFields = value.Element.ValueKind == JsonValueKind.Object;
            values.Add(new RegisterValue(
                name, byFields ? FromFields(name, value, e2h ??= IsE2H(registers, given)) : value.Value()));
        }

        return values;
    }

    /// <summary>HCR_EL2.E2H as the case sets it, wherever HCR_EL2 stands among the registers.</summary>
    private static bool IsE2H(JsonPlace registers, IReadOnlyList<RegisterValue> given)
    {
        ulong hcr = Baseline.Of("HCR_EL2");
        foreach (RegisterValue register in given.Where(r => r.Name == "HCR_EL2"))
        {
            hcr = register.Value;
        }

        foreach ((_, JsonPlace value) in registers.Entries().Where(e => e.Key == "HCR_EL2"))
        {
            hcr = value.Element.ValueKind == JsonValueKind.Object ? FromFields("HCR_EL2", value, e2h: false) : value.Value();
        }

        return (hcr >> E2H & 1) != 0;
    }

    private static ulong FromFields(string register, JsonPlace place, bool e2h)
    {
        RegisterInfo info = RegisterFacts.Find(register) ?? throw place.Problem(CaseCheck.UnknownRegister(register));
        ulong value = Baseline.Of(register);
        RegisterLayout layout = Layout(info, value, e2h);
        foreach ((string name, JsonPlace field) in place.Entries())
        {
            (int Lsb, int Width)[] where =
                [.. layout.Fields.Where(f => f.Kind == FieldKind.Named && f.Name == name).Select(f => (f.Lsb, f.Width)).Distinct()];
            if (where.Length != 1)
            {
                throw field.Problem(where.Length == 0 ? NoField(info, layout, name)
                    : $"{name} of {register} is in several places; give the register as a whole value");
            }

            (int low, int width) = where[0];
            ulong mask = width >= 64 ? ulong.MaxValue : (1UL << width) - 1;
            value = (value & ~(mask << low)) | field.Value(width) << low;
        }

        return value;
    }

    /// <summary>The layout in force: most registers have one; CPTR_EL2 and CNTHCTL_EL2 depend on E2H.</summary>
    private static RegisterLayout Layout(RegisterInfo info, ulong value, bool e2h)
    {
        if (info.Layouts.Count == 1)
        {
            return info.Layouts[0];
        }

        ArchState state = Profile.Nv2.NewState();
        state["HCR_EL2.E2H"] = e2h ? 1UL : 0;
        return info.LayoutFor(state, value) ?? info.Layouts[^1];
    }

    private static string NoField(RegisterInfo info, RegisterLayout layout, string name)
    {
        if (info.Layouts.Any(l => l.Fields.Any(f => f.Name == name)))
        {
            return $"{info.Name} has no field {name} with this HCR_EL2.E2H; set HCR_EL2 or give the register as a whole value";
        }

        IEnumerable<string> names = layout.Fields.Where(f => f.Kind == FieldKind.Named).Select(f => f.Name);
        return NearestName.Of(name, names) is { } near
            ? $"{info.Name} has no field {name}; did you mean {near}?"
            : $"{info.Name} has no field {name}; give the register as a whole value";
    }
}
