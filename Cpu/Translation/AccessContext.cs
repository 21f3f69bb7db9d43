using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Translation;

/// <summary>From where a regime is looked at: privileged or as EL0, with PAN or without. Each has its own cached translations.</summary>
internal sealed class AccessContext
{
    internal AccessContext(RegimeControls controls, bool privileged, bool pan)
    {
        ulong sctlr = controls.Key.Sctlr;
        Controls = controls;
        IsPrivileged = privileged;
        IsPan = pan;
        BigEndian = (sctlr & (privileged ? Sctlr.EE : Sctlr.E0E)) != 0;
        CheckAlignment = (sctlr & Sctlr.A) != 0;
        AllowMisalignedOrdered = (sctlr & Sctlr.nAA) != 0;
        CheckSpAlignment = (sctlr & (privileged ? Sctlr.SA : Sctlr.SA0)) != 0;
    }

    internal RegimeControls Controls { get; }

    internal bool IsPrivileged { get; }

    /// <summary>PSTATE.PAN acts.</summary>
    internal bool IsPan { get; }

    /// <summary>Data is big-endian (SCTLR_ELx.EE, or E0E at EL0).</summary>
    internal bool BigEndian { get; }

    /// <summary>SCTLR_ELx.A: all accesses have to be aligned.</summary>
    internal bool CheckAlignment { get; }

    /// <summary>SCTLR_ELx.nAA: acquire and release accesses need no alignment (FEAT_LSE2).</summary>
    internal bool AllowMisalignedOrdered { get; }

    /// <summary>SCTLR_ELx.SA, or SA0 at EL0: a misaligned SP used as a base faults (EX-191).</summary>
    internal bool CheckSpAlignment { get; }

    /// <summary>What the TLB entries of this context carry in bits 10:4 of their tags; 0 while it has none.</summary>
    internal ulong Tag;
}
