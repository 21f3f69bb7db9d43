namespace Conformance.Suites.Translation.Oracle;

/// <summary>What a stage 1 walk needs of TCR, TTBR and SCTLR for one half of the address space.</summary>
/// <remarks>Source: TR-010 to TR-018, TR-025, TR-045, TR-047, TR-066; Arm Architecture Registers, TCR_ELx.</remarks>
public readonly record struct Stage1Controls
{
    public required Regime Regime { get; init; }

    public required Granule Granule { get; init; }

    public required int Tnsz { get; init; }

    public required int Ps { get; init; }

    public required ulong Base { get; init; }

    public required bool TagIgnored { get; init; }

    /// <summary>TBID: fetches look at the tag all the same.</summary>
    public required bool TagIgnoredForDataOnly { get; init; }

    public required bool WalkDisabled { get; init; }

    public required bool HierarchyDisabled { get; init; }

    public required bool FlagByHardware { get; init; }

    public required bool DirtyByHardware { get; init; }

    public required bool WriteImpliesNoExecute { get; init; }

    public required bool BigEndian { get; init; }

    /// <summary>The EL1 format of FEAT_NV with NV1 (TR-111 to TR-115).</summary>
    public required bool Nested { get; init; }

    public required ulong Mair { get; init; }

    /// <summary>The controls that hold for an address, before any range check.</summary>
    public static Stage1Controls For(World world, Regime regime, ulong va, Choices choices)
    {
        bool upper = regime.HasUnprivileged() && (va >> 55 & 1) != 0; // TR-010
        Control tcr = regime.Tcr();
        Control sctlr = regime.Sctlr();
        Facts facts = world.Facts;
        bool two = regime.HasUnprivileged();
        int half = upper ? 1 : 0;
        bool flag = facts.FlagByHardware && world.Bit(tcr, two ? 39 : 21);
        ulong tg = upper ? world.Field(tcr, 31, 30) : world.Field(tcr, 15, 14);
        return new Stage1Controls
        {
            Regime = regime,
            Granule = Decode(tg, upper, choices),
            Tnsz = (int)(upper ? world.Field(tcr, 21, 16) : world.Field(tcr, 5, 0)),
            Ps = (int)(two ? world.Field(tcr, 34, 32) : world.Field(tcr, 18, 16)),
            Base = world[regime.Ttbr(upper)],
            TagIgnored = world.Bit(tcr, two ? 37 + half : 20),
            TagIgnoredForDataOnly = facts.PointerAuthentication && world.Bit(tcr, two ? 51 + half : 29),
            WalkDisabled = two && world.Bit(tcr, upper ? 23 : 7),
            HierarchyDisabled = facts.Hpd && world.Bit(tcr, two ? 41 + half : 24),
            FlagByHardware = flag,
            DirtyByHardware = flag && world.Bit(tcr, two ? 40 : 22),
            WriteImpliesNoExecute = world.Bit(sctlr, 19),
            BigEndian = world.Bit(sctlr, 25),
            Nested = regime == Regime.El10 && IsNested(world, choices),
            Mair = world[regime.Mair()],
        };
    }

    /// <summary>Top address bit: above it nothing is compared (TR-025).</summary>
    public int TopBit(bool fetch) => TagIgnored && !(fetch && TagIgnoredForDataOnly) ? 55 : 63;

    /// <summary>The size of a reserved code is IMPLEMENTATION DEFINED (TR-011).</summary>
    internal static Granule Decode(ulong tg, bool upper, Choices choices) => (upper, tg) switch
    {
        (false, 0) or (true, 2) => Granule.K4,
        (false, 1) or (true, 3) => Granule.K64,
        (false, 2) or (true, 1) => Granule.K16,
        _ => choices.Takes(Choice.ReservedGranuleIs64K) ? Granule.K64
            : choices.Takes(Choice.ReservedGranuleIs16K) ? Granule.K16 : Granule.K4,
    };

    private static bool IsNested(World world, Choices choices) =>
        world.Facts.Nv && world.Bit(Control.HCR_EL2, 43)
        && (world.Bit(Control.HCR_EL2, 42) || !choices.Takes(Choice.Nv1AloneHasNoEffect));
}
