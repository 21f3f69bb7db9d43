using Conformance.Harness.Cases;
using Conformance.Harness.Spec;

namespace Conformance.Suites.Nv2;

/// <summary>The registers behind the slots: which of their bits tell that a case reached them.</summary>
/// <remarks>
/// Source: the field lists of Arm Architecture Registers. A bit is free when it is stateful wherever the register exists and
/// means nothing to code that runs at EL1 with the MMU off, stage 2 off and every exception masked or absent.
/// </remarks>
internal static class RealRegisters
{
    private const ulong All = ulong.MaxValue;
    private const ulong Word = 0xFFFF_FFFF;

    private static readonly Dictionary<string, ulong> s_free = new(StringComparer.Ordinal)
    {
        ["VTTBR_EL2"] = 0x00FF_0000_FFFF_F000,     // VMID[7:0], BADDR[31:12]
        ["VTCR_EL2"] = 0x0007_FFFF,                // PS down to T0SZ: stage 2 is off
        ["VMPIDR_EL2"] = 0x00FF_00FF_FFFF & ~(0xFFUL << 24), // Aff3, Aff2, Aff1, Aff0
        ["CNTVOFF_EL2"] = All,
        ["VPIDR_EL2"] = Word,
        ["TPIDR_EL2"] = All,
        ["CPACR_EL1"] = 3UL << 20,                 // FPEN
        ["CONTEXTIDR_EL1"] = Word,
        ["SCTLR_EL1"] = 0x0405_C210,               // UCI, nTWE, nTWI, UCT, DZE, UMA, SA0
        ["TCR_EL1"] = 0x7_00BF_FFBF,               // IPS, EPD1, T1SZ, TG0 down to ORGN0, IRGN0, EPD0, T0SZ
        ["ESR_EL1"] = Word,
        ["MAIR_EL1"] = All,
        ["MDSCR_EL1"] = 1UL << 12,                 // TDCC
        ["SPSR_EL1"] = 0xF030_03CF,                // NZCV, SS, IL, DAIF, M[3:0]
        ["CNTV_CVAL_EL0"] = All,
        ["CNTV_CTL_EL0"] = 1,                      // ENABLE, with IMASK left at 1
        ["CNTP_CVAL_EL0"] = All,
        ["CNTP_CTL_EL0"] = 1,
        ["SCXTNUM_EL1"] = All,
        ["CNTPOFF_EL2"] = All,
        ["ZCR_EL1"] = 1,                           // LEN[0]
        ["SMCR_EL1"] = 1,
        ["TTBR0_EL1"] = 0x00FF_0000_FFFF_F000,     // ASID[7:0], BADDR[31:12]
        ["TTBR1_EL1"] = 0x00FF_0000_FFFF_F000,
        ["FAR_EL1"] = All,
        ["ELR_EL1"] = All,
        ["SP_EL1"] = ~0xFUL,
        ["VBAR_EL1"] = 1UL << 11,                  // the vectors of EL2 stand 0x800 above those of EL1
        ["MAIR2_EL1"] = All,
        ["PIR_EL1"] = All,
        ["PIRE0_EL1"] = All,
        ["POR_EL1"] = All,
        ["ICH_LR0_EL2"] = 0x3FF,                   // vINTID[9:0]; State stays 0: invalid
        ["ICH_HCR_EL2"] = 7UL << 10,               // TC, TALL0, TALL1: traps of EL1's ICC_ names
        ["ICH_VMCR_EL2"] = 0xF800_0203,            // VPMR[7:3], VEOIM, VENG1, VENG0
        ["VDISR_EL2"] = 0x81FF_FFFF,               // A, IDS, ISS
        ["VSESR_EL2"] = 0x01FF_FFFF,               // IDS, ISS
        ["TPIDR_EL1"] = All,
        ["TPIDR_EL0"] = All,
        ["TPIDRRO_EL0"] = All,
        ["PAR_EL1"] = 1,                           // F
        ["CNTKCTL_EL1"] = 0x303,                   // EL0PTEN, EL0VTEN, EL0VCTEN, EL0PCTEN
    };

