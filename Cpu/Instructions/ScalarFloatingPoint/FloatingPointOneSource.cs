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
        new("FMOV_H_floatdp1",     "0 0 0 11110 11 10000 00 10000 Rn:5 Rd:5", &ScalarForms.Unary<Move, Binary16>) { Feature = "FEAT_FP16" },
        new("FMOV_S_floatdp1",     "0 0 0 11110 00 10000 00 10000 Rn:5 Rd:5", &ScalarForms.Unary<Move, Binary32>),
        new("FMOV_D_floatdp1",     "0 0 0 11110 01 10000 00 10000 Rn:5 Rd:5", &ScalarForms.Unary<Move, Binary64>),
        new("FABS_H_floatdp1",     "0 0 0 11110 11 10000 01 10000 Rn:5 Rd:5", &ScalarForms.Unary<AbsoluteValue, Binary16>) { Feature = "FEAT_FP16" },
        new("FABS_S_floatdp1",     "0 0 0 11110 00 10000 01 10000 Rn:5 Rd:5", &ScalarForms.Unary<AbsoluteValue, Binary32>),
        new("FABS_D_floatdp1",     "0 0 0 11110 01 10000 01 10000 Rn:5 Rd:5", &ScalarForms.Unary<AbsoluteValue, Binary64>),
        new("FNEG_H_floatdp1",     "0 0 0 11110 11 10000 10 10000 Rn:5 Rd:5", &ScalarForms.Unary<Negate, Binary16>) { Feature = "FEAT_FP16" },
        new("FNEG_S_floatdp1",     "0 0 0 11110 00 10000 10 10000 Rn:5 Rd:5", &ScalarForms.Unary<Negate, Binary32>),
        new("FNEG_D_floatdp1",     "0 0 0 11110 01 10000 10 10000 Rn:5 Rd:5", &ScalarForms.Unary<Negate, Binary64>),
        new("FSQRT_H_floatdp1",    "0 0 0 11110 11 10000 11 10000 Rn:5 Rd:5", &ScalarForms.Unary<SquareRoot, Binary16>) { Feature = "FEAT_FP16" },
        new("FSQRT_S_floatdp1",    "0 0 0 11110 00 10000 11 10000 Rn:5 Rd:5", &ScalarForms.Unary<SquareRoot, Binary32>),
        new("FSQRT_D_floatdp1",    "0 0 0 11110 01 10000 11 10000 Rn:5 Rd:5", &ScalarForms.Unary<SquareRoot, Binary64>),
        new("FRINTN_H_floatdp1",   "0 0 0 11110 11 1001 000 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToIntegral<ToNearest>, Binary16>) { Feature = "FEAT_FP16" },
        new("FRINTN_S_floatdp1",   "0 0 0 11110 00 1001 000 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToIntegral<ToNearest>, Binary32>),
        new("FRINTN_D_floatdp1",   "0 0 0 11110 01 1001 000 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToIntegral<ToNearest>, Binary64>),
        new("FRINTP_H_floatdp1",   "0 0 0 11110 11 1001 001 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToIntegral<ToPlus>, Binary16>) { Feature = "FEAT_FP16" },
        new("FRINTP_S_floatdp1",   "0 0 0 11110 00 1001 001 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToIntegral<ToPlus>, Binary32>),
        new("FRINTP_D_floatdp1",   "0 0 0 11110 01 1001 001 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToIntegral<ToPlus>, Binary64>),
        new("FRINTM_H_floatdp1",   "0 0 0 11110 11 1001 010 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToIntegral<ToMinus>, Binary16>) { Feature = "FEAT_FP16" },
        new("FRINTM_S_floatdp1",   "0 0 0 11110 00 1001 010 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToIntegral<ToMinus>, Binary32>),
        new("FRINTM_D_floatdp1",   "0 0 0 11110 01 1001 010 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToIntegral<ToMinus>, Binary64>),
        new("FRINTZ_H_floatdp1",   "0 0 0 11110 11 1001 011 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToIntegral<ToZero>, Binary16>) { Feature = "FEAT_FP16" },
        new("FRINTZ_S_floatdp1",   "0 0 0 11110 00 1001 011 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToIntegral<ToZero>, Binary32>),
        new("FRINTZ_D_floatdp1",   "0 0 0 11110 01 1001 011 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToIntegral<ToZero>, Binary64>),
        new("FRINTA_H_floatdp1",   "0 0 0 11110 11 1001 100 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToIntegral<ToAway>, Binary16>) { Feature = "FEAT_FP16" },
        new("FRINTA_S_floatdp1",   "0 0 0 11110 00 1001 100 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToIntegral<ToAway>, Binary32>),
        new("FRINTA_D_floatdp1",   "0 0 0 11110 01 1001 100 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToIntegral<ToAway>, Binary64>),
        new("FRINTX_H_floatdp1",   "0 0 0 11110 11 1001 110 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToIntegralExact, Binary16>) { Feature = "FEAT_FP16" },
        new("FRINTX_S_floatdp1",   "0 0 0 11110 00 1001 110 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToIntegralExact, Binary32>),
        new("FRINTX_D_floatdp1",   "0 0 0 11110 01 1001 110 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToIntegralExact, Binary64>),
        new("FRINTI_H_floatdp1",   "0 0 0 11110 11 1001 111 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToIntegral<ByFpcr>, Binary16>) { Feature = "FEAT_FP16" },
        new("FRINTI_S_floatdp1",   "0 0 0 11110 00 1001 111 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToIntegral<ByFpcr>, Binary32>),
        new("FRINTI_D_floatdp1",   "0 0 0 11110 01 1001 111 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToIntegral<ByFpcr>, Binary64>),
        new("FRINT32Z_S_floatdp1", "0 0 0 11110 00 10100 00 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToInt32<ToZero>, Binary32>) { Feature = "FEAT_FRINTTS" },
        new("FRINT32Z_D_floatdp1", "0 0 0 11110 01 10100 00 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToInt32<ToZero>, Binary64>) { Feature = "FEAT_FRINTTS" },
        new("FRINT32X_S_floatdp1", "0 0 0 11110 00 10100 01 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToInt32<ByFpcr>, Binary32>) { Feature = "FEAT_FRINTTS" },
        new("FRINT32X_D_floatdp1", "0 0 0 11110 01 10100 01 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToInt32<ByFpcr>, Binary64>) { Feature = "FEAT_FRINTTS" },
        new("FRINT64Z_S_floatdp1", "0 0 0 11110 00 10100 10 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToInt64<ToZero>, Binary32>) { Feature = "FEAT_FRINTTS" },
        new("FRINT64Z_D_floatdp1", "0 0 0 11110 01 10100 10 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToInt64<ToZero>, Binary64>) { Feature = "FEAT_FRINTTS" },
        new("FRINT64X_S_floatdp1", "0 0 0 11110 00 10100 11 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToInt64<ByFpcr>, Binary32>) { Feature = "FEAT_FRINTTS" },
        new("FRINT64X_D_floatdp1", "0 0 0 11110 01 10100 11 10000 Rn:5 Rd:5", &ScalarForms.Unary<RoundToInt64<ByFpcr>, Binary64>) { Feature = "FEAT_FRINTTS" },

        new("FCVT_SH_floatdp1",    "0 0 0 11110 11 10001 00 10000 Rn:5 Rd:5", &Convert<Binary16, Binary32>),
        new("FCVT_DH_floatdp1",    "0 0 0 11110 11 10001 01 10000 Rn:5 Rd:5", &Convert<Binary16, Binary64>),
        new("FCVT_HS_floatdp1",    "0 0 0 11110 00 10001 11 10000 Rn:5 Rd:5", &Convert<Binary32, Binary16>),
        new("FCVT_DS_floatdp1",    "0 0 0 11110 00 10001 01 10000 Rn:5 Rd:5", &Convert<Binary32, Binary64>),
        new("FCVT_HD_floatdp1",    "0 0 0 11110 01 10001 11 10000 Rn:5 Rd:5", &Convert<Binary64, Binary16>),
        new("FCVT_SD_floatdp1",    "0 0 0 11110 01 10001 00 10000 Rn:5 Rd:5", &Convert<Binary64, Binary32>),
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
