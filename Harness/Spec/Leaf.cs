namespace Conformance.Harness.Spec;

/// <summary>What an access does: the end of a path through a decision tree. A closed set.</summary>
/// <param name="Text">The leaf in the notation of the facts (section 1.4).</param>
public abstract record Leaf(string Text)
{
    /// <summary>The notation; records print their members otherwise.</summary>
    public sealed override string ToString() => Text;

    /// <summary>UNDEFINED.</summary>
    public sealed record Undefined(string Text) : Leaf(Text);

    /// <summary>Trap to ELn. <paramref name="Class"/> is ESR_ELx.EC.</summary>
    public sealed record Trap(string Text, int Level, int Class) : Leaf(Text);

    /// <summary>Load or store at VNCR_EL2.BADDR + offset, <paramref name="Stride"/> bytes further per array element.</summary>
    public sealed record Memory(string Text, int Offset, int Stride, int Width) : Leaf(Text);

    public sealed record ReadRegister(string Text, RegisterRef Register) : Leaf(Text);

    /// <summary>Register written; bits set in the effective <paramref name="MaskedBy"/> keep their value.</summary>
    public sealed record WriteRegister(string Text, RegisterRef Register, string? MaskedBy) : Leaf(Text);

    /// <summary>PSTATE fields (most significant first) read, the last one at bit <paramref name="Shift"/>.</summary>
    public sealed record ReadPstate(string Text, IReadOnlyList<string> Fields, int Shift) : Leaf(Text);

    /// <summary>PSTATE fields written.</summary>
    public sealed record WritePstate(string Text, IReadOnlyList<string> Fields, int Shift, PstateUpdate Update) : Leaf(Text);

    /// <summary>Compare register minus count; the count is less <paramref name="Offset"/>.</summary>
    public sealed record ReadTimerValue(string Text, string Compare, string? Offset) : Leaf(Text);

    /// <summary>Compare register becomes count plus value; the count is less <paramref name="Offset"/>.</summary>
    public sealed record WriteTimerValue(string Text, string Compare, string? Offset) : Leaf(Text);

    /// <summary>The physical count, less an offset register.</summary>
    public sealed record ReadCounter(string Text, string? Offset) : Leaf(Text);

    /// <summary>A fixed value is read; null if it is UNKNOWN.</summary>
    public sealed record Constant(string Text, ulong? Value) : Leaf(Text);

    /// <summary>An operation: TLBI, AT, DC, IC, ERET, ….</summary>
    public sealed record Operation(string Text, string Name, IReadOnlyList<string> Arguments) : Leaf(Text);

    /// <summary>Completes without effect.</summary>
    public sealed record Nop(string Text) : Leaf(Text);

    /// <summary>Enters Debug state.</summary>
    public sealed record Halt(string Text) : Leaf(Text);

    /// <summary>GCS exception for a locked exception return state.</summary>
    public sealed record ExceptionLock(string Text) : Leaf(Text);

    public sealed record ConstrainedUnpredictable(string Text, string Name) : Leaf(Text);

    /// <summary>Several effects in order.</summary>
    public sealed record Sequence(string Text, IReadOnlyList<Leaf> Parts) : Leaf(Text);
}

/// <summary>How MSR (immediate) or MSR (register) changes PSTATE.</summary>
public enum PstateUpdate
{
    /// <summary>The bits of the operand, from <c>Shift</c> on.</summary>
    Assign,

    /// <summary>Bits set in the immediate become 1 (DAIFSet).</summary>
    Set,

    /// <summary>Bits set in the immediate become 0 (DAIFClr).</summary>
    Clear,
}

/// <summary>A register of a leaf.</summary>
/// <param name="Name">Name; that of the array without an index if <paramref name="Element"/> is given (<c>PMEVCNTR_EL0</c>).</param>
/// <param name="Element">The element: a number or an expression over fields and m, or null.</param>
/// <param name="View"><c>vhe</c>, <c>32</c>, <c>64</c> or null.</param>
public sealed record RegisterRef(string Name, string? Element, string? View)
{
    /// <summary>The architectural name when the element is a plain number (<c>PMEVCNTR3_EL0</c>), else the name of the array.</summary>
    public string Architectural(int index) =>
        Element switch
        {
            null => Name,
            "m" => RegisterFacts.ElementName(Name, index),
            _ when int.TryParse(Element, out int number) => RegisterFacts.ElementName(Name, number),
            _ => Name,
        };
}
