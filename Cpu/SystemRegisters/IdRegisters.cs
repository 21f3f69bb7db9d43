using Conformance.Cpu.Exceptions;
using Conformance.Cpu.Features;
using static Conformance.Cpu.SystemRegisters.Declaration;
using static Conformance.Cpu.SystemRegisters.Rules;

namespace Conformance.Cpu.SystemRegisters;

/// <summary>Identification registers. Their values follow from the features (<see cref="IdentificationValues"/>).</summary>
/// <remarks>
/// Source: DDI 0601, 2025-03. The names with CRm 2 to 7 that are not declared here read as zero under the same trap
/// (<see cref="SystemAccess"/>), so that all of AArch32's and those of absent extensions need no line.
/// </remarks>
internal static class IdRegisters
{
    private static readonly AccessRule s_id = Together(ReadOnly, HcrTrap(Hcr.TID3));
    private static readonly AccessRule s_cache = Together(HcrTrap(Hcr.TID2), HcrTrap(Hcr.TID4));

    internal static readonly Declaration[] All =
    [
        Of(new VirtualizedId("MIDR_EL1", "VPIDR_EL2", IdentificationValues.Midr), (3, 0, 0, 0, 0), ReadOnly, Hfg(25)),
        Of(new MultiprocessorAffinity(), (3, 0, 0, 0, 5), ReadOnly, Hfg(26)),
        Of(new Identity("VPIDR_EL2", static _ => IdentificationValues.Midr, "31:0"), (3, 4, 0, 0, 0), Vncr(0x088)),
        Of(new VirtualMultiprocessorAffinity(), (3, 4, 0, 0, 5), Vncr(0x050)),
        Of(new Identity("REVIDR_EL1", static _ => 0), (3, 0, 0, 0, 6), ReadOnly, HcrTrap(Hcr.TID1), Hfg(28)),
        Of(new Identity("AIDR_EL1", static _ => 0), (3, 1, 0, 0, 7), ReadOnly, HcrTrap(Hcr.TID1), Hfg(2)),

        Of(new Identity("ID_AA64PFR0_EL1", IdentificationValues.Pfr0), (3, 0, 0, 4, 0), s_id),
        Of(new Identity("ID_AA64PFR1_EL1", IdentificationValues.Pfr1), (3, 0, 0, 4, 1), s_id),
        Of(new Identity("ID_AA64DFR0_EL1", IdentificationValues.Dfr0), (3, 0, 0, 5, 0), s_id),
        Of(new Identity("ID_AA64DFR1_EL1", static _ => 0), (3, 0, 0, 5, 1), s_id),
        Of(new Identity("ID_AA64ISAR0_EL1", IdentificationValues.Isar0), (3, 0, 0, 6, 0), s_id),
        Of(new Identity("ID_AA64ISAR1_EL1", IdentificationValues.Isar1), (3, 0, 0, 6, 1), s_id),
        Of(new Identity("ID_AA64ISAR2_EL1", IdentificationValues.Isar2), (3, 0, 0, 6, 2), s_id),
        Of(new Identity("ID_AA64MMFR0_EL1", IdentificationValues.Mmfr0), (3, 0, 0, 7, 0), s_id),
        Of(new Identity("ID_AA64MMFR1_EL1", IdentificationValues.Mmfr1), (3, 0, 0, 7, 1), s_id),
        Of(new Identity("ID_AA64MMFR2_EL1", IdentificationValues.Mmfr2), (3, 0, 0, 7, 2), s_id),
        Of(new Identity("ID_AA64MMFR3_EL1", IdentificationValues.Mmfr3), (3, 0, 0, 7, 3), s_id),
        Of(new Identity("ID_AA64MMFR4_EL1", IdentificationValues.Mmfr4), (3, 0, 0, 7, 4), s_id),

        // Features of which the model has none, and AArch32, which is nowhere.
        Zero("ID_AA64PFR2_EL1", 4, 2), Zero("ID_AA64ZFR0_EL1", 4, 4), Zero("ID_AA64SMFR0_EL1", 4, 5),
        Zero("ID_AA64FPFR0_EL1", 4, 7), Zero("ID_AA64DFR2_EL1", 5, 2), Zero("ID_AA64AFR0_EL1", 5, 4),
        Zero("ID_AA64AFR1_EL1", 5, 5), Zero("ID_AA64ISAR3_EL1", 6, 3),
        Zero("ID_PFR0_EL1", 1, 0), Zero("ID_PFR1_EL1", 1, 1), Zero("ID_DFR0_EL1", 1, 2), Zero("ID_AFR0_EL1", 1, 3),
        Zero("ID_MMFR0_EL1", 1, 4), Zero("ID_MMFR1_EL1", 1, 5), Zero("ID_MMFR2_EL1", 1, 6), Zero("ID_MMFR3_EL1", 1, 7),
        Zero("ID_ISAR0_EL1", 2, 0), Zero("ID_ISAR1_EL1", 2, 1), Zero("ID_ISAR2_EL1", 2, 2), Zero("ID_ISAR3_EL1", 2, 3),
        Zero("ID_ISAR4_EL1", 2, 4), Zero("ID_ISAR5_EL1", 2, 5), Zero("ID_MMFR4_EL1", 2, 6), Zero("ID_ISAR6_EL1", 2, 7),
        Zero("MVFR0_EL1", 3, 0), Zero("MVFR1_EL1", 3, 1), Zero("MVFR2_EL1", 3, 2), Zero("ID_PFR2_EL1", 3, 4),
        Zero("ID_DFR1_EL1", 3, 5), Zero("ID_MMFR5_EL1", 3, 6),

        Of(new Identity("CCSIDR_EL1", static _ => 0x7007_e07a), (3, 1, 0, 0, 0), ReadOnly, s_cache, Hfg(9)),
        Of(new Identity("CLIDR_EL1", static _ => IdentificationValues.Clidr), (3, 1, 0, 0, 1), ReadOnly, s_cache, Hfg(10)),
        Reg("CSSELR_EL1", (3, 2, 0, 0, 0), "3:0", s_cache, Hfg(13)),
        Of(new Identity("CTR_EL0", static _ => IdentificationValues.Ctr), (3, 3, 0, 0, 1),
            ReadOnly, El0Needs(Sctlr.UCT), HcrTrapEl0(Hcr.TID2), Hfg(14)),
        Of(new DataCacheZeroId(), (3, 3, 0, 0, 7), ReadOnly, Hfg(15)),
    ];

