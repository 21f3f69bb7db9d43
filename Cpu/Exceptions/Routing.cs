using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Exceptions;

/// <summary>Which Exception level takes a synchronous exception (section 8 of the exception rules).</summary>
internal static class Routing
{
    /// <summary>The base rule: the current level; from EL0 EL1, or EL2 when TGE acts as 1 (EX-150).</summary>
    internal static int Base(Core core) =>
        core.Pstate.EL != 0 ? core.Pstate.EL : OrEl2ByTge(core);

    /// <summary>EL1, or EL2 when TGE acts as 1: where a trap of EL0 by an EL1 control goes.</summary>
    internal static int OrEl2ByTge(Core core) => EffectiveControls.Tge(core) ? 2 : 1;

    /// <summary>BRK and debug exceptions below EL2 (EX-162, EX-163).</summary>
    internal static int Debug(Core core) =>
        core.Pstate.EL >= 2 ? core.Pstate.EL : EffectiveControls.DebugToEl2(core) ? 2 : 1;

    /// <summary>Synchronous External abort that is no NV2 access (EX-167).</summary>
    /// <param name="core">The PE.</param>
    /// <param name="secondStage">A walk of stage 2 met it.</param>
    internal static int ExternalAbort(Core core, bool secondStage = false)
    {
        if (core.Pstate.EL == 3 || MonitorTakesExternalAborts(core))
        {
            return 3;
        }

        bool toEl2 = EffectiveControls.El2Enabled(core)
            && (secondStage || (core.System[Slots.HCR_EL2] & Hcr.TEA) != 0); // TGE sends what EL0 does to EL2 anyway
        return toEl2 ? 2 : Base(core);
    }

    /// <summary>SCR_EL3.EA.</summary>
    internal static bool MonitorTakesExternalAborts(Core core) =>
        (core.System[Slots.SCR_EL3] & Scr.EA) != 0;
}
