using Conformance.Cpu.Exceptions;
using Conformance.Cpu.SystemRegisters;
using Conformance.Cpu.Timers;

namespace Conformance.Cpu.Interrupts;

/// <summary>Takes an asynchronous exception when one is pending, routed to a level that can take it, and not masked.</summary>
/// <remarks>Source: DDI 0487, "Asynchronous exception routing" and "masking"; EX-300 to EX-333.</remarks>
internal static class InterruptDelivery
{
    /// <summary>The order among several is the model's choice (EX-318): those with Superpriority first.</summary>
    private static readonly (InterruptLines Line, InterruptLines Kind)[] s_order =
    [
        (InterruptLines.SuperFiq, InterruptLines.Fiq), (InterruptLines.SuperIrq, InterruptLines.Irq),
        (InterruptLines.Fiq, InterruptLines.Fiq), (InterruptLines.Irq, InterruptLines.Irq), (InterruptLines.SError, InterruptLines.SError),
    ];

    /// <summary>Looks at the lines, and takes at most one exception before the instruction at <see cref="Core.Pc"/>.</summary>
    /// <returns>An exception was taken.</returns>
    internal static bool TryTake(Core core)
    {
        Look(core);
        return core.LinesUp && (TryTakeVirtual(core) || TryTakePhysical(core));
    }

    /// <summary>Looks at the lines and takes nothing.</summary>
    internal static void Look(Core core)
    {
        core.LinesStale = false;
        core.Controller?.Sample(core);
        core.NextTimerEvent = TimerEvents.Next(core);
        core.LinesUp = PendingLines.Physical(core) != InterruptLines.None || PendingLines.Virtual(core) != InterruptLines.None;
    }

    /// <summary>An exception would be taken before the next instruction.</summary>
    internal static bool IsDue(Core core)
    {
        core.Controller?.Sample(core);
        return NextVirtual(core) != InterruptLines.None || NextPhysical(core, out _) != InterruptLines.None;
    }

    /// <summary>The level that takes a physical exception now; 0 when it stays pending (EX-300 to EX-306).</summary>
    internal static int Target(Core core, InterruptLines kind)
    {
        int level = core.Pstate.EL;
        if (core.Have.EL3 && (core.System[Slots.SCR_EL3] & RouteToEl3(kind)) != 0)
        {
            return 3;
        }

        bool toEl2 = EffectiveControls.El2Enabled(core)
            && (core.System[Slots.HCR_EL2] & (Hcr.TGE | (ulong)kind >> 3)) != 0;
        int target = toEl2 ? 2 : 1;
        return target >= level ? target : 0;
    }

    /// <summary>PSTATE masks a physical exception to a target (EX-310 to EX-317).</summary>
    internal static bool Masked(Core core, InterruptLines kind, int target, bool hasSuperpriority = false)
    {
        int level = core.Pstate.EL;
        if (target > level && !(level == 0 && (target == 1 || (target == 2 && EffectiveControls.Host0(core)))))
        {
            return false;
        }

        bool neverMasked = kind == InterruptLines.SError && level == 3
            && (core.System[Slots.SCR_EL3] & (Scr.EA | Scr.NMEA)) == (Scr.EA | Scr.NMEA);
        return !neverMasked && MaskedFor(core, kind, target, hasSuperpriority);
    }

    private static bool TryTakeVirtual(Core core)
    {
        InterruptLines kind = NextVirtual(core);
        if (kind == InterruptLines.None)
        {
            return false;
        }

        ulong? esr = null;
        if (kind == InterruptLines.SError)
        {
            esr = Syndrome.Of(ExceptionClass.SError, (uint)core.System[Slots.VSESR_EL2]);
            core.System[Slots.HCR_EL2] &= ~Hcr.VSE; // EX-329
        }

        ExceptionEntry.TakeInterrupt(core, 1, VectorOffset(kind), esr);
        return true;
    }

    private static bool TryTakePhysical(Core core)
    {
        InterruptLines kind = NextPhysical(core, out int target);
        if (kind == InterruptLines.None)
        {
            return false;
        }

        ulong? esr = null;
        if (kind == InterruptLines.SError)
        {
            esr = Syndrome.Of(ExceptionClass.SError, 0);
            core.ExternalLines &= ~InterruptLines.SError;
        }

        ExceptionEntry.TakeInterrupt(core, target, VectorOffset(kind), esr);
        return true;
    }

    /// <summary>The virtual exception that EL1 takes now.</summary>
    private static InterruptLines NextVirtual(Core core)
    {
        InterruptLines lines = core.Pstate.EL < 2 ? PendingLines.Virtual(core) : InterruptLines.None;
        foreach ((InterruptLines line, InterruptLines kind) in s_order)
        {
            if ((lines & line) != 0 && !MaskedFor(core, kind, 1, (lines & PendingLines.SuperOf(kind)) != 0))
            {
                return kind;
            }
        }

        return InterruptLines.None;
    }

    /// <summary>The physical exception that is taken now, and the level that takes it.</summary>
    private static InterruptLines NextPhysical(Core core, out int target)
    {
        InterruptLines lines = PendingLines.Physical(core);
        foreach ((InterruptLines line, InterruptLines kind) in s_order)
        {
            target = (lines & line) == 0 ? 0 : Target(core, kind);
            if (target > 0 && !Masked(core, kind, target, (lines & PendingLines.SuperOf(kind)) != 0))
            {
                return kind;
            }
        }

        target = 0;
        return InterruptLines.None;
    }

    private static ulong RouteToEl3(InterruptLines kind) => kind switch
    {
        InterruptLines.Irq => Scr.IRQ,
        InterruptLines.Fiq => Scr.FIQ,
        _ => Scr.EA,
    };

    private static ulong VectorOffset(InterruptLines kind) => kind switch
    {
        InterruptLines.Irq => 0x080,
        InterruptLines.Fiq => 0x100,
        _ => 0x180,
    };

    /// <summary>
    /// PSTATE masks an exception that the level takes which now executes, or EL1 below it. Where SCTLR_ELx.NMI acts, ALLINT, and SP with
    /// SPINTMASK, mask all interrupts at ELx itself, and PSTATE.I and F none with Superpriority (EX-317).
    /// </summary>
    private static bool MaskedFor(Core core, InterruptLines kind, int target, bool hasSuperpriority)
    {
        if (kind != InterruptLines.SError && EffectiveControls.NmiActs(core, target))
        {
            if (core.Pstate.EL == target && (core.Pstate.ALLINT || (core.Pstate.SP && MaskedBySp(core, target))))
            {
                return true;
            }

            if (hasSuperpriority)
            {
                return false;
            }
        }

        return MaskBit(core, kind);
    }

    private static bool MaskedBySp(Core core, int level) => (EffectiveControls.Sctlr(core, level) & Sctlr.SPINTMASK) != 0;

    /// <summary>PSTATE.A, I, F stand in the places of the lines, six further down.</summary>
    private static bool MaskBit(Core core, InterruptLines kind) => (core.Pstate.Daif & (ulong)kind >> 6) != 0;
}
