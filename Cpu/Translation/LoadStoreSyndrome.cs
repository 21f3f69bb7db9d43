namespace Conformance.Cpu.Translation;

/// <summary>ISS bits 24:14 of a stage 2 Data Abort: which register a single load or store moves, and how (TR-107).</summary>
/// <remarks>Source: DDI 0601, ESR_EL2, "ISS encoding for an exception from a Data Abort"; PC LSInstructionSyndrome.</remarks>
internal static class LoadStoreSyndrome
{
    private const uint Valid = 1u << 24;

    /// <summary>For the instruction at PC; 0, that is ISV = 0, when it is not one that is described.</summary>
    internal static uint OfCurrent(Core core) =>
        MemoryAccess.TryPeek(core, core.Pc, 4, out ulong word) ? Of((uint)word) : 0;

    internal static uint Of(uint word)
    {
        if ((word >> 26 & 1) != 0)
        {
            return 0; // SIMD and floating-point
        }

        uint size = word >> 30;
        uint opc = word >> 22 & 3;
        return (word >> 24 & 0x3f) switch
        {
            0b011000 => Literal(word),
            0b111001 => Single(word, size, opc, ordered: false),
            0b111000 => Others(word, size, opc),
            0b011001 when (word >> 21 & 1) == 0 && (word >> 10 & 3) == 0 => Single(word, size, opc, ordered: true), // LDAPUR, STLUR
            0b001000 when (word >> 23 & 1) != 0 && (word >> 21 & 1) == 0 =>
                Encode(word, size, signed: false, wide: size == 3, ordered: (word >> 15 & 1) != 0), // LDAR, STLR; LDLAR, STLLR
            _ => 0,
        };
    }

    /// <summary>Unscaled, unprivileged, register offset, LDAPR; the indexed forms write back and atomics are no single access.</summary>
    private static uint Others(uint word, uint size, uint opc)
    {
        bool bit21 = (word >> 21 & 1) != 0;
        uint form = word >> 10 & 3;
        if (!bit21)
        {
            return (form & 1) == 0 ? Single(word, size, opc, ordered: false) : 0;
        }

        if (form == 2)
        {
            return Single(word, size, opc, ordered: false);
        }

        bool loadAcquirePc = (word & 0x3fff_fc00) == 0x38bf_c000;
        return loadAcquirePc ? Encode(word, size, signed: false, wide: size == 3, ordered: true) : 0;
    }

    private static uint Literal(uint word)
    {
        uint opc = word >> 30;
        return opc == 3 ? 0 : Encode(word, opc == 1 ? 3u : 2u, signed: opc == 2, wide: opc != 0, ordered: false);
    }

    /// <summary>opc 00 stores, 01 loads, 10 and 11 load with sign to 64 and to 32 bits.</summary>
    private static uint Single(uint word, uint size, uint opc, bool ordered) =>
        Encode(word, size, signed: opc >= 2, wide: opc < 2 ? size == 3 : opc == 2, ordered);

    private static uint Encode(uint word, uint size, bool signed, bool wide, bool ordered) =>
        Valid | (size << 22) | (signed ? 1u << 21 : 0) | ((word & 31) << 16) | (wide ? 1u << 15 : 0) | (ordered ? 1u << 14 : 0);
}
