namespace Conformance.Harness.Spec;

/// <summary>Whole register values and their fields, over the layout in force.</summary>
public static class RegisterValues
{
    /// <summary>One field of a value.</summary>
    public readonly record struct DecodedField(string Name, FieldKind Kind, int Msb, int Lsb, ulong Value);

    /// <summary>The fields of a value, most significant first; one field of all bits if the register is not known.</summary>
    /// <param name="register">Architectural name, an array element included.</param>
    /// <param name="value">The low 64 bits.</param>
    /// <param name="state">Implementation and the fields that choose layouts (HCR_EL2.E2H).</param>
    public static IReadOnlyList<DecodedField> Decode(string register, ulong value, ArchState state)
    {
        if (RegisterFacts.Find(register)?.LayoutFor(state, value) is not { } layout)
        {
            return [new DecodedField(register, FieldKind.Named, 63, 0, value)];
        }

        List<DecodedField> fields = [];
        int above = 64;
        foreach (RegisterField field in layout.Present(state))
        {
            if (field.Msb < above)
            {
                fields.Add(new DecodedField(field.Name, field.Kind, field.Msb, field.Lsb, field.Extract(value)));
                above = field.Lsb;
            }
        }

        return fields;
    }

    /// <summary>A value with fields put into it.</summary>
    /// <param name="register">Architectural name.</param>
    /// <param name="background">The bits that no field of <paramref name="fields"/> covers.</param>
    /// <param name="fields">Field values by name, without the register.</param>
    /// <param name="state">Implementation and the fields that choose layouts.</param>
    /// <exception cref="ArgumentException">The register or a field is not there; the message names it.</exception>
    public static ulong Compose(
        string register, ulong background, IEnumerable<KeyValuePair<string, ulong>> fields, ArchState state)
    {
        RegisterInfo info = RegisterFacts.Find(register) ?? throw new ArgumentException($"There is no register {register}.", nameof(register));
        ulong value = background;
        foreach ((string name, ulong field) in fields)
        {
            RegisterField place = Place(info, name, value, state)
                ?? throw new ArgumentException($"{register} has no field {name} on this implementation and layout.", nameof(fields));
            value = place.Insert(value, field);
        }

        return value;
    }

    /// <summary>The place of a named field in the layout in force, or null if it is not present.</summary>
    public static RegisterField? Place(string register, string field, ArchState state) =>
        RegisterFacts.Find(register) is { } info ? Place(info, field, 0, state) : null;

    /// <summary>Puts the fields of a whole register value into a state; fields not present become 0.</summary>
    /// <remarks>HCR_EL2 and SCR_EL3 go first: they decide the layout of the others.</remarks>
    public static void Load(ArchState state, string register, ulong value)
    {
        if (RegisterFacts.Find(register) is not { } info)
        {
            return;
        }

        foreach (RegisterLayout layout in info.Layouts)
        {
            foreach (RegisterField field in layout.Fields)
            {
                if (field.Kind == FieldKind.Named)
                {
                    state[field.StateField(info, register)] = 0;
                }
            }
        }

        int above = 64;
        foreach (RegisterField field in info.LayoutFor(state, value)?.Fields ?? [])
        {
            if (field.Msb < above && field.When.Holds(state))
            {
                above = field.Lsb;
                if (field.Kind == FieldKind.Named)
                {
                    state[field.StateField(info, register)] = field.Extract(value);
                }
            }
        }

        state[register] = value;
    }

    /// <summary>
    /// The bits that hold what was written: named fields present by a plain condition. Reserved bits and fields of unclear
    /// presence are left out.
    /// </summary>
    public static ulong PlainMask(string register, ulong value, ArchState state)
    {
        if (RegisterFacts.Find(register) is not { } info || info.LayoutFor(state, value) is not { } layout)
        {
            return 0;
        }

        ulong mask = 0;
        ulong unclear = 0;
        foreach (RegisterField field in layout.Fields)
        {
            if (!field.When.IsPlain || (field.Kind == FieldKind.Named && field.Name == "IMPLEMENTATION DEFINED"))
            {
                unclear |= field.Mask;
            }
            else if (field.Kind == FieldKind.Named && field.When.Holds(state))
            {
                mask |= field.Mask;
            }
        }

        return mask & ~unclear;
    }

    /// <summary>
    /// The reserved bits, present by a plain condition, that keep <paramref name="value"/>: those that are to be 0 and are, and
    /// those that are to be 1 and are. Written so, they read so, whether the bits exist or not.
    /// </summary>
    public static ulong ReservedMask(string register, ulong value, ArchState state)
    {
        if (RegisterFacts.Find(register) is not { } info || info.LayoutFor(state, value) is not { } layout)
        {
            return 0;
        }

        ulong mask = 0;
        ulong unclear = 0;
        foreach (RegisterField field in layout.Fields)
        {
            if (!field.When.IsPlain || field.Kind == FieldKind.Unknown)
            {
                unclear |= field.Mask;
            }
            else if (field.When.Holds(state))
            {
                mask |= field.Kind switch
                {
                    FieldKind.Res0 or FieldKind.ReadZeroWriteIgnored => field.Mask & ~value,
                    FieldKind.Res1 or FieldKind.ReadOneWriteIgnored => field.Mask & value,
                    _ => 0,
                };
            }
        }

        return mask & ~unclear;
    }

    private static RegisterField? Place(RegisterInfo info, string field, ulong value, ArchState state) =>
        info.LayoutFor(state, value)?.Fields.FirstOrDefault(f => f.Name == field && f.When.Holds(state));
}
