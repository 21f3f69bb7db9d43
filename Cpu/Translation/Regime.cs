using Conformance.Cpu.Exceptions;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Translation;

/// <summary>Which controls apply to the accesses of the current Exception level.</summary>
internal static class Regime
{
    /// <summary>The output address of a disabled stage 1 fits the implemented physical address size.</summary>
    internal static bool InPhysicalRange(Core core, ulong va) => va >> core.Have.PhysicalAddressBits == 0;

    /// <summary>The physical address of data while stage 1 is off: the virtual one, without its tag where that is ignored.</summary>
    /// <returns>False when it does not fit the implemented physical address size.</returns>
    internal static bool TryPhysical(Core core, ulong va, out ulong pa)
    {
        const ulong tag = 0xfful << 56;
        pa = va;
        if ((va & tag) != 0)
        {
            int regime = EffectiveControls.ControllingLevel(core);
            bool upper = TopByte.TwoRanges(core, regime) && (va >> 55 & 1) != 0;
            pa = TopByte.Ignored(core, regime, upper, data: true) ? va & ~tag : va;
        }

        return InPhysicalRange(core, pa);
    }

    internal static bool IsEL2BigEndian(Core core) => (core.System[Slots.SCTLR_EL2] & Sctlr.EE) != 0;

    /// <summary>HCR_EL2.DC gives the data accesses of EL1 and EL0 a Normal type while their stage 1 is off.</summary>
    internal static bool IsNormalMemory(Core core) =>
        EffectiveControls.ControllingLevel(core) == 1 && (EffectiveControls.HypervisorControls(core) & Hcr.DC) != 0;

    /// <summary>Works out <see cref="Core.Access"/> from the present state.</summary>
    internal static void Refresh(Core core)
    {
        bool bigEndian = EffectiveControls.BigEndianData(core);
        core.Access = new AccessContext
        {
            RamBase = core.Ram?.Base ?? 0,
            DirectSize = bigEndian ? 0 : core.Ram?.Size ?? 0,
            BigEndian = bigEndian,
            AllowMisaligned = IsNormalMemory(core) && !EffectiveControls.AlignmentChecked(core),
            CheckSpAlignment = EffectiveControls.SpAlignmentChecked(core),
        };
    }
}
