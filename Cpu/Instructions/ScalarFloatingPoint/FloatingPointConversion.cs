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
        new("FCVTNS_32H_float2int",  "0 0 0 11110 11 1 00 000 000000 Rn:5 Rd:5",   &ToInteger<ToNearest, Binary16>) { Feature = "FEAT_FP16" },
        new("FCVTNS_64H_float2int",  "1 0 0 11110 11 1 00 000 000000 Rn:5 Rd:5",   &ToInteger<ToNearest, Binary16>) { Feature = "FEAT_FP16" },
        new("FCVTNS_32S_float2int",  "0 0 0 11110 00 1 00 000 000000 Rn:5 Rd:5",   &ToInteger<ToNearest, Binary32>),
        new("FCVTNS_64S_float2int",  "1 0 0 11110 00 1 00 000 000000 Rn:5 Rd:5",   &ToInteger<ToNearest, Binary32>),
        new("FCVTNS_32D_float2int",  "0 0 0 11110 01 1 00 000 000000 Rn:5 Rd:5",   &ToInteger<ToNearest, Binary64>),
        new("FCVTNS_64D_float2int",  "1 0 0 11110 01 1 00 000 000000 Rn:5 Rd:5",   &ToInteger<ToNearest, Binary64>),
        new("FCVTNU_32H_float2int",  "0 0 0 11110 11 1 00 001 000000 Rn:5 Rd:5",   &ToInteger<ToNearest, Binary16>) { Feature = "FEAT_FP16" },
        new("FCVTNU_64H_float2int",  "1 0 0 11110 11 1 00 001 000000 Rn:5 Rd:5",   &ToInteger<ToNearest, Binary16>) { Feature = "FEAT_FP16" },
        new("FCVTNU_32S_float2int",  "0 0 0 11110 00 1 00 001 000000 Rn:5 Rd:5",   &ToInteger<ToNearest, Binary32>),
        new("FCVTNU_64S_float2int",  "1 0 0 11110 00 1 00 001 000000 Rn:5 Rd:5",   &ToInteger<ToNearest, Binary32>),
        new("FCVTNU_32D_float2int",  "0 0 0 11110 01 1 00 001 000000 Rn:5 Rd:5",   &ToInteger<ToNearest, Binary64>),
        new("FCVTNU_64D_float2int",  "1 0 0 11110 01 1 00 001 000000 Rn:5 Rd:5",   &ToInteger<ToNearest, Binary64>),
        new("FCVTAS_32H_float2int",  "0 0 0 11110 11 1 00 100 000000 Rn:5 Rd:5",   &ToInteger<ToAway, Binary16>) { Feature = "FEAT_FP16" },
        new("FCVTAS_64H_float2int",  "1 0 0 11110 11 1 00 100 000000 Rn:5 Rd:5",   &ToInteger<ToAway, Binary16>) { Feature = "FEAT_FP16" },
        new("FCVTAS_32S_float2int",  "0 0 0 11110 00 1 00 100 000000 Rn:5 Rd:5",   &ToInteger<ToAway, Binary32>),
        new("FCVTAS_64S_float2int",  "1 0 0 11110 00 1 00 100 000000 Rn:5 Rd:5",   &ToInteger<ToAway, Binary32>),
        new("FCVTAS_32D_float2int",  "0 0 0 11110 01 1 00 100 000000 Rn:5 Rd:5",   &ToInteger<ToAway, Binary64>),
        new("FCVTAS_64D_float2int",  "1 0 0 11110 01 1 00 100 000000 Rn:5 Rd:5",   &ToInteger<ToAway, Binary64>),
        new("FCVTAU_32H_float2int",  "0 0 0 11110 11 1 00 101 000000 Rn:5 Rd:5",   &ToInteger<ToAway, Binary16>) { Feature = "FEAT_FP16" },
        new("FCVTAU_64H_float2int",  "1 0 0 11110 11 1 00 101 000000 Rn:5 Rd:5",   &ToInteger<ToAway, Binary16>) { Feature = "FEAT_FP16" },
        new("FCVTAU_32S_float2int",  "0 0 0 11110 00 1 00 101 000000 Rn:5 Rd:5",   &ToInteger<ToAway, Binary32>),
        new("FCVTAU_64S_float2int",  "1 0 0 11110 00 1 00 101 000000 Rn:5 Rd:5",   &ToInteger<ToAway, Binary32>),
        new("FCVTAU_32D_float2int",  "0 0 0 11110 01 1 00 101 000000 Rn:5 Rd:5",   &ToInteger<ToAway, Binary64>),
        new("FCVTAU_64D_float2int",  "1 0 0 11110 01 1 00 101 000000 Rn:5 Rd:5",   &ToInteger<ToAway, Binary64>),
        new("FCVTPS_32H_float2int",  "0 0 0 11110 11 1 01 000 000000 Rn:5 Rd:5",   &ToInteger<ToPlus, Binary16>) { Feature = "FEAT_FP16" },
        new("FCVTPS_64H_float2int",  "1 0 0 11110 11 1 01 000 000000 Rn:5 Rd:5",   &ToInteger<ToPlus, Binary16>) { Feature = "FEAT_FP16" },
        new("FCVTPS_32S_float2int",  "0 0 0 11110 00 1 01 000 000000 Rn:5 Rd:5",   &ToInteger<ToPlus, Binary32>),
        new("FCVTPS_64S_float2int",  "1 0 0 11110 00 1 01 000 000000 Rn:5 Rd:5",   &ToInteger<ToPlus, Binary32>),
        new("FCVTPS_32D_float2int",  "0 0 0 11110 01 1 01 000 000000 Rn:5 Rd:5",   &ToInteger<ToPlus, Binary64>),
        new("FCVTPS_64D_float2int",  "1 0 0 11110 01 1 01 000 000000 Rn:5 Rd:5",   &ToInteger<ToPlus, Binary64>),
        new("FCVTPU_32H_float2int",  "0 0 0 11110 11 1 01 001 000000 Rn:5 Rd:5",   &ToInteger<ToPlus, Binary16>) { Feature = "FEAT_FP16" },
        new("FCVTPU_64H_float2int",  "1 0 0 11110 11 1 01 001 000000 Rn:5 Rd:5",   &ToInteger<ToPlus, Binary16>) { Feature = "FEAT_FP16" },
        new("FCVTPU_32S_float2int",  "0 0 0 11110 00 1 01 001 000000 Rn:5 Rd:5",   &ToInteger<ToPlus, Binary32>),
        new("FCVTPU_64S_float2int",  "1 0 0 11110 00 1 01 001 000000 Rn:5 Rd:5",   &ToInteger<ToPlus, Binary32>),
        new("FCVTPU_32D_float2int",  "0 0 0 11110 01 1 01 001 000000 Rn:5 Rd:5",   &ToInteger<ToPlus, Binary64>),
        new("FCVTPU_64D_float2int",  "1 0 0 11110 01 1 01 001 000000 Rn:5 Rd:5",   &ToInteger<ToPlus, Binary64>),
        new("FCVTMS_32H_float2int",  "0 0 0 11110 11 1 10 000 000000 Rn:5 Rd:5",   &ToInteger<ToMinus, Binary16>) { Feature = "FEAT_FP16" },
        new("FCVTMS_64H_float2int",  "1 0 0 11110 11 1 10 000 000000 Rn:5 Rd:5",   &ToInteger<ToMinus, Binary16>) { Feature = "FEAT_FP16" },
        new("FCVTMS_32S_float2int",  "0 0 0 11110 00 1 10 000 000000 Rn:5 Rd:5",   &ToInteger<ToMinus, Binary32>),
        new("FCVTMS_64S_float2int",  "1 0 0 11110 00 1 10 000 000000 Rn:5 Rd:5",   &ToInteger<ToMinus, Binary32>),
        new("FCVTMS_32D_float2int",  "0 0 0 11110 01 1 10 000 000000 Rn:5 Rd:5",   &ToInteger<ToMinus, Binary64>),
        new("FCVTMS_64D_float2int",  "1 0 0 11110 01 1 10 000 000000 Rn:5 Rd:5",   &ToInteger<ToMinus, Binary64>),
        new("FCVTMU_32H_float2int",  "0 0 0 11110 11 1 10 001 000000 Rn:5 Rd:5",   &ToInteger<ToMinus, Binary16>) { Feature = "FEAT_FP16" },
        new("FCVTMU_64H_float2int",  "1 0 0 11110 11 1 10 001 000000 Rn:5 Rd:5",   &ToInteger<ToMinus, Binary16>) { Feature = "FEAT_FP16" },
        new("FCVTMU_32S_float2int",  "0 0 0 11110 00 1 10 001 000000 Rn:5 Rd:5",   &ToInteger<ToMinus, Binary32>),
        new("FCVTMU_64S_float2int",  "1 0 0 11110 00 1 10 001 000000 Rn:5 Rd:5",   &ToInteger<ToMinus, Binary32>),
        new("FCVTMU_32D_float2int",  "0 0 0 11110 01 1 10 001 000000 Rn:5 Rd:5",   &ToInteger<ToMinus, Binary64>),
        new("FCVTMU_64D_float2int",  "1 0 0 11110 01 1 10 001 000000 Rn:5 Rd:5",   &ToInteger<ToMinus, Binary64>),
        new("FCVTZS_32H_float2int",  "0 0 0 11110 11 1 11 000 000000 Rn:5 Rd:5",   &ToInteger<ToZero, Binary16>) { Feature = "FEAT_FP16" },
        new("FCVTZS_64H_float2int",  "1 0 0 11110 11 1 11 000 000000 Rn:5 Rd:5",   &ToInteger<ToZero, Binary16>) { Feature = "FEAT_FP16" },
        new("FCVTZS_32S_float2int",  "0 0 0 11110 00 1 11 000 000000 Rn:5 Rd:5",   &ToInteger<ToZero, Binary32>),
        new("FCVTZS_64S_float2int",  "1 0 0 11110 00 1 11 000 000000 Rn:5 Rd:5",   &ToInteger<ToZero, Binary32>),
        new("FCVTZS_32D_float2int",  "0 0 0 11110 01 1 11 000 000000 Rn:5 Rd:5",   &ToInteger<ToZero, Binary64>),
        new("FCVTZS_64D_float2int",  "1 0 0 11110 01 1 11 000 000000 Rn:5 Rd:5",   &ToInteger<ToZero, Binary64>),
        new("FCVTZU_32H_float2int",  "0 0 0 11110 11 1 11 001 000000 Rn:5 Rd:5",   &ToInteger<ToZero, Binary16>) { Feature = "FEAT_FP16" },
        new("FCVTZU_64H_float2int",  "1 0 0 11110 11 1 11 001 000000 Rn:5 Rd:5",   &ToInteger<ToZero, Binary16>) { Feature = "FEAT_FP16" },
        new("FCVTZU_32S_float2int",  "0 0 0 11110 00 1 11 001 000000 Rn:5 Rd:5",   &ToInteger<ToZero, Binary32>),
        new("FCVTZU_64S_float2int",  "1 0 0 11110 00 1 11 001 000000 Rn:5 Rd:5",   &ToInteger<ToZero, Binary32>),
        new("FCVTZU_32D_float2int",  "0 0 0 11110 01 1 11 001 000000 Rn:5 Rd:5",   &ToInteger<ToZero, Binary64>),
        new("FCVTZU_64D_float2int",  "1 0 0 11110 01 1 11 001 000000 Rn:5 Rd:5",   &ToInteger<ToZero, Binary64>),
        new("SCVTF_H32_float2int",   "0 0 0 11110 11 1 00 010 000000 Rn:5 Rd:5",   &FromInteger<Binary16>) { Feature = "FEAT_FP16" },
        new("SCVTF_H64_float2int",   "1 0 0 11110 11 1 00 010 000000 Rn:5 Rd:5",   &FromInteger<Binary16>) { Feature = "FEAT_FP16" },
        new("SCVTF_S32_float2int",   "0 0 0 11110 00 1 00 010 000000 Rn:5 Rd:5",   &FromInteger<Binary32>),
        new("SCVTF_S64_float2int",   "1 0 0 11110 00 1 00 010 000000 Rn:5 Rd:5",   &FromInteger<Binary32>),
        new("SCVTF_D32_float2int",   "0 0 0 11110 01 1 00 010 000000 Rn:5 Rd:5",   &FromInteger<Binary64>),
        new("SCVTF_D64_float2int",   "1 0 0 11110 01 1 00 010 000000 Rn:5 Rd:5",   &FromInteger<Binary64>),
        new("UCVTF_H32_float2int",   "0 0 0 11110 11 1 00 011 000000 Rn:5 Rd:5",   &FromInteger<Binary16>) { Feature = "FEAT_FP16" },
        new("UCVTF_H64_float2int",   "1 0 0 11110 11 1 00 011 000000 Rn:5 Rd:5",   &FromInteger<Binary16>) { Feature = "FEAT_FP16" },
        new("UCVTF_S32_float2int",   "0 0 0 11110 00 1 00 011 000000 Rn:5 Rd:5",   &FromInteger<Binary32>),
        new("UCVTF_S64_float2int",   "1 0 0 11110 00 1 00 011 000000 Rn:5 Rd:5",   &FromInteger<Binary32>),
        new("UCVTF_D32_float2int",   "0 0 0 11110 01 1 00 011 000000 Rn:5 Rd:5",   &FromInteger<Binary64>),
        new("UCVTF_D64_float2int",   "1 0 0 11110 01 1 00 011 000000 Rn:5 Rd:5",   &FromInteger<Binary64>),

        new("SCVTF_H32_float2fix",   "0 0 0 11110 11 0 00 010 scale:6 Rn:5 Rd:5",  &FromInteger<Binary16>,          &FixedPoint) { Feature = "FEAT_FP16" },
        new("SCVTF_H64_float2fix",   "1 0 0 11110 11 0 00 010 scale:6 Rn:5 Rd:5",  &FromInteger<Binary16>,          &FixedPoint) { Feature = "FEAT_FP16" },
        new("SCVTF_S32_float2fix",   "0 0 0 11110 00 0 00 010 scale:6 Rn:5 Rd:5",  &FromInteger<Binary32>,          &FixedPoint),
        new("SCVTF_S64_float2fix",   "1 0 0 11110 00 0 00 010 scale:6 Rn:5 Rd:5",  &FromInteger<Binary32>,          &FixedPoint),
        new("SCVTF_D32_float2fix",   "0 0 0 11110 01 0 00 010 scale:6 Rn:5 Rd:5",  &FromInteger<Binary64>,          &FixedPoint),
        new("SCVTF_D64_float2fix",   "1 0 0 11110 01 0 00 010 scale:6 Rn:5 Rd:5",  &FromInteger<Binary64>,          &FixedPoint),
        new("UCVTF_H32_float2fix",   "0 0 0 11110 11 0 00 011 scale:6 Rn:5 Rd:5",  &FromInteger<Binary16>,          &FixedPoint) { Feature = "FEAT_FP16" },
        new("UCVTF_H64_float2fix",   "1 0 0 11110 11 0 00 011 scale:6 Rn:5 Rd:5",  &FromInteger<Binary16>,          &FixedPoint) { Feature = "FEAT_FP16" },
        new("UCVTF_S32_float2fix",   "0 0 0 11110 00 0 00 011 scale:6 Rn:5 Rd:5",  &FromInteger<Binary32>,          &FixedPoint),
        new("UCVTF_S64_float2fix",   "1 0 0 11110 00 0 00 011 scale:6 Rn:5 Rd:5",  &FromInteger<Binary32>,          &FixedPoint),
        new("UCVTF_D32_float2fix",   "0 0 0 11110 01 0 00 011 scale:6 Rn:5 Rd:5",  &FromInteger<Binary64>,          &FixedPoint),
        new("UCVTF_D64_float2fix",   "1 0 0 11110 01 0 00 011 scale:6 Rn:5 Rd:5",  &FromInteger<Binary64>,          &FixedPoint),
        new("FCVTZS_32H_float2fix",  "0 0 0 11110 11 0 11 000 scale:6 Rn:5 Rd:5",  &ToInteger<ToZero, Binary16>,    &FixedPoint) { Feature = "FEAT_FP16" },
        new("FCVTZS_64H_float2fix",  "1 0 0 11110 11 0 11 000 scale:6 Rn:5 Rd:5",  &ToInteger<ToZero, Binary16>,    &FixedPoint) { Feature = "FEAT_FP16" },
        new("FCVTZS_32S_float2fix",  "0 0 0 11110 00 0 11 000 scale:6 Rn:5 Rd:5",  &ToInteger<ToZero, Binary32>,    &FixedPoint),
        new("FCVTZS_64S_float2fix",  "1 0 0 11110 00 0 11 000 scale:6 Rn:5 Rd:5",  &ToInteger<ToZero, Binary32>,    &FixedPoint),
        new("FCVTZS_32D_float2fix",  "0 0 0 11110 01 0 11 000 scale:6 Rn:5 Rd:5",  &ToInteger<ToZero, Binary64>,    &FixedPoint),
        new("FCVTZS_64D_float2fix",  "1 0 0 11110 01 0 11 000 scale:6 Rn:5 Rd:5",  &ToInteger<ToZero, Binary64>,    &FixedPoint),
        new("FCVTZU_32H_float2fix",  "0 0 0 11110 11 0 11 001 scale:6 Rn:5 Rd:5",  &ToInteger<ToZero, Binary16>,    &FixedPoint) { Feature = "FEAT_FP16" },
        new("FCVTZU_64H_float2fix",  "1 0 0 11110 11 0 11 001 scale:6 Rn:5 Rd:5",  &ToInteger<ToZero, Binary16>,    &FixedPoint) { Feature = "FEAT_FP16" },
        new("FCVTZU_32S_float2fix",  "0 0 0 11110 00 0 11 001 scale:6 Rn:5 Rd:5",  &ToInteger<ToZero, Binary32>,    &FixedPoint),
        new("FCVTZU_64S_float2fix",  "1 0 0 11110 00 0 11 001 scale:6 Rn:5 Rd:5",  &ToInteger<ToZero, Binary32>,    &FixedPoint),
        new("FCVTZU_32D_float2fix",  "0 0 0 11110 01 0 11 001 scale:6 Rn:5 Rd:5",  &ToInteger<ToZero, Binary64>,    &FixedPoint),
        new("FCVTZU_64D_float2fix",  "1 0 0 11110 01 0 11 001 scale:6 Rn:5 Rd:5",  &ToInteger<ToZero, Binary64>,    &FixedPoint),

        new("FJCVTZS_32D_float2int", "0 0 0 1 111 0 01 1 11 110 000000 Rn:5 Rd:5", &JavaScript) { Feature = "FEAT_JSCVT" },
    ];

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
