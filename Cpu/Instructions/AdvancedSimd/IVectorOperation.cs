using System.Runtime.Intrinsics;

namespace Conformance.Cpu.Instructions.AdvancedSimd;

/// <summary>Arithmetic that wraps or compares, on all elements of 128 bits at once.</summary>
internal interface IVectorOperation
{
    /// <param name="d">The old Vd.</param>
    /// <param name="n">Vn.</param>
    /// <param name="m">Vm, or its one element in every place.</param>
    static abstract Vector128<T> Of<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m);

    /// <summary>Whether elements are unsigned; the field U says so unless it is a part of the opcode.</summary>
    static virtual bool IsUnsigned(bool u) => u;
}
