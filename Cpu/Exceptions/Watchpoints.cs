using Conformance.Cpu.Features;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Exceptions;

/// <summary>Hardware watchpoints that are not linked to a context. Linked ones never match here.</summary>
/// <remarks>
/// Source: DDI 0487, "Watchpoint exceptions"; DDI 0601, DBGWCR, DBGWVR; PC AArch64.WatchpointMatch, AArch64.WatchpointByteMatch. A
/// mask together with an incomplete BAS is CONSTRAINED UNPREDICTABLE: the model ignores BAS.
/// </remarks>
internal static class Watchpoints
{
    private const ulong Enable = 1;
    private const ulong Linked = 1 << 20;
    private const ulong AddressBits = 0x0001_ffff_ffff_ffff;

    private static readonly SysReg[] s_values = Named("DBGWVR");
    private static readonly SysReg[] s_controls = Named("DBGWCR");

    /// <summary>Watchpoints may be in force.</summary>
    internal static bool MayMatch(Core core) => (core.System[Slots.MDSCR_EL1] & Mdscr.MDE) != 0;

    /// <summary>A watchpoint matches an access, and may be generated.</summary>
    internal static bool Match(Core core, ulong va, int size, bool write, bool unprivileged)
    {
        if (!MayMatch(core) || !DebugControls.GeneratedNow(core))
        {
            return false;
        }

        ulong direction = write ? 1UL << 4 : 1UL << 3; // LSC
        for (int n = 0; n < s_controls.Length; n++)
        {
            ulong control = core.System[s_controls[n].Slot];
            if ((control & (Enable | Linked)) == Enable && (control & direction) != 0
                && Breakpoints.StateMatches(core, control, unprivileged ? 0 : core.Pstate.EL)
                && AddressMatches(control, core.System[s_values[n].Slot], va, size))
            {
                return true;
            }
        }

        return false;
    }

    private static bool AddressMatches(ulong control, ulong value, ulong va, int size)
    {
        int mask = (int)(control >> 24 & 31);
        uint bytes = (uint)(control >> 5 & 0xff);
        int word = (value & 4) != 0 ? 2 : 3; // DBGWVR bit 2: the four lower bits of BAS are all there is
        for (int i = 0; i < size; i++)
        {
            ulong at = va + (ulong)i;
            int low = mask >= 3 ? mask : word;
            bool selected = mask >= 3 || (bytes >> (int)(at & ((1UL << word) - 1)) & 1) != 0;
            if (selected && ((at ^ value) & AddressBits) >> low == 0)
            {
                return true;
            }
        }

        return false;
    }

    private static SysReg[] Named(string stem) =>
        [.. Enumerable.Range(0, IdentificationValues.Watchpoints).Select(n => Registers.Get($"{stem}{n}_EL1"))];
}
