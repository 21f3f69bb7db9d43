using Conformance.Harness.Spec;

namespace Conformance.Suites.Nv2;

/// <summary>The families of names that behave alike under HCR_EL2.{NV2,NV1,NV}.</summary>
internal enum NameKind
{
    /// <summary>An EL2 register with a slot in the page, or SP_EL1: <c>VTCR_EL2</c>.</summary>
    El2,

    /// <summary>An EL1 (or EL0 timer) register with a slot that only NV1 opens: <c>SCTLR_EL1</c>.</summary>
    El1,

    /// <summary>The second name of such a register, which NV1 = 0 turns to the slot: <c>SCTLR_EL12</c>, <c>CNTV_CTL_EL02</c>.</summary>
    Guest,

    /// <summary>An EL1 register whose slot is used for either value of NV1: <c>MDSCR_EL1</c>.</summary>
    Common,

    /// <summary>An EL2 name that reaches the EL1 register under NV2: <c>ESR_EL2</c>.</summary>
    Swapped,

    /// <summary>An EL2, EL12 or EL02 name without a slot: <c>MDCR_EL2</c>, <c>CNTKCTL_EL12</c>.</summary>
    Trapped,

    /// <summary>A register that nested virtualization leaves alone: <c>TPIDR_EL1</c>.</summary>
    Plain,

    /// <summary>A name that EL1 can never use, NV or not: <c>SP_EL2</c>, <c>SCR_EL3</c>.</summary>
    Higher,
}

/// <summary>What else the architecture lets an implementation do with a name.</summary>
internal enum NameChoice
{
    None,

    /// <summary>The register may be absent, which no ID register that the suite knows tells: then it is UNDEFINED.</summary>
    MayBeAbsent,

    /// <summary>With NV1 = 0 it may be the register that is accessed: an implementation with ACTLR_EL12 has that name for the slot.</summary>
    RegisterWithoutNv1,
}

/// <summary>A system-register name as EL1 may use it.</summary>
/// <param name="Name">The name as assembled.</param>
/// <param name="Kind">How it behaves.</param>
/// <param name="Register">The register that the name means when nothing stands in the way.</param>
/// <param name="Offset">Bytes from VNCR_EL2.BADDR; -1 without a slot.</param>
/// <param name="Needs">Features without which the name does not exist.</param>
/// <param name="Opens">Controls that have to be set so that nothing but nested virtualization decides.</param>
/// <param name="Choice">What else is allowed.</param>
/// <param name="ReadOnly">There is no MSR.</param>
internal sealed record NestedName(
    string Name,
    NameKind Kind,
    string Register,
    int Offset = -1,
    IReadOnlyList<string>? Needs = null,
    IReadOnlyList<Opening>? Opens = null,
    NameChoice Choice = NameChoice.None,
    bool ReadOnly = false)
{
    /// <summary>The encoding of the name in MRS and MSR.</summary>
    internal SystemEncoding Encoding { get; } = Encodings.Register(Name);

    /// <summary>The name in ids: lower case.</summary>
    internal string Label { get; } = Name.ToLowerInvariant();

    internal IReadOnlyList<string> Required => Needs ?? [];

    internal IReadOnlyList<Opening> Openings => Opens ?? [];

    internal bool HasSlot => Offset >= 0;
}

/// <summary>Bits of a control register that have to be 1.</summary>
internal readonly record struct Opening(string Register, ulong Bits);
