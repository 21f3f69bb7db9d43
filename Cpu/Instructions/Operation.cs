using Conformance.Cpu.Exceptions;

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

    /// <summary>The run loop's way with it; 0 is the general one (see <see cref="Route"/>).</summary>
    public Route Route;

    /// <summary>Handler-specific: the immediate, fully decoded (sign-extended offset, bit mask, index of an accessor).</summary>
    public ulong Imm;

    /// <summary>The field sf of data processing: the 64-bit variant.</summary>
    public readonly bool Sf => (int)Word < 0;

    /// <summary>An unsigned field of the instruction word.</summary>
    public readonly uint Bits(int lsb, int width) => (Word >> lsb) & ((1u << width) - 1);

    /// <summary>A signed field of the instruction word.</summary>
    public readonly long Signed(int lsb, int width) => (long)Word << (64 - lsb - width) >> (64 - width);

    public readonly bool Bit(int n) => ((Word >> n) & 1) != 0;

    /// <summary>Cuts a result to the width of the variant; W results clear the upper half.</summary>
    public readonly ulong Width(ulong value) => Sf ? value : (uint)value;

    /// <summary>For predecoding: the field values are UNDEFINED (EX-151).</summary>
    public void MakeUndefined()
    {
        Execute = &Undefined;
        Route = Route.General;
    }

#pragma warning disable CS8909 // both sides are addresses of one method, taken in one assembly
    /// <summary>The word is no instruction of this PE.</summary>
    internal readonly bool IsUndefined => Execute == (delegate*<Core, in Operation, void>)&Undefined;
#pragma warning restore CS8909

    /// <summary>The handler of every word that is no instruction of this PE.</summary>
    internal static void Undefined(Core core, in Operation op) => Raise.Undefined(core);
}
