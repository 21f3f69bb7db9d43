using System.Globalization;

namespace Conformance.Reports.Decoding;

/// <summary>The fault status codes of Instruction and Data Aborts.</summary>
/// <remarks>Source: Arm Architecture Registers 2025-03, ESR_EL1, ISS of a Data Abort, field DFSC.</remarks>
internal static class FaultStatus
{
    /// <summary>Code and meaning: <c>0x07 translation fault, level 3</c>.</summary>
    public static string Text(ulong code) => string.Create(CultureInfo.InvariantCulture, $"0x{code:x2} {Name(code)}");

    private static string Name(ulong code) => code switch
    {
        <= 0x03 => AtLevel("address size fault", code),
        <= 0x07 => AtLevel("translation fault", code),
        <= 0x0B => AtLevel("access flag fault", code),
        <= 0x0F => AtLevel("permission fault", code),
        0x10 => "external abort",
        0x11 => "tag check fault",
        0x13 => "external abort on a walk, level -1",
        >= 0x14 and <= 0x17 => AtLevel("external abort on a walk", code),
        0x18 => "parity or ECC error",
        0x1B => "parity or ECC error on a walk, level -1",
        >= 0x1C and <= 0x1F => AtLevel("parity or ECC error on a walk", code),
        0x21 => "alignment fault",
        0x22 => "debug exception",
        0x23 => "granule protection fault on a walk, level -1",
        >= 0x24 and <= 0x27 => AtLevel("granule protection fault on a walk", code),
        0x28 => "granule protection fault",
        0x29 => "address size fault, level -1",
        0x2B => "translation fault, level -1",
        0x30 => "TLB conflict",
        0x31 => "unsupported atomic hardware update",
        0x34 or 0x35 => "IMPLEMENTATION DEFINED",
        _ => "reserved",
    };

    private static string AtLevel(string fault, ulong code) =>
        string.Create(CultureInfo.InvariantCulture, $"{fault}, level {code & 3}");
}
