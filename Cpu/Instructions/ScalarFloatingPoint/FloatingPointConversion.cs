using Conformance.Cpu.Exceptions;
using Conformance.Cpu.FloatingPoint;
using Conformance.Cpu.FloatingPoint.Operations;

namespace Conformance.Cpu.Instructions.ScalarFloatingPoint;

/// <summary>Conversion between floating-point and integers or fixed point in general registers.</summary>
/// <remarks>Source: DDI 0487, C7.2, FCVTAS to FCVTZU (scalar), SCVTF and UCVTF (scalar), FJCVTZS.</remarks>
internal static unsafe class FloatingPointConversion
{
    internal static readonly InsnRow[] Rows =
    [
        new("FCVTNS (scalar, half)", "sf:1 0 0 11110 11 1 00 000 000000 Rn:5 Rd:5", &ToInteger<ToNearest, Binary16>, &Integer) { Feature = "FEAT_FP16" },
        new("FCVTNS (scalar, single)", "sf:1 0 0 11110 00 1 00 000 000000 Rn:5 Rd:5", &ToInteger<ToNearest, Binary32>, &Integer),
        new("FCVTNS (scalar, double)", "sf:1 0 0 11110 01 1 00 000 000000 Rn:5 Rd:5", &ToInteger<ToNearest, Binary64>, &Integer),
        new("FCVTNU (scalar, half)", "sf:1 0 0 11110 11 1 00 001 000000 Rn:5 Rd:5", &ToInteger<ToNearest, Binary16>, &Integer) { Feature = "FEAT_FP16" },
        new("FCVTNU (scalar, single)", "sf:1 0 0 11110 00 1 00 001 000000 Rn:5 Rd:5", &ToInteger<ToNearest, Binary32>, &Integer),
        new("FCVTNU (scalar, double)", "sf:1 0 0 11110 01 1 00 001 000000 Rn:5 Rd:5", &ToInteger<ToNearest, Binary64>, &Integer),
        new("FCVTAS (scalar, half)", "sf:1 0 0 11110 11 1 00 100 000000 Rn:5 Rd:5", &ToInteger<ToAway, Binary16>, &Integer) { Feature = "FEAT_FP16" },
        new("FCVTAS (scalar, single)", "sf:1 0 0 11110 00 1 00 100 000000 Rn:5 Rd:5", &ToInteger<ToAway, Binary32>, &Integer),
        new("FCVTAS (scalar, double)", "sf:1 0 0 11110 01 1 00 100 000000 Rn:5 Rd:5", &ToInteger<ToAway, Binary64>, &Integer),
        new("FCVTAU (scalar, half)", "sf:1 0 0 11110 11 1 00 101 000000 Rn:5 Rd:5", &ToInteger<ToAway, Binary16>, &Integer) { Feature = "FEAT_FP16" },
        new("FCVTAU (scalar, single)", "sf:1 0 0 11110 00 1 00 101 000000 Rn:5 Rd:5", &ToInteger<ToAway, Binary32>, &Integer),
        new("FCVTAU (scalar, double)", "sf:1 0 0 11110 01 1 00 101 000000 Rn:5 Rd:5", &ToInteger<ToAway, Binary64>, &Integer),
        new("FCVTPS (scalar, half)", "sf:1 0 0 11110 11 1 01 000 000000 Rn:5 Rd:5", &ToInteger<ToPlus, Binary16>, &Integer) { Feature = "FEAT_FP16" },
        new("FCVTPS (scalar, single)", "sf:1 0 0 11110 00 1 01 000 000000 Rn:5 Rd:5", &ToInteger<ToPlus, Binary32>, &Integer),
        new("FCVTPS (scalar, double)", "sf:1 0 0 11110 01 1 01 000 000000 Rn:5 Rd:5", &ToInteger<ToPlus, Binary64>, &Integer),
        new("FCVTPU (scalar, half)", "sf:1 0 0 11110 11 1 01 001 000000 Rn:5 Rd:5", &ToInteger<ToPlus, Binary16>, &Integer) { Feature = "FEAT_FP16" },
        new("FCVTPU (scalar, single)", "sf:1 0 0 11110 00 1 01 001 000000 Rn:5 Rd:5", &ToInteger<ToPlus, Binary32>, &Integer),
        new("FCVTPU (scalar, double)", "sf:1 0 0 11110 01 1 01 001 000000 Rn:5 Rd:5", &ToInteger<ToPlus, Binary64>, &Integer),
        new("FCVTMS (scalar, half)", "sf:1 0 0 11110 11 1 10 000 000000 Rn:5 Rd:5", &ToInteger<ToMinus, Binary16>, &Integer) { Feature = "FEAT_FP16" },
        new("FCVTMS (scalar, single)", "sf:1 0 0 11110 00 1 10 000 000000 Rn:5 Rd:5", &ToInteger<ToMinus, Binary32>, &Integer),
        new("FCVTMS (scalar, double)", "sf:1 0 0 11110 01 1 10 000 000000 Rn:5 Rd:5", &ToInteger<ToMinus, Binary64>, &Integer),
        new("FCVTMU (scalar, half)", "sf:1 0 0 11110 11 1 10 001 000000 Rn:5 Rd:5", &ToInteger<ToMinus, Binary16>, &Integer) { Feature = "FEAT_FP16" },
        new("FCVTMU (scalar, single)", "sf:1 0 0 11110 00 1 10 001 000000 Rn:5 Rd:5", &ToInteger<ToMinus, Binary32>, &Integer),
        new("FCVTMU (scalar, double)", "sf:1 0 0 11110 01 1 10 001 000000 Rn:5 Rd:5", &ToInteger<ToMinus, Binary64>, &Integer),
        new("FCVTZS (scalar, integer, half)", "sf:1 0 0 11110 11 1 11 000 000000 Rn:5 Rd:5", &ToInteger<ToZero, Binary16>, &Integer) { Feature = "FEAT_FP16" },
        new("FCVTZS (scalar, integer, single)", "sf:1 0 0 11110 00 1 11 000 000000 Rn:5 Rd:5", &ToInteger<ToZero, Binary32>, &Integer),
        new("FCVTZS (scalar, integer, double)", "sf:1 0 0 11110 01 1 11 000 000000 Rn:5 Rd:5", &ToInteger<ToZero, Binary64>, &Integer),
        new("FCVTZU (scalar, integer, half)", "sf:1 0 0 11110 11 1 11 001 000000 Rn:5 Rd:5", &ToInteger<ToZero, Binary16>, &Integer) { Feature = "FEAT_FP16" },
        new("FCVTZU (scalar, integer, single)", "sf:1 0 0 11110 00 1 11 001 000000 Rn:5 Rd:5", &ToInteger<ToZero, Binary32>, &Integer),
        new("FCVTZU (scalar, integer, double)", "sf:1 0 0 11110 01 1 11 001 000000 Rn:5 Rd:5", &ToInteger<ToZero, Binary64>, &Integer),
        new("SCVTF (scalar, integer, half)", "sf:1 0 0 11110 11 1 00 010 000000 Rn:5 Rd:5", &FromInteger<Binary16>, &Integer) { Feature = "FEAT_FP16" },
        new("SCVTF (scalar, integer, single)", "sf:1 0 0 11110 00 1 00 010 000000 Rn:5 Rd:5", &FromInteger<Binary32>, &Integer),
        new("SCVTF (scalar, integer, double)", "sf:1 0 0 11110 01 1 00 010 000000 Rn:5 Rd:5", &FromInteger<Binary64>, &Integer),
        new("UCVTF (scalar, integer, half)", "sf:1 0 0 11110 11 1 00 011 000000 Rn:5 Rd:5", &FromInteger<Binary16>, &Integer) { Feature = "FEAT_FP16" },
        new("UCVTF (scalar, integer, single)", "sf:1 0 0 11110 00 1 00 011 000000 Rn:5 Rd:5", &FromInteger<Binary32>, &Integer),
        new("UCVTF (scalar, integer, double)", "sf:1 0 0 11110 01 1 00 011 000000 Rn:5 Rd:5", &FromInteger<Binary64>, &Integer),

        new("SCVTF (scalar, fixed-point, half)", "sf:1 0 0 11110 11 0 00 010 scale:6 Rn:5 Rd:5", &FromInteger<Binary16>, &FixedPoint) { Feature = "FEAT_FP16" },
        new("SCVTF (scalar, fixed-point, single)", "sf:1 0 0 11110 00 0 00 010 scale:6 Rn:5 Rd:5", &FromInteger<Binary32>, &FixedPoint),
        new("SCVTF (scalar, fixed-point, double)", "sf:1 0 0 11110 01 0 00 010 scale:6 Rn:5 Rd:5", &FromInteger<Binary64>, &FixedPoint),
        new("UCVTF (scalar, fixed-point, half)", "sf:1 0 0 11110 11 0 00 011 scale:6 Rn:5 Rd:5", &FromInteger<Binary16>, &FixedPoint) { Feature = "FEAT_FP16" },
        new("UCVTF (scalar, fixed-point, single)", "sf:1 0 0 11110 00 0 00 011 scale:6 Rn:5 Rd:5", &FromInteger<Binary32>, &FixedPoint),
        new("UCVTF (scalar, fixed-point, double)", "sf:1 0 0 11110 01 0 00 011 scale:6 Rn:5 Rd:5", &FromInteger<Binary64>, &FixedPoint),
        new("FCVTZS (scalar, fixed-point, half)", "sf:1 0 0 11110 11 0 11 000 scale:6 Rn:5 Rd:5", &ToInteger<ToZero, Binary16>, &FixedPoint) { Feature = "FEAT_FP16" },
        new("FCVTZS (scalar, fixed-point, single)", "sf:1 0 0 11110 00 0 11 000 scale:6 Rn:5 Rd:5", &ToInteger<ToZero, Binary32>, &FixedPoint),
        new("FCVTZS (scalar, fixed-point, double)", "sf:1 0 0 11110 01 0 11 000 scale:6 Rn:5 Rd:5", &ToInteger<ToZero, Binary64>, &FixedPoint),
        new("FCVTZU (scalar, fixed-point, half)", "sf:1 0 0 11110 11 0 11 001 scale:6 Rn:5 Rd:5", &ToInteger<ToZero, Binary16>, &FixedPoint) { Feature = "FEAT_FP16" },
        new("FCVTZU (scalar, fixed-point, single)", "sf:1 0 0 11110 00 0 11 001 scale:6 Rn:5 Rd:5", &ToInteger<ToZero, Binary32>, &FixedPoint),
        new("FCVTZU (scalar, fixed-point, double)", "sf:1 0 0 11110 01 0 11 001 scale:6 Rn:5 Rd:5", &ToInteger<ToZero, Binary64>, &FixedPoint),

        new("FJCVTZS", "0 0 0 11110 01 1 11 110 000000 Rn:5 Rd:5", &JavaScript) { Feature = "FEAT_JSCVT" },
    ];

