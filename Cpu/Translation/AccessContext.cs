namespace Conformance.Cpu.Translation;

/// <summary>What system registers and PSTATE make of a data access at present, worked out once for many accesses.</summary>
internal struct AccessContext
{
    /// <summary>Must be worked out again before the next instruction.</summary>
    internal bool Stale;

    /// <summary>
    /// Aligned accesses at an offset from <see cref="RamBase"/> below this go straight to RAM; 0 when none may
    /// (big-endian data). Once there is translation, a software TLB takes the place of this one range.
    /// </summary>
    internal ulong DirectSize;

    /// <summary>VA of the first byte of RAM.</summary>
    internal ulong RamBase;

    /// <summary>Data is big-endian (SCTLR_ELx.EE, or E0E at EL0).</summary>
    internal bool BigEndian;

    /// <summary>Data is Normal memory and SCTLR_ELx.A is clear: ordinary loads and stores need not be aligned.</summary>
    internal bool AllowMisaligned;

    /// <summary>SCTLR_ELx.SA, or SA0 at EL0: a misaligned SP used as a base faults (EX-191).</summary>
    internal bool CheckSpAlignment;
}
