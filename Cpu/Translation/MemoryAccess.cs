using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Conformance.Cpu.Board;
using Conformance.Cpu.Exceptions;

namespace Conformance.Cpu.Translation;

/// <summary>Data accesses of instructions: from a virtual address to RAM or a device, or to an exception.</summary>
/// <remarks>
/// Stage 1 is off throughout for now: VA = IPA = PA, and data is Device-nGnRnE, so a misaligned access is an Alignment fault
/// whatever SCTLR_ELx.A holds; HCR_EL2.DC makes data Normal at EL1 and EL0. Source: DDI 0487, "The effects of disabling an
/// address translation stage".
/// </remarks>
internal static class MemoryAccess
{
    /// <summary>Reads 1, 2, 4 or 8 bytes.</summary>
    /// <returns>False when an exception was taken; the caller returns at once.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryRead(Core core, ulong va, int size, AccessKind kind, out ulong value)
    {
        ulong offset = va - core.Access.RamBase;
        if (offset < core.Access.DirectSize && (offset & (ulong)(size - 1)) == 0 && kind != AccessKind.Nested)
        {
            // In range by the comparison; RAM starts at a page, so an aligned access does not cross its end.
            ref byte at = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(core.Ram!.Bytes), (nint)offset);
            value = size switch
            {
                1 => at,
                2 => Unsafe.ReadUnaligned<ushort>(ref at),
                4 => Unsafe.ReadUnaligned<uint>(ref at),
                _ => Unsafe.ReadUnaligned<ulong>(ref at),
            };
            return true;
        }

        return TryReadSlowly(core, va, size, kind, out value);
    }

    /// <summary>Writes 1, 2, 4 or 8 bytes; higher bits of <paramref name="value"/> are ignored.</summary>
    /// <returns>False when an exception was taken; the caller returns at once.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryWrite(Core core, ulong va, int size, AccessKind kind, ulong value)
    {
        ulong offset = va - core.Access.RamBase;
        if (offset < core.Access.DirectSize && (offset & (ulong)(size - 1)) == 0 && kind != AccessKind.Nested)
        {
            Ram ram = core.Ram!;
            ref byte at = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(ram.Bytes), (nint)offset);
            switch (size)
            {
                case 1:
                    at = (byte)value;
                    break;
                case 2:
                    Unsafe.WriteUnaligned(ref at, (ushort)value);
                    break;
                case 4:
                    Unsafe.WriteUnaligned(ref at, (uint)value);
                    break;
                default:
                    Unsafe.WriteUnaligned(ref at, value);
                    break;
            }

            ram.Code[offset >> Instructions.CodePage.SizeShift]?.Forget((int)offset & (Instructions.CodePage.Size - 1), size);
            return true;
        }

        return TryWriteSlowly(core, va, size, kind, value);
    }

    /// <summary>A faultless look at memory for debuggers and semihosting; no side effect on the PE.</summary>
    internal static bool TryPeek(Core core, ulong va, int size, out ulong value) =>
        core.Bus.TryRead(va, size, out value);

    /// <summary>A faultless write to memory for debuggers and semihosting.</summary>
    internal static bool TryPoke(Core core, ulong va, int size, ulong value) =>
        core.Bus.TryWrite(va, size, value);

    private static bool TryReadSlowly(Core core, ulong va, int size, AccessKind kind, out ulong value)
    {
        value = 0;
        if (!TryTranslate(core, va, size, kind, write: false, out ulong pa))
        {
            return false;
        }

        if (!core.Bus.TryRead(pa, size, out value))
        {
            Raise.DataAbort(core, va, write: false, FaultStatus.ExternalAbort);
            return false;
        }

        if (IsBigEndian(core, kind))
        {
            value = Reverse(value, size);
        }

        return true;
    }

    private static bool TryWriteSlowly(Core core, ulong va, int size, AccessKind kind, ulong value)
    {
        if (!TryTranslate(core, va, size, kind, write: true, out ulong pa))
        {
            return false;
        }

        if (!core.Bus.TryWrite(pa, size, IsBigEndian(core, kind) ? Reverse(value, size) : value))
        {
            Raise.DataAbort(core, va, write: true, FaultStatus.ExternalAbort);
            return false;
        }

        return true;
    }

    /// <summary>Alignment goes before translation: the memory type of a disabled stage 1 is known without a walk.</summary>
    private static bool TryTranslate(Core core, ulong va, int size, AccessKind kind, bool write, out ulong pa)
    {
        pa = va;
        bool checkAlignment = !core.Access.AllowMisaligned || kind is not (AccessKind.Normal or AccessKind.Unprivileged);
        if (checkAlignment && (va & (ulong)(size - 1)) != 0)
        {
            Raise.DataAbort(core, va, write, FaultStatus.Alignment);
            return false;
        }

        if (!Regime.TryPhysical(core, va, out pa))
        {
            Raise.DataAbort(core, va, write, FaultStatus.AddressSizeLevel0);
            return false;
        }

        return true;
    }

    private static bool IsBigEndian(Core core, AccessKind kind) =>
        kind == AccessKind.Nested ? Regime.IsEL2BigEndian(core) : core.Access.BigEndian;

    private static ulong Reverse(ulong value, int size) => BinaryPrimitives.ReverseEndianness(value) >> (64 - size * 8);
}
