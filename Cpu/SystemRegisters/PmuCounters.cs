using Conformance.Cpu.Exceptions;
using Conformance.Cpu.Features;

namespace Conformance.Cpu.SystemRegisters;

/// <summary>The counters of the Performance Monitors.</summary>
internal static class PmuCounters
{
    private const string Filter = "31:30 29:28@FEAT_AA64EL3 27@FEAT_AA64EL2 26@FEAT_AA64EL3";

    internal static CycleCounter Cycles { get; } = new();

    internal static PmuControl Control { get; } = new();

    /// <summary>PMCNTENSET_EL0.</summary>
    internal static CounterBits Enables { get; } = new("PMCNTENSET_EL0");

    /// <summary>PMOVSSET_EL0.</summary>
    internal static CounterBits Overflows { get; } = new("PMOVSSET_EL0");

    internal static SysReg CycleFilter { get; } = new CycleFilterRegister("PMCCFILTR_EL0", Filter);

    internal static SysReg[] Values { get; } =
        [.. Enumerable.Range(0, IdentificationValues.EventCounters).Select(n => new SysReg(
            $"PMEVCNTR{n}_EL0", "63:32@FEAT_PMUv3p5 31:0"))];

    internal static SysReg[] Types { get; } =
        [.. Enumerable.Range(0, IdentificationValues.EventCounters).Select(n => new SysReg(
            $"PMEVTYPER{n}_EL0", Filter + " 15:10@FEAT_PMUv3p1 9:0"))];

    /// <summary>How many event counters the current level sees: MDCR_EL2.HPMN below EL2.</summary>
    internal static int Visible(Core core) =>
        core.Pstate.EL < 2 && EffectiveControls.El2Enabled(core)
            ? Math.Min((int)(core.System[Slots.MDCR_EL2] & Mdcr2.HPMN), IdentificationValues.EventCounters)
            : IdentificationValues.EventCounters;

    /// <summary>Bit 31 for the cycle counter and one for each event counter that the current level sees.</summary>
    internal static ulong VisibleBits(Core core) => (1UL << 31) | ((1UL << Visible(core)) - 1);
}

/// <summary>PMCR_EL0: N shows the counters of the current level; P and C reset counters and read as 0.</summary>
internal sealed class PmuControl() : SysReg("PMCR_EL0", "7@FEAT_PMUv3p5 6=1 5:4 0")
{
    private const ulong P = 2;
    private const ulong C = 4;

    internal override ulong Read(Core core) => Get(core) | ((ulong)(uint)PmuCounters.Visible(core) << 11);

    internal override void Set(Core core, ulong value)
    {
        base.Set(core, value);
        CycleCounter.Recount(core);
    }

    internal override void Write(Core core, ulong value)
    {
        Set(core, value);
        if ((value & P) != 0)
        {
            for (int n = 0; n < PmuCounters.Visible(core); n++)
            {
                PmuCounters.Values[n].Set(core, 0);
            }
        }

        if ((value & C) != 0)
        {
            PmuCounters.Cycles.Set(core, 0);
        }
    }
}

/// <summary>A bit for each counter; writing ones through the SET name sets.</summary>
internal sealed class CounterBits(string name) : SysReg(name, "31 5:0")
{
    internal override void Set(Core core, ulong value)
    {
        base.Set(core, value);
        CycleCounter.Recount(core);
    }

    internal override ulong Read(Core core) => Get(core) & PmuCounters.VisibleBits(core);

    internal override void Write(Core core, ulong value) => Set(core, Get(core) | (value & PmuCounters.VisibleBits(core)));
}

/// <summary>The CLR name of the same bits.</summary>
internal sealed class CounterBitsClear(string name, CounterBits bits) : SysReg(name, "31 5:0")
{
    internal override ulong Get(Core core) => bits.Get(core);

    internal override void Set(Core core, ulong value) => bits.Set(core, value);

    internal override ulong Read(Core core) => bits.Read(core);

    internal override void Write(Core core, ulong value) =>
        bits.Set(core, bits.Get(core) & ~(value & PmuCounters.VisibleBits(core)));
}

/// <summary>PMXEVCNTR_EL0 and PMXEVTYPER_EL0: the counter that PMSELR_EL0.SEL names.</summary>
internal sealed class SelectedCounter(string name, SysReg[] counters, SysReg? ofCycles) : SysReg(name)
{
    internal override ulong Get(Core core) => Selected(core)?.Get(core) ?? 0;

    internal override void Set(Core core, ulong value) => Selected(core)?.Set(core, value);

    private SysReg? Selected(Core core)
    {
        int n = (int)(core.System[Slots.PMSELR_EL0] & 31);
        return n < counters.Length ? counters[n] : ofCycles;
    }
}
