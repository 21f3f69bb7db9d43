using Conformance.Cpu.Nested;
using static Conformance.Cpu.SystemRegisters.Declaration;
using static Conformance.Cpu.SystemRegisters.Rules;

namespace Conformance.Cpu.SystemRegisters;

/// <summary>Special-purpose registers: views of PSTATE, the stack pointers, and the floating-point controls.</summary>
/// <remarks>Source: DDI 0601, 2025-03; EX-280 to EX-289.</remarks>
internal static class SpecialPurpose
{
    internal static readonly Declaration[] All =
    [
        Of(new PstateView("CurrentEL", static c => (ulong)NestedVirtualization.VisibleLevel(c) << 2, static (_, _) => { }),
            (3, 0, 4, 2, 2), ReadOnly),
        Of(new PstateView("SPSel", static c => c.Pstate.SP ? 1UL : 0, SetSp),
            (3, 0, 4, 2, 0)),
        Of(new PstateView("PAN", static c => Flag(c.Pstate.PAN, 22), SetPan),
            (3, 0, 4, 2, 3), Needs("FEAT_PAN")),
        Of(new PstateView("UAO", static c => Flag(c.Pstate.UAO, 23), static (c, v) => c.Pstate.UAO = Bit(v, 23)),
            (3, 0, 4, 2, 4), Needs("FEAT_UAO")),
        Of(new PstateView("NZCV", static c => (ulong)c.Pstate.Nzcv << 28, static (c, v) => c.Pstate.Nzcv = (byte)((v >> 28) & 15)),
            (3, 3, 4, 2, 0)),
        Of(new PstateView("DAIF", static c => (ulong)c.Pstate.Daif << 6, SetDaif),
            (3, 3, 4, 2, 1), DaifAtEl0),
        Of(new PstateView("ALLINT", static c => Flag(c.Pstate.ALLINT, 13), SetAllInterrupts),
            (3, 0, 4, 3, 0), Needs("FEAT_NMI"), TrapsWrites2(Levels.EL1, Situation.Extended, Slots.HCRX_EL2, Hcrx.TALLINT)),
        Of(new PstateView("DIT", static c => Flag(c.Pstate.DIT, 24), static (c, v) => c.Pstate.DIT = Bit(v, 24)),
            (3, 3, 4, 2, 5), Needs("FEAT_DIT")),
        Of(new PstateView("SSBS", static c => Flag(c.Pstate.SSBS, 12), static (c, v) => c.Pstate.SSBS = Bit(v, 12)),
            (3, 3, 4, 2, 6), Needs("FEAT_SSBS2")),
        Of(new StackPointer("SP_EL0", 0), (3, 0, 4, 1, 0), Undefined(Situation.SpEl0)),
        Of(new StackPointer("SP_EL1", 1), (3, 4, 4, 1, 0), Vncr(0x240)),
        Of(new StackPointer("SP_EL2", 2), (3, 6, 4, 1, 0)),
        Hidden(new StackPointer("SP_EL3", 3)),
        // Stride and Len are there for AArch32 to save; where its FPSCR has them RAZ, or there is none, they are RAZ/WI.
        Reg("FPCR", (3, 3, 4, 4, 0), "26:22 19@FEAT_FP16", Slots.FPCR, Needs("FEAT_FP"), Fp),
        Reg("FPSR", (3, 3, 4, 4, 1), "27 7 4:0", Slots.FPSR, Needs("FEAT_FP"), Fp),
    ];

    private static ulong Flag(bool set, int n) => set ? 1UL << n : 0;

    private static bool Bit(ulong value, int n) => (value >> n & 1) != 0;

    private static void SetSp(Core core, ulong value)
    {
        core.Pstate.SP = (value & 1) != 0;
        core.SituationStale = true;
        core.LinesChanged(); // SCTLR_ELx.SPINTMASK
    }

    private static void SetAllInterrupts(Core core, ulong value)
    {
        core.Pstate.ALLINT = Bit(value, 13);
        core.LinesChanged();
    }

    private static void SetDaif(Core core, ulong value)
    {
        core.Pstate.Daif = (byte)((value >> 6) & 15);
        core.LinesChanged();
    }

    private static void SetPan(Core core, ulong value)
    {
        core.Pstate.PAN = Bit(value, 22);
        core.LevelChanged();
    }
}

/// <summary>A register that shows a part of PSTATE.</summary>
internal sealed class PstateView(string name, Func<Core, ulong> get, Action<Core, ulong> set) : SysReg(name)
{
    internal override ulong Get(Core core) => get(core);

    internal override void Set(Core core, ulong value) => set(core, value);
}

/// <summary>SP_ELx.</summary>
internal sealed class StackPointer(string name, int level) : SysReg(name)
{
    internal override ulong Get(Core core) => core.StackPointers[level];

    internal override void Set(Core core, ulong value) => core.StackPointers[level] = value;
}
