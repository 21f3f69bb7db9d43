using static Conformance.Suites.ControlBits;
using static Conformance.Suites.Exceptions.Directed.Say;

namespace Conformance.Suites.Exceptions.Directed;

/// <summary>WFE that nothing traps: controls that have no say at a level. The event stream of the counters ends the wait.</summary>
/// <remarks>Rules EX-168 to EX-171. Every other case of WFE either would not wait, or may trap.</remarks>
internal static class WaitCases
{
    private const ulong EventsEnabled = 1 << 2; // EVNTEN with EVNTI = 0: an event every two ticks
    private const ulong Host = Hcr.E2H | Hcr.TGE;

    internal static IEnumerable<CaseBuilder> All()
    {
        foreach ((string name, int level, ulong hcr, ulong open1, ulong open2, ulong scr) in ((string, int, ulong, ulong, ulong, ulong)[])
        [
            ("el0", 0, 0, Sctlr.nTWE, 0, 0), ("el1", 1, 0, Sctlr.nTWE, Sctlr.nTWE, 0), ("el2", 2, 0, Sctlr.nTWE, Sctlr.nTWE, 0), ("el3", 3, 0, Sctlr.nTWE, Sctlr.nTWE, 0),
            ("el1-ntwe", 1, 0, 0, 0, 0), ("el2-ntwe", 2, 0, 0, 0, 0), ("el2-twe", 2, Hcr.TWE, Sctlr.nTWE, Sctlr.nTWE, 0),
            ("el3-twe", 3, Hcr.TWE, 0, 0, Scr.TWE), ("el0-host", 0, Host, 0, Sctlr.nTWE, 0), ("el0-host-twe", 0, Host | Hcr.TWE, 0, Sctlr.nTWE, 0),
            ("el0-twi", 0, Hcr.TWI, Sctlr.nTWE, 0, Scr.TWI), ("el1-twi", 1, Hcr.TWI, 0, 0, Scr.TWI), ("el2-twi", 2, Hcr.TWI, 0, 0, Scr.TWI),
        ])
        {
            CaseBuilder sentence = That($"wait/wfe-{name}", $"WFE at EL{level} is not trapped: it waits for an event of the counter", "EX-171", level == 0 ? "EX-168" : "EX-169")
                .Needs("FEAT_AA64EL2", (hcr & Hcr.E2H) != 0 ? "FEAT_VHE" : "FEAT_AA64EL2")
                .Change("HCR_EL2", hcr).Change("SCTLR_EL1", open1, Sctlr.nTWE | Sctlr.nTWI)
                .Change("SCTLR_EL2", open2, Sctlr.nTWE | Sctlr.nTWI)
                .Change("CNTKCTL_EL1", EventsEnabled).Change("CNTHCTL_EL2", EventsEnabled);
            yield return (scr == 0 ? sentence : sentence.Needs("FEAT_AA64EL3").Change("SCR_EL3", scr)).At(level).Code(a => a.Wfe().Wfe()).Completes();
        }

        foreach ((string name, uint word) in ((string, uint)[])[("sev", 0xD503_209F), ("sevl", 0xD503_20BF)])
        {
            yield return That($"wait/wfe-{name}", $"{name.ToUpperInvariant()} sets the Event Register: the WFE behind it does not wait, so nothing is trapped", "EX-171")
                .Needs("FEAT_AA64EL2").Change("HCR_EL2", Hcr.TWE).At(1).Code(a => a.Word(word).Wfe()).Completes();
        }
    }
}
