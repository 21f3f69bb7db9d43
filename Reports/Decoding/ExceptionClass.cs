using System.Globalization;

namespace Conformance.Reports.Decoding;

/// <summary>The names of ESR_ELx.EC.</summary>
/// <remarks>Source: Arm Architecture Registers 2025-03, ESR_EL1 and ESR_EL2, field EC.</remarks>
public static class ExceptionClass
{
    /// <summary>Class and name: <c>0x15 SVC</c>.</summary>
    public static string Text(ulong ec) => string.Create(CultureInfo.InvariantCulture, $"0x{ec:x2} {Name(ec)}");

    public static string Name(ulong ec) => ec switch
    {
        0x00 => "unknown reason (UNDEFINED)",
        0x01 => "WFI or WFE trap",
        0x03 => "AArch32 MCR/MRC trap, CP15",
        0x04 => "AArch32 MCRR/MRRC trap, CP15",
        0x05 => "AArch32 MCR/MRC trap, CP14",
        0x06 => "AArch32 LDC/STC trap",
        0x07 => "SIMD or FP access trap",
        0x08 => "AArch32 VMRS trap",
        0x09 => "PAuth instruction trap",
        0x0A => "LD64B or ST64B trap",
        0x0C => "AArch32 MRRC trap, CP14",
        0x0D => "Branch Target",
        0x0E => "Illegal Execution state",
        0x11 => "SVC from AArch32",
        0x12 => "HVC from AArch32",
        0x13 => "SMC from AArch32",
        0x14 => "128-bit system access trap",
        0x15 => "SVC",
        0x16 => "HVC",
        0x17 => "SMC",
        0x18 => "system register or instruction trap",
        0x19 => "SVE access trap",
        0x1A => "ERET trap",
        0x1B => "TSTART trap",
        0x1C => "PAC fail",
        0x1D => "SME access trap",
        0x1E => "Granule Protection Check",
        0x1F => "IMPLEMENTATION DEFINED, to EL3",
        0x20 => "Instruction Abort, lower level",
        0x21 => "Instruction Abort, same level",
        0x22 => "PC alignment fault",
        0x24 => "Data Abort, lower level",
        0x25 => "Data Abort, same level",
        0x26 => "SP alignment fault",
        0x27 => "Memory Operation",
        0x28 => "AArch32 FP exception",
        0x2C => "FP exception",
        0x2D => "Guarded Control Stack",
        0x2F => "SError",
        0x30 => "Breakpoint, lower level",
        0x31 => "Breakpoint, same level",
        0x32 => "Software Step, lower level",
        0x33 => "Software Step, same level",
        0x34 => "Watchpoint, lower level",
        0x35 => "Watchpoint, same level",
        0x38 => "BKPT from AArch32",
        0x3A => "Vector Catch from AArch32",
        0x3C => "BRK",
        0x3D => "profiling",
        _ => "reserved",
    };
}
