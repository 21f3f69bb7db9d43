using Conformance.Cpu.Exceptions;
using Conformance.Cpu.FloatingPoint;

namespace Conformance.Cpu.Instructions.ScalarFloatingPoint;

/// <summary>Floating-point compare, conditional compare and conditional select.</summary>
/// <remarks>Source: DDI 0487, C7.2, FCMP, FCMPE, FCCMP, FCCMPE, FCSEL.</remarks>
internal static unsafe class FloatingPointCompare
{
    internal static readonly InsnRow[] Rows =
    [
        new("FCMP_H_floatcmp",    "0 0 0 11110 11 1 Rm:5 00 1000 Rn:5 00 000",     &Compare<Binary16>) { Feature = "FEAT_FP16" },
        new("FCMP_HZ_floatcmp",   "0 0 0 11110 11 1 xxxxx 00 1000 Rn:5 01 000",    &CompareZero<Binary16>) { Feature = "FEAT_FP16" },
        new("FCMP_S_floatcmp",    "0 0 0 11110 00 1 Rm:5 00 1000 Rn:5 00 000",     &Compare<Binary32>),
        new("FCMP_SZ_floatcmp",   "0 0 0 11110 00 1 xxxxx 00 1000 Rn:5 01 000",    &CompareZero<Binary32>),
        new("FCMP_D_floatcmp",    "0 0 0 11110 01 1 Rm:5 00 1000 Rn:5 00 000",     &Compare<Binary64>),
        new("FCMP_DZ_floatcmp",   "0 0 0 11110 01 1 xxxxx 00 1000 Rn:5 01 000",    &CompareZero<Binary64>),
        new("FCMPE_H_floatcmp",   "0 0 0 11110 11 1 Rm:5 00 1000 Rn:5 10 000",     &CompareSignalling<Binary16>) { Feature = "FEAT_FP16" },
        new("FCMPE_HZ_floatcmp",  "0 0 0 11110 11 1 xxxxx 00 1000 Rn:5 11 000",    &CompareSignallingZero<Binary16>) { Feature = "FEAT_FP16" },
        new("FCMPE_S_floatcmp",   "0 0 0 11110 00 1 Rm:5 00 1000 Rn:5 10 000",     &CompareSignalling<Binary32>),
        new("FCMPE_SZ_floatcmp",  "0 0 0 11110 00 1 xxxxx 00 1000 Rn:5 11 000",    &CompareSignallingZero<Binary32>),
        new("FCMPE_D_floatcmp",   "0 0 0 11110 01 1 Rm:5 00 1000 Rn:5 10 000",     &CompareSignalling<Binary64>),
        new("FCMPE_DZ_floatcmp",  "0 0 0 11110 01 1 xxxxx 00 1000 Rn:5 11 000",    &CompareSignallingZero<Binary64>),

        new("FCCMP_H_floatccmp",  "0 0 0 11110 11 1 Rm:5 cond:4 01 Rn:5 0 nzcv:4", &ConditionalCompare<Binary16>,           &Condition) { Feature = "FEAT_FP16" },
        new("FCCMP_S_floatccmp",  "0 0 0 11110 00 1 Rm:5 cond:4 01 Rn:5 0 nzcv:4", &ConditionalCompare<Binary32>,           &Condition),
        new("FCCMP_D_floatccmp",  "0 0 0 11110 01 1 Rm:5 cond:4 01 Rn:5 0 nzcv:4", &ConditionalCompare<Binary64>,           &Condition),
        new("FCCMPE_H_floatccmp", "0 0 0 11110 11 1 Rm:5 cond:4 01 Rn:5 1 nzcv:4", &ConditionalCompareSignalling<Binary16>, &Condition) { Feature = "FEAT_FP16" },
        new("FCCMPE_S_floatccmp", "0 0 0 11110 00 1 Rm:5 cond:4 01 Rn:5 1 nzcv:4", &ConditionalCompareSignalling<Binary32>, &Condition),
        new("FCCMPE_D_floatccmp", "0 0 0 11110 01 1 Rm:5 cond:4 01 Rn:5 1 nzcv:4", &ConditionalCompareSignalling<Binary64>, &Condition),

        new("FCSEL_H_floatsel",   "0 0 0 11110 11 1 Rm:5 cond:4 11 Rn:5 Rd:5",     &Select<Binary16>,                       &Condition) { Feature = "FEAT_FP16" },
        new("FCSEL_S_floatsel",   "0 0 0 11110 00 1 Rm:5 cond:4 11 Rn:5 Rd:5",     &Select<Binary32>,                       &Condition),
        new("FCSEL_D_floatsel",   "0 0 0 11110 01 1 Rm:5 cond:4 11 Rn:5 Rd:5",     &Select<Binary64>,                       &Condition),
    ];

    private static void Condition(ref Operation op) => op.Aux = (int)op.Bits(12, 4);

    private static void Compare<F>(Core core, in Operation op)
        where F : struct, IFpFormat => Compare<F>(core, op, ScalarForms.Get<F>(core, op.Rm), signal: false);

    private static void CompareSignalling<F>(Core core, in Operation op)
        where F : struct, IFpFormat => Compare<F>(core, op, ScalarForms.Get<F>(core, op.Rm), signal: true);

    // The manual writes (00000) for the bits of Rm in the comparison with zero; the model does not look at them.
    private static void CompareZero<F>(Core core, in Operation op)
        where F : struct, IFpFormat => Compare<F>(core, op, 0, signal: false);

    private static void CompareSignallingZero<F>(Core core, in Operation op)
        where F : struct, IFpFormat => Compare<F>(core, op, 0, signal: true);

    private static void Compare<F>(Core core, in Operation op, ulong operand, bool signal)
        where F : struct, IFpFormat
    {
        if (FpAccess.Check(core))
        {
            var fp = FpContext.Enter(core);
            core.Pstate.Nzcv = FpCompare.Flags<F>(ScalarForms.Get<F>(core, op.Rn), operand, signal, ref fp);
            fp.Leave(core);
        }
    }

    private static void ConditionalCompare<F>(Core core, in Operation op)
        where F : struct, IFpFormat => ConditionalCompare<F>(core, op, signal: false);

    private static void ConditionalCompareSignalling<F>(Core core, in Operation op)
        where F : struct, IFpFormat => ConditionalCompare<F>(core, op, signal: true);

    private static void ConditionalCompare<F>(Core core, in Operation op, bool signal)
        where F : struct, IFpFormat
    {
        if (Alu.ConditionHolds(op.Aux, core.Pstate.Nzcv))
        {
            Compare<F>(core, op, ScalarForms.Get<F>(core, op.Rm), signal);
        }
        else if (FpAccess.Check(core))
        {
            core.Pstate.Nzcv = (byte)op.Bits(0, 4);
        }
    }

    private static void Select<F>(Core core, in Operation op)
        where F : struct, IFpFormat
    {
        if (FpAccess.Check(core))
        {
            int source = Alu.ConditionHolds(op.Aux, core.Pstate.Nzcv) ? op.Rn : op.Rm;
            ScalarForms.Set(core, op.Rd, ScalarForms.Get<F>(core, source));
        }
    }
}