    private static void Integer(ref Operation op) => op.Aux = 0;

    /// <summary>Aux is the number of fraction bits; a W register has no more than 32.</summary>
    private static void FixedPoint(ref Operation op)
    {
        op.Aux = 64 - (int)op.Bits(10, 6);
        if (!op.Sf && op.Aux > 32)
        {
            op.MakeUndefined();
        }
    }

    private static bool Unsigned(in Operation op) => op.Bit(16);

    private static void ToInteger<TRounding, F>(Core core, in Operation op)
        where TRounding : struct, IRoundingOf
        where F : struct, IFpFormat
    {
        if (FpAccess.Check(core))
        {
            var fp = FpContext.Enter(core);
            ulong value = ScalarForms.Get<F>(core, op.Rn);
            core.SetX(op.Rd, FpInteger.ToFixed<F>(value, op.Aux, Unsigned(op), op.Sf ? 64 : 32, TRounding.Of(fp), ref fp));
            fp.Leave(core);
        }
    }

    private static void FromInteger<F>(Core core, in Operation op)
        where F : struct, IFpFormat
    {
        if (FpAccess.Check(core))
        {
            var fp = FpContext.Enter(core);
            ulong value = core.GetX(op.Rn);
            ulong result = FpInteger.FromFixed<F>(value, op.Aux, Unsigned(op), op.Sf ? 64 : 32, fp.Rounding, ref fp);
            ScalarForms.Set(core, op.Rd, result);
            fp.Leave(core);
        }
    }

    private static void JavaScript(Core core, in Operation op)
    {
        if (FpAccess.Check(core))
        {
            var fp = FpContext.Enter(core);
            core.SetX(op.Rd, FpInteger.ToFixedJS(ScalarForms.Get<Binary64>(core, op.Rn), ref fp, out bool same));
            core.Pstate.Nzcv = (byte)(same ? 4 : 0);
            fp.Leave(core);
        }
    }
}
