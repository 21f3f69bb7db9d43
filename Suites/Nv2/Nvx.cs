
namespace Conformance.Suites.Nv2;

/// <summary>HCR_EL2.{NV2,NV1,NV}, as written and as in force.</summary>
/// <remarks>Source: Arm Architecture Registers, HCR_EL2.NV, NV1, NV2. {NV1,NV} = {1,0} is left open by the architecture (EX-007).</remarks>
internal readonly record struct Nvx(bool Nv2, bool Nv1, bool Nv)
{
    /// <summary>All patterns whose meaning is fixed, NV2 leftmost: 000, 001, 011, 100, 101, 111.</summary>
    internal static IReadOnlyList<Nvx> Defined { get; } =
    [
        new(false, false, false), new(false, false, true), new(false, true, true),
        new(true, false, false), new(true, false, true), new(true, true, true),
    ];

    /// <summary>The two patterns under which FEAT_NV2 turns accesses into loads and stores: 101 and 111.</summary>
    internal static IReadOnlyList<Nvx> Transforming { get; } = [new(true, false, true), new(true, true, true)];

    /// <summary>All three bits 0.</summary>
    internal static Nvx None => default;

    /// <summary>The bits, NV2 leftmost: <c>101</c>.</summary>
    internal string Label => $"{Digit(Nv2)}{Digit(Nv1)}{Digit(Nv)}";

    /// <summary>The bits in HCR_EL2.</summary>
    internal ulong Hcr => (Nv2 ? ControlBits.Hcr.NV2 : 0) | (Nv1 ? ControlBits.Hcr.NV1 : 0) | (Nv ? ControlBits.Hcr.NV : 0);

    /// <summary>All three bits of HCR_EL2.</summary>
    internal static ulong Mask => ControlBits.Hcr.NV | ControlBits.Hcr.NV1 | ControlBits.Hcr.NV2;

    /// <summary>What is in force: nothing without EL2, and NV2 acts as 0 while NV is 0 (F067).</summary>
    internal Nvx InForce(bool el2Enabled = true) => el2Enabled && Nv ? this : None;

    /// <summary>NV2 and NV are in force.</summary>
    internal bool Transforms => Nv2 && Nv;

    private static char Digit(bool bit) => bit ? '1' : '0';
}
