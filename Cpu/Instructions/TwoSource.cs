namespace Conformance.Cpu.Instructions;

/// <summary>Data processing (2 source): UDIV, SDIV, variable shifts, and the CRC32 family.</summary>
/// <remarks>Source: DDI 0487, C6.2, UDIV, SDIV, LSLV, LSRV, ASRV, RORV, CRC32B to CRC32CX.</remarks>
internal static unsafe class TwoSource
{
    internal static readonly InsnRow[] Rows =
    [
        new("UDIV",    "sf:1 0 0 11010110 Rm:5 000010 Rn:5 Rd:5", &Udiv),
        new("SDIV",    "sf:1 0 0 11010110 Rm:5 000011 Rn:5 Rd:5", &Sdiv),
        new("LSLV",    "sf:1 0 0 11010110 Rm:5 001000 Rn:5 Rd:5", &Shift, &ShiftType),
        new("LSRV",    "sf:1 0 0 11010110 Rm:5 001001 Rn:5 Rd:5", &Shift, &ShiftType),
        new("ASRV",    "sf:1 0 0 11010110 Rm:5 001010 Rn:5 Rd:5", &Shift, &ShiftType),
        new("RORV",    "sf:1 0 0 11010110 Rm:5 001011 Rn:5 Rd:5", &Shift, &ShiftType),
        new("CRC32B",  "0    0 0 11010110 Rm:5 010000 Rn:5 Rd:5", &Crc32, &CrcBytes) { Feature = "FEAT_CRC32" },
        new("CRC32H",  "0    0 0 11010110 Rm:5 010001 Rn:5 Rd:5", &Crc32, &CrcBytes) { Feature = "FEAT_CRC32" },
        new("CRC32W",  "0    0 0 11010110 Rm:5 010010 Rn:5 Rd:5", &Crc32, &CrcBytes) { Feature = "FEAT_CRC32" },
        new("CRC32X",  "1    0 0 11010110 Rm:5 010011 Rn:5 Rd:5", &Crc32, &CrcBytes) { Feature = "FEAT_CRC32" },
        new("CRC32CB", "0    0 0 11010110 Rm:5 010100 Rn:5 Rd:5", &Crc32C, &CrcBytes) { Feature = "FEAT_CRC32" },
        new("CRC32CH", "0    0 0 11010110 Rm:5 010101 Rn:5 Rd:5", &Crc32C, &CrcBytes) { Feature = "FEAT_CRC32" },
        new("CRC32CW", "0    0 0 11010110 Rm:5 010110 Rn:5 Rd:5", &Crc32C, &CrcBytes) { Feature = "FEAT_CRC32" },
        new("CRC32CX", "1    0 0 11010110 Rm:5 010111 Rn:5 Rd:5", &Crc32C, &CrcBytes) { Feature = "FEAT_CRC32" },
    ];

    // The generator polynomials with their bits reversed: the instruction works on reflected values.
    private const uint PolynomialReversed = 0xedb8_8320;
    private const uint CastagnoliReversed = 0x82f6_3b78;

    private static void ShiftType(ref Operation op) => op.Aux = (int)op.Bits(10, 2);

    private static void CrcBytes(ref Operation op) => op.Aux = 1 << (int)op.Bits(10, 2);

    /// <summary>Division by zero gives 0 and no exception.</summary>
    private static void Udiv(Core core, in Operation op)
    {
        ulong divisor = op.Width(core.GetX(op.Rm));
        core.SetX(op.Rd, divisor == 0 ? 0 : op.Width(core.GetX(op.Rn)) / divisor);
    }

    /// <summary>Division by zero gives 0; the most negative number by -1 gives itself.</summary>
    private static void Sdiv(Core core, in Operation op)
    {
        long dividend = op.Sf ? (long)core.GetX(op.Rn) : (int)core.GetX(op.Rn);
        long divisor = op.Sf ? (long)core.GetX(op.Rm) : (int)core.GetX(op.Rm);
        long quotient = divisor switch { 0 => 0, -1 => unchecked(-dividend), _ => dividend / divisor };
        core.SetX(op.Rd, op.Width((ulong)quotient));
    }

    private static void Shift(Core core, in Operation op) =>
        core.SetX(op.Rd, Alu.Shift(op.Sf, core.GetX(op.Rn), op.Aux, (int)core.GetX(op.Rm) & (op.Sf ? 63 : 31)));

    private static void Crc32(Core core, in Operation op) => core.SetX(op.Rd, Crc(core, op, PolynomialReversed));

    private static void Crc32C(Core core, in Operation op) => core.SetX(op.Rd, Crc(core, op, CastagnoliReversed));

    private static uint Crc(Core core, in Operation op, uint polynomial)
    {
        uint crc = (uint)core.GetX(op.Rn);
        ulong data = core.GetX(op.Rm);
        for (int i = 0; i < op.Aux * 8; i++)
        {
            bool carry = ((crc ^ (uint)data) & 1) != 0;
            crc = crc >> 1 ^ (carry ? polynomial : 0);
            data >>= 1;
        }

        return crc;
    }
}
