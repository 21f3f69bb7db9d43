using Conformance.Cpu.Translation;
using static Conformance.Cpu.SystemRegisters.Declaration;
using static Conformance.Cpu.SystemRegisters.Rules;

namespace Conformance.Cpu.SystemRegisters;

/// <summary>System instructions: AT, DC, IC, TLBI, and the restriction of prediction.</summary>
/// <remarks>
/// Source: DDI 0602, "A64 system instructions"; DDI 0601 for the traps. Caches are not modelled: of maintenance that is
/// allowed only the translation of its address can be seen.
/// </remarks>
internal static class SystemInstructions
{
    private static readonly AccessRule s_user = El0Needs(Sctlr.UCI);
    private static readonly AccessRule s_setWay = Together(El0None, HcrTrap(Hcr.TSW));
    private static readonly AccessRule s_toPoc = HcrTrapEl0(Hcr.TPCP);
    private static readonly AccessRule s_toPou = Together(HcrTrapEl0(Hcr.TPU), HcrTrapEl0(Hcr.TOCU));
    private static readonly AccessRule s_prediction = Together(Needs("FEAT_SPECRES"), El0Needs(Sctlr.EnRCTX), NvTraps);

    internal static readonly Declaration[] All =
    [
        Op("IC IALLUIS", (1, 0, 7, 1, 0), HcrTrap(Hcr.TPU), HcrTrap(Hcr.TICAB), Hfgi(0)),
        Op("IC IALLU", (1, 0, 7, 5, 0), HcrTrap(Hcr.TPU), HcrTrap(Hcr.TOCU), Hfgi(1)),
        Op("IC IVAU", (1, 3, 7, 5, 1), CacheMaintenance.Clean, s_user, s_toPou, Hfgi(2)),
        Op("DC IVAC", (1, 0, 7, 6, 1), CacheMaintenance.Invalidate, s_toPoc, Hfgi(3)),
        Op("DC ISW", (1, 0, 7, 6, 2), s_setWay, Hfgi(4)),
        Op("DC CSW", (1, 0, 7, 10, 2), s_setWay, Hfgi(5)),
        Op("DC CISW", (1, 0, 7, 14, 2), s_setWay, Hfgi(6)),
        Op("DC CVAC", (1, 3, 7, 10, 1), CacheMaintenance.Clean, s_user, s_toPoc, Hfgi(54)),
        Op("DC CVAU", (1, 3, 7, 11, 1), CacheMaintenance.Clean, s_user, s_toPou, Hfgi(7)),
        Op("DC CVAP", (1, 3, 7, 12, 1), CacheMaintenance.Clean, Needs("FEAT_DPB"), s_user, s_toPoc, Hfgi(8)),
        Op("DC CVADP", (1, 3, 7, 13, 1), CacheMaintenance.Clean, Needs("FEAT_DPB2"), s_user, s_toPoc, Hfgi(9)),
        Op("DC CIVAC", (1, 3, 7, 14, 1), CacheMaintenance.Clean, s_user, s_toPoc, Hfgi(10)),
        Op("DC ZVA", (1, 3, 7, 4, 1), DataCacheZero.Execute, El0Needs(Sctlr.DZE), HcrTrapEl0(Hcr.TDZ), Hfgi(11)),

        Op("CFP RCTX", (1, 3, 7, 3, 4), s_prediction, Hfgi(48)),
        Op("DVP RCTX", (1, 3, 7, 3, 5), s_prediction, Hfgi(49)),
        Op("CPP RCTX", (1, 3, 7, 3, 7), s_prediction, Hfgi(50)),

        At("S1E1R", (1, 0, 7, 8, 0), ProbeTarget.EL1, HcrTrap(Hcr.AT), Hfgi(12)),
        At("S1E1W", (1, 0, 7, 8, 1), ProbeTarget.EL1, HcrTrap(Hcr.AT), Hfgi(13)),
        At("S1E0R", (1, 0, 7, 8, 2), ProbeTarget.EL0, HcrTrap(Hcr.AT), Hfgi(14)),
        At("S1E0W", (1, 0, 7, 8, 3), ProbeTarget.EL0, HcrTrap(Hcr.AT), Hfgi(15)),
        At("S1E1RP", (1, 0, 7, 9, 0), ProbeTarget.EL1WithPan, Needs("FEAT_PAN2"), HcrTrap(Hcr.AT), Hfgi(16)),
        At("S1E1WP", (1, 0, 7, 9, 1), ProbeTarget.EL1WithPan, Needs("FEAT_PAN2"), HcrTrap(Hcr.AT), Hfgi(17)),
        At("S1E2R", (1, 4, 7, 8, 0), ProbeTarget.EL2, El3NeedsEl2),
        At("S1E2W", (1, 4, 7, 8, 1), ProbeTarget.EL2, El3NeedsEl2),
        At("S12E1R", (1, 4, 7, 8, 4), ProbeTarget.EL1),
        At("S12E1W", (1, 4, 7, 8, 5), ProbeTarget.EL1),
        At("S12E0R", (1, 4, 7, 8, 6), ProbeTarget.EL0),
        At("S12E0W", (1, 4, 7, 8, 7), ProbeTarget.EL0),
        At("S1E3R", (1, 6, 7, 8, 0), ProbeTarget.EL3),
        At("S1E3W", (1, 6, 7, 8, 1), ProbeTarget.EL3),

        .. TlbInvalidations.All,
    ];

    internal static Declaration Op(string name, SysEncoding encoding, params ReadOnlySpan<AccessRule> rules) =>
        Op(name, encoding, static (_, _) => { }, rules);

    internal static Declaration Op(
        string name, SysEncoding encoding, Action<Core, ulong> execute, params ReadOnlySpan<AccessRule> rules) =>
        Of(new SystemOperation(name, execute), encoding, [WriteOnly, .. rules]);

    /// <summary>S12 forms end with stage 2; the letter behind the level is the direction.</summary>
    private static Declaration At(string name, SysEncoding encoding, ProbeTarget target, params ReadOnlySpan<AccessRule> rules)
    {
        bool both = name.StartsWith("S12", StringComparison.Ordinal);
        AccessPurpose purpose = name.TrimEnd('P')[^1] == 'W' ? AccessPurpose.ProbeWrite : AccessPurpose.ProbeRead;
        return Op($"AT {name}", encoding, (core, address) => AddressTranslation.Execute(core, target, purpose, both, address), rules);
    }
}

/// <summary>What a SYS instruction does, in the place of a register.</summary>
internal sealed class SystemOperation(string name, Action<Core, ulong> execute) : SysReg(name, "")
{
    internal override void Set(Core core, ulong value)
    {
        // An operation holds nothing.
    }

    internal override void Write(Core core, ulong value) => execute(core, value);
}
