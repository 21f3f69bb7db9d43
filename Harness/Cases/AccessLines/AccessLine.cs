using Conformance.Harness.Spec;

namespace Conformance.Harness.Cases.AccessLines;

/// <summary>One line of a case file in the short form: an access, the state it is made in, and what is to happen.</summary>
/// <remarks>
/// It becomes a <see cref="Case"/> only for a device, whose features and highest level decide what can be set and observed.
/// The notation is described for its writers in <c>docs/access-cases.md</c>; schema: <c>Fixtures/schemas/access-case.schema.json</c>.
/// </remarks>
public sealed record AccessLine
{
    /// <summary>The id of the case: <c>suite/group/name</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What the author says about it; may be empty.</summary>
    public string Note { get; init; } = "";

    /// <summary>Features the device must have, or with <c>!</c> must not have.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>What is executed.</summary>
    public required AccessedName Access { get; init; }

    /// <summary>Exception level, 0 to 3.</summary>
    public required int Level { get; init; }

    /// <summary>The state, on top of the contract's baseline, in the order of the line.</summary>
    public IReadOnlyList<Setting> Set { get; init; } = [];

    /// <summary>Value of the X register before the instruction; null if any will do.</summary>
    public ulong? Operand { get; init; }

    /// <summary>The allowed leaves; empty if what the facts say is expected.</summary>
    public IReadOnlyList<Leaf> Expect { get; init; } = [];
}

/// <summary>The instruction of an access line.</summary>
/// <param name="Accessor">The accessor; null for a word that is no access the facts know.</param>
/// <param name="Index">Array index m; 0 if there is none.</param>
/// <param name="Immediate">Immediate of MSR (immediate), HVC or SMC, if it is given.</param>
/// <param name="Word">The whole instruction, if it is given.</param>
public readonly record struct AccessedName(Accessor? Accessor, int Index = 0, int? Immediate = null, uint? Word = null)
{
    /// <summary>As people write it: <c>MRS PMEVCNTR3_EL0</c>, <c>MSRi DAIFSet</c>, <c>ERET</c>, <c>word 0xd53bd0a0</c>.</summary>
    public string Text => Accessor is { } accessor ? AccessorNames.Text(accessor, Index) : $"word 0x{Word:x8}";
}

/// <summary>A value given to bits of a register before the access.</summary>
/// <param name="Register">Register, or <c>PSTATE</c>, or <c>eff.</c> and a register.</param>
/// <param name="Field">Field; null for the register as a whole.</param>
/// <param name="Lsb">Lowest bit, counted in the field, or in the register where there is no field.</param>
/// <param name="Width">Number of bits from <paramref name="Lsb"/>; 0 for all.</param>
/// <param name="Value">The value of these bits.</param>
public readonly record struct Setting(string Register, string? Field, int Lsb, int Width, ulong Value)
{
    /// <summary>As the facts name it: <c>HCR_EL2.NV</c>, <c>CPTR_EL2</c>.</summary>
    public string Name => Field is null ? Register : $"{Register}.{Field}";
}
