using static Conformance.Suites.ControlBits;

namespace Conformance.Suites.Exceptions;

/// <content>Effective values of the controls: section 1 of the rules.</content>
internal sealed partial class Situation
{
    internal bool HaveEl3 => Target.HighestLevel == 3 || Has("FEAT_AA64EL3");

    internal bool HaveEl2 => Target.HighestLevel >= 2 || Has("FEAT_AA64EL2");

    /// <summary>EL2 is enabled in the current Security state (EX-009).</summary>
    internal bool El2Enabled =>
        HaveEl2 && (!HaveEl3 || Scr(ControlBits.Scr.NS) || (Has("FEAT_SEL2") && Scr(ControlBits.Scr.EEL2)));

    /// <summary>A bit of HCR_EL2 as EL0 and EL1 see it: 0 without EL2, but API and APK are 1 then (EX-001).</summary>
    internal bool Hcr(ulong bit) =>
        El2Enabled ? (Read("HCR_EL2") & bit) == bit : bit is ControlBits.Hcr.API or ControlBits.Hcr.APK;

    internal bool Scr(ulong bit) => (Read("SCR_EL3") & bit) == bit;

    internal bool E2h => El2Enabled && Has("FEAT_VHE") && (Hcr(ControlBits.Hcr.E2H) || !Has("FEAT_E2H0"));

    /// <summary>EX-002.</summary>
    internal bool Tge => Hcr(ControlBits.Hcr.TGE);

    /// <summary>EX-003.</summary>
    internal bool Host0 => E2h && Tge;

    internal bool Nv => Has("FEAT_NV") && Hcr(ControlBits.Hcr.NV);

    internal bool Nv1 => Nv && Hcr(ControlBits.Hcr.NV1);

    /// <summary>EX-007.</summary>
    internal bool Nv2 => Nv && Has("FEAT_NV2") && Hcr(ControlBits.Hcr.NV2);

    /// <summary>Fine-grained traps are in force for a level below EL2 (EX-008).</summary>
    internal bool FineGrained => El2Enabled && Has("FEAT_FGT") && (!HaveEl3 || Scr(ControlBits.Scr.FGTEn)) && !(Level == 0 && Host0);

    /// <summary>A bit of the SCTLR that controls the current level (EX-003).</summary>
    internal bool Sctlr(ulong bit) => (Read(Level switch
    {
        0 => Host0 ? "SCTLR_EL2" : "SCTLR_EL1",
        1 => "SCTLR_EL1",
        2 => "SCTLR_EL2",
        _ => "SCTLR_EL3",
    }) & bit) != 0;

    /// <summary>MDCR_EL2.TDE as it acts (EX-005).</summary>
    internal bool Tde => Tge || (El2Enabled && (Read("MDCR_EL2") & MdcrEl2.TDE) != 0);

    /// <summary>One of MDCR_EL2.{TDRA,TDOSA,TDA} as it acts (EX-005).</summary>
    internal bool DebugTrap(ulong bit) => Tde || (El2Enabled && (Read("MDCR_EL2") & bit) != 0);

    /// <summary>A trap of MDCR_EL3.</summary>
    internal bool DebugTrap3(ulong bit) => HaveEl3 && (Read("MDCR_EL3") & bit) != 0;

    /// <summary>Where an exception of EL0 goes that EL1 would take: EL1, or EL2 with TGE ("EL1*").</summary>
    internal int El1Star => Tge ? 2 : 1;

    /// <summary>The base rule of EX-150.</summary>
    internal int BaseTarget => Level == 0 ? El1Star : Level;

    /// <summary>CurrentEL as MRS reads it at a level above EL0 (EX-280 to EX-282).</summary>
    internal ulong CurrentElAt(int level) => level == 1 && Nv ? 8 : (ulong)level << 2;
}
