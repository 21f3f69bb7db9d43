using Conformance.Cpu.Features;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu;

/// <summary>What firmware sets up before it leaves for a lower level: every feature open, nothing trapped, Non-secure state.</summary>
/// <remarks>Source: Linux, Documentation/arch/arm64/booting.rst, which says what a kernel may expect.</remarks>
internal static class HandOver
{
    private const ulong AllOfSre = 0xf;
    private const ulong FpOpen = 3UL << Cptr.FPEN;

    /// <summary>
    /// The GIC as a program on the board below EL3 finds it. The board has no memory-mapped CPU interface, so that such programs take
    /// ICC_SRE_ELx.SRE for 1 (on QEMU's board it is RAO/WI), and GICR_WAKER is the firmware's.
    /// </summary>
    internal static void OpenGic(Core core)
    {
        foreach (string register in (string[])["ICC_SRE_EL1", "ICC_SRE_EL2", "ICC_SRE_EL3"])
        {
            core[Registers.Get(register)] = AllOfSre;
        }

        core.Controller?.Redistributors[core.Number].Wake();
    }

    internal static void To(Core core, int level)
    {
        if (core.Have.EL3)
        {
            core[Registers.Get("SCR_EL3")] = Scr.NS | Scr.HCE | Scr.ST | Scr.API | Scr.APK | Scr.FIEN | Scr.EnSCXT | Scr.FGTEn
                | Scr.ECVEn | Scr.HXEn;
            core[Registers.Get("ICC_SRE_EL3")] = AllOfSre;
        }

        if (core.Have.EL2 && level == 1)
        {
            core[Registers.Get("HCR_EL2")] = Hcr.RW | Hcr.API | Hcr.APK | Hcr.FIEN | Hcr.EnSCXT;
            core[Registers.Get("CPTR_EL2")] = FpOpen;
            core[Registers.Get("CNTHCTL_EL2")] =
                Cnthctl.EL1PCTEN_E2H0 | Cnthctl.EL1PCEN_E2H0 | Cnthctl.EL1PCTEN | Cnthctl.EL1PTEN;
            core[Registers.Get("MDCR_EL2")] = IdentificationValues.EventCounters;
            core[Registers.Get("ICC_SRE_EL2")] = AllOfSre;
        }
    }
}
