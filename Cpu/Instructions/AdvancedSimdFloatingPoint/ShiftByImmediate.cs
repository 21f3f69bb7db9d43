using Conformance.Cpu.FloatingPoint;
using Conformance.Cpu.FloatingPoint.Operations;

namespace Conformance.Cpu.Instructions.AdvancedSimdFloatingPoint;

/// <summary>Advanced SIMD shift by immediate and scalar shift by immediate: conversion from and to fixed point.</summary>
/// <remarks>Source: DDI 0487, C7.2, "FCVTZS (vector, fixed-point)" to "UCVTF (vector, fixed-point)".</remarks>
internal static unsafe class ShiftByImmediate
{
    internal static readonly InsnRow[] Rows =
    [
        new("SCVTF_asisdshf_C, half",    "01 0 1 111 10 001 imm:4 11100 1 Rn:5 Rd:5",    &ConversionForms.ScalarFixed<FromFixedPoint, Binary16>, &ConversionForms.FractionBits<Binary16>) { Feature = "FEAT_FP16" },
        new("SCVTF_asisdshf_C, single",  "01 0 1 111 10 01 imm:5 11100 1 Rn:5 Rd:5",     &ConversionForms.ScalarFixed<FromFixedPoint, Binary32>, &ConversionForms.FractionBits<Binary32>),
        new("SCVTF_asisdshf_C, double",  "01 0 1 111 10 1 imm:6 11100 1 Rn:5 Rd:5",      &ConversionForms.ScalarFixed<FromFixedPoint, Binary64>, &ConversionForms.FractionBits<Binary64>),
        new("SCVTF_asimdshf_C, half",    "0 Q:1 0 0 111 10 001 imm:4 11100 1 Rn:5 Rd:5", &ConversionForms.VectorFixed<FromFixedPoint, Binary16>, &ConversionForms.VectorFractionBits<Binary16>) { Feature = "FEAT_FP16" },
        new("SCVTF_asimdshf_C, single",  "0 Q:1 0 0 111 10 01 imm:5 11100 1 Rn:5 Rd:5",  &ConversionForms.VectorFixed<FromFixedPoint, Binary32>, &ConversionForms.VectorFractionBits<Binary32>),
        new("SCVTF_asimdshf_C, double",  "0 Q:1 0 0 111 10 1 imm:6 11100 1 Rn:5 Rd:5",   &ConversionForms.VectorFixed<FromFixedPoint, Binary64>, &ConversionForms.VectorFractionBits<Binary64>),
        new("UCVTF_asisdshf_C, half",    "01 1 1 111 10 001 imm:4 11100 1 Rn:5 Rd:5",    &ConversionForms.ScalarFixed<FromFixedPoint, Binary16>, &ConversionForms.FractionBits<Binary16>) { Feature = "FEAT_FP16" },
        new("UCVTF_asisdshf_C, single",  "01 1 1 111 10 01 imm:5 11100 1 Rn:5 Rd:5",     &ConversionForms.ScalarFixed<FromFixedPoint, Binary32>, &ConversionForms.FractionBits<Binary32>),
        new("UCVTF_asisdshf_C, double",  "01 1 1 111 10 1 imm:6 11100 1 Rn:5 Rd:5",      &ConversionForms.ScalarFixed<FromFixedPoint, Binary64>, &ConversionForms.FractionBits<Binary64>),
        new("UCVTF_asimdshf_C, half",    "0 Q:1 1 0 111 10 001 imm:4 11100 1 Rn:5 Rd:5", &ConversionForms.VectorFixed<FromFixedPoint, Binary16>, &ConversionForms.VectorFractionBits<Binary16>) { Feature = "FEAT_FP16" },
        new("UCVTF_asimdshf_C, single",  "0 Q:1 1 0 111 10 01 imm:5 11100 1 Rn:5 Rd:5",  &ConversionForms.VectorFixed<FromFixedPoint, Binary32>, &ConversionForms.VectorFractionBits<Binary32>),
        new("UCVTF_asimdshf_C, double",  "0 Q:1 1 0 111 10 1 imm:6 11100 1 Rn:5 Rd:5",   &ConversionForms.VectorFixed<FromFixedPoint, Binary64>, &ConversionForms.VectorFractionBits<Binary64>),
        new("FCVTZS_asisdshf_C, half",   "01 0 1 111 10 001 imm:4 11111 1 Rn:5 Rd:5",    &ConversionForms.ScalarFixed<ToFixedPoint, Binary16>,   &ConversionForms.FractionBits<Binary16>) { Feature = "FEAT_FP16" },
        new("FCVTZS_asisdshf_C, single", "01 0 1 111 10 01 imm:5 11111 1 Rn:5 Rd:5",     &ConversionForms.ScalarFixed<ToFixedPoint, Binary32>,   &ConversionForms.FractionBits<Binary32>),
        new("FCVTZS_asisdshf_C, double", "01 0 1 111 10 1 imm:6 11111 1 Rn:5 Rd:5",      &ConversionForms.ScalarFixed<ToFixedPoint, Binary64>,   &ConversionForms.FractionBits<Binary64>),
        new("FCVTZS_asimdshf_C, half",   "0 Q:1 0 0 111 10 001 imm:4 11111 1 Rn:5 Rd:5", &ConversionForms.VectorFixed<ToFixedPoint, Binary16>,   &ConversionForms.VectorFractionBits<Binary16>) { Feature = "FEAT_FP16" },
        new("FCVTZS_asimdshf_C, single", "0 Q:1 0 0 111 10 01 imm:5 11111 1 Rn:5 Rd:5",  &ConversionForms.VectorFixed<ToFixedPoint, Binary32>,   &ConversionForms.VectorFractionBits<Binary32>),
        new("FCVTZS_asimdshf_C, double", "0 Q:1 0 0 111 10 1 imm:6 11111 1 Rn:5 Rd:5",   &ConversionForms.VectorFixed<ToFixedPoint, Binary64>,   &ConversionForms.VectorFractionBits<Binary64>),
        new("FCVTZU_asisdshf_C, half",   "01 1 1 111 10 001 imm:4 11111 1 Rn:5 Rd:5",    &ConversionForms.ScalarFixed<ToFixedPoint, Binary16>,   &ConversionForms.FractionBits<Binary16>) { Feature = "FEAT_FP16" },
        new("FCVTZU_asisdshf_C, single", "01 1 1 111 10 01 imm:5 11111 1 Rn:5 Rd:5",     &ConversionForms.ScalarFixed<ToFixedPoint, Binary32>,   &ConversionForms.FractionBits<Binary32>),
        new("FCVTZU_asisdshf_C, double", "01 1 1 111 10 1 imm:6 11111 1 Rn:5 Rd:5",      &ConversionForms.ScalarFixed<ToFixedPoint, Binary64>,   &ConversionForms.FractionBits<Binary64>),
        new("FCVTZU_asimdshf_C, half",   "0 Q:1 1 0 111 10 001 imm:4 11111 1 Rn:5 Rd:5", &ConversionForms.VectorFixed<ToFixedPoint, Binary16>,   &ConversionForms.VectorFractionBits<Binary16>) { Feature = "FEAT_FP16" },
        new("FCVTZU_asimdshf_C, single", "0 Q:1 1 0 111 10 01 imm:5 11111 1 Rn:5 Rd:5",  &ConversionForms.VectorFixed<ToFixedPoint, Binary32>,   &ConversionForms.VectorFractionBits<Binary32>),
        new("FCVTZU_asimdshf_C, double", "0 Q:1 1 0 111 10 1 imm:6 11111 1 Rn:5 Rd:5",   &ConversionForms.VectorFixed<ToFixedPoint, Binary64>,   &ConversionForms.VectorFractionBits<Binary64>),
    ];
}
