using Conformance.Harness.Spec.Conditions;
using Conformance.Harness.Spec.Solving;

namespace Conformance.Harness.Spec;

/// <summary>A register: when it is there, and the layouts its bits can have.</summary>
/// <param name="Name">Architectural name; holds <c>&lt;n&gt;</c> for an array.</param>
/// <param name="Indices">Inclusive range of the array index, or null.</param>
/// <param name="When">Presence of the register.</param>
/// <param name="Layouts">Alternatives in order; the first that applies counts.</param>
public sealed record RegisterInfo(
    string Name, (int First, int Last)? Indices, Presence When, IReadOnlyList<RegisterLayout> Layouts)
{
    public string NameAt(int index) => Name.Replace("<n>", $"{index}", StringComparison.Ordinal);

    /// <summary>The layout in force for a value, or null if there is none.</summary>
    public RegisterLayout? LayoutFor(ArchState state, ulong value) =>
        ValueLayouts.Choose(this, value) is { } index ? Layouts[index] : Layouts.FirstOrDefault(l => l.When.Holds(state));
}

/// <summary>One layout of a register.</summary>
/// <param name="Width">64 or 128 bits.</param>
/// <param name="When">When it applies.</param>
/// <param name="Fields">All alternatives for all bits, most significant first.</param>
public sealed record RegisterLayout(int Width, Presence When, IReadOnlyList<RegisterField> Fields)
{
    /// <summary>The fields present in a state, most significant first, one for each bit.</summary>
    public IEnumerable<RegisterField> Present(ArchState state) => Fields.Where(f => f.When.Holds(state));
}

/// <summary>A field, or reserved bits.</summary>
/// <param name="Msb">Highest bit.</param>
/// <param name="Lsb">Lowest bit.</param>
/// <param name="Name">Field name, or the kind of the reserved bits.</param>
/// <param name="Kind">Named or which sort of reserved.</param>
/// <param name="When">When this alternative for the bits applies.</param>
/// <param name="Resets">Values that the architecture fixes at reset.</param>
public sealed record RegisterField(
    int Msb, int Lsb, string Name, FieldKind Kind, Presence When, IReadOnlyList<FieldReset> Resets)
{
    private int _stateField = -1;

    public int Width => Msb - Lsb + 1;

    /// <summary>The bits of the field in the low 64 bits of the register.</summary>
    public ulong Mask => Lsb > 63 ? 0 : (Width >= 64 ? ulong.MaxValue : (1UL << Width) - 1) << Lsb;

    /// <summary>The number of the state field that this is in a register (an element of an array has fields of its own).</summary>
    internal int StateField(RegisterInfo register, string name) => register.Indices is not null
        ? NameTable.Fields.Id($"{name}.{Name}")
        : _stateField >= 0 ? _stateField : _stateField = NameTable.Fields.Id($"{name}.{Name}");

    public ulong Extract(ulong register) => Lsb > 63 ? 0 : (register & Mask) >> Lsb;

    public ulong Insert(ulong register, ulong value) => Lsb > 63 ? register : (register & ~Mask) | (value << Lsb & Mask);
}

/// <summary>What a field is.</summary>
public enum FieldKind
{
    Named,
    Res0,
    Res1,
    ReadZeroWriteIgnored,
    ReadOneWriteIgnored,
    Unknown,
}

/// <summary>A reset value that the architecture fixes.</summary>
/// <param name="Kind">Which reset: <c>Warm</c>, <c>Cold</c>, ….</param>
/// <param name="When">When it is fixed (<c>Top2</c>: EL2 is the highest level).</param>
/// <param name="Value">The value of the field.</param>
public sealed record FieldReset(string Kind, Condition When, ulong Value);

/// <summary>A presence condition.</summary>
/// <param name="Condition">The condition, or null if the facts have no plain form for it (<c>?</c>).</param>
/// <param name="Assumed">What is taken as its truth when there is no plain form.</param>
public readonly record struct Presence(Condition? Condition, bool Assumed)
{
    public static Presence Always { get; } = new(Condition.True, true);

    /// <summary>True if the condition can be decided.</summary>
    public bool IsPlain => Condition is not null;

    /// <summary>The fields that decide, by name.</summary>
    public IEnumerable<string> Fields => Condition is null ? [] : FieldList.Of(Condition).Select(NameTable.Fields.Name);

    /// <summary>Reads a condition; <c>?</c> is assumed to hold.</summary>
    public static Presence Parse(string text) => new(text == "?" ? null : ConditionParser.Parse(text), Assumed: true);

    /// <summary>The truth of the condition in a state.</summary>
    public bool Holds(ArchState state) => Condition?.Holds(state, state.Implementation.HighestLevel, 0) ?? Assumed;
}
