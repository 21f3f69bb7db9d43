using Conformance.Harness.Cases;

namespace Conformance.Suites.Timers;

/// <summary>One of the timers of a PE.</summary>
/// <param name="Stem">Its registers are Stem_CTL, Stem_CVAL, Stem_TVAL with the suffix.</param>
/// <param name="Suffix">EL0, EL1, EL2.</param>
/// <param name="Ppi">The INTID of its output on the <c>virt</c> board (TM-080).</param>
/// <param name="Needs">The feature that brings it.</param>
internal sealed record Timer(string Stem, string Suffix, int Ppi, string Needs)
{
    internal static readonly Timer Physical = new("CNTP", "EL0", Gic.PhysicalTimer, "FEAT_AA64");
    internal static readonly Timer Virtual = new("CNTV", "EL0", Gic.VirtualTimer, "FEAT_AA64");
    internal static readonly Timer HypervisorPhysical = new("CNTHP", "EL2", Gic.HypervisorPhysicalTimer, "FEAT_AA64EL2");
    internal static readonly Timer HypervisorVirtual = new("CNTHV", "EL2", Gic.HypervisorVirtualTimer, "FEAT_VHE");
    internal static readonly Timer SecurePhysical = new("CNTPS", "EL1", Gic.SecurePhysicalTimer, "FEAT_AA64EL3");

    private static readonly Timer[] s_all = [Physical, Virtual, HypervisorPhysical, HypervisorVirtual, SecurePhysical];

    internal string Ctl => $"{Stem}_CTL_{Suffix}";

    internal string Cval => $"{Stem}_CVAL_{Suffix}";

    internal string Tval => $"{Stem}_TVAL_{Suffix}";

    /// <summary>For ids.</summary>
    internal string Name => Stem.ToLowerInvariant();

    /// <summary>The timer by the names that reach it at EL2: with E2H = 1 those of EL1's timers are EL02 (TM-042, TM-043, TM-045, TM-046).</summary>
    /// <param name="target">Whose highest level looks; EL3 has one name for each.</param>
    /// <param name="e2h">HCR_EL2.E2H as it is then.</param>
    internal Timer At(SuiteTarget target, bool e2h) => e2h && target.HighestLevel == 2 && Suffix == "EL0" ? this with { Suffix = "EL02" } : this;

    /// <summary>The same for EL2 with HCR_EL2 as in the baseline, whose E2H is 0 unless it cannot be.</summary>
    internal Timer At(SuiteTarget target) => At(target, target.Features.Has("FEAT_VHE") && !target.Features.Has("FEAT_E2H0"));

    /// <summary>Those that a target has and its highest level can reach.</summary>
    internal static IEnumerable<Timer> Of(SuiteTarget target) =>
        s_all.Where(t => target.Features.Has(t.Needs) && (t != SecurePhysical || target.HighestLevel == 3));
}
