using Conformance.Cpu.Interrupts;
using static Conformance.Cpu.SystemRegisters.Declaration;
using static Conformance.Cpu.SystemRegisters.Rules;

namespace Conformance.Cpu.SystemRegisters;

/// <summary>Registers in which exceptions are recorded, and where their vectors are.</summary>
/// <remarks>Source: DDI 0601, 2025-03; SPSR_ELx keeps all of the 32-bit layout (EX-292).</remarks>
internal static class ExceptionRegisters
{
    private const string Spsr = "31:0";
    private const string Esr = "55:0";
    private const string Vector = "63:11";

    internal static readonly Declaration[] All =
    [
        Reg("VBAR_EL1", (3, 0, 12, 0, 0), Vector, Slots.VBAR_EL1, Nv1Traps, Hfg(38), Host("VBAR_EL2"), Vncr(0x250), El12),
        Reg("VBAR_EL2", (3, 4, 12, 0, 0), Vector, Slots.VBAR_EL2),
        Reg("VBAR_EL3", (3, 6, 12, 0, 0), Vector, Slots.VBAR_EL3),
        Reg("SPSR_EL1", (3, 0, 4, 0, 0), Spsr, Slots.SPSR_EL1, Nv1Traps, Host("SPSR_EL2"), Vncr(0x160), El12),
        Reg("SPSR_EL2", (3, 4, 4, 0, 0), Spsr, Slots.SPSR_EL2, Swaps("SPSR_EL1")),
        Reg("SPSR_EL3", (3, 6, 4, 0, 0), Spsr, Slots.SPSR_EL3),
        Reg("ELR_EL1",  (3, 0, 4, 0, 1), "63:0", Slots.ELR_EL1, Nv1Traps, Host("ELR_EL2"), Vncr(0x230), El12),
        Reg("ELR_EL2",  (3, 4, 4, 0, 1), "63:0", Slots.ELR_EL2, Swaps("ELR_EL1")),
        Reg("ELR_EL3",  (3, 6, 4, 0, 1), "63:0", Slots.ELR_EL3),
        Reg("ESR_EL1",  (3, 0, 5, 2, 0), Esr, Slots.ESR_EL1, Vm, Hfg(16), Host("ESR_EL2"), Vncr(0x138), El12),
        Reg("ESR_EL2",  (3, 4, 5, 2, 0), Esr, Slots.ESR_EL2, Swaps("ESR_EL1")),
        Reg("ESR_EL3",  (3, 6, 5, 2, 0), Esr, Slots.ESR_EL3),
        Reg("FAR_EL1",  (3, 0, 6, 0, 0), "63:0", Slots.FAR_EL1, Vm, Hfg(17), Host("FAR_EL2"), Vncr(0x220), El12),
        Reg("FAR_EL2",  (3, 4, 6, 0, 0), "63:0", Slots.FAR_EL2, Swaps("FAR_EL1")),
        Reg("FAR_EL3",  (3, 6, 6, 0, 0), "63:0", Slots.FAR_EL3),
        Reg("HPFAR_EL2", (3, 4, 6, 0, 4), "63@FEAT_SEL2 47:4", Slots.HPFAR_EL2),
        Reg("AFSR0_EL1", (3, 0, 5, 1, 0), "63:0", Vm, Hfg(0), Host("AFSR0_EL2"), Vncr(0x128), El12),
        Reg("AFSR0_EL2", (3, 4, 5, 1, 0), "63:0"),
        Reg("AFSR0_EL3", (3, 6, 5, 1, 0), "63:0"),
        Reg("AFSR1_EL1", (3, 0, 5, 1, 1), "63:0", Vm, Hfg(1), Host("AFSR1_EL2"), Vncr(0x130), El12),
        Reg("AFSR1_EL2", (3, 4, 5, 1, 1), "63:0"),
        Reg("AFSR1_EL3", (3, 6, 5, 1, 1), "63:0"),
        Of(new InterruptStatus(), (3, 0, 12, 1, 0), ReadOnly, Hfg(18)),
        Reg("RVBAR_EL1", (3, 0, 12, 0, 1), "", ReadOnly, Needs("!FEAT_AA64EL2"), Needs("!FEAT_AA64EL3")),
        Reg("RVBAR_EL2", (3, 4, 12, 0, 1), "", ReadOnly, Needs("FEAT_AA64EL2"), Needs("!FEAT_AA64EL3")),
        Reg("RVBAR_EL3", (3, 6, 12, 0, 1), "", ReadOnly),
        Reg("RMR_EL1", (3, 0, 12, 0, 2), "1 0=1", Needs("!FEAT_AA64EL2"), Needs("!FEAT_AA64EL3")),
        Reg("RMR_EL2", (3, 4, 12, 0, 2), "1 0=1", Needs("FEAT_AA64EL2"), Needs("!FEAT_AA64EL3")),
        Reg("RMR_EL3", (3, 6, 12, 0, 2), "1 0=1"),
        Reg("SPSR_irq", (3, 4, 4, 3, 0), ""),
        Reg("SPSR_abt", (3, 4, 4, 3, 1), ""),
        Reg("SPSR_und", (3, 4, 4, 3, 2), ""),
        Reg("SPSR_fiq", (3, 4, 4, 3, 3), ""),
    ];
}

/// <summary>ISR_EL1: what is pending (EX-335 to EX-339).</summary>
internal sealed class InterruptStatus() : SysReg("ISR_EL1", "10:6")
{
    internal override ulong Get(Core core) => (ulong)PendingLines.Status(core);

    internal override void Set(Core core, ulong value)
    {
        // Read-only: it shows lines.
    }
}
