namespace Conformance.Cpu.Translation;

/// <summary>A translation regime (TR-001).</summary>
internal enum RegimeKind
{
    /// <summary>EL1 and EL0, with a stage 2 behind it when EL2 is enabled.</summary>
    EL10,

    /// <summary>EL2 with E2H, and EL0 under {E2H, TGE} = {1, 1}.</summary>
    EL20,

    /// <summary>EL2 without E2H.</summary>
    EL2,

    EL3,
}
