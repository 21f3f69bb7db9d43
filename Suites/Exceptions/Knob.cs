using Conformance.Harness.Cases;
using static Conformance.Suites.ControlBits;

namespace Conformance.Suites.Exceptions;

/// <summary>One position of a knob: a short label for the case id (empty for the resting position), and what it changes.</summary>
/// <param name="Label">Part of the id.</param>
/// <param name="Apply">Changes the story.</param>
/// <param name="Needs">Feature without which the position does not exist; empty for none.</param>
/// <param name="Register">Register it writes: the target must be able to set it.</param>
internal sealed record Setting(string Label, Action<Story> Apply, string Needs = "", string Register = "");

/// <summary>A control that a cross product turns through its positions.</summary>
internal sealed record Knob(params IReadOnlyList<Setting> Settings)
{
    /// <summary>A bit that rests at 0.</summary>
    internal static Knob Bit(string label, string register, ulong bit, string needs = "") => new(
        new Setting("", _ => { }),
        new Setting(label, s => s.Change(register, set: bit), needs, register));

    /// <summary>A bit that rests at 1.</summary>
    internal static Knob ClosedBit(string label, string register, ulong bit, string needs = "") => new(
        new Setting("", _ => { }),
        new Setting(label, s => s.Change(register, set: 0, clear: bit), needs, register));

    internal static readonly Knob Tge = Bit("tge", "HCR_EL2", Hcr.TGE);

    internal static readonly Knob E2h = new(
        new Setting("", _ => { }),
        new Setting("e2h", s => s.Change("HCR_EL2", set: Hcr.E2H).Set("CPTR_EL2", 3UL << 20 | 3UL << 16), "FEAT_VHE", "HCR_EL2"));

    /// <summary>The Security state; Secure EL2 where it exists (EX-009).</summary>
    internal static readonly Knob Security = new(
        new Setting("", _ => { }),
        new Setting("secure", s => s.Change("SCR_EL3", set: 0, clear: Scr.NS), "!FEAT_RME", "SCR_EL3"),
        new Setting("secure-el2", s => s.Change("SCR_EL3", set: Scr.EEL2, clear: Scr.NS), "FEAT_SEL2", "SCR_EL3"));

    /// <summary>{NV2,NV1,NV}: every pattern that is not left open (EX-007).</summary>
    internal static readonly Knob Nested = new(
        new Setting("", _ => { }),
        new Setting("nv", s => s.Change("HCR_EL2", set: Hcr.NV), "FEAT_NV", "HCR_EL2"),
        new Setting("nv-nv1", s => s.Change("HCR_EL2", set: Hcr.NV | Hcr.NV1), "FEAT_NV", "HCR_EL2"),
        new Setting("nv-nv2", s => s.Change("HCR_EL2", set: Hcr.NV | Hcr.NV2), "FEAT_NV2", "HCR_EL2"),
        new Setting("nv-nv1-nv2", s => s.Change("HCR_EL2", set: Hcr.NV | Hcr.NV1 | Hcr.NV2), "FEAT_NV2", "HCR_EL2"),
        new Setting("nv2", s => s.Change("HCR_EL2", set: Hcr.NV2), "FEAT_NV2", "HCR_EL2"));

    /// <summary>NV alone, for causes on which the NV bits have no say.</summary>
    internal static readonly Knob NvAlone = Bit("nv", "HCR_EL2", Hcr.NV, "FEAT_NV");

    internal static readonly Knob FineGrainedEnable = ClosedBit("no-fgten", "SCR_EL3", Scr.FGTEn, "FEAT_FGT");

    /// <summary>The positions that a target has.</summary>
    internal IEnumerable<Setting> For(SuiteTarget target) => Settings.Where(s => Exists(target, s));

    private static bool Exists(SuiteTarget target, Setting setting) =>
        (setting.Needs.Length == 0 || target.Features.FirstUnmet([setting.Needs]) is null)
        && Reach.CanSet(target, setting.Register);
}

/// <summary>What a target lets a case set.</summary>
internal static class Reach
{
    /// <summary>True when the executive's home level can write the register on this target.</summary>
    internal static bool CanSet(SuiteTarget target, string register) =>
        Baseline.RowsOf(register) is not { Count: > 0 } rows
        || rows.Any(row => row.Level <= target.HighestLevel && target.Features.FirstUnmet(row.Needs) is null);
}
