using Conformance.Cpu.Exceptions;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu;

/// <summary>What somebody outside may ask of the PE without disturbing it.</summary>
public sealed partial class Core
{
    /// <summary>The value that an MRS at the highest level would return.</summary>
    public ulong Peek(SysReg register)
    {
        // What a name means depends on the level: ICC or ICV, MIDR or VPIDR.
        byte level = Pstate.EL;
        Pstate.EL = (byte)HighestLevel;
        ulong value = register.Peek(this);
        Pstate.EL = level;
        return value;
    }

    /// <summary>The level that an UNDEFINED instruction executed now would be taken to (EX-150).</summary>
    public int UndefinedTarget => Routing.Base(this);
}
