using System.Globalization;

namespace Conformance.Reports.Decoding;

/// <summary>Decodes SPSR_ELx of an exception from AArch64, and PSTATE in the same layout.</summary>
/// <remarks>Source: Arm Architecture Registers 2025-03, SPSR_EL1; section 4 of the exception rules (EX-060 to EX-073).</remarks>
public static class SavedPstate
{
    private static readonly (string Name, int Bit)[] s_flags =
    [
        ("UINJ", 36), ("PACM", 35), ("EXLOCK", 34), ("PPEND", 33), ("PM", 32),
        ("TCO", 25), ("DIT", 24), ("UAO", 23), ("PAN", 22), ("SS", 21), ("IL", 20), ("ALLINT", 13), ("SSBS", 12),
    ];

    public static IReadOnlyList<DecodedPart> Decode(ulong spsr)
    {
        List<DecodedPart> parts =
        [
            DecodedPart.Of("M", 4, 0, spsr, Mode),
            DecodedPart.Of("DAIF", 9, 6, spsr, v => Letters(v, "DAIF")),
            DecodedPart.Of("NZCV", 31, 28, spsr, v => Letters(v, "NZCV")),
            DecodedPart.Number("BTYPE", 11, 10, spsr),
        ];
        parts.AddRange(s_flags.Select(f => DecodedPart.Number(f.Name, f.Bit, f.Bit, spsr)));
        return DecodedPart.WithRest(spsr, parts);
    }

    /// <summary>M[4:0]: level and stack pointer.</summary>
    private static string Mode(ulong m) => m switch
    {
        0x0 => "EL0t",
        0x4 => "EL1t",
        0x5 => "EL1h",
        0x8 => "EL2t",
        0x9 => "EL2h",
        0xC => "EL3t",
        0xD => "EL3h",
        >= 0x10 => string.Create(CultureInfo.InvariantCulture, $"0x{m:x2} AArch32"),
        _ => string.Create(CultureInfo.InvariantCulture, $"0x{m:x2} reserved"),
    };

    /// <summary>The letter where the bit is set, a dash where it is not; most significant first.</summary>
    private static string Letters(ulong bits, string letters) =>
        string.Concat(letters.Select((letter, i) => (bits >> (letters.Length - 1 - i) & 1) != 0 ? letter : '-'));
}
