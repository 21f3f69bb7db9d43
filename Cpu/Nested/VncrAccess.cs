using System.Buffers.Binary;
using Conformance.Cpu.Exceptions;
using Conformance.Cpu.SystemRegisters;
using Conformance.Cpu.Translation;

namespace Conformance.Cpu.Nested;

/// <summary>FEAT_NV2: a register access that becomes a 64-bit access to memory at VNCR_EL2.BADDR plus an offset.</summary>
/// <remarks>
/// The access is a privileged one of EL2 (translation regime EL2 or EL2&amp;0, no PAN), in the byte order of SCTLR_EL2.EE.
/// Source: DDI 0487, "Enhanced support for nested virtualization"; EX-101, EX-130; TR-120 to TR-123.
/// </remarks>
internal static class VncrAccess
{
    private const ulong BaddrMask = ~0xfffUL;
    private const uint VncrBit = 1u << 13;
    private const uint WnR = 1u << 6;

    /// <summary>Loads a register's value.</summary>
    /// <returns>False when the access aborted and the exception has been taken.</returns>
    internal static bool TryRead(Core core, int offset, out ulong value)
    {
        ulong address = Address(core, offset);
        value = 0;
        if (!Stage1Walk.TryTranslate(core, 2, address, write: false, out ulong pa, out int status))
        {
            return Abort(core, address, write: false, status);
        }

        if (!core.Bus.TryRead(pa, 8, out ulong raw))
        {
            return Abort(core, address, write: false, FaultStatus.ExternalAbort);
        }

        value = InOrderOfEl2(core, raw);
        return true;
    }

    /// <summary>Stores a register's value.</summary>
    /// <returns>False when the access aborted and the exception has been taken.</returns>
    internal static bool TryWrite(Core core, int offset, ulong value)
    {
        ulong address = Address(core, offset);
        if (!Stage1Walk.TryTranslate(core, 2, address, write: true, out ulong pa, out int status))
        {
            return Abort(core, address, write: true, status);
        }

        return core.Bus.TryWrite(pa, 8, InOrderOfEl2(core, value))
            || Abort(core, address, write: true, FaultStatus.ExternalAbort);
    }

    private static ulong Address(Core core, int offset) => (core.System[Slots.VNCR_EL2] & BaddrMask) + (ulong)offset;

    private static ulong InOrderOfEl2(Core core, ulong value) =>
        (core.System[Slots.SCTLR_EL2] & Sctlr.EE) != 0 ? BinaryPrimitives.ReverseEndianness(value) : value;

    /// <summary>EC 0x25 although the level changes; 0x24 when SCR_EL3.EA sends an External abort to EL3 (EX-113).</summary>
    private static bool Abort(Core core, ulong address, bool write, int status)
    {
        uint iss = VncrBit | (write ? WnR : 0) | (uint)status;
        if (!FaultStatus.IsExternal(status))
        {
            ExceptionEntry.TakeWithAddress(core, 2, Syndrome.Of(ExceptionClass.DataAbort + 1, iss), core.Pc, address);
        }
        else if (Routing.MonitorTakesExternalAborts(core))
        {
            ExceptionEntry.TakeExternalAbort(core, 3, Syndrome.Of(ExceptionClass.DataAbort, iss), address);
        }
        else
        {
            ExceptionEntry.TakeExternalAbort(core, 2, Syndrome.Of(ExceptionClass.DataAbort + 1, iss), address);
        }

        return false;
    }
}