    private static Declaration Zero(string name, int crm, int op2) =>
        Of(new Identity(name, static _ => 0), (3, 0, 0, crm, op2), s_id);
}

/// <summary>An ID register: its value is put at reset.</summary>
internal class Identity(string name, Func<FeatureSet, ulong> value, string bits = "63:0") : SysReg(name, bits)
{
    internal override ulong ResetValue(Core core) => value(core.Features);
}

/// <summary>An ID register for which EL1 gets what EL2 has set for it.</summary>
internal class VirtualizedId(string name, string substitute, ulong value) : Identity(name, _ => value)
{
    private readonly Lazy<SysReg> _substitute = new(() => Registers.Get(substitute));

    internal override ulong Read(Core core) =>
        core.Pstate.EL == 1 && EffectiveControls.El2Enabled(core) ? _substitute.Value.Get(core) : Get(core);
}

/// <summary>MPIDR_EL1: which PE of the machine this is.</summary>
internal sealed class MultiprocessorAffinity() : VirtualizedId("MPIDR_EL1", "VMPIDR_EL2", IdentificationValues.Mpidr)
{
    internal override ulong ResetValue(Core core) => base.ResetValue(core) | core.Affinity;
}

/// <summary>VMPIDR_EL2 resets to the value of MPIDR_EL1.</summary>
internal sealed class VirtualMultiprocessorAffinity() : Identity("VMPIDR_EL2", static _ => IdentificationValues.Mpidr, "39:32 31=1 30 24:0")
{
    internal override ulong ResetValue(Core core) => base.ResetValue(core) | core.Affinity;
}

/// <summary>DCZID_EL0: DZP says whether DC ZVA is open here; the fine-grained trap of DC ZVA does not show in it.</summary>
internal sealed class DataCacheZeroId() : Identity("DCZID_EL0", static _ => IdentificationValues.Dczid)
{
    private const ulong Prohibited = 1 << 4;

    internal override ulong Read(Core core)
    {
        int level = core.Pstate.EL;
        bool closedAtEl0 = level == 0 && (EffectiveControls.ControllingSctlr(core) & Sctlr.DZE) == 0;
        bool guest = level == 1 || (level == 0 && !EffectiveControls.Host0(core));
        bool closedByEl2 = guest && (EffectiveControls.HypervisorControls(core) & Hcr.TDZ) != 0;
        return Get(core) | (closedAtEl0 || closedByEl2 ? Prohibited : 0);
    }
}
