using Conformance.Cpu.Exceptions;
using Conformance.Cpu.Interrupts;
using Conformance.Cpu.SystemRegisters;
using Conformance.Cpu.Timers;

namespace Conformance.Cpu.Instructions;

/// <summary>WFET and WFIT: they wait until CNTVCT_EL0 reaches a register.</summary>
/// <remarks>Source: DDI 0602, C4.1 "System instructions with register argument"; EX-116, EX-172, TM-086.</remarks>
internal static unsafe class TimedWaits
{
    private const string Group = "11010101 0000 0011 0001 0000 ";
    private const int HasRegister = 1 << 2;    // RV

    internal static readonly InsnRow[] Rows =
    [
        new("WFET", Group + "000 Rd:5", &Wfet) { Feature = "FEAT_WFxT" },
        new("WFIT", Group + "001 Rd:5", &Wfit) { Feature = "FEAT_WFxT" },
    ];

    private static void Wfet(Core core, in Operation op)
    {
        if (core.EventRegister)
        {
            core.EventRegister = false;
        }
        else if (TryGetTimeLeft(core, op.Rd, out ulong left)
            && !Hints.WaitTraps(core, Sctlr.nTWE, Hcr.TWE, Scr.TWE, Syndrome.Wfx(3 | HasRegister | (op.Rd << 5))))
        {
            Hints.WaitForEvent(core, End(core, left));
        }
    }

    private static void Wfit(Core core, in Operation op)
    {
        if (!PendingLines.Wake(core) && TryGetTimeLeft(core, op.Rd, out ulong left)
            && !Hints.WaitTraps(core, Sctlr.nTWI, Hcr.TWI, Scr.TWI, Syndrome.Wfx(2 | HasRegister | (op.Rd << 5))))
        {
            ulong end = End(core, left);
            if (core.Cluster.Length > 1)
            {
                Hints.WaitWithOthers(core, forEvent: false, end);
            }
            else
            {
                Hints.WaitUntil(core, Math.Min(end, core.NextTimerEvent));
            }
        }
    }

    /// <summary>The count goes up by one with each instruction, so the timeout is as far away as it says.</summary>
    private static ulong End(Core core, ulong left) => core.Ticks + left < left ? ulong.MaxValue : core.Ticks + left;

    /// <summary>False if the timeout has passed (TM-086).</summary>
    private static bool TryGetTimeLeft(Core core, int register, out ulong left)
    {
        ulong timeout = register == 31 ? 0 : core.X[register];
        ulong now = SystemCounter.Virtual(core);
        left = timeout - now;
        return now < timeout;
    }
}
