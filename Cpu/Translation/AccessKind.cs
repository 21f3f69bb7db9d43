namespace Conformance.Cpu.Translation;

/// <summary>What an instruction wants of a memory access beyond address, size and direction.</summary>
internal enum AccessKind
{
    /// <summary>Loads and stores; also acquire and release, which differ in ordering only.</summary>
    Normal,

    /// <summary>LDTR, STTR: checked as EL0 where that applies.</summary>
    Unprivileged,

    /// <summary>Load-Exclusive and Store-Exclusive: alignment is always checked.</summary>
    Exclusive,

    /// <summary>Read-modify-write of FEAT_LSE: alignment is always checked.</summary>
    Atomic,

    /// <summary>LDAR, STLR and relatives: alignment is always checked.</summary>
    Ordered,

    /// <summary>A register access that FEAT_NV2 turns into memory: EL2's regime and endianness.</summary>
    Nested,
}
