using Conformance.Harness.Cases;
using static Conformance.Suites.ControlBits;

namespace Conformance.Suites.Nv2;

/// <summary>A control that traps an EL1 access, whatever the NV bits would make of it.</summary>
/// <param name="Label">Part of ids.</param>
/// <param name="Register">Where the control is.</param>
/// <param name="SetBits">Bits that close the access.</param>
/// <param name="ClearBits">Bits that have to be 0 for it.</param>
/// <param name="Effect">The trap.</param>
/// <param name="Needs">Features of the control.</param>
/// <param name="E2h">Layout it belongs to; null for both.</param>
/// <param name="FineGrained">SCR_EL3.FGTEn has to allow it.</param>
internal sealed record TrapControl(
    string Label, string Register, ulong SetBits, ulong ClearBits, Effect.Trap Effect, string Needs = "", bool? E2h = null, bool FineGrained = false);

/// <summary>The traps of the registers that have slots. They come before the transformation (HCR_EL2.NV1).</summary>
/// <remarks>Source: Arm Architecture Registers, HCR_EL2.{TVM,TRVM,TACR,EnSCXT,ATA}, HFGRTR_EL2, HDFGRTR_EL2, CPTR_EL2, CPTR_EL3, MDCR_EL2, MDCR_EL3, CNTHCTL_EL2.</remarks>
internal static class AccessTraps
{
    private static readonly Effect.Trap s_el2 = new(2, 0x18);
    private static readonly Effect.Trap s_el3 = new(3, 0x18);

    /// <summary>Virtual memory controls: HCR_EL2.TVM and TRVM trap them.</summary>
    private static readonly HashSet<string> s_virtualMemory =
    [
        "SCTLR_EL1", "TTBR0_EL1", "TTBR1_EL1", "TCR_EL1", "ESR_EL1", "FAR_EL1", "AFSR0_EL1", "AFSR1_EL1", "MAIR_EL1", "AMAIR_EL1",
        "CONTEXTIDR_EL1",
    ];

    /// <summary>Bit of HFGRTR_EL2 and HFGWTR_EL2.</summary>
    private static readonly Dictionary<string, int> s_fineGrained = new(StringComparer.Ordinal)
    {
        ["AFSR0_EL1"] = 0,
        ["AFSR1_EL1"] = 1,
        ["AMAIR_EL1"] = 3,
        ["CONTEXTIDR_EL1"] = 11,
        ["CPACR_EL1"] = 12,
        ["ESR_EL1"] = 16,
        ["FAR_EL1"] = 17,
        ["MAIR_EL1"] = 24,
        ["SCTLR_EL1"] = 29,
        ["SCXTNUM_EL1"] = 30,
        ["TCR_EL1"] = 32,
        ["TTBR0_EL1"] = 36,
        ["TTBR1_EL1"] = 37,
        ["VBAR_EL1"] = 38,
    };

    /// <summary>The traps of an EL1 or EL0 register under its EL1 name, and of the EL02 names of the timers under theirs.</summary>
    internal static IEnumerable<TrapControl> Of(string name, bool write)
    {
        if (s_virtualMemory.Contains(name))
        {
            yield return write
                ? new("tvm", "HCR_EL2", Hcr.TVM, 0, s_el2)
                : new("trvm", "HCR_EL2", Hcr.TRVM, 0, s_el2);
        }

        if (s_fineGrained.TryGetValue(name, out int bit))
        {
            yield return new("fgt", write ? "HFGWTR_EL2" : "HFGRTR_EL2", 1UL << bit, 0, s_el2, "FEAT_FGT", FineGrained: true);
        }

        foreach (TrapControl own in Own(name, write))
        {
            yield return own;
        }
    }

    private static IReadOnlyList<TrapControl> Own(string name, bool write) => name switch
    {
        "CPACR_EL1" =>
        [
            new("cptr-tcpac", "CPTR_EL2", CptrEl2.TCPAC, 0, s_el2),
            new("cptr3-tcpac", "CPTR_EL3", CptrEl3.TCPAC, 0, s_el3),
        ],
        "ACTLR_EL1" => [new("tacr", "HCR_EL2", Hcr.TACR, 0, s_el2)],
        "MDSCR_EL1" =>
        [
            new("fgt", write ? "HDFGWTR_EL2" : "HDFGRTR_EL2", 1UL << 4, 0, s_el2, "FEAT_FGT", FineGrained: true),
            new("tda", "MDCR_EL2", MdcrEl2.TDA, 0, s_el2),
            new("tde", "MDCR_EL2", MdcrEl2.TDE, 0, s_el2),
            new("mdcr3-tda", "MDCR_EL3", MdcrEl3.TDA, 0, s_el3),
        ],
        "SCXTNUM_EL1" =>
        [
            new("enscxt", "HCR_EL2", 0, 1UL << 53, s_el2),
            new("scr-enscxt", "SCR_EL3", 0, 1UL << 25, s_el3),
        ],
        "TFSR_EL1" or "TFSR_EL2" =>
        [
            new("ata", "HCR_EL2", 0, 1UL << 56, s_el2),
            new("scr-ata", "SCR_EL3", 0, 1UL << 26, s_el3),
        ],
        "CNTP_CTL_EL0" or "CNTP_CVAL_EL0" =>
        [
            new("el1pcen", "CNTHCTL_EL2", 0, 1UL << 1, s_el2, E2h: false),
            new("el1pten", "CNTHCTL_EL2", 0, 1UL << 11, s_el2, "FEAT_VHE", E2h: true),
        ],
        "CNTV_CTL_EL0" or "CNTV_CVAL_EL0" => [new("el1tvt", "CNTHCTL_EL2", 1UL << 13, 0, s_el2, "FEAT_ECV")],
        "CNTP_CTL_EL02" or "CNTP_CVAL_EL02" => [new("el1nvpct", "CNTHCTL_EL2", 1UL << 15, 0, s_el2, "FEAT_ECV")],
        "CNTV_CTL_EL02" or "CNTV_CVAL_EL02" => [new("el1nvvct", "CNTHCTL_EL2", 1UL << 16, 0, s_el2, "FEAT_ECV")],
        "ZCR_EL1" => VectorLength(0x19, cpacr: 16, tz: 8),
        "SMCR_EL1" => VectorLength(0x1D, cpacr: 24, tz: 12),
        _ => [],
    };

    /// <summary>CPACR_EL1, CPTR_EL2 and CPTR_EL3 guard the vector lengths; the class is that of the SVE or SME trap.</summary>
    private static IReadOnlyList<TrapControl> VectorLength(uint ec, int cpacr, int tz) =>
    [
        new("cpacr", "CPACR_EL1", 0, 3UL << cpacr, new Effect.Trap(1, ec)),
        new("cptr", "CPTR_EL2", 1UL << tz, 0, new Effect.Trap(2, ec), E2h: false),
        new("cptr-e2h", "CPTR_EL2", 0, 3UL << cpacr, new Effect.Trap(2, ec), "FEAT_VHE", E2h: true),
        new("cptr3", "CPTR_EL3", 0, 1UL << tz, new Effect.Trap(3, ec)),
    ];

    /// <summary>True when a device has the control and a case can set it.</summary>
    internal static bool Exists(SuiteTarget target, TrapControl control) =>
        (control.Needs.Length == 0 || target.Features.Has(control.Needs))
        && (target.HighestLevel == 3 || !control.Register.EndsWith("_EL3", StringComparison.Ordinal));
}
