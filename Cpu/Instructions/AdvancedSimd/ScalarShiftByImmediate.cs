using static Conformance.Cpu.Instructions.AdvancedSimd.ShiftByImmediate;

namespace Conformance.Cpu.Instructions.AdvancedSimd;

/// <summary>Advanced SIMD scalar shift by immediate.</summary>
/// <remarks>Source: DDI 0487, C7.2, SHL, SLI, SRI, SSHR and neighbours, the scalar encodings.</remarks>
internal static unsafe class ScalarShiftByImmediate
{
    internal static readonly InsnRow[] Rows =
    [
        new("SSHR_asisdshf_R",     "01 0 1 111 10 1xxx immb:3 00 0 0 0 1 Rn:5 Rd:5",     &ElementWise.Same<ShiftRight>,                             &Right),
        new("USHR_asisdshf_R",     "01 1 1 111 10 1xxx immb:3 00 0 0 0 1 Rn:5 Rd:5",     &ElementWise.Same<ShiftRight>,                             &Right),
        new("SSRA_asisdshf_R",     "01 0 1 111 10 1xxx immb:3 00 0 1 0 1 Rn:5 Rd:5",     &ElementWise.Same<ShiftRightAccumulate>,                   &Right),
        new("USRA_asisdshf_R",     "01 1 1 111 10 1xxx immb:3 00 0 1 0 1 Rn:5 Rd:5",     &ElementWise.Same<ShiftRightAccumulate>,                   &Right),
        new("SRSHR_asisdshf_R",    "01 0 1 111 10 1xxx immb:3 00 1 0 0 1 Rn:5 Rd:5",     &ElementWise.Same<RoundingShiftRight>,                     &Right),
        new("URSHR_asisdshf_R",    "01 1 1 111 10 1xxx immb:3 00 1 0 0 1 Rn:5 Rd:5",     &ElementWise.Same<RoundingShiftRight>,                     &Right),
        new("SRSRA_asisdshf_R",    "01 0 1 111 10 1xxx immb:3 00 1 1 0 1 Rn:5 Rd:5",     &ElementWise.Same<RoundingShiftRightAccumulate>,           &Right),
        new("URSRA_asisdshf_R",    "01 1 1 111 10 1xxx immb:3 00 1 1 0 1 Rn:5 Rd:5",     &ElementWise.Same<RoundingShiftRightAccumulate>,           &Right),
        new("SRI_asisdshf_R",      "01 1 1 111 10 1xxx immb:3 01000 1 Rn:5 Rd:5",        &ElementWise.Same<ShiftRightInsert>,                       &Right),
        new("SHL_asisdshf_R",      "01 0 1 111 10 1xxx immb:3 01010 1 Rn:5 Rd:5",        &ElementWise.Same<ShiftLeft>,                              &Left),
        new("SLI_asisdshf_R",      "01 1 1 111 10 1xxx immb:3 01010 1 Rn:5 Rd:5",        &ElementWise.Same<ShiftLeftInsert>,                        &Left),
        new("SQSHLU_asisdshf_R",   "01 1 1 111 10 immh:4!=0 immb:3 011 0 0 1 Rn:5 Rd:5", &ElementWise.Same<SaturatingShiftLeftUnsigned>,            &Left),
        new("SQSHL_asisdshf_R",    "01 0 1 111 10 immh:4!=0 immb:3 011 1 0 1 Rn:5 Rd:5", &ElementWise.Same<SaturatingShiftLeft>,                    &Left),
        new("UQSHL_asisdshf_R",    "01 1 1 111 10 immh:4!=0 immb:3 011 1 0 1 Rn:5 Rd:5", &ElementWise.Same<SaturatingShiftLeft>,                    &Left),
        new("SQSHRUN_asisdshf_N",  "01 1 1 111 10 immh:4!=0 immb:3 1000 0 1 Rn:5 Rd:5",  &ElementWise.Narrow<SaturatingShiftRightUnsigned>,         &RightNarrow),
        new("SQRSHRUN_asisdshf_N", "01 1 1 111 10 immh:4!=0 immb:3 1000 1 1 Rn:5 Rd:5",  &ElementWise.Narrow<SaturatingRoundingShiftRightUnsigned>, &RightNarrow),
        new("SQSHRN_asisdshf_N",   "01 0 1 111 10 immh:4!=0 immb:3 1001 0 1 Rn:5 Rd:5",  &ElementWise.Narrow<SaturatingShiftRight>,                 &RightNarrow),
        new("UQSHRN_asisdshf_N",   "01 1 1 111 10 immh:4!=0 immb:3 1001 0 1 Rn:5 Rd:5",  &ElementWise.Narrow<SaturatingShiftRight>,                 &RightNarrow),
        new("SQRSHRN_asisdshf_N",  "01 0 1 111 10 immh:4!=0 immb:3 1001 1 1 Rn:5 Rd:5",  &ElementWise.Narrow<SaturatingRoundingShiftRight>,         &RightNarrow),
        new("UQRSHRN_asisdshf_N",  "01 1 1 111 10 immh:4!=0 immb:3 1001 1 1 Rn:5 Rd:5",  &ElementWise.Narrow<SaturatingRoundingShiftRight>,         &RightNarrow),
    ];

    private static void Right(ref Operation op)
    {
        Shape.Set(ref op, ShiftByImmediate.SizeOf(op), 1);
        ShiftByImmediate.RightAmount(ref op);
    }

    private static void Left(ref Operation op)
    {
        Shape.Set(ref op, ShiftByImmediate.SizeOf(op), 1);
        ShiftByImmediate.LeftAmount(ref op);
    }

    private static void RightNarrow(ref Operation op)
    {
        Right(ref op);
        if (op.Size == 3)
        {
            op.MakeUndefined();
        }
    }
}
