namespace Conformance.Cpu.Translation;

/// <summary>Why a translation failed, with all that the report needs (TR-100 to TR-109).</summary>
internal struct Fault
{
    /// <summary>Fault status code, level included.</summary>
    internal int Status;

    /// <summary>Stage 2 failed, for the access or for a walk of stage 1.</summary>
    internal bool SecondStage;

    /// <summary>S1PTW: stage 2 failed for a walk or an update of stage 1.</summary>
    internal bool OnWalk;

    /// <summary>WnR.</summary>
    internal bool Write;

    /// <summary>The IPA that stage 2 did not translate: of the access, or of the descriptor with <see cref="OnWalk"/>.</summary>
    internal ulong Ipa;

    /// <summary>HPFAR_EL2 is written (TR-109).</summary>
    internal readonly bool ReportsIpa =>
        SecondStage && !FaultStatus.IsExternal(Status) && Status != FaultStatus.Alignment
        && (OnWalk || Status < FaultStatus.Permission);
}
