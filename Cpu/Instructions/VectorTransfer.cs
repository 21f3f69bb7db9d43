using Conformance.Cpu.Translation;

namespace Conformance.Cpu.Instructions;

/// <summary>Moves a V register, or its low part, to or from memory.</summary>
internal static unsafe class VectorTransfer
{
    private const int Quad = 4;

    /// <param name="core">The PE.</param>
    /// <param name="address">VA.</param>
    /// <param name="scale">Size as a power of 2: 0 for B to 4 for Q.</param>
    /// <param name="t">Number of the register; what the load does not fill is cleared.</param>
    /// <returns>False when an exception was taken.</returns>
    internal static bool TryLoad(Core core, ulong address, int scale, int t)
    {
        if (!TryRead(core, address, scale, out ulong low, out ulong high))
        {
            return false;
        }

        Set(core, t, low, high);
        return true;
    }

    internal static void Set(Core core, int t, ulong low, ulong high)
    {
        core.V[2 * t] = low;
        core.V[2 * t + 1] = high;
    }

    /// <summary>Reads without writing a register, for pairs.</summary>
    internal static bool TryRead(Core core, ulong address, int scale, out ulong low, out ulong high)
    {
        byte* at = MemoryAccess.Direct(core, core.ReadTlb, address, 1 << scale, 1 << scale);
        if (at != null)
        {
            high = scale == Quad ? MemoryAccess.Get(at + 8, 8) : 0;
            low = MemoryAccess.Get(at, Math.Min(1 << scale, 8));
            return true;
        }

        high = 0;
        if (scale != Quad)
        {
            return MemoryAccess.TryRead(core, address, 1 << scale, AccessKind.Normal, out low);
        }

        low = 0;
        if (!IsAligned(core, address, write: false)
            || !MemoryAccess.TryRead(core, address, 8, AccessKind.Normal, out ulong first)
            || !MemoryAccess.TryRead(core, address + 8, 8, AccessKind.Normal, out ulong second))
        {
            return false;
        }

        (low, high) = core.Access.BigEndian ? (second, first) : (first, second);
        return true;
    }

    internal static bool TryStore(Core core, ulong address, int scale, int t)
    {
        byte* at = MemoryAccess.Direct(core, core.WriteTlb, address, 1 << scale, 1 << scale);
        if (at != null)
        {
            MemoryAccess.Put(at, Math.Min(1 << scale, 8), core.V[2 * t]);
            if (scale == Quad)
            {
                MemoryAccess.Put(at + 8, 8, core.V[2 * t + 1]);
            }

            return true;
        }

        if (scale != Quad)
        {
            return MemoryAccess.TryWrite(core, address, 1 << scale, AccessKind.Normal, core.V[2 * t]);
        }

        int first = core.Access.BigEndian ? 1 : 0;
        return IsAligned(core, address, write: true)
            && MemoryAccess.TryWrite(core, address, 8, AccessKind.Normal, core.V[2 * t + first])
            && MemoryAccess.TryWrite(core, address + 8, 8, AccessKind.Normal, core.V[2 * t + 1 - first]);
    }

    /// <summary>A Q access is one of 16 bytes: Device memory and SCTLR_ELx.A want it aligned to 16.</summary>
    private static bool IsAligned(Core core, ulong address, bool write) => MemoryAccess.TryAlign(core, address, 16, write);
}
