using Conformance.Cpu.FloatingPoint;

namespace Conformance.Cpu.Instructions.AdvancedSimd;

/// <summary>What an operation on one element can ask, and whether it saturated.</summary>
internal ref struct Element
{
    /// <summary>Width of the result in bits.</summary>
    internal int Bits;

    /// <summary>How sources are extended and which range a result saturates to.</summary>
    internal bool Unsigned;

    /// <summary>The immediate of a shift.</summary>
    internal int Shift;

    private bool _saturated;

    /// <summary>The nearest value of the width, signed or unsigned as the sources.</summary>
    internal Int128 Saturate(Int128 value) => Unsigned ? SaturateUnsigned(value) : SaturateSigned(value);

    internal Int128 SaturateUnsigned(Int128 value) => Clamp(value, 0, (Int128.One << Bits) - 1);

    internal Int128 SaturateSigned(Int128 value) => Clamp(value, -(Int128.One << (Bits - 1)), (Int128.One << (Bits - 1)) - 1);

    /// <summary>Half of the last place of a value that is about to lose its lower <paramref name="bits"/> bits.</summary>
    internal static Int128 Half(int bits) => Int128.One << bits >> 1;

    /// <summary>Leaves in FPSR that an element saturated.</summary>
    internal readonly void Accumulate(Core core)
    {
        if (_saturated)
        {
            FpFlag.Set(core, FpFlag.QC);
        }
    }

    private Int128 Clamp(Int128 value, Int128 least, Int128 most)
    {
        Int128 clamped = Int128.Clamp(value, least, most);
        _saturated |= clamped != value;
        return clamped;
    }
}
