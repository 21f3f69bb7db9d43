using Conformance.Cpu.Exceptions;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Interrupts;

/// <summary>
/// Asynchronous exceptions that are pending, in the places of ISR_EL1 and HCR_EL2.{VSE, VI, VF}; an interrupt with Superpriority has
/// two, the second three places above the first.
/// </summary>
[Flags]
internal enum InterruptLines : ulong
{
    None = 0,
    Fiq = 1 << 6,
    Irq = 1 << 7,
    SError = 1 << 8,
    SuperFiq = 1 << 9,
    SuperIrq = 1 << 10,
}

/// <summary>Where the lines of the PE come from.</summary>
internal static class PendingLines
{
    private const InterruptLines Ordinary = InterruptLines.Irq | InterruptLines.Fiq | InterruptLines.SError;

    /// <summary>Physical: the CPU interface, and what is connected from outside (EX-350, EX-351).</summary>
    internal static InterruptLines Physical(Core core)
    {
        InterruptLines lines = core.ExternalLines;
        if (core.Controller is not null)
        {
            lines |= PhysicalCpuInterface.Signalled(core) switch
            {
                (0, _) => InterruptLines.Fiq,
                (_, var nmi) => With(core.Pstate.EL == 3 ? InterruptLines.Fiq : InterruptLines.Irq, nmi),
                _ => InterruptLines.None,
            };
        }

        return lines;
    }

    /// <summary>Virtual, where HCR_EL2.{AMO, IMO, FMO} enable them (EX-325, EX-327).</summary>
    internal static InterruptLines Virtual(Core core)
    {
        var enabled = (InterruptLines)Enabled(core);
        if (enabled == InterruptLines.None)
        {
            return InterruptLines.None;
        }

        InterruptLines lines = (InterruptLines)core.System[Slots.HCR_EL2] & Ordinary;
        lines |= Super(lines, EffectiveControls.ExtendedControls(core));
        lines |= VirtualCpuInterface.Signalled(core) switch
        {
            (0, _) => InterruptLines.Fiq,
            (_, var nmi) => With(InterruptLines.Irq, nmi),
            _ => InterruptLines.None,
        };
        return lines & (enabled | SuperOf(enabled));
    }

    /// <summary>The kinds that are virtual below EL2: HCR_EL2.FMO, IMO and AMO, three places further up.</summary>
    internal static ulong Enabled(Core core)
    {
        ulong hcr = EffectiveControls.HypervisorControls(core);
        return (hcr & Hcr.TGE) != 0 ? 0 : (hcr & (Hcr.FMO | Hcr.IMO | Hcr.AMO)) << 3;
    }

    /// <summary>ISR_EL1 at the current level (EX-335 to EX-339).</summary>
    internal static InterruptLines Status(Core core)
    {
        InterruptLines physical = Physical(core);
        if (core.Pstate.EL != 1)
        {
            return physical;
        }

        var isVirtual = (InterruptLines)Enabled(core);
        return (physical & ~(isVirtual | SuperOf(isVirtual))) | Virtual(core);
    }

    /// <summary>The marks of Superpriority that belong to lines.</summary>
    internal static InterruptLines SuperOf(InterruptLines lines) =>
        (InterruptLines)((ulong)(lines & (InterruptLines.Irq | InterruptLines.Fiq)) << 3);

    private static InterruptLines With(InterruptLines line, bool superpriority) => superpriority ? line | SuperOf(line) : line;

    /// <summary>HCRX_EL2.VINMI and VFNMI give Superpriority to what HCR_EL2.VI and VF make pending (EX-334).</summary>
    private static InterruptLines Super(InterruptLines pending, ulong extended) =>
        ((extended & Hcrx.VINMI) != 0 ? SuperOf(pending & InterruptLines.Irq) : InterruptLines.None)
        | ((extended & Hcrx.VFNMI) != 0 ? SuperOf(pending & InterruptLines.Fiq) : InterruptLines.None);

    /// <summary>Something wakes the PE from WFI, whatever PSTATE masks (EX-341, EX-342).</summary>
    internal static bool Wake(Core core) =>
        Physical(core) != InterruptLines.None || (core.Pstate.EL < 2 && Virtual(core) != InterruptLines.None);
}
