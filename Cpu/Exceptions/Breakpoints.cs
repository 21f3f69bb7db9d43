using Conformance.Cpu.Features;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Exceptions;

/// <summary>Hardware breakpoints: unlinked instruction address match (BT 0b0000). Other types never match here.</summary>
/// <remarks>Source: DDI 0487, "Breakpoint exceptions"; DDI 0601, DBGBCR, DBGBVR; PC AArch64.BreakpointMatch, AArch64.StateMatch.</remarks>
internal static class Breakpoints
{
    private const ulong Enable = 1;
    private const ulong AddressBits = 0x0001_ffff_ffff_fffc;

    private static readonly SysReg[] s_values = Named("DBGBVR");
    private static readonly SysReg[] s_controls = Named("DBGBCR");

    /// <summary>A breakpoint matches the instruction about to be executed, and may be generated.</summary>
    internal static bool Match(Core core)
    {
        if ((core.System[Slots.MDSCR_EL1] & Mdscr.MDE) == 0 || !DebugControls.GeneratedNow(core))
        {
            return false;
        }

        for (int n = 0; n < s_controls.Length; n++)
        {
            ulong control = core.System[s_controls[n].Slot];
            bool addressMatch = (control >> 20 & 15) == 0;
            if ((control & Enable) != 0 && addressMatch && StateMatches(core, control, core.Pstate.EL)
                && ((core.System[s_values[n].Slot] ^ core.Pc) & AddressBits) == 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>HMC, SSC and PMC, or PAC of a watchpoint, choose levels and Security states. There are no breakpoints at EL3.</summary>
    internal static bool StateMatches(Core core, ulong control, int level)
    {
        bool higher = (control >> 13 & 1) != 0;
        uint security = (uint)(control >> 14) & 3;
        uint levels = (uint)(control >> 1) & 3;
        bool levelMatches = level switch
        {
            2 => (higher && !(security == 2 && levels == 0)) || security == 3,
            1 => (levels & 1) != 0,
            _ => (levels & 2) != 0,
        };
        bool securityMatches = security switch
        {
            1 => EffectiveControls.NonSecure(core),
            2 => !EffectiveControls.NonSecure(core),
            _ => true,
        };
        return levelMatches && securityMatches;
    }

    private static SysReg[] Named(string stem) =>
        [.. Enumerable.Range(0, IdentificationValues.Breakpoints).Select(n => Registers.Get($"{stem}{n}_EL1"))];
}
