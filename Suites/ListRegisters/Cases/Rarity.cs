using Conformance.Suites.ListRegisters.Oracle;

namespace Conformance.Suites.ListRegisters.Cases;

/// <summary>What only some cases have, and have in the name of their group: devices are known to differ there, and must not hide the rest.</summary>
[Flags]
internal enum Rarity
{
    None = 0,

    /// <summary>A write of a binary point with bits above the field (GV-057).</summary>
    WidePoint = 1,

    /// <summary>A maintenance interrupt is asked for when Group 0 is disabled, and one of the groups is (GV-127).</summary>
    OneGroupDisabled = 2,

    /// <summary>An EOIR in the split mode for an INTID that no list register holds (GV-110).</summary>
    SplitNoMatch = 4,

    /// <summary>An EOIR under another binary point than the acknowledge (GV-117).</summary>
    Regrouped = 8,

    /// <summary>A write of ICH_VMCR_EL2 with bits of VPMR that do not exist (GV-056).</summary>
    WideMask = 16,
}

/// <summary>How rarities are drawn, seen and named.</summary>
internal static class Rarities
{
    /// <summary>ICH_HCR_EL2.VGrp0DIE.</summary>
    private const ulong Vgrp0Die = 1 << 5;

    internal static Rarity Draw(Dice dice) =>
        (dice.OneIn(12) ? Rarity.WidePoint : 0) | (dice.OneIn(5) ? Rarity.OneGroupDisabled : 0)
        | (dice.OneIn(5) ? Rarity.SplitNoMatch : 0) | (dice.OneIn(5) ? Rarity.Regrouped : 0);

    internal static Rarity Of(VirtualState state) =>
        (state.Hcr & Vgrp0Die) != 0 && state.Enabled(0) != state.Enabled(1) ? Rarity.OneGroupDisabled : Rarity.None;

    /// <summary>What is rare in an access that rested on some rules.</summary>
    internal static Rarity Of(GicAccess access, RuleSet rules) =>
        (access.Op == Op.WriteBpr && access.Value > 7 ? Rarity.WidePoint : 0)
        | (access.Op == Op.SetVmcr && rules.Has(56) ? Rarity.WideMask : 0)
        | (rules.Has(110) ? Rarity.SplitNoMatch : 0) | (rules.Has(117) ? Rarity.Regrouped : 0);

    internal static string Word(Rarity rarity) => string.Join('+', ((string?[])
    [
        rarity.HasFlag(Rarity.WidePoint) ? "wide-point" : null, rarity.HasFlag(Rarity.OneGroupDisabled) ? "one-group-disabled" : null,
        rarity.HasFlag(Rarity.SplitNoMatch) ? "split-no-match" : null, rarity.HasFlag(Rarity.Regrouped) ? "regrouped" : null,
        rarity.HasFlag(Rarity.WideMask) ? "wide-mask" : null,
    ]).Where(w => w is not null));
}
