namespace Conformance.Cpu.Interrupts;

/// <summary>An interrupt that a distributor, a redistributor or an LPI table offers to a CPU interface.</summary>
/// <param name="IntId">INTID.</param>
/// <param name="Priority">8 bits, of which <see cref="GicOptions.PriorityMask"/> exist; 0 for an NMI.</param>
/// <param name="IsNmi">It has the non-maskable property.</param>
/// <remarks>Source: IHI 0069, "Non-maskable interrupts": with one Security state an NMI stands before priority 0.</remarks>
internal readonly record struct Candidate(uint IntId, byte Priority, bool IsNmi = false)
{
    /// <summary>What decides among pending interrupts, the lowest first.</summary>
    internal int Rank => IsNmi ? -1 : Priority;
}
