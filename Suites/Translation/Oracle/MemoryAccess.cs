namespace Conformance.Suites.Translation.Oracle;

/// <summary>What an access is for; it decides which permission is asked and how a fault is reported.</summary>
public enum Purpose
{
    Data,
    Fetch,
    AddressTranslation,
    /// <summary>DC by address that keeps the data: CVAC, CVAU, CIVAC.</summary>
    Clean,
    /// <summary>DC IVAC.</summary>
    Invalidate,
    /// <summary>DC ZVA.</summary>
    Zero,
    /// <summary>IC IVAU.</summary>
    InstructionCache,
    /// <summary>A register access that FEAT_NV2 turned into a memory access.</summary>
    Vncr,
    /// <summary>The read of a stage 1 descriptor.</summary>
    Walk,
    /// <summary>The atomic update of a stage 1 descriptor.</summary>
    Update,
}

/// <summary>One access as translation sees it.</summary>
/// <param name="Purpose">What it is for.</param>
/// <param name="Read">It reads (an atomic does both).</param>
/// <param name="Write">It writes.</param>
/// <param name="Level">Whose permissions count: 0 for EL0 and for what acts as EL0.</param>
/// <param name="Pan">PSTATE.PAN is 1 and this access looks at it.</param>
/// <param name="Aligned">Its address is aligned to its size.</param>
public readonly record struct MemoryAccess(Purpose Purpose, bool Read, bool Write, int Level, bool Pan = false, bool Aligned = true)
{
    public bool IsFetch => Purpose == Purpose.Fetch;

    /// <summary>True for accesses of the walk itself, whose stage 2 faults have S1PTW = 1.</summary>
    public bool IsOfWalk => Purpose is Purpose.Walk or Purpose.Update;

    /// <summary>True for instructions that do not touch data: they never change dirty state (TR-069).</summary>
    public bool TouchesNothing => Purpose is Purpose.AddressTranslation or Purpose.Clean or Purpose.Invalidate or Purpose.InstructionCache;
}
