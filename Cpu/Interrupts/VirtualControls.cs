using Conformance.Cpu.Exceptions;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Interrupts;

/// <summary>ICH_VMCR_EL2: what EL1 sets through ICV_PMR, ICV_BPR, ICV_CTLR and ICV_IGRPEN.</summary>
/// <remarks>Source: DDI 0601, 2025-03, ICH_VMCR_EL2; GV-050 to GV-059, GV-140 to GV-142.</remarks>
internal static class VirtualControls
{
    private const int PriorityMaskAt = 24;
    private const int BinaryPoint0At = 21;
    private const int BinaryPoint1At = 18;
    private const int EoiModeAt = 9;
    private const int CommonBinaryPointAt = 4;
    private const ulong FiqEnable = 1 << 3;

    /// <summary>VPMR.</summary>
    internal static ulong PriorityMask(Core core) => Field(core, PriorityMaskAt, 0xff);

    /// <summary>VENG0 or VENG1.</summary>
    internal static bool GroupEnabled(Core core, int group) => Field(core, group, 1) != 0;

    /// <summary>VEOIM: EOIR drops the priority only.</summary>
    internal static bool SplitsEoi(Core core) => Field(core, EoiModeAt, 1) != 0;

    /// <summary>The bits of a priority that decide about preemption by an interrupt of the group.</summary>
    internal static ulong PreemptionMask(Core core, int group) => group == 0 || Common(core)
        ? PriorityGrouping.Group0(Field(core, BinaryPoint0At, 7))
        : PriorityGrouping.Group1(Field(core, BinaryPoint1At, 7), Secure(core));

    /// <summary>What a write of ICH_VMCR_EL2 keeps; the system register interface presents Group 0 as FIQ always.</summary>
    internal static ulong Legal(Core core, ulong value)
    {
        ulong kept = value & (1UL << EoiModeAt | 1UL << CommonBinaryPointAt | 3);
        kept |= (value >> PriorityMaskAt & core.Gic.PriorityMask) << PriorityMaskAt;
        kept |= PriorityGrouping.Clamp(value >> BinaryPoint0At, core.Gic.MinimumBinaryPoint) << BinaryPoint0At;
        kept |= PriorityGrouping.Clamp(value >> BinaryPoint1At, PriorityGrouping.Minimum1(core.Gic, Secure(core))) << BinaryPoint1At;
        return kept | FiqEnable;
    }

    internal static View PriorityMaskView { get; } = new(PriorityMask, static (c, v) => SetField(c, PriorityMaskAt, 0xff, v));

    internal static View BinaryPoint0View { get; } = new(
        static c => Field(c, BinaryPoint0At, 7), static (c, v) => SetField(c, BinaryPoint0At, 7, v));

    /// <summary>With VCBPR it shows Group 0's binary point, one more outside Secure state, where writes then do nothing (GV-055, GV-058).</summary>
    internal static View BinaryPoint1View { get; } = new(
        static c => !Common(c) ? Field(c, BinaryPoint1At, 7)
            : Secure(c) ? Field(c, BinaryPoint0At, 7)
            : Math.Min(Field(c, BinaryPoint0At, 7) + 1, 7),
        static (c, v) =>
        {
            if (!Common(c))
            {
                SetField(c, BinaryPoint1At, 7, v);
            }
            else if (Secure(c))
            {
                SetField(c, BinaryPoint0At, 7, v);
            }
        });

    internal static View GroupEnable0View { get; } = new(static c => Field(c, 0, 1), static (c, v) => SetField(c, 0, 1, v));

    internal static View GroupEnable1View { get; } = new(static c => Field(c, 1, 1), static (c, v) => SetField(c, 1, 1, v));

    /// <summary>ICV_CTLR_EL1: EOImode is bit 1, CBPR bit 0; the rest tells sizes (GV-007, GV-140).</summary>
    internal static View ControlView { get; } = new(
        static c => Field(c, EoiModeAt, 1) << 1 | Field(c, CommonBinaryPointAt, 1) | InterfaceSizes.Control(c.Gic),
        static (c, v) =>
        {
            SetField(c, EoiModeAt, 1, v >> 1);
            SetField(c, CommonBinaryPointAt, 1, v);
        });

    private static bool Common(Core core) => Field(core, CommonBinaryPointAt, 1) != 0;

    /// <summary>The virtual machine belongs to Secure EL2.</summary>
    private static bool Secure(Core core) => !EffectiveControls.NonSecure(core) && EffectiveControls.El2Enabled(core);

    private static ulong Field(Core core, int at, ulong mask) => core.System[Slots.ICH_VMCR_EL2] >> at & mask;

    private static void SetField(Core core, int at, ulong mask, ulong value) => core.System[Slots.ICH_VMCR_EL2] =
        Legal(core, (core.System[Slots.ICH_VMCR_EL2] & ~(mask << at)) | (value & mask) << at);
}
