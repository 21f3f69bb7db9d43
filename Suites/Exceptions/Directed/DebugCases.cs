using Conformance.Harness.Cases;
using static Conformance.Harness.Programs.Reg;
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

        foreach (CaseBuilder matched in Matched())
        {
            yield return matched;
        }

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
        yield return Stepped("svc-trapped", "SVC that HFGITR_EL2 traps with step active: SS is saved as it is", 0, 0, step: true).Rules("EX-070", "EX-153")
            .Needs("FEAT_FGT").Change("HFGITR_EL2", Hfgitr.SVC_EL0).Code(a => a.Svc(0))
            .Takes(2, 0x400, 0x5600_0000, Code, El0 | Spsr.SoftwareStep);
        yield return Stepped("hvc", "HVC with step active: SS is cleared before it is saved", 1, Mdscr.KDE, step: true, masked: false).Rules("EX-070")
            .Code(a => a.Hvc(0))
            .Takes(2, 0x400, 0x5A00_0000, Code + 4, El1 & ~Spsr.D);
        yield return Stepped("smc", "SMC with step active: SS is cleared before it is saved", 1, Mdscr.KDE, step: true, masked: false).Rules("EX-070")
            .Needs("FEAT_AA64EL3").Code(a => a.Smc(0))
            .Takes(3, 0x400, 0x5E00_0000, Code + 4, El1 & ~Spsr.D);
        yield return Stepped("smc-trapped", "SMC that HCR_EL2.TSC traps with step active: SS is saved as it is", 1, Mdscr.KDE, step: true, masked: false)
            .Rules("EX-070", "EX-158").Needs("FEAT_AA64EL3").Change("HCR_EL2", Hcr.TSC).Code(a => a.Smc(0))
            .Takes(2, 0x400, 0x5E00_0000, Code, (El1 & ~Spsr.D) | Spsr.SoftwareStep);
        yield return Stepped("udf", "UNDEFINED with step active: SS is saved as it is", 0, 0, step: true).Rules("EX-070")
            .Code(a => a.Udf())
            .Takes(1, 0x400, Undefined, Code, El0 | Spsr.SoftwareStep);
        yield return Stepped("load-exclusive", "A Load-Exclusive was stepped: EX 1", 0, 0, step: true).X(1, GuestMemory.Data)
            .Code(a => a.Ldxr(X3, X1).Nop())
            .Takes(1, 0x400, 0xCB00_0062, Code + 4, El0);
        yield return Stepped("load", "A plain load was stepped: EX 0", 0, 0, step: true).X(1, GuestMemory.Data)
            .Code(a => a.Ldr(X3, X1).Nop())
            .Takes(1, 0x400, 0xCB00_0022, Code + 4, El0);
        yield return Stepped("before-undefined", "A pending step exception comes before UNDEFINED", 0, 0, step: false)
            .Rules("EX-210").Code(a => a.Udf())
            .Takes(1, 0x400, 0xCA00_0022, Code, El0);
        yield return That("debug/step/eret-arms", "ERET from EL2, where debug is off, to EL0 takes SS from SPSR: one instruction runs", "EX-235", "EX-165")
            .Change("MDSCR_EL1", Mdscr.SS)
            .Set("ELR_EL2", Code + 8).Set("SPSR_EL2", El0 | Spsr.SoftwareStep).At(2).Code(a => a.Eret().Udf().Nop().Nop())
            .Takes(1, 0x400, 0xCB00_0022, Code + 12, El0);
        foreach (CaseBuilder resumed in Resumed())
        {
            yield return resumed;
        }

        yield return That("debug/step/eret-ss-off", "MDSCR_EL1.SS = 0: ERET leaves PSTATE.SS 0 whatever SPSR says", "EX-235")
            .Set("ELR_EL2", Code + 8).Set("SPSR_EL2", El0 | Spsr.SoftwareStep).At(2).Code(a => a.Eret().Udf().Udf())
            .Takes(1, 0x400, Undefined, Code + 8, El0);
    }

    /// <summary>ERET takes SS from SPSR where steps are off at its own level and on at the target; a stepped ERET ends the step.</summary>
    private static IEnumerable<CaseBuilder> Resumed()
    {
        foreach ((string name, int from, int to, ulong tde, ulong kde, bool masked, uint step) in ((string, int, int, ulong, ulong, bool, uint)[])
        [
            ("el2-el1", 2, 1, 0, Mdscr.KDE, false, 0xCF00_0022), ("el2-el1-masked", 2, 1, 0, Mdscr.KDE, true, 0), ("el2-el1-no-kde", 2, 1, 0, 0, false, 0),
            ("el2-el1-tde", 2, 1, MdcrEl2.TDE, 0, true, 0xCB00_0022), ("el1-el0", 1, 0, 0, Mdscr.KDE, true, 0xCB00_0022),
            ("el3-el2", 3, 2, MdcrEl2.TDE, Mdscr.KDE, false, 0xCF00_0022), ("el3-el2-masked", 3, 2, MdcrEl2.TDE, Mdscr.KDE, true, 0),
            ("el3-el2-no-tde", 3, 2, 0, Mdscr.KDE, false, 0), ("el3-el1", 3, 1, 0, Mdscr.KDE, false, 0xCF00_0022),
        ])
        {
            ulong spsr = At(to, masked);
            CaseBuilder sentence = Resumes(name, $"ERET from EL{from} to EL{to} with SPSR.SS = 1: {(step == 0 ? "no step" : "one instruction, then the step exception")}", tde, kde)
                .Needs(from == 3 ? "FEAT_AA64EL3" : "FEAT_AA64EL2").X(1, Code + 16).X(2, spsr | Spsr.SoftwareStep).At(from)
                .Code(a => a.Msr($"ELR_EL{from}", X1).Msr($"SPSR_EL{from}", X2).Eret().Udf(1).Nop().Udf());
            yield return step == 0
                ? sentence.Takes(Math.Max(1, to), to == 0 ? 0x400u : 0x200, Undefined, Code + 20, spsr)
                : sentence.Takes(tde != 0 ? 2 : Math.Max(1, to), to is 1 or 2 && (tde == 0 || to == 2) ? 0x200u : 0x400, step, Code + 20, spsr);
        }

        foreach ((string name, int from, int to, ulong tde) in ((string, int, int, ulong)[])[("el1-el0-stepped", 1, 0, 0), ("el2-el1-stepped", 2, 1, MdcrEl2.TDE)])
        {
            ulong spsr = At(to, masked: true);
            yield return Resumes(name, $"ERET from EL{from} to EL{to} is stepped itself: the step exception comes before the first instruction there", tde, Mdscr.KDE)
                .Set($"ELR_EL{from}", Code + 8).Set($"SPSR_EL{from}", spsr | Spsr.SoftwareStep)
                .Pstate(Spsr.At(from).With(Spsr.D, false).With(Spsr.SoftwareStep, true)).Code(a => a.Eret().Udf(1).Nop().Udf())
                .Takes(from, 0x400, 0xCB00_0022, Code + 8, spsr);
        }
    }

    private static CaseBuilder Resumes(string name, string title, ulong tde, ulong kde) =>
        That($"debug/step/eret-{name}", title, "EX-235", "EX-165").Change("MDSCR_EL1", kde | Mdscr.SS).Change("MDCR_EL2", tde, MdcrEl2.TDE);

    private static ulong At(int level, bool masked) => (level switch { 0 => El0, 1 => El1, _ => El2 }) & ~(masked ? 0 : Spsr.D);

    /// <summary>DBGBCR_EL1.{HMC, SSC, PMC} choose levels and Security states; E, MDE and the address decide besides.</summary>
    private static IEnumerable<CaseBuilder> Matched()
    {
        const ulong sdd = 1UL << 16;
        const ulong el0 = 2;
        const ulong el1 = 1;
        const ulong both = 3;
        foreach ((string name, int level, ulong control, bool secure, ulong mdcr3, bool hit) in ((string, int, ulong, bool, ulong, bool)[])
        [
            ("el0-of-el0", 0, Control(el0), false, 0, true), ("el1-of-el0", 1, Control(el0), false, 0, false),
            ("el0-of-el1", 0, Control(el1), false, 0, false), ("el1-of-el1", 1, Control(el1), false, 0, true),
            ("el0-of-both", 0, Control(both), false, 0, true), ("el1-of-both", 1, Control(both), false, 0, true),
            ("el2-of-both", 2, Control(both), false, 0, false), ("el2-of-el2", 2, Control(0, 3, 1), false, 0, true),
            ("el2-of-higher", 2, Control(el1, 0, 1), false, 0, true), ("el2-of-non-secure", 2, Control(el1, 1, 1), false, 0, true),
            ("el2-of-secure", 2, Control(el1, 2, 1), false, 0, false), ("el1-of-higher", 1, Control(el1, 0, 1), false, 0, true),
            ("el1-of-el2", 1, Control(0, 3, 1), false, 0, false), ("el0-of-el2", 0, Control(0, 3, 1), false, 0, false),
            ("el1-of-non-secure", 1, Control(both, 1), false, 0, true), ("el1-of-secure", 1, Control(both, 2), false, 0, false),
            ("secure-el0-of-non-secure", 0, Control(both, 1), true, 0, false), ("secure-el0-of-secure", 0, Control(both, 2), true, 0, true),
            ("secure-el0-of-any", 0, Control(both), true, 0, true), ("secure-el0-sdd", 0, Control(both), true, sdd, false),
            ("el0-sdd", 0, Control(both), false, sdd, true), ("el0-disabled", 0, Control(both) & ~1UL, false, 0, false),
        ])
        {
            CaseBuilder sentence = Broken($"match-{name}", $"DBGBCR_EL1 = 0x{control:x}: {(hit ? "a" : "no")} breakpoint at EL{level}", level, Mdscr.KDE, masked: false)
                .Set("DBGBCR0_EL1", control);
            if (secure || mdcr3 != 0)
            {
                sentence.Needs("FEAT_AA64EL3").Change("MDCR_EL3", mdcr3, sdd).Change("SCR_EL3", 0, secure ? Scr.NS : 0);
            }

            if (level == 2)
            {
                sentence.Change("MDCR_EL2", MdcrEl2.TDE);
            }

            ulong spsr = Spsr.At(level).With(Spsr.D, false);
            int target = Math.Max(1, level);
            yield return hit
                ? sentence.Takes(target, level == 0 ? 0x400u : 0x200, level == 0 ? 0xC200_0022u : 0xC600_0022, Code + 4, spsr)
                : sentence.Completes();
        }

        foreach ((string name, ulong control, bool hit) in ((string, ulong, bool)[])[("secure-el2-of-secure", Control(el1, 2, 1), true), ("secure-el2-of-el3", Control(0, 2, 1), false)])
        {
            CaseBuilder sentence = Broken($"match-{name}", $"DBGBCR_EL1 = 0x{control:x}: {(hit ? "a" : "no")} breakpoint at Secure EL2", 2, Mdscr.KDE, masked: false)
                .Needs("FEAT_SEL2", "!FEAT_RME").Set("DBGBCR0_EL1", control).Change("SCR_EL3", Scr.EEL2, Scr.NS).Change("MDCR_EL2", MdcrEl2.TDE);
            yield return hit ? sentence.Takes(2, 0x200, 0xC600_0022, Code + 4, El2 & ~Spsr.D) : sentence.Completes();
        }

        yield return Broken("match-el2-no-tde", "Without TDE there is no breakpoint at EL2", 2, Mdscr.KDE, masked: false).Set("DBGBCR0_EL1", Control(0, 3, 1)).Completes();
        yield return Broken("match-linked-number", "BT = 0000 links nothing: LBN does not matter", 0, 0).Set("DBGBCR0_EL1", Breakpoint | (0xFUL << 16))
            .Takes(1, 0x400, 0xC200_0022, Code + 4, El0);
        yield return That("debug/breakpoint/unlocked-by-msr", "The OS Lock opens: after an ISB a breakpoint is taken", "EX-164")
            .Set("DBGBVR0_EL1", Code + 8).Set("DBGBCR0_EL1", Breakpoint).Set("OSLAR_EL1", 1).Change("MDSCR_EL1", Mdscr.MDE | Mdscr.KDE)
            .Pstate(Spsr.At(1).With(Spsr.D, false)).Code(a => a.Msr("OSLAR_EL1", XZR).Isb().Nop().Nop())
            .Takes(1, 0x200, 0xC600_0022, Code + 8, El1 & ~Spsr.D);
        yield return Broken("match-no-mde", "MDSCR_EL1.MDE = 0: no breakpoint", 0, 0).Set("MDSCR_EL1", 0).Completes();
        yield return Broken("match-elsewhere", "A breakpoint at another address: none", 0, 0).Set("DBGBVR0_EL1", Code + 0x40).Completes();
        yield return Broken("match-last", "The last breakpoint is as good as the first", 0, 0).Set("DBGBCR0_EL1", 0)
            .Set("DBGBVR1_EL1", Code + 4).Set("DBGBCR1_EL1", Breakpoint).Takes(1, 0x400, 0xC200_0022, Code + 4, El0)
            .NextStep().Change("MDSCR_EL1", 0, Mdscr.MDE | Mdscr.KDE).At(1).Code(a => a.Msr("DBGBCR1_EL1", XZR).Isb()).Completes(); // not for the cases to come
        yield return That("debug/step/enabled-by-msr", "MSR MDSCR_EL1 with KDE and SS at EL1: after an ISB the next instruction is stepped", "EX-165")
            .X(1, Mdscr.KDE | Mdscr.SS).Pstate(Spsr.At(1).With(Spsr.D, false)).Code(a => a.Msr("MDSCR_EL1", 1).Isb().Nop().Nop())
            .Takes(1, 0x200, 0xCE00_0022, spsr: El1 & ~Spsr.D).SeesAny(FieldNames.Elr, Code + 4, Code + 8); // at the ISB or behind it
    }

    /// <summary>An enabled DBGBCR_EL1 of an address match.</summary>
    private static ulong Control(ulong levels, ulong security = 0, ulong higher = 0) =>
        1UL | levels << 1 | 0xFUL << 5 | higher << 13 | security << 14;

    private static CaseBuilder Broken(string name, string title, int level, ulong mdscr, bool masked = true) =>
        That($"debug/breakpoint/{name}", title, "EX-133", "EX-163", "EX-164", "EX-088").Set("DBGBVR0_EL1", Code + 4)
            .Set("DBGBCR0_EL1", Breakpoint)
            .Change("MDSCR_EL1", mdscr | Mdscr.MDE).Pstate(Spsr.At(level).With(Spsr.D, masked)).Code(a => a.Nop().Nop());

    private static CaseBuilder Stepped(string name, string title, int level, ulong mdscr, bool step, bool masked = true) =>
        That($"debug/step/{name}", title, "EX-134", "EX-165", "EX-089").Change("MDSCR_EL1", mdscr | Mdscr.SS)
            .Pstate(Spsr.At(level).With(Spsr.D, masked).With(Spsr.SoftwareStep, step));
}
