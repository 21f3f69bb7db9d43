using Conformance.Harness.Programs;
using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.ControlBits;

namespace Conformance.Suites.GuestHypervisor.Merged;

/// <summary>WFI, WFE and SMC of the guest, whose traps no register access shows (F011, F013, F015).</summary>
/// <remarks>
/// Without the trap a WFI waits and an SMC leaves for a level that the story knows nothing of, so those are done with the trap
/// on only; WFE finds the event that SEVL or the ERET left where its trap is off.
/// </remarks>
internal static class WaitCases
{
    private const ulong Waited = 0x01UL << 26 | 1UL << 25 | 0xEUL << 20 | 1UL << 24;

    private static readonly (string Name, ulong Bit, uint[] Off, uint[] On, ulong Syndrome, string[] Rules)[] s_rows =
    [
        ("wfe", Hcr.TWE, Words(a => a.Sevl().Wfe()), Words(a => a.Sevl().Wfe().Wfe()), Waited | 1, ["F013", "F010", "EX-171"]),
        ("wfi", Hcr.TWI, Words(a => a.Nop()), Words(a => a.Wfi()), Waited, ["F013", "F010", "EX-171"]),
        ("smc", Hcr.TSC, Words(a => a.Nop()), Words(a => a.Smc(0x3C)), 0x17UL << 26 | 1UL << 25 | 0x3C, ["F011", "F015", "EX-158"]),
    ];

    internal static IEnumerable<CaseBuilder> All(Hypervisor h)
    {
        foreach ((string name, ulong bit, uint[] off, uint[] on, ulong syndrome, string[] rules) in s_rows)
        {
            if (name == "smc" && !h.Target.Features.Has("FEAT_AA64EL3"))
            {
                continue; // without EL3 an SMC may be UNDEFINED in spite of TSC (F053)
            }

            CaseBuilder says = h.That("merged", $"hcr_el2.{name}", $"{name.ToUpperInvariant()} of the guest is trapped while its trap is on", rules);
            foreach (bool traps in (bool[])[false, true, false, true])
            {
                ulong extra = traps ? Hcr.TVM | Hcr.TACR : 0; // of no concern to it
                ulong trapped = 0;
                (uint[] code, ulong behind) = Turns.Code(
                    a => a.MovImm(X0, h.Hcr | (traps ? bit | extra : 0)).Msr("HCR_EL2", X0), Spsr.At(1),
                    a =>
                    {
                        foreach (uint word in traps ? on : off)
                        {
                            trapped = a.Here;
                            a.Word(word);
                        }

                        a.Hvc(3);
                    });
                says.At(2).Code(code).Takes(2, vector: 0x400, esr: traps ? syndrome : Turns.Called(3), elr: traps ? trapped : behind, spsr: Spsr.At(1));
                if (traps && name != "smc")
                {
                    // The trap of a wait is never guaranteed (EX-171).
                    says.Or("does not wait").Takes(2, vector: 0x400, esr: Turns.Called(3), elr: behind, spsr: Spsr.At(1));
                }

                says.NextStep();
            }

            yield return says.Alone(a => a.MovImm(X0, h.Hcr).Msr("HCR_EL2", X0).Isb());
        }
    }

    private static uint[] Words(Func<Assembler, Assembler> emit) => emit(new Assembler(0)).Words();
}
