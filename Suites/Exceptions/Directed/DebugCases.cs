using static Conformance.Suites.ControlBits;
using static Conformance.Suites.Exceptions.Directed.Say;

namespace Conformance.Suites.Exceptions.Directed;

/// <summary>Breakpoint and Software Step exceptions: EX-163 to EX-165, EX-070, EX-089, EX-133, EX-134, EX-235.</summary>
internal static class DebugCases
{
    /// <summary>DBGBCR_EL1: enabled, every level and byte, address match.</summary>
    private const ulong Breakpoint = 1UL | 3UL << 1 | 0xFUL << 5 | 1UL << 13;

    internal static IEnumerable<CaseBuilder> All()
    {
        yield return Broken("el0", "a breakpoint at EL0 goes to EL1", 0, mdscr: 0).Takes(1, 0x400, 0xC200_0022, Code + 4, El0);
        yield return Broken("el0-tde", "TDE: a breakpoint at EL0 goes to EL2", 0, mdscr: 0).Change("MDCR_EL2", MdcrEl2.TDE)
            .Takes(2, 0x400, 0xC200_0022, Code + 4, El0);
        yield return Broken("el1-tde", "TDE: a breakpoint at EL1 goes to EL2 with PSTATE.D = 1", 1, mdscr: 0)
            .Change("MDCR_EL2", MdcrEl2.TDE).Takes(2, 0x400, 0xC200_0022, Code + 4, El1);
        yield return Broken("el1-kde", "KDE and PSTATE.D = 0: a breakpoint at EL1 goes to EL1", 1, Mdscr.KDE, masked: false)
            .Takes(1, 0x200, 0xC600_0022, Code + 4, El1 & ~Spsr.D);
        yield return Broken("el1-kde-masked", "KDE and PSTATE.D = 1: no breakpoint at EL1", 1, Mdscr.KDE).Completes();
        yield return Broken("el1-no-kde", "KDE = 0: no breakpoint at EL1", 1, 0, masked: false).Completes();
        yield return Broken("el2-tde-kde", "TDE, KDE and PSTATE.D = 0: a breakpoint at EL2 goes to EL2", 2, Mdscr.KDE, masked: false)
            .Change("MDCR_EL2", MdcrEl2.TDE)
            .Takes(2, 0x200, 0xC600_0022, Code + 4, El2 & ~Spsr.D);
        yield return Broken("el3", "no breakpoint at EL3", 3, Mdscr.KDE, masked: false).Completes();
        yield return Broken("el0-locked", "OS Lock: no breakpoint", 0, mdscr: 0).Set("OSLAR_EL1", 1).Completes();

        yield return Stepped("el0", "Software step at EL0: one instruction, then class 32 to EL1", 0, 0, step: true)
            .Code(a => a.Nop().Nop())
            .Takes(1, 0x400, 0xCB00_0022, Code + 4, El0);
        yield return Stepped("el0-pending", "PSTATE.SS = 0: the step exception comes before the first instruction, ISV 0", 0, 0, step: false)
            .Code(a => a.Nop().Nop())
            .Takes(1, 0x400, 0xCA00_0022, Code, El0);
        yield return Stepped("el0-tde", "TDE: the step exception goes to EL2", 0, 0, step: true).Change("MDCR_EL2", MdcrEl2.TDE)
            .Code(a => a.Nop().Nop())
            .Takes(2, 0x400, 0xCB00_0022, Code + 4, El0);
        yield return Stepped("el1-kde", "KDE and PSTATE.D = 0: step at EL1, class 33", 1, Mdscr.KDE, step: true, masked: false)
            .Code(a => a.Nop().Nop())
            .Takes(1, 0x200, 0xCF00_0022, Code + 4, El1 & ~Spsr.D);
        yield return Stepped("el1-masked", "PSTATE.D = 1: no step at EL1", 1, Mdscr.KDE, step: true).Code(a => a.Nop().Nop())
            .Completes();
        yield return Stepped("svc", "SVC with step active: SS is cleared before it is saved", 0, 0, step: true).Rules("EX-070")
            .Code(a => a.Svc(0))
            .Takes(1, 0x400, 0x5600_0000, Code + 4, El0);
        yield return Stepped("udf", "UNDEFINED with step active: SS is saved as it is", 0, 0, step: true).Rules("EX-070")
            .Code(a => a.Udf())
            .Takes(1, 0x400, Undefined, Code, El0 | Spsr.SoftwareStep);
        yield return Stepped("before-undefined", "A pending step exception comes before UNDEFINED", 0, 0, step: false)
            .Rules("EX-210").Code(a => a.Udf())
            .Takes(1, 0x400, 0xCA00_0022, Code, El0);
        yield return That("debug/step/eret-arms", "ERET from EL2, where debug is off, to EL0 takes SS from SPSR: one instruction runs", "EX-235", "EX-165")
            .Change("MDSCR_EL1", Mdscr.SS)
            .Set("ELR_EL2", Code + 8).Set("SPSR_EL2", El0 | Spsr.SoftwareStep).At(2).Code(a => a.Eret().Udf().Nop().Nop())
            .Takes(1, 0x400, 0xCB00_0022, Code + 12, El0);
        yield return That("debug/step/eret-ss-off", "MDSCR_EL1.SS = 0: ERET leaves PSTATE.SS 0 whatever SPSR says", "EX-235")
            .Set("ELR_EL2", Code + 8).Set("SPSR_EL2", El0 | Spsr.SoftwareStep).At(2).Code(a => a.Eret().Udf().Udf())
            .Takes(1, 0x400, Undefined, Code + 8, El0);
    }

    private static CaseBuilder Broken(string name, string title, int level, ulong mdscr, bool masked = true) =>
        That($"debug/breakpoint/{name}", title, "EX-133", "EX-163", "EX-164", "EX-088").Set("DBGBVR0_EL1", Code + 4)
            .Set("DBGBCR0_EL1", Breakpoint)
            .Change("MDSCR_EL1", mdscr | Mdscr.MDE).Pstate(Spsr.At(level).With(Spsr.D, masked)).Code(a => a.Nop().Nop());

    private static CaseBuilder Stepped(string name, string title, int level, ulong mdscr, bool step, bool masked = true) =>
        That($"debug/step/{name}", title, "EX-134", "EX-165", "EX-089").Change("MDSCR_EL1", mdscr | Mdscr.SS)
            .Pstate(Spsr.At(level).With(Spsr.D, masked).With(Spsr.SoftwareStep, step));
}
