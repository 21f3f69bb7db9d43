namespace Conformance.Suites.Translation.Oracle;

/// <summary>Remarkable circumstances of an answer, by which cases are put into groups.</summary>
[Flags]
public enum Trait
{
    None = 0,

    /// <summary>Stage 2 has no permission for the output of stage 1.</summary>
    RefusedAtStage2 = 1 << 0,

    /// <summary>HCR_EL2.TGE turns stage 1 of EL1&amp;0 off although SCTLR_EL1.M is 1 (TR-002).</summary>
    OffByTge = 1 << 1,

    /// <summary>AT that asks for write permission meets a writable-clean leaf (TR-069).</summary>
    AtOfCleanPage = 1 << 2,

    /// <summary>Stage 2 makes a walk access Device and HCR_EL2.PTW is 1 (TR-059).</summary>
    WalkOfDevice = 1 << 3,

    /// <summary>One stage says Device and the other Normal (TR-083).</summary>
    DeviceMeetsNormal = 1 << 4,

    /// <summary>FWB = 1, and both stages say Device: the more restrictive type counts (TR-086).</summary>
    ForcedDevice = 1 << 5,

    /// <summary>A block larger than the output address space: the offset inside it can be too high by itself (TR-022).</summary>
    BlockBeyondOutput = 1 << 6,

    /// <summary>An address that is not aligned, or DC ZVA, meets Device memory with an MMU on (TR-088).</summary>
    MisalignedDevice = 1 << 7,

    /// <summary>An atomic may read by stage 1, and not write (TR-092).</summary>
    AtomicOfReadOnly = 1 << 8,

    /// <summary>A privileged fetch from a page that EL0 can write once it is made dirty, or any fetch with WXN from a writable-clean page (TR-071).</summary>
    FetchOfCleanPage = 1 << 9,

    /// <summary>DC by address finds a fault.</summary>
    MaintenanceFaults = 1 << 10,
}
