namespace Conformance.Suites.Translation.Oracle;

/// <summary>A translation regime of the AArch64 PE in Non-secure state, and EL3 (TR-001).</summary>
public enum Regime
{
    El10,
    El20,
    El2,
    El3,
}

internal static class Regimes
{
    /// <summary>True for the regimes with two address ranges, EL0 permissions and ASIDs.</summary>
    internal static bool HasUnprivileged(this Regime regime) => regime is Regime.El10 or Regime.El20;

    /// <summary>The register that turns it on.</summary>
    internal static Control Sctlr(this Regime regime) =>
        regime.ControlLevel() switch { 1 => Control.SCTLR_EL1, 2 => Control.SCTLR_EL2, _ => Control.SCTLR_EL3 };

    internal static Control Tcr(this Regime regime) =>
        regime.ControlLevel() switch { 1 => Control.TCR_EL1, 2 => Control.TCR_EL2, _ => Control.TCR_EL3 };

    internal static Control Ttbr(this Regime regime, bool upper) => (regime.ControlLevel(), upper) switch
    {
        (1, false) => Control.TTBR0_EL1,
        (1, true) => Control.TTBR1_EL1,
        (2, false) => Control.TTBR0_EL2,
        (2, true) => Control.TTBR1_EL2,
        _ => Control.TTBR0_EL3,
    };

    internal static Control Mair(this Regime regime) =>
        regime.ControlLevel() switch { 1 => Control.MAIR_EL1, 2 => Control.MAIR_EL2, _ => Control.MAIR_EL3 };

    /// <summary>The level whose SCTLR and MAIR control the regime.</summary>
    internal static int ControlLevel(this Regime regime) => regime switch { Regime.El10 => 1, Regime.El3 => 3, _ => 2 };
}
