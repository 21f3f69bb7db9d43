namespace Conformance.Cpu.Instructions.AdvancedSimd;

/// <summary>Arithmetic on one element, in integers wide enough for every intermediate value.</summary>
internal interface IElementOperation
{
    /// <returns>The result; what exceeds the element is dropped.</returns>
    /// <param name="d">The old element of Vd, for operations that accumulate.</param>
    /// <param name="n">The element of Vn.</param>
    /// <param name="m">The element of Vm; meaningless with one source.</param>
    /// <param name="e">Width, signedness, saturation.</param>
    static abstract Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e);

    /// <summary>Whether the sources are unsigned; the field U says so unless it is a part of the opcode.</summary>
    static virtual bool IsUnsigned(bool u) => u;
}
