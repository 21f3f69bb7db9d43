using Conformance.Cpu.SystemRegisters;
using Conformance.Cpu.Translation;

namespace Conformance.Cpu.Nested;

/// <summary>FEAT_NV2: a register access that becomes a 64-bit access to memory at VNCR_EL2.BADDR plus an offset.</summary>
/// <remarks>
/// The access is a privileged one of EL2 (translation regime EL2 or EL2&amp;0, no PAN), in the byte order of SCTLR_EL2.EE.
/// Source: DDI 0487, "Enhanced support for nested virtualization"; EX-101, EX-130; TR-120 to TR-125.
/// </remarks>
internal static class VncrAccess
{
    /// <summary>Loads a register's value.</summary>
    /// <returns>False when the access aborted and the exception has been taken.</returns>
    internal static bool TryRead(Core core, int offset, out ulong value) =>
        MemoryAccess.TryRead(core, Address(core, offset), 8, AccessKind.Nested, out value);

    /// <summary>Stores a register's value.</summary>
    /// <returns>False when the access aborted and the exception has been taken.</returns>
    internal static bool TryWrite(Core core, int offset, ulong value) =>
        MemoryAccess.TryWrite(core, Address(core, offset), 8, AccessKind.Nested, value);

    /// <summary>BADDR plus the offset; bits 11:0 of the register are RES0.</summary>
    private static ulong Address(Core core, int offset) => core.System[Slots.VNCR_EL2] + (ulong)offset;
}
