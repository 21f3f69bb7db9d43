namespace Conformance.Suites.Access;

/// <summary>ESR_ELx of an exception caused by a system instruction, computed from its word.</summary>
/// <remarks>Source: Arm Architecture Registers, ESR_ELx, ISS encodings for the classes 0x00, 0x07, 0x09, 0x14, 0x16 to 0x1A, 0x1D.</remarks>
internal static class Syndrome
{
    private const ulong InstructionLength = 1UL << 25;

    /// <summary>The whole register for an exception class, or null if the class does not come from a system instruction.</summary>
    internal static ulong? Of(int exceptionClass, uint word) => Iss(exceptionClass, word) is { } iss
        ? ((ulong)exceptionClass << 26) | InstructionLength | iss
        : null;

    private static ulong? Iss(int exceptionClass, uint word) => exceptionClass switch
    {
        0x00 => 0,

        // CV = 1 and COND = 0b1110, as for every exception from AArch64.
        0x07 => 0x01E0_0000,

        // A trapped use of pointer authentication.
        0x09 => 0,

        // imm16.
        0x16 or 0x17 => Field(word, 5, 16),

        // ERET, ERETA: 0 for ERET, 2 for ERETAA, 3 for ERETAB.
        0x1A => Field(word, 10, 2),

        // 0x14, of two registers, has Rt[4:1] where 0x18 has Rt[4:1], and no Rt[0]: it is even. Op0, Op2, Op1, CRn, Rt, CRm, direction.
        0x14 or 0x18 => (Field(word, 19, 2) << 20) | (Field(word, 5, 3) << 17) | (Field(word, 16, 3) << 14) | (Field(word, 12, 4) << 10)
            | (Field(word, 0, 5) << 5) | (Field(word, 8, 4) << 1) | Field(word, 21, 1),
        0x19 => 0,

        // SMTC = 0b000: trapped by CPACR_EL1, CPTR_EL2 or CPTR_EL3.
        0x1D => 0,
        _ => null,
    };

    private static ulong Field(uint word, int lsb, int width) => word >> lsb & ((1UL << width) - 1);
}
