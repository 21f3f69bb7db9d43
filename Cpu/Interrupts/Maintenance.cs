using System.Numerics;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Interrupts;

/// <summary>What the hypervisor is told of the list registers: EISR, ELRSR, MISR and the maintenance interrupt.</summary>
/// <remarks>Source: DDI 0601, 2025-03, ICH_EISR_EL2, ICH_ELRSR_EL2, ICH_MISR_EL2; GV-120 to GV-131.</remarks>
internal static class Maintenance
{
    private const ulong Underflow = 1 << 1;
    private const ulong ListRegisterEntryNotPresent = 1 << 2;
    private const ulong NoPending = 1 << 3;
    private const ulong GroupEnables = 0xf << 4;
    private const int EoiCountAt = 27;

    /// <summary>ICH_EISR_EL2: invalid list registers that owe an EOI maintenance interrupt (GV-120).</summary>
    internal static ulong EndOfInterruptStatus(Core core) => Look(core).Ended;

    /// <summary>ICH_ELRSR_EL2: invalid ones that owe none (GV-121).</summary>
    internal static ulong EmptyStatus(Core core) => Look(core).Empty;

    /// <summary>ICH_MISR_EL2: the causes, whatever En is (GV-131).</summary>
    internal static ulong Status(Core core)
    {
        // The bits of MISR stand where their enables stand in ICH_HCR_EL2; bit 0, EOI, has no enable.
        ulong hcr = core.System[Slots.ICH_HCR_EL2];
        ulong causes = GroupCauses(core);
        (ulong ended, ulong empty, ulong pending) = Look(core);
        if (core.Gic.ListRegisters - BitOperations.PopCount(ended | empty) <= 1)
        {
            causes |= Underflow;
        }

        if (hcr >> EoiCountAt != 0)
        {
            causes |= ListRegisterEntryNotPresent;
        }

        if (pending == 0)
        {
            causes |= NoPending;
        }

        return (causes & hcr & (Underflow | ListRegisterEntryNotPresent | NoPending | GroupEnables)) | (ended != 0 ? 1UL : 0);
    }

    /// <summary>The line, PPI 25 of the board (GV-128).</summary>
    internal static bool Asserts(Core core) => VirtualCpuInterface.Enabled(core) && Status(core) != 0;

    /// <summary>VGrp0E, VGrp0D, VGrp1E, VGrp1D in bits 4 to 7 (GV-127).</summary>
    private static ulong GroupCauses(Core core) =>
        (VirtualControls.GroupEnabled(core, 0) ? 1UL << 4 : 1UL << 5) | (VirtualControls.GroupEnabled(core, 1) ? 1UL << 6 : 1UL << 7);

    /// <summary>The list registers, a bit for each: invalid with an EOI that is owed, invalid without, and pending only.</summary>
    private static (ulong Ended, ulong Empty, ulong Pending) Look(Core core)
    {
        (ulong ended, ulong empty, ulong pending) = (0, 0, 0);
        for (int n = 0; n < core.Gic.ListRegisters; n++)
        {
            ListRegister lr = VirtualCpuInterface.Get(core, n);
            ulong bit = 1UL << n;
            if (!lr.IsInvalid)
            {
                pending |= lr.IsPendingOnly ? bit : 0;
            }
            else if (lr.EOI)
            {
                ended |= bit;
            }
            else
            {
                empty |= bit;
            }
        }

        return (ended, empty, pending);
    }
}