    /// <summary>Registers that keep their baseline value but are looked at afterwards, with the bits.</summary>
    private static readonly Dictionary<string, ulong> s_watched = new(StringComparer.Ordinal)
    {
        ["HSTR_EL2"] = 0xFFFF,
        ["HCRX_EL2"] = Word,
        ["MDSCR_EL1"] = (1UL << 12) | (1UL << 15) | (1UL << 13) | 1, // TDCC, MDE, KDE, SS
        ["CNTV_CTL_EL0"] = 3,
        ["CNTP_CTL_EL0"] = 3,
        ["SCTLR_EL1"] = 0x0605_C21F,               // the free bits, and EE, SA, C, A, M
        ["VBAR_EL1"] = 0xFFFF_F800,
        ["ICH_HCR_EL2"] = (7UL << 10) | 1,
    };

    /// <summary>Registers that are not looked at, and why.</summary>
    internal static IReadOnlyDictionary<string, string> NotExamined { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ACTLR_EL1"] = "IMPLEMENTATION DEFINED contents",
        ["AFSR0_EL1"] = "IMPLEMENTATION DEFINED contents",
        ["AFSR1_EL1"] = "IMPLEMENTATION DEFINED contents",
        ["AMAIR_EL1"] = "IMPLEMENTATION DEFINED contents",
        ["AMAIR2_EL1"] = "IMPLEMENTATION DEFINED contents",
        ["ACTLRMASK_EL1"] = "IMPLEMENTATION DEFINED contents",
        ["VSTTBR_EL2"] = "exists only while Secure EL2 is enabled, which is not so when registers are set",
        ["VSTCR_EL2"] = "exists only while Secure EL2 is enabled, which is not so when registers are set",
        ["ICH_AP0R0_EL2"] = "not in the contract's baseline: an active priority would outlive the case",
        ["ICH_AP1R0_EL2"] = "not in the contract's baseline: an active priority would outlive the case",
        ["TFSR_EL1"] = "its bits are stateful only with asynchronous tag check faults, which no ID register of the suite shows",
        ["SMPRIMAP_EL2"] = "not in the contract's baseline, and priorities may be absent",
        ["PFAR_EL1"] = "which address bits are stateful is IMPLEMENTATION DEFINED",
        ["TCR2_EL1"] = "every field depends on a further feature",
        ["SCTLR2_EL1"] = "every field depends on a further feature",
    };

    /// <summary>Feature-dependent controls that are all stateful fields where present: their facts name the bits.</summary>
    private static readonly HashSet<string> s_byFacts =
        ["HFGRTR_EL2", "HFGWTR_EL2", "HFGITR_EL2", "HDFGRTR_EL2", "HDFGWTR_EL2"];

    /// <summary>How to examine a register on a device; null when it is not examined.</summary>
    /// <param name="target">The device.</param>
    /// <param name="register">Architectural name.</param>
    internal static RealRegister? Of(SuiteTarget target, string register)
    {
        ulong at = Baseline.Of(register);
        if (s_byFacts.Contains(register))
        {
            ulong fields = FactsMask(target, register);
            return new RealRegister(register, at, fields, fields);
        }

        ulong free = s_free.GetValueOrDefault(register);
        ulong compared = s_watched.GetValueOrDefault(register, free);
        return compared == 0 ? null : new RealRegister(register, at, free, compared);
    }

    /// <summary>False for a write that may reach a register which is not examined: its contents may change how the case runs.</summary>
    internal static bool MayAccess(SuiteTarget target, NestedName name, bool write, IReadOnlyList<Effect> allowed) =>
        !write || !allowed.Any(e => e is Effect.Register) || Of(target, name.Register) is not null;

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<(FeatureSet, string), ulong> s_masks = new();

    private static ulong FactsMask(SuiteTarget target, string register) => s_masks.GetOrAdd((target.Features, register), static key =>
        RegisterValues.PlainMask(key.Item2, 0, new ArchState(new Implementation(key.Item1))));
}
