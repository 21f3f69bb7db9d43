using System.Runtime.CompilerServices;
using Conformance.Cpu.Exceptions;
using Conformance.Cpu.Translation;

namespace Conformance.Cpu.Instructions;

/// <summary>What the loads and stores share: the base register, and the move between a register and memory.</summary>
internal static class Addressing
{
    /// <summary>Reads the base register; SP has to be aligned to 16 if SCTLR_ELx says so (EX-191).</summary>
    /// <returns>False when the SP alignment fault was taken.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryBase(Core core, int n, out ulong address)
    {
        if (n != 31)
        {
            address = core.GetX(n);
            return true;
        }

        address = core.Sp;
        return (address & 15) == 0 || IsSpAlignmentUnchecked(core);
    }

    /// <summary>Loads a register: nothing changes when an exception is taken.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryLoad<T>(Core core, ulong address, AccessKind kind, int t)
        where T : struct, ITransfer
    {
        if (!MemoryAccess.TryRead(core, address, T.Size, kind, out ulong value))
        {
            return false;
        }

        core.SetX(t, T.Extend(value));
        return true;
    }

    /// <summary>Stores a register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryStore<T>(Core core, ulong address, AccessKind kind, int t)
        where T : struct, ITransfer =>
        MemoryAccess.TryWrite(core, address, T.Size, kind, core.GetX(t));

    private static bool IsSpAlignmentUnchecked(Core core)
    {
        if (!core.Access.CheckSpAlignment)
        {
            return true;
        }

        Raise.SpAlignment(core);
        return false;
    }
}
