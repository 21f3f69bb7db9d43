using Conformance.Cpu.FloatingPoint;

namespace Conformance.Cpu.Instructions.AdvancedSimdFloatingPoint;

/// <summary>A V register as elements of a format.</summary>
internal struct Lanes
{
    private ulong _low;
    private ulong _high;

    internal static Lanes Of(Core core, int n) => new() { _low = core.V[2 * n], _high = core.V[2 * n + 1] };

    internal readonly ulong Get<F>(int index)
        where F : struct, IFpFormat
    {
        int bit = index * F.Bits;
        return (bit < 64 ? _low : _high) >> (bit & 63) & Fp<F>.Mask;
    }

    /// <summary>Sets an element that is zero so far.</summary>
    internal void Set<F>(int index, ulong value)
        where F : struct, IFpFormat
    {
        int bit = index * F.Bits;
        if (bit < 64)
        {
            _low |= value << bit;
        }
        else
        {
            _high |= value << (bit - 64);
        }
    }

    internal readonly void Put(Core core, int d)
    {
        core.V[2 * d] = _low;
        core.V[2 * d + 1] = _high;
    }

    /// <summary>Writes 64 bits: into the lower half, clearing the upper one, or into the upper half, keeping the lower one.</summary>
    internal readonly void PutHalf(Core core, int d, bool upper)
    {
        if (upper)
        {
            core.V[2 * d + 1] = _low;
        }
        else
        {
            Put(core, d);
        }
    }
}
