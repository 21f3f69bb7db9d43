using Conformance.Cpu.FloatingPoint;

namespace Conformance.Cpu.Instructions.AdvancedSimdFloatingPoint;

/// <summary>Advanced SIMD arithmetic on complex numbers.</summary>
/// <remarks>Source: DDI 0487, C7.2, FCADD, FCMLA, "FCMLA (by element)".</remarks>
internal static unsafe class Complex
{
    internal static readonly InsnRow[] Rows =
    [
        new("FCADD_asimdsame2_C, half", "0 Q:1 1 0 111 0 01 0 Rm:5 1 11 rot:1 0 1 Rn:5 Rd:5",     &ComplexForms.Add<Binary16>,                &ComplexForms.AddRotation) { Feature = "FEAT_FCMA", AlsoNeeds = "FEAT_FP16" },
        new("FCADD_asimdsame2_C",       "0 Q:1 1 0 111 0 1 sz:1 0 Rm:5 1 11 rot:1 0 1 Rn:5 Rd:5", &ComplexForms.Add<Binary32>,                &ComplexForms.AddBySize) { Feature = "FEAT_FCMA" },
        new("FCMLA_asimdsame2_C, half", "0 Q:1 1 0 111 0 01 0 Rm:5 1 10 rot:2 1 Rn:5 Rd:5",       &ComplexForms.MultiplyAdd<Binary16>,        &ComplexForms.Rotation) { Feature = "FEAT_FCMA", AlsoNeeds = "FEAT_FP16" },
        new("FCMLA_asimdsame2_C",       "0 Q:1 1 0 111 0 1 sz:1 0 Rm:5 1 10 rot:2 1 Rn:5 Rd:5",   &ComplexForms.MultiplyAdd<Binary32>,        &ComplexForms.MultiplyAddBySize) { Feature = "FEAT_FCMA" },
        new("FCMLA_advsimd_elt, half",  "0 Q:1 1 0 111 1 01 L:1 Rm:5 0 rot:2 1 H:1 0 Rn:5 Rd:5",  &ComplexForms.MultiplyAddElement<Binary16>, &ComplexForms.HalfElement) { Feature = "FEAT_FCMA", AlsoNeeds = "FEAT_FP16" },
        new("FCMLA_advsimd_elt",        "0 Q:1 1 0 111 1 10 L:1 Rm:5 0 rot:2 1 H:1 0 Rn:5 Rd:5",  &ComplexForms.MultiplyAddElement<Binary32>, &ComplexForms.SingleElement) { Feature = "FEAT_FCMA" },
    ];
}
