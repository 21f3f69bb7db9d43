using Conformance.Cpu.Exceptions;
using Conformance.Cpu.FloatingPoint;
using Conformance.Cpu.FloatingPoint.Operations;

namespace Conformance.Cpu.Instructions.ScalarFloatingPoint;

/// <summary>Floating-point data-processing (1 source).</summary>
/// <remarks>Source: DDI 0487, C7.2, "FMOV (register)", FABS to FRINTI, FCVT, FRINT32X to FRINT64Z.</remarks>
internal static unsafe class FloatingPointOneSource
{
    internal static readonly InsnRow[] Rows =
    [
        new("FMOV (scalar, half)",     "0 0 0 11110 11 1 000000 10000 Rn:5 Rd:5", &ScalarForms.Unary<Move, Binary16>) { Feature = "FEAT_FP16" },
        new("FMOV (scalar, single)",   "0 0 0 11110 00 1 000000 10000 Rn:5 Rd:5", &ScalarForms.Unary<Move, Binary32>),
        new("FMOV (scalar, double)",   "0 0 0 11110 01 1 000000 10000 Rn:5 Rd:5", &ScalarForms.Unary<Move, Binary64>),
        new("FABS (scalar, half)",     "0 0 0 11110 11 1 000001 10000 Rn:5 Rd:5", &ScalarForms.Unary<AbsoluteValue, Binary16>) { Feature = "FEAT_FP16" },
        new("FABS (scalar, single)",   "0 0 0 11110 00 1 000001 10000 Rn:5 Rd:5", &ScalarForms.Unary<AbsoluteValue, Binary32>),
        new("FABS (scalar, double)",   "0 0 0 11110 01 1 000001 10000 Rn:5 Rd:5", &ScalarForms.Unary<AbsoluteValue, Binary64>),
        new("FNEG (scalar, half)",     "0 0 0 11110 11 1 000010 10000 Rn:5 Rd:5", &ScalarForms.Unary<Negate, Binary16>) { Feature = "FEAT_FP16" },
        new("FNEG (scalar, single)",   "0 0 0 11110 00 1 000010 10000 Rn:5 Rd:5", &ScalarForms.Unary<Negate, Binary32>),
        new("FNEG (scalar, double)",   "0 0 0 11110 01 1 000010 10000 Rn:5 Rd:5", &ScalarForms.Unary<Negate, Binary64>),
        new("FSQRT (scalar, half)",    "0 0 0 11110 11 1 000011 10000 Rn:5 Rd:5", &ScalarForms.Unary<SquareRoot, Binary16>) { Feature = "FEAT_FP16" },
        new("FSQRT (scalar, single)",  "0 0 0 11110 00 1 000011 10000 Rn:5 Rd:5", &ScalarForms.Unary<SquareRoot, Binary32>),
        new("FSQRT (scalar, double)",  "0 0 0 11110 01 1 000011 10000 Rn:5 Rd:5", &ScalarForms.Unary<SquareRoot, Binary64>),
        new("FRINTN (scalar, half)",   "0 0 0 11110 11 1 001000 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToIntegral<ToNearest>, Binary16>) { Feature = "FEAT_FP16" },
        new("FRINTN (scalar, single)", "0 0 0 11110 00 1 001000 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToIntegral<ToNearest>, Binary32>),
        new("FRINTN (scalar, double)", "0 0 0 11110 01 1 001000 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToIntegral<ToNearest>, Binary64>),
        new("FRINTP (scalar, half)",   "0 0 0 11110 11 1 001001 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToIntegral<ToPlus>, Binary16>) { Feature = "FEAT_FP16" },
        new("FRINTP (scalar, single)", "0 0 0 11110 00 1 001001 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToIntegral<ToPlus>, Binary32>),
        new("FRINTP (scalar, double)", "0 0 0 11110 01 1 001001 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToIntegral<ToPlus>, Binary64>),
        new("FRINTM (scalar, half)",   "0 0 0 11110 11 1 001010 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToIntegral<ToMinus>, Binary16>) { Feature = "FEAT_FP16" },
        new("FRINTM (scalar, single)", "0 0 0 11110 00 1 001010 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToIntegral<ToMinus>, Binary32>),
        new("FRINTM (scalar, double)", "0 0 0 11110 01 1 001010 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToIntegral<ToMinus>, Binary64>),
        new("FRINTZ (scalar, half)",   "0 0 0 11110 11 1 001011 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToIntegral<ToZero>, Binary16>) { Feature = "FEAT_FP16" },
        new("FRINTZ (scalar, single)", "0 0 0 11110 00 1 001011 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToIntegral<ToZero>, Binary32>),
        new("FRINTZ (scalar, double)", "0 0 0 11110 01 1 001011 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToIntegral<ToZero>, Binary64>),
        new("FRINTA (scalar, half)",   "0 0 0 11110 11 1 001100 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToIntegral<ToAway>, Binary16>) { Feature = "FEAT_FP16" },
        new("FRINTA (scalar, single)", "0 0 0 11110 00 1 001100 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToIntegral<ToAway>, Binary32>),
        new("FRINTA (scalar, double)", "0 0 0 11110 01 1 001100 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToIntegral<ToAway>, Binary64>),
        new("FRINTX (scalar, half)",   "0 0 0 11110 11 1 001110 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToIntegralExact, Binary16>) { Feature = "FEAT_FP16" },
        new("FRINTX (scalar, single)", "0 0 0 11110 00 1 001110 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToIntegralExact, Binary32>),
        new("FRINTX (scalar, double)", "0 0 0 11110 01 1 001110 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToIntegralExact, Binary64>),
        new("FRINTI (scalar, half)",   "0 0 0 11110 11 1 001111 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToIntegral<ByFpcr>, Binary16>) { Feature = "FEAT_FP16" },
        new("FRINTI (scalar, single)", "0 0 0 11110 00 1 001111 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToIntegral<ByFpcr>, Binary32>),
        new("FRINTI (scalar, double)", "0 0 0 11110 01 1 001111 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToIntegral<ByFpcr>, Binary64>),

        new("FCVT (half to single)", "0 0 0 11110 11 1 0001 00 10000 Rn:5 Rd:5", &Convert<Binary16, Binary32>),
        new("FCVT (half to double)", "0 0 0 11110 11 1 0001 01 10000 Rn:5 Rd:5", &Convert<Binary16, Binary64>),
        new("FCVT (single to half)", "0 0 0 11110 00 1 0001 11 10000 Rn:5 Rd:5", &Convert<Binary32, Binary16>),
        new("FCVT (single to double)", "0 0 0 11110 00 1 0001 01 10000 Rn:5 Rd:5", &Convert<Binary32, Binary64>),
        new("FCVT (double to half)", "0 0 0 11110 01 1 0001 11 10000 Rn:5 Rd:5", &Convert<Binary64, Binary16>),
        new("FCVT (double to single)", "0 0 0 11110 01 1 0001 00 10000 Rn:5 Rd:5", &Convert<Binary64, Binary32>),

        new("FRINT32Z (scalar, single)", "0 0 0 11110 00 1 010000 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToInt32<ToZero>, Binary32>) { Feature = "FEAT_FRINTTS" },
        new("FRINT32Z (scalar, double)", "0 0 0 11110 01 1 010000 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToInt32<ToZero>, Binary64>) { Feature = "FEAT_FRINTTS" },
        new("FRINT32X (scalar, single)", "0 0 0 11110 00 1 010001 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToInt32<ByFpcr>, Binary32>) { Feature = "FEAT_FRINTTS" },
        new("FRINT32X (scalar, double)", "0 0 0 11110 01 1 010001 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToInt32<ByFpcr>, Binary64>) { Feature = "FEAT_FRINTTS" },
        new("FRINT64Z (scalar, single)", "0 0 0 11110 00 1 010010 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToInt64<ToZero>, Binary32>) { Feature = "FEAT_FRINTTS" },
        new("FRINT64Z (scalar, double)", "0 0 0 11110 01 1 010010 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToInt64<ToZero>, Binary64>) { Feature = "FEAT_FRINTTS" },
        new("FRINT64X (scalar, single)", "0 0 0 11110 00 1 010011 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToInt64<ByFpcr>, Binary32>) { Feature = "FEAT_FRINTTS" },
        new("FRINT64X (scalar, double)", "0 0 0 11110 01 1 010011 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToInt64<ByFpcr>, Binary64>) { Feature = "FEAT_FRINTTS" },
    ];

    private static void Convert<TFrom, TTo>(Core core, in Operation op)
        where TFrom : struct, IFpFormat
        where TTo : struct, IFpFormat
    {
        if (FpAccess.Check(core))
        {
            var fp = FpContext.Enter(core);
            ulong value = ScalarForms.Get<TFrom>(core, op.Rn);
            ScalarForms.Set(core, op.Rd, FpConvert.Convert<TFrom, TTo>(value, fp.Rounding, ref fp));
            fp.Leave(core);
        }
    }
}
