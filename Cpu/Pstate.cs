namespace Conformance.Cpu;

/// <summary>Process state. Each field is the architecture's PSTATE field of the same name.</summary>
/// <remarks>Source: DDI 0487, "Process state, PSTATE"; layout of SPSR_ELx in DDI 0601.</remarks>
public struct Pstate
{
    /// <summary>N, Z, C, V in bits 3:0.</summary>
    public byte Nzcv;

    /// <summary>D, A, I, F in bits 3:0.</summary>
    public byte Daif;

    /// <summary>Exception level, 0 to 3.</summary>
    public byte EL;

    /// <summary>Stack pointer selection: true is SP_ELx.</summary>
    public bool SP;

    /// <summary>Illegal Execution state.</summary>
    public bool IL;

    /// <summary>Software step.</summary>
    public bool SS;

    public bool PAN;
    public bool UAO;
    public bool DIT;
    public bool SSBS;
    public bool TCO;

    /// <summary>All interrupts masked, where SCTLR_ELx.NMI lets it act (FEAT_NMI).</summary>
    public bool ALLINT;

    /// <summary>Branch type, 0 to 3; it counts for one instruction only (<see cref="Core.BranchType"/>).</summary>
    public byte BTYPE;

    public readonly bool N => (Nzcv & 8) != 0;
    public readonly bool Z => (Nzcv & 4) != 0;
    public readonly bool C => (Nzcv & 2) != 0;
    public readonly bool V => (Nzcv & 1) != 0;
}
