using Conformance.Cpu.Exceptions;
using Conformance.Cpu.FloatingPoint;
using Conformance.Cpu.FloatingPoint.Operations;
using Conformance.Cpu.Instructions.ScalarFloatingPoint;

namespace Conformance.Cpu.Instructions.AdvancedSimdFloatingPoint;

/// <summary>Handlers of conversions: between formats, and between numbers and fixed point.</summary>
internal static unsafe class ConversionForms
{
    internal static void LongBySize(ref Operation op) =>
        op.Execute = op.Bit(22) ? &Long<Binary32, Binary64> : &Long<Binary16, Binary32>;

    internal static void NarrowBySize(ref Operation op) =>
        op.Execute = op.Bit(22) ? &Narrow<Binary64, Binary32> : &Narrow<Binary32, Binary16>;

    /// <summary>Of 64 bits of Vn, the upper ones when Q is set, to 128 bits.</summary>
    internal static void Long<TFrom, TTo>(Core core, in Operation op)
        where TFrom : struct, IFpFormat
        where TTo : struct, IFpFormat
    {
        if (!FpAccess.Check(core))
        {
            return;
        }

        var fp = FpContext.Enter(core);
        var n = Lanes.Of(core, op.Rn);
        int count = 64 / TFrom.Bits;
        int first = op.Bit(30) ? count : 0;
        var result = default(Lanes);
        for (int e = 0; e < count; e++)
        {
            result.Set<TTo>(e, FpConvert.Convert<TFrom, TTo>(n.Get<TFrom>(first + e), fp.Rounding, ref fp));
        }

        result.Put(core, op.Rd);
        fp.Leave(core);
    }

    /// <summary>Of 128 bits to 64 bits of Vd, the upper ones when Q is set.</summary>
    internal static void Narrow<TFrom, TTo>(Core core, in Operation op)
        where TFrom : struct, IFpFormat
        where TTo : struct, IFpFormat
    {
        if (FpAccess.Check(core))
        {
            Narrow<TFrom, TTo>(core, op, odd: false);
        }
    }

    /// <summary>FCVTXN: double to single precision, rounding to odd.</summary>
    internal static void NarrowToOdd(Core core, in Operation op)
    {
        if (FpAccess.Check(core))
        {
            Narrow<Binary64, Binary32>(core, op, odd: true);
        }
    }

    internal static void ScalarNarrowToOdd(Core core, in Operation op)
    {
        if (FpAccess.Check(core))
        {
            var fp = FpContext.Enter(core);
            ulong value = ScalarForms.Get<Binary64>(core, op.Rn);
            ScalarForms.Set(core, op.Rd, FpConvert.Convert<Binary64, Binary32>(value, FpRounding.Odd, ref fp));
            fp.Leave(core);
        }
    }

    /// <summary>For predecoding: Aux is the number of fraction bits.</summary>
    internal static void FractionBits<F>(ref Operation op)
        where F : struct, IFpFormat => op.Aux = 2 * F.Bits - (int)op.Bits(16, 7);

    /// <summary>For predecoding: as <see cref="FractionBits"/>; one double in 64 bits is UNDEFINED.</summary>
    internal static void VectorFractionBits<F>(ref Operation op)
        where F : struct, IFpFormat
    {
        FractionBits<F>(ref op);
        if (F.Bits == 64 && !op.Bit(30))
        {
            op.MakeUndefined();
        }
    }

    internal static void ScalarFixed<TOp, F>(Core core, in Operation op)
        where TOp : struct, IFixedPoint
        where F : struct, IFpFormat
    {
        if (FpAccess.Check(core))
        {
            var fp = FpContext.Enter(core);
            ScalarForms.Set(core, op.Rd, TOp.Apply<F>(ScalarForms.Get<F>(core, op.Rn), op.Aux, Unsigned(op), ref fp));
            fp.Leave(core);
        }
    }

    internal static void VectorFixed<TOp, F>(Core core, in Operation op)
        where TOp : struct, IFixedPoint
        where F : struct, IFpFormat
    {
        if (!FpAccess.Check(core))
        {
            return;
        }

        var fp = FpContext.Enter(core);
        var n = Lanes.Of(core, op.Rn);
        var result = default(Lanes);
        for (int e = 0; e < VectorForms.Words(op) * 64 / F.Bits; e++)
        {
            result.Set<F>(e, TOp.Apply<F>(n.Get<F>(e), op.Aux, Unsigned(op), ref fp));
        }

        result.Put(core, op.Rd);
        fp.Leave(core);
    }

    private static bool Unsigned(in Operation op) => op.Bit(29);

    private static void Narrow<TFrom, TTo>(Core core, in Operation op, bool odd)
        where TFrom : struct, IFpFormat
        where TTo : struct, IFpFormat
    {
        var fp = FpContext.Enter(core);
        FpRounding rounding = odd ? FpRounding.Odd : fp.Rounding;
        var n = Lanes.Of(core, op.Rn);
        var result = default(Lanes);
        for (int e = 0; e < 128 / TFrom.Bits; e++)
        {
            result.Set<TTo>(e, FpConvert.Convert<TFrom, TTo>(n.Get<TFrom>(e), rounding, ref fp));
        }

        result.PutHalf(core, op.Rd, upper: op.Bit(30));
        fp.Leave(core);
    }
}
