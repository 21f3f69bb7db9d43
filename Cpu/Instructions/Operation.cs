namespace Conformance.Cpu.Instructions;

/// <summary>A predecoded instruction: what the run loop executes, with its operands taken apart once.</summary>
internal unsafe struct Operation
{
    /// <summary>
    /// Does the work. When it is called, <see cref="Core.NextPc"/> is PC + 4; a branch or an exception overwrites it.
    /// </summary>
    public delegate*<Core, in Operation, void> Execute;

    /// <summary>The instruction word.</summary>
    public uint Word;

    public byte Rd;
    public byte Rn;
    public byte Rm;
    public byte Ra;

    /// <summary>Handler-specific: shift amount, condition, access size, flags.</summary>
    public int Aux;

    /// <summary>Handler-specific: the immediate, fully decoded (sign-extended offset, bit mask, index of an accessor).</summary>
    public ulong Imm;
}
