using Conformance.Cpu.FloatingPoint;
using Conformance.Cpu.FloatingPoint.Operations;

namespace Conformance.Cpu.Instructions.AdvancedSimdFloatingPoint;

/// <summary>Advanced SIMD vector x indexed element and scalar x indexed element: floating-point.</summary>
/// <remarks>Source: DDI 0487, C7.2, the pages "(by element)" of FMLA, FMLS, FMUL, FMULX, FMLAL, FMLSL.</remarks>
internal static unsafe class ByElement
{
    internal static readonly InsnRow[] Rows =
    [
        new("FMUL_asisdelem_RH_H",  "01 0 1 111 1 00 L:1 M:1 Vm:4 1001 H:1 0 Rn:5 Rd:5",       &ElementForms.Scalar<Multiply, Binary16>,                   &ElementForms.HalfIndex) { Feature = "FEAT_FP16" },
        new("FMUL_asisdelem_R_SD",  "01 0 1 111 1 1 sz:1 L:1 Rm:5 1001 H:1 0 Rn:5 Rd:5",       &ElementForms.Scalar<Multiply, Binary32>,                   &ElementForms.ScalarBySize<Multiply>),
        new("FMUL_asimdelem_RH_H",  "0 Q:1 0 0 111 1 00 L:1 M:1 Vm:4 1001 H:1 0 Rn:5 Rd:5",    &ElementForms.Vector<Multiply, Binary16>,                   &ElementForms.HalfIndex) { Feature = "FEAT_FP16" },
        new("FMUL_asimdelem_R_SD",  "0 Q:1 0 0 111 1 1 sz:1 L:1 Rm:5 1001 H:1 0 Rn:5 Rd:5",    &ElementForms.Vector<Multiply, Binary32>,                   &ElementForms.VectorBySize<Multiply>),
        new("FMULX_asisdelem_RH_H", "01 1 1 111 1 00 L:1 M:1 Vm:4 1001 H:1 0 Rn:5 Rd:5",       &ElementForms.Scalar<MultiplyExtended, Binary16>,           &ElementForms.HalfIndex) { Feature = "FEAT_FP16" },
        new("FMULX_asisdelem_R_SD", "01 1 1 111 1 1 sz:1 L:1 Rm:5 1001 H:1 0 Rn:5 Rd:5",       &ElementForms.Scalar<MultiplyExtended, Binary32>,           &ElementForms.ScalarBySize<MultiplyExtended>),
        new("FMULX_asimdelem_RH_H", "0 Q:1 1 0 111 1 00 L:1 M:1 Vm:4 1001 H:1 0 Rn:5 Rd:5",    &ElementForms.Vector<MultiplyExtended, Binary16>,           &ElementForms.HalfIndex) { Feature = "FEAT_FP16" },
        new("FMULX_asimdelem_R_SD", "0 Q:1 1 0 111 1 1 sz:1 L:1 Rm:5 1001 H:1 0 Rn:5 Rd:5",    &ElementForms.Vector<MultiplyExtended, Binary32>,           &ElementForms.VectorBySize<MultiplyExtended>),
        new("FMLA_asisdelem_RH_H",  "01 0 1 111 1 00 L:1 M:1 Vm:4 0 0 01 H:1 0 Rn:5 Rd:5",     &ElementForms.ScalarAccumulate<MultiplyAdd, Binary16>,      &ElementForms.HalfIndex) { Feature = "FEAT_FP16" },
        new("FMLA_asisdelem_R_SD",  "01 0 1 111 1 1 sz:1 L:1 Rm:5 0 0 01 H:1 0 Rn:5 Rd:5",     &ElementForms.ScalarAccumulate<MultiplyAdd, Binary32>,      &ElementForms.ScalarAccumulateBySize<MultiplyAdd>),
        new("FMLA_asimdelem_RH_H",  "0 Q:1 0 0 111 1 00 L:1 M:1 Vm:4 0 0 01 H:1 0 Rn:5 Rd:5",  &ElementForms.Accumulate<MultiplyAdd, Binary16>,            &ElementForms.HalfIndex) { Feature = "FEAT_FP16" },
        new("FMLA_asimdelem_R_SD",  "0 Q:1 0 0 111 1 1 sz:1 L:1 Rm:5 0 0 01 H:1 0 Rn:5 Rd:5",  &ElementForms.Accumulate<MultiplyAdd, Binary32>,            &ElementForms.AccumulateBySize<MultiplyAdd>),
        new("FMLS_asisdelem_RH_H",  "01 0 1 111 1 00 L:1 M:1 Vm:4 0 1 01 H:1 0 Rn:5 Rd:5",     &ElementForms.ScalarAccumulate<MultiplySubtract, Binary16>, &ElementForms.HalfIndex) { Feature = "FEAT_FP16" },
        new("FMLS_asisdelem_R_SD",  "01 0 1 111 1 1 sz:1 L:1 Rm:5 0 1 01 H:1 0 Rn:5 Rd:5",     &ElementForms.ScalarAccumulate<MultiplySubtract, Binary32>, &ElementForms.ScalarAccumulateBySize<MultiplySubtract>),
        new("FMLS_asimdelem_RH_H",  "0 Q:1 0 0 111 1 00 L:1 M:1 Vm:4 0 1 01 H:1 0 Rn:5 Rd:5",  &ElementForms.Accumulate<MultiplySubtract, Binary16>,       &ElementForms.HalfIndex) { Feature = "FEAT_FP16" },
        new("FMLS_asimdelem_R_SD",  "0 Q:1 0 0 111 1 1 sz:1 L:1 Rm:5 0 1 01 H:1 0 Rn:5 Rd:5",  &ElementForms.Accumulate<MultiplySubtract, Binary32>,       &ElementForms.AccumulateBySize<MultiplySubtract>),
        new("FMLAL_asimdelem_LH",   "0 Q:1 0 0 111 1 1 0 L:1 M:1 Vm:4 0 0 00 H:1 0 Rn:5 Rd:5", &WideningForms.AccumulateElement,                           &WideningForms.Element) { Feature = "FEAT_FHM" },
        new("FMLAL2_asimdelem_LH",  "0 Q:1 1 0 111 1 1 0 L:1 M:1 Vm:4 1 0 00 H:1 0 Rn:5 Rd:5", &WideningForms.AccumulateElement,                           &WideningForms.Element) { Feature = "FEAT_FHM" },
        new("FMLSL_asimdelem_LH",   "0 Q:1 0 0 111 1 1 0 L:1 M:1 Vm:4 0 1 00 H:1 0 Rn:5 Rd:5", &WideningForms.AccumulateElement,                           &WideningForms.Element) { Feature = "FEAT_FHM" },
        new("FMLSL2_asimdelem_LH",  "0 Q:1 1 0 111 1 1 0 L:1 M:1 Vm:4 1 1 00 H:1 0 Rn:5 Rd:5", &WideningForms.AccumulateElement,                           &WideningForms.Element) { Feature = "FEAT_FHM" },
    ];
}
