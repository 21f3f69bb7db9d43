using Conformance.Harness.Cases;
using Conformance.Harness.Programs;
using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.ControlBits;
using static Conformance.Suites.Timers.Say;

namespace Conformance.Suites.Timers;

/// <summary>Event streams: they set the Event Register, so that a WFE that would be trapped does not wait (TM-083 to TM-086).</summary>
/// <remarks>
/// WFE is trapped just when it would wait (EX-171). The Event Register is emptied by SEVL and WFE; then the code spins until the
/// counter must have made the transition asked for; the next WFE finds it set. That a stream is off cannot be asked for: a WFE may
/// end at any time, and need not be trapped.
/// </remarks>
internal static class EventCases
{
    private const ulong Guard = 1UL << 29;

    private const ulong Shift = 4; // EVNTI

    internal static IEnumerable<CaseBuilder> All(SuiteTarget target) => [.. Streams(target), .. Timeouts(target)];

    private static IEnumerable<CaseBuilder> Streams(SuiteTarget target)
    {
        foreach ((string name, int level, bool hypervisor, ulong hcr, ulong scr) in ((string, int, bool, ulong, ulong)[])
        [
            ("kernel-el1", 1, false, Hcr.TWE, 0), ("kernel-el0", 0, false, Hcr.TWE, 0), ("kernel-el1-e2h", 1, false, Hcr.TWE | Hcr.E2H, 0),
            ("hypervisor-el1", 1, true, Hcr.TWE, 0), ("hypervisor-el0", 0, true, Hcr.TWE, 0), ("hypervisor-el2", 2, true, 0, Scr.TWE),
            ("hypervisor-el2-e2h", 2, true, Hcr.E2H, Scr.TWE), ("hypervisor-host", 0, true, Hcr.E2H | Hcr.TGE, Scr.TWE), ("hypervisor-el1-e2h", 1, true, Hcr.TWE | Hcr.E2H, 0),
        ])
        {
            foreach (int bit in (int[])[0, 3, 6, 10])
            {
                foreach (bool falling in (bool[])[false, true])
                {
                    foreach (bool scaled in bit is 0 or 3 ? (bool[])[false, true] : [false])
                    {
                        int counted = scaled ? bit + 8 : bit;
                        ulong control = Cntkctl.EVNTEN | (falling ? Cntkctl.EVNTDIR : 0) | (ulong)bit << (int)Shift | (scaled ? Cntkctl.EVNTIS : 0);
                        CaseBuilder says = That($"events/{name}-bit{counted}{(scaled ? "-scaled" : "")}{(falling ? "-falling" : "")}",
                                $"The event stream of {(hypervisor ? "CNTHCTL_EL2" : "CNTKCTL_EL1")}, bit {counted} {(falling ? "falling" : "rising")}: a WFE at EL{level} does not wait", hypervisor ? "TM-084" : "TM-083", "TM-085", "EX-171", "EX-344")
                            .Needs((hcr & Hcr.E2H) != 0 ? "FEAT_VHE" : "FEAT_AA64EL2", scr != 0 ? "FEAT_AA64EL3" : "FEAT_AA64EL2", scaled ? "FEAT_ECV" : "FEAT_AA64EL2")
                            .Set("CNTVOFF_EL2", 0).Set("CNTKCTL_EL1", Stage.AllOpenBelow | (hypervisor ? 0 : control)).Set("CNTHCTL_EL2", Stage.AllOpen | (hypervisor ? control : 0));
                        if (scr != 0)
                        {
                            says.Change("SCR_EL3", scr);
                        }

                        yield return says.Change("HCR_EL2", hcr).Change("SCTLR_EL2", Sctlr.nTWE).X(5, 2UL << (counted + 1)).At(level)
                            .Code(a => Spins(a.Sevl().Wfe()).Wfe().Nop()).Completes();
                    }
                }
            }
        }
    }

    /// <summary>Goes on until CNTPCT_EL0 has counted X5 ticks.</summary>
    private static Assembler Spins(Assembler a)
    {
        Label spin = a.NewLabel("spin");
        return a.Isb().Mrs(X2, "CNTPCT_EL0").Bind(spin).Isb().Mrs(X3, "CNTPCT_EL0").Sub(X4, X3, X2).Cmp(X4, X5).BCond(Cond.Cc, spin);
    }

    /// <summary>WFIT and WFET with a time that has passed, or that soon will (TM-086).</summary>
    /// <remarks>
    /// A guard ends the wait of a device that does not wake: CNTP, masked, half a second later at the 1 GHz that the count has from Armv8.6 on. It must not have come. The
    /// virtual count is the count, a little less, ahead of it, or behind zero.
    /// </remarks>
    private static IEnumerable<CaseBuilder> Timeouts(SuiteTarget target)
    {
        const uint wfet = 0xD503_1000;
        const uint wfit = 0xD503_1020;
        const uint guard = 1U << Gic.PhysicalTimer;
        foreach ((string name, uint word) in ((string, uint)[])[("wfet", wfet), ("wfit", wfit)])
        {
            foreach (int level in (int[])[0, 1, 2])
            {
                foreach ((string when, ulong ahead, ulong offset) in ((string, ulong, ulong)[])
                    [("passed", 0, 1UL << 40), ("soon", 50_000, 0), ("soon-after", 50_000, 1000), ("soon-ahead", 50_000, unchecked(0UL - (1UL << 40))), ("soon-behind", 50_000, 1UL << 40)])
                {
                    yield return That($"events/{name}-{when}-el{level}", $"{name.ToUpperInvariant()} at EL{level} ends when CNTVCT_EL0 is at the operand; CNTVOFF_EL2 = 0x{offset:x}", "TM-086", "EX-341")
                        .Needs("FEAT_WFxT", "FEAT_GICv3").WithGic(target, guard, guard, 0).Set("CNTVOFF_EL2", offset).Set("CNTKCTL_EL1", Stage.AllOpenBelow).X(1, ahead).X(4, Guard).X(12, 1).At(level)
                        .Code(a => a.Msr("CNTP_TVAL_EL0", X4).Msr("CNTP_CTL_EL0", X12).Sevl().Wfe()
                            .Isb().Mrs(X2, "CNTVCT_EL0").Add(X3, X2, X1).Word(word | X3).Isb().Mrs(X5, "CNTP_CTL_EL0"))
                        .Completes().Sees("X5", 1)
                        .NextStep().Set("CNTP_CTL_EL0", 2).At(target.HighestLevel).Code(a => a.Nop()).Completes().ThenCloseGic(target);
                }
            }
        }
    }
}
