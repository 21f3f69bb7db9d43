namespace Conformance.Suites.Nv2;

/// <summary>What HCR_EL2.{NV2,NV1,NV} make of an access, when no other control asks for a trap.</summary>
/// <remarks>
/// Source: Arm Architecture Registers, HCR_EL2.NV, NV1 and NV2; Arm ARM, "Enhanced support for nested virtualization".
/// Written from those pages; a test compares it with the decision trees of <c>Fixtures/spec/access-rules.jsonl</c>.
/// </remarks>
internal static class NestedOracle
{
    private static readonly Effect s_trap = new Effect.Trap(2, 0x18);
    private static readonly Effect s_undefined = new Effect.Undefined();

    /// <summary>The EL1 registers that {NV1,NV} = {1,1} traps while NV2 is 0 (EX-290, F061).</summary>
    private static readonly HashSet<string> s_trappedByNv1 = ["VBAR_EL1", "ELR_EL1", "SPSR_EL1", "SCXTNUM_EL1", "TFSR_EL1"];

    /// <summary>The allowed effects of an access from EL1; the first is the one without an implementation's choice.</summary>
    /// <param name="name">The name used.</param>
    /// <param name="nvx">The bits in force (<see cref="Nvx.InForce"/>).</param>
    internal static IReadOnlyList<Effect> AtEl1(NestedName name, Nvx nvx)
    {
        Effect first = First(name, nvx);
        return name.Choice switch
        {
            NameChoice.MayBeAbsent when first is not Effect.Undefined => [first, s_undefined],
            NameChoice.RegisterWithoutNv1 when nvx is { Transforms: true, Nv1: false } => [first, new Effect.Register(name.Register)],
            _ => [first],
        };
    }

    private static Effect First(NestedName name, Nvx nvx) => name.Kind switch
    {
        // EL2 names: the slot under NV2, else a trap under NV, else they are not EL1's.
        NameKind.El2 => nvx.Transforms ? new Effect.Memory(name.Offset) : TrapOrUndefined(nvx),

        // EL1 names: virtual EL2 without VHE (NV1 = 1) means its guest's registers, kept in memory.
        NameKind.El1 when nvx is { Transforms: true, Nv1: true } => new Effect.Memory(name.Offset),
        NameKind.El1 when nvx is { Nv: true, Nv1: true } && s_trappedByNv1.Contains(name.Register) => s_trap,
        NameKind.El1 => new Effect.Register(name.Register),

        // EL12 and EL02 names: virtual EL2 with VHE (NV1 = 0) means its guest's registers.
        NameKind.Guest => nvx is { Transforms: true, Nv1: false } ? new Effect.Memory(name.Offset) : TrapOrUndefined(nvx),

        NameKind.Common => nvx.Transforms ? new Effect.Memory(name.Offset) : new Effect.Register(name.Register),
        NameKind.Swapped => nvx.Transforms ? new Effect.Register(name.Register) : TrapOrUndefined(nvx),
        NameKind.Trapped => TrapOrUndefined(nvx),
        NameKind.Plain => new Effect.Register(name.Register),
        NameKind.Higher => s_undefined,
    };

    /// <summary>What an access from EL2 or EL3 does: HCR_EL2.{NV2,NV1,NV} have no say there; E2H decides on the second names.</summary>
    /// <remarks>Not for EL1 names at EL2 with E2H = 1, which then mean EL2 registers.</remarks>
    internal static Effect AtHigherLevel(NestedName name, bool e2h) => name.Kind switch
    {
        NameKind.Guest => e2h ? new Effect.Register(name.Register) : s_undefined,
        NameKind.El2 or NameKind.El1 or NameKind.Common => new Effect.Register(name.Register),
        NameKind.Swapped or NameKind.Trapped or NameKind.Plain or NameKind.Higher => throw new ArgumentOutOfRangeException(
            nameof(name), name, "The suite has no cases for this family above EL1."),
    };

    /// <summary>What an access from EL0 does: only the EL0 timer names exist there, and they mean the registers.</summary>
    internal static Effect AtEl0(NestedName name) => name.Kind == NameKind.El1 && name.Name.EndsWith("_EL0", StringComparison.Ordinal)
        ? new Effect.Register(name.Register)
        : s_undefined;

    private static Effect TrapOrUndefined(Nvx nvx) => nvx.Nv ? s_trap : s_undefined;
}
