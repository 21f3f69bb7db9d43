using Conformance.Cpu.Features;
using static Conformance.Cpu.SystemRegisters.Declaration;
using static Conformance.Cpu.SystemRegisters.Rules;

namespace Conformance.Cpu.SystemRegisters;

/// <summary>Performance Monitors: the registers and who may touch them. Only the cycle counter counts yet.</summary>
/// <remarks>Source: DDI 0601, 2025-03; EX-188.</remarks>
internal static class PmuRegisters
{
    private const ulong EN = 1;
    private const ulong SW = 2;
    private const ulong CR = 4;
    private const ulong ER = 8;

    private static readonly AccessRule s_pmu = Together(
        Needs("FEAT_PMUv3"), MdcrTrap(Mdcr2.TPM), Mdcr3Trap(Mdcr3.TPM));

    private static readonly AccessRule s_enabled = Together(s_pmu, El0NeedsAny(Slots.PMUSERENR_EL0, EN));

    private static readonly AccessRule s_counterValue = Together(
        s_pmu,
        El0NeedsAny(Slots.PMUSERENR_EL0, ER | EN, Directions.Read),
        El0NeedsAny(Slots.PMUSERENR_EL0, EN, Directions.Write),
        Hdfg(12));

    private static readonly AccessRule s_counterType = Together(s_enabled, Hdfg(13));

    private static readonly AccessRule s_selectedIsThere = Undefined(Situation.SelectsNoCounter);

    private static readonly AccessRule s_selectedIsOurs = TrapsTo2(Levels.EL0 | Levels.EL1, Situation.SelectsKeptCounter);

    internal static readonly Declaration[] All =
    [
        Of(PmuCounters.Control, (3, 3, 9, 12, 0), s_enabled, HdfgWrite(21), MdcrTrap(Mdcr2.TPMCR)),
        .. Pair(PmuCounters.Enables, (3, 3, 9, 12, 1), "PMCNTENCLR_EL0", (3, 3, 9, 12, 2), s_enabled, Hdfg(16)),
        .. Pair(PmuCounters.Overflows, (3, 3, 9, 14, 3), "PMOVSCLR_EL0", (3, 3, 9, 12, 3), s_enabled, Hdfg(18)),
        .. Pair(new CounterBits("PMINTENSET_EL1"), (3, 0, 9, 14, 1), "PMINTENCLR_EL1", (3, 0, 9, 14, 2), s_pmu, Hdfg(17)),
        Reg("PMSWINC_EL0", (3, 3, 9, 12, 4), "", WriteOnly,
            s_pmu, El0NeedsAny(Slots.PMUSERENR_EL0, SW | EN), HdfgWrite(20)),
        Reg("PMSELR_EL0", (3, 3, 9, 12, 5), "4:0", Slots.PMSELR_EL0,
            s_pmu, El0NeedsAny(Slots.PMUSERENR_EL0, ER | EN), Hdfg(19)),
        Of(new Identity("PMCEID0_EL0", static _ => 0), (3, 3, 9, 12, 6), ReadOnly, s_enabled, Hdfg(58)),
        Of(new Identity("PMCEID1_EL0", static _ => 0), (3, 3, 9, 12, 7), ReadOnly, s_enabled, Hdfg(58)),
        Of(new Identity("PMMIR_EL1", static _ => 0), (3, 0, 9, 14, 6), ReadOnly, Needs("FEAT_PMUv3p4"), s_pmu, Hdfg(22)),
        Reg("PMUSERENR_EL0", (3, 3, 9, 14, 0), "3:0", Slots.PMUSERENR_EL0, El0ReadOnly, s_pmu, Hdfg(57)),
        Of(PmuCounters.Cycles, (3, 3, 9, 13, 0),
            s_pmu,
            El0NeedsAny(Slots.PMUSERENR_EL0, CR | EN, Directions.Read),
            El0NeedsAny(Slots.PMUSERENR_EL0, EN, Directions.Write),
            Hdfg(15)),
        Of(PmuCounters.CycleFilter, (3, 3, 14, 15, 7), s_enabled, Hdfg(14)),
        .. Enumerable.Range(0, IdentificationValues.EventCounters).Select(static n => Of(
            PmuCounters.Values[n], (3, 3, 14, 8 + (n / 8), n % 8), s_counterValue, Kept(n))),
        .. Enumerable.Range(0, IdentificationValues.EventCounters).Select(static n => Of(
            PmuCounters.Types[n], (3, 3, 14, 12 + (n / 8), n % 8), s_counterType, Kept(n))),
        Of(new SelectedCounter("PMXEVCNTR_EL0", PmuCounters.Values, null), (3, 3, 9, 13, 2),
            s_counterValue, s_selectedIsThere, Undefined(Situation.SelectsCycleFilter), s_selectedIsOurs),
        Of(new SelectedCounter("PMXEVTYPER_EL0", PmuCounters.Types, PmuCounters.CycleFilter), (3, 3, 9, 13, 1),
            s_counterType, s_selectedIsThere, s_selectedIsOurs),
    ];

    /// <summary>Counter n belongs to EL2 when MDCR_EL2.HPMN is n or less.</summary>
    private static AccessRule Kept(int n) => Together(
        [.. Enumerable.Range(0, n + 1).Select(hpmn => TrapsTo2(
            Levels.EL0 | Levels.EL1, Situation.El2Enabled, Situation.None, Slots.MDCR_EL2, Mdcr2.HPMN, (ulong)hpmn))]);

    private static Declaration[] Pair(
        CounterBits set, SysEncoding setEncoding, string clear, SysEncoding clearEncoding, params ReadOnlySpan<AccessRule> rules) =>
        [Of(set, setEncoding, rules), Of(new CounterBitsClear(clear, set), clearEncoding, rules)];
}
