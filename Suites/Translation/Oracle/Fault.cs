namespace Conformance.Suites.Translation.Oracle;

/// <summary>Kinds of fault; the value is the status code of level 0 (TR-100).</summary>
public enum FaultKind
{
    AddressSize = 0x00,
    Translation = 0x04,
    AccessFlag = 0x08,
    Permission = 0x0C,
    External = 0x14,
    Alignment = 0x21,
}

/// <summary>A fault as it will be reported.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Level">Level of the walk; of stage 2 when <paramref name="Stage2"/>. 0 for an Alignment fault.</param>
/// <param name="Stage2">Stage 2 found it.</param>
/// <param name="OnWalk">Stage 2 found it for an access of the stage 1 walk: S1PTW.</param>
/// <param name="Ipa">The address that stage 2 was asked for; 0 at stage 1.</param>
/// <param name="Write">WnR of an instruction that is neither AT nor cache maintenance (TR-104, TR-105).</param>
/// <param name="WriteOpen">WnR may have either value (TR-105, TR-106).</param>
public sealed record Fault(FaultKind Kind, int Level, bool Stage2, bool OnWalk, ulong Ipa, bool Write, bool WriteOpen = false)
{
    /// <summary>DFSC, IFSC and PAR_EL1.FST.</summary>
    public uint Status => (uint)Kind + (Kind == FaultKind.Alignment ? 0 : (uint)Level);

    /// <summary>HPFAR_EL2 is written for it when it is taken to EL2 (TR-109).</summary>
    public bool HasIpa => Stage2 && Kind != FaultKind.External && Kind != FaultKind.Alignment && (OnWalk || Kind != FaultKind.Permission);

    /// <summary>In words, for the name of an outcome.</summary>
    public override string ToString() =>
        $"{Kind switch { FaultKind.AddressSize => "Address size", FaultKind.AccessFlag => "Access flag", _ => Kind.ToString() }} fault"
        + (Kind == FaultKind.Alignment ? "" : $", level {Level}") + (OnWalk ? ", stage 2 on a walk" : Stage2 ? ", stage 2" : "");
}
