namespace Conformance.Cpu.Instructions.AdvancedSimd;

/// <summary>Advanced SIMD scalar copy: DUP of an element.</summary>
/// <remarks>Source: DDI 0487, C7.2, "DUP (element)", the scalar encoding.</remarks>
internal static unsafe class ScalarCopy
{
    internal static readonly InsnRow[] Rows =
    [
        new("DUP_asisdone_only", "01 0 1 111 00 00 imm5:5 0 0000 1 Rn:5 Rd:5", &Copy.DuplicateElement, &Copy.Element),
    ];
}
