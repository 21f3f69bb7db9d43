using Conformance.Harness.Cases;
using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.ControlBits;
using static Conformance.Suites.Exceptions.Directed.Say;

namespace Conformance.Suites.Exceptions.Directed;

/// <summary>Sections 8 and 9: who takes each cause, and which comes first.</summary>
internal static class RoutingCases
{
    internal static IEnumerable<CaseBuilder> All() => [.. Calls(), .. Traps(), .. Priorities()];

    private static IEnumerable<CaseBuilder> Calls()
    {
        yield return That("route/svc-el0-fine-grained", "HFGITR_EL2.SVC_EL0: SVC at EL0 traps to EL2, ELR the SVC", "EX-153", "EX-082")
            .Needs("FEAT_FGT")
            .Set("HFGITR_EL2", Hfgitr.SVC_EL0).At(0).Code(a => a.Svc(9)).Takes(2, 0x400, 0x5600_0009, Code, El0);
        yield return That("route/svc-el0-fine-grained-tge", "TGE without E2H: SVC_EL0 still traps, which shows in ELR", "EX-153")
            .Needs("FEAT_FGT", "FEAT_E2H0")
            .Set("HFGITR_EL2", Hfgitr.SVC_EL0).Change("HCR_EL2", Hcr.TGE).At(0).Code(a => a.Svc(9))
            .Takes(2, 0x400, 0x5600_0009, Code, El0);
        yield return That("route/svc-el1-fine-grained", "HFGITR_EL2.SVC_EL1: SVC at EL1 traps to EL2, ELR the SVC", "EX-154", "EX-082")
            .Needs("FEAT_FGT")
            .Set("HFGITR_EL2", Hfgitr.SVC_EL1).At(1).Code(a => a.Svc(9)).Takes(2, 0x400, 0x5600_0009, Code, El1);
        yield return That("route/svc-el1-not-el0", "HFGITR_EL2.SVC_EL1 has no say at EL0", "EX-153", "EX-154").Needs("FEAT_FGT")
            .Set("HFGITR_EL2", Hfgitr.SVC_EL1).At(0).Code(a => a.Svc(9)).Takes(1, 0x400, 0x5600_0009, Code + 4, El0);
        yield return That("route/hvc-el0", "HVC at EL0 is UNDEFINED", "EX-155", "EX-214").At(0).Code(a => a.Hvc(0))
            .Takes(1, 0x400, Undefined, Code, El0);
        yield return That("route/hvc-no-hce-el1", "SCR_EL3.HCE = 0: HVC at EL1 is UNDEFINED", "EX-155")
            .Change("SCR_EL3", 0, clear: Scr.HCE)
            .At(1).Code(a => a.Hvc(0)).Takes(1, 0x200, Undefined, Code, El1);
        yield return That("route/hvc-no-hce-el2", "SCR_EL3.HCE = 0: HVC at EL2 is UNDEFINED", "EX-155")
            .Change("SCR_EL3", 0, clear: Scr.HCE)
            .At(2).Code(a => a.Hvc(0)).Takes(2, 0x200, Undefined, Code, El2);
        yield return That("route/hvc-no-hce-el3", "SCR_EL3.HCE = 0: HVC at EL3 is UNDEFINED", "EX-155")
            .Change("SCR_EL3", 0, clear: Scr.HCE)
            .At(3).Code(a => a.Hvc(0)).Takes(3, 0x200, Undefined, Code, El3);
        yield return That("route/hvc-hcd-with-el3", "With EL3, HCR_EL2.HCD is RES0: HVC goes to EL2", "EX-155", "EX-156")
            .Change("HCR_EL2", Hcr.HCD)
            .Set("SCR_EL3", Baseline.Of("SCR_EL3")).At(1).Code(a => a.Hvc(0)).Takes(2, 0x400, 0x5A00_0000, Code + 4, El1);
        yield return That("route/hvc-el2", "HVC at EL2 goes to EL2", "EX-156").At(2).Code(a => a.Hvc(0))
            .Takes(2, 0x200, 0x5A00_0000, Code + 4, El2);
        yield return That("route/hvc-el3", "HVC at EL3 goes to EL3", "EX-156").At(3).Code(a => a.Hvc(0))
            .Takes(3, 0x200, 0x5A00_0000, Code + 4, El3);
        yield return That("route/smc-el0", "SMC at EL0 is UNDEFINED whatever TSC says", "EX-157").Change("HCR_EL2", Hcr.TSC)
            .At(0).Code(a => a.Smc(0)).Takes(1, 0x400, Undefined, Code, El0);
        yield return That("route/smc-smd", "SCR_EL3.SMD: SMC at EL2 is UNDEFINED", "EX-159").Change("SCR_EL3", Scr.SMD).At(2)
            .Code(a => a.Smc(0)).Takes(2, 0x200, Undefined, Code, El2);
        yield return That("route/smc-smd-el3", "SCR_EL3.SMD: SMC at EL3 is UNDEFINED", "EX-159").Change("SCR_EL3", Scr.SMD)
            .At(3).Code(a => a.Smc(0)).Takes(3, 0x200, Undefined, Code, El3);
        yield return That("route/smc-tsc-and-smd", "TSC goes before SMD", "EX-158", "EX-218").Change("SCR_EL3", Scr.SMD)
            .Change("HCR_EL2", Hcr.TSC)
            .At(1).Code(a => a.Smc(1)).Takes(2, 0x400, 0x5E00_0001, Code, El1);
        yield return That("route/smc-no-el3-nv-tsc", "Without EL3: SMC at EL1 with NV and TSC traps to EL2", "EX-161")
            .Needs("!FEAT_AA64EL3", "FEAT_NV").Change("HCR_EL2", Hcr.NV | Hcr.TSC)
            .At(1).Code(a => a.Smc(1)).Takes(2, 0x400, 0x5E00_0001, Code, El1);
        yield return That("route/smc-no-el3-tsc", "Without EL3: SMC at EL1 with TSC and without NV traps or is UNDEFINED", "EX-161")
            .Needs("!FEAT_AA64EL3").Change("HCR_EL2", Hcr.TSC)
            .At(1).Code(a => a.Smc(1)).Takes(2, 0x400, 0x5E00_0001, Code, El1).Or("UNDEFINED")
            .Takes(1, 0x200, Undefined, Code, El1);
        yield return That("route/brk-tde", "MDCR_EL2.TDE: BRK at EL1 goes to EL2", "EX-162").Change("MDCR_EL2", MdcrEl2.TDE)
            .At(1).Code(a => a.Brk(2)).Takes(2, 0x400, 0xF200_0002, Code, El1);
        yield return That("route/brk-masked", "PSTATE.D does not mask BRK", "EX-162").Pstate(new Spsr(0x205))
            .Code(a => a.Brk(2)).Takes(1, 0x200, 0xF200_0002, Code, 0x205);
        yield return That("route/undefined-el2-encoding-under-nv", "NV: an encoding that EL2 could not execute either is UNDEFINED", "EX-151")
            .Needs("FEAT_NV").Change("HCR_EL2", Hcr.NV)
            .At(1).Code(a => a.Mrs(X3, "SCTLR_EL3")).Takes(1, 0x200, Undefined, Code, El2);
    }

    private static IEnumerable<CaseBuilder> Traps()
    {
        foreach ((string name, uint word, ulong esr) in ((string, uint, ulong)[])
            [("mrs-c15", 0xD538_F003, 0x6230_3C61), ("msr-c11", 0xD518_B003, 0x6230_2C60), ("sys-c15", 0xD508_F003, 0x6210_3C60), ("sysl-c11", 0xD528_B003, 0x6210_2C61)])
        {
            yield return That($"route/tidcp-{name}", "HCR_EL2.TIDCP: the implementation's own registers and instructions trap from EL1", "EX-199")
                .Needs("FEAT_AA64EL2").Change("HCR_EL2", Hcr.TIDCP).At(1).Code(word).Takes(2, 0x400, esr, Code, El1);
            yield return That($"route/tidcp-{name}-el0", "HCR_EL2.TIDCP: from EL0 they trap or are UNDEFINED", "EX-199")
                .Needs("FEAT_AA64EL2").Change("HCR_EL2", Hcr.TIDCP).At(0).Code(word)
                .Takes(2, 0x400, esr, Code, El0).Or("UNDEFINED").Takes(1, 0x400, Undefined, Code, El0);
        }

        yield return That("route/wfi-el1", "HCR_EL2.TWI: WFI at EL1 traps to EL2", "EX-169").Change("HCR_EL2", Hcr.TWI)
            .At(1).Code(a => a.Wfi()).Takes(2, 0x400, 0x07E0_0000, Code, El1).Or("completes").Completes();
        yield return That("route/wfi-el2", "SCR_EL3.TWI: WFI at EL2 traps to EL3", "EX-170").Change("SCR_EL3", Scr.TWI)
            .At(2).Code(a => a.Wfi()).Takes(3, 0x400, 0x07E0_0000, Code, El2).Or("completes").Completes();
        yield return That("route/wfi-el0-first-el1", "At EL0 SCTLR_EL1.nTWI goes before HCR_EL2.TWI and SCR_EL3.TWI", "EX-168", "EX-217")
            .Change("HCR_EL2", Hcr.TWI).Change("SCR_EL3", Scr.TWI)
            .Change("SCTLR_EL1", 0, clear: Sctlr.nTWI).At(0).Code(a => a.Wfi()).Takes(1, 0x400, 0x07E0_0000, Code, El0)
            .Or("completes").Completes();
        yield return That("route/fp-cptr-el2", "CPTR_EL2.TFP traps EL2 itself", "EX-175").Change("CPTR_EL2", CptrEl2.TFP).At(2)
            .Needs("FEAT_FP").Code(a => a.FmovDX(0, 0)).Takes(2, 0x200, 0x1FE0_0000, Code, El2);
        yield return That("route/fp-cptr-el2-vhe", "E2H and CPTR_EL2.FPEN = 01: EL0 is not trapped without TGE", "EX-176")
            .Needs("FEAT_VHE").Change("HCR_EL2", Hcr.E2H).Set("CPTR_EL2", 1UL << 20)
            .At(0).Needs("FEAT_FP").Code(a => a.FmovDX(0, 0)).Completes();
        yield return That("route/fp-cptr-el2-host", "E2H, TGE and CPTR_EL2.FPEN = 01: EL0 traps to EL2", "EX-176")
            .Needs("FEAT_VHE").Change("HCR_EL2", Hcr.E2H | Hcr.TGE).Set("CPTR_EL2", 1UL << 20)
            .At(0).Needs("FEAT_FP").Code(a => a.FmovDX(0, 0)).Takes(2, 0x400, 0x1FE0_0000, Code, El0);
        yield return That("route/fp-cptr-el3", "CPTR_EL3.TFP traps EL3 itself", "EX-177").Change("CPTR_EL3", CptrEl3.TFP).At(3)
            .Needs("FEAT_FP").Code(a => a.FmovDX(0, 0)).Takes(3, 0x200, 0x1FE0_0000, Code, El3);
        yield return That("route/fp-load", "An FP load is trapped before its stack pointer is checked", "EX-178", "EX-220")
            .Set("CPACR_EL1", 0).Change("SCTLR_EL1", Sctlr.SA)
            .X(1, GuestMemory.Data + 1).At(1).Code(a => a.MovSp(SP, X1).Word(0xFD40_03E0))
            .Takes(1, 0x200, 0x1FE0_0000, Code + 4, El1);
        yield return That("route/pauth-disabled", "EnIA = 0: PACIA passes its pointer although API is closed", "EX-179")
            .Needs("FEAT_PAuth").Change("HCR_EL2", 0, clear: Hcr.API)
            .X(3, 0x4020_0000).At(1).Code(a => a.Pacia(X3, X4)).Completes().Sees("X3", 0x4020_0000);
        yield return That("route/pauth-el3", "SCR_EL3.API = 0: PACGA at EL2 traps to EL3", "EX-180").Needs("FEAT_PAuth")
            .Change("SCR_EL3", 0, clear: Scr.API)
            .At(2).Code(a => a.Pacga(X3, X4, X5)).Takes(3, 0x400, 0x2600_0000, Code, El2);
        yield return That("route/key", "HCR_EL2.APK = 0: a key register at EL1 traps to EL2", "EX-181").Needs("FEAT_PAuth")
            .Change("HCR_EL2", 0, clear: Hcr.APK)
            .At(1).Code(a => a.Mrs(X0, "APIAKeyLo_EL1")).Takes(2, 0x400, 0x6230_0803, Code, El1);
        yield return That("route/eret-el0", "ERET at EL0 is UNDEFINED", "EX-183").At(0).Code(a => a.Eret())
            .Takes(1, 0x400, Undefined, Code, El0);
        yield return That("route/daif-el0", "UMA = 0: DAIF at EL0 traps to EL1", "EX-185", "EX-285")
            .Change("SCTLR_EL1", 0, clear: Sctlr.UMA)
            .At(0).Code(a => a.Mrs(X3, "DAIF")).Takes(1, 0x400, 0x6232_D065, Code, El0);
        yield return That("route/daif-el0-host", "E2H and TGE: DAIF at EL0 traps to EL2 whatever UMA says", "EX-186", "EX-285")
            .Needs("FEAT_VHE").Change("HCR_EL2", Hcr.E2H | Hcr.TGE)
            .At(0).Code(a => a.Mrs(X3, "DAIF")).Takes(2, 0x400, 0x6232_D065, Code, El0);
        yield return That("route/sctlr-before-hcr", "At EL0 SCTLR_EL1.UCT = 0 goes before HCR_EL2.TID2", "EX-187")
            .Change("SCTLR_EL1", 0, clear: Sctlr.UCT).Change("HCR_EL2", Hcr.TID2)
            .At(0).Code(a => a.Mrs(X3, "CTR_EL0")).Takes(1, 0x400, 0x6232_C061, Code, El0);
        yield return That("route/cpacr-el2-before-el3", "CPACR_EL1 at EL1: CPTR_EL2.TCPAC goes before CPTR_EL3.TCPAC", "EX-187")
            .Change("CPTR_EL2", CptrEl2.TCPAC).Change("CPTR_EL3", CptrEl3.TCPAC)
            .At(1).Code(a => a.Mrs(X0, "CPACR_EL1")).Takes(2, 0x400, 0x6234_0401, Code, El1);
        yield return That("route/mdscr-el3", "MDCR_EL3.TDA: MDSCR_EL1 at EL2 traps to EL3", "EX-188")
            .Change("MDCR_EL3", MdcrEl3.TDA)
            .At(2).Code(a => a.Mrs(X3, "MDSCR_EL1")).Takes(3, 0x400, 0x6224_0065, Code, El2);
        yield return That("route/sp-offset", "The stack pointer is checked before the offset is added", "EX-191")
            .Change("SCTLR_EL1", Sctlr.SA)
            .X(1, GuestMemory.Data + 15).At(1).Code(a => a.MovSp(SP, X1).Ldrb(X3, SP, 1))
            .Takes(1, 0x200, 0x9A00_0000, Code + 4, El1);
        yield return That("route/pc", "A misaligned PC: class 22, ELR and FAR the PC", "EX-192", "EX-128", "EX-086", "EX-098")
            .EntryPc(Code + 2).At(1).Code(a => a.Nop().Nop()).Takes(1, 0x200, 0x8A00_0000, Code + 2, El1, Code + 2);
        yield return That("route/pc-branch", "A branch to a misaligned address completes: the fault belongs to the target", "EX-192")
            .X(30, Code + 9).At(1).Code(a => a.Ret().Nop().Nop()).Takes(1, 0x200, 0x8A00_0000, Code + 9, El1, Code + 9);
        yield return That("route/el2-register", "NV: VBAR_EL2 at EL1 traps to EL2", "EX-197").Needs("FEAT_NV")
            .Change("HCR_EL2", Hcr.NV)
            .At(1).Code(a => a.Mrs(X0, "VBAR_EL2")).Takes(2, 0x400, 0x6231_3001, Code, El1);
    }

    private static IEnumerable<CaseBuilder> Priorities()
    {
        foreach ((string name, uint word) in ((string, uint)[])
            [("udf", 0), ("svc", 0xD400_0001), ("hvc", 0xD400_0002), ("smc", 0xD400_0003), ("brk", 0xD420_0000), ("wfi", 0xD503_207F), ("eret", 0xD69F_03E0)])
        {
            yield return That($"priority/il-before-{name}", "Illegal Execution state comes before the instruction", "EX-213", "EX-210", "EX-193")
                .Pstate(Spsr.At(1).With(Spsr.Il)).Code(word).Takes(1, 0x200, 0x3A00_0000, Code, El1 | Spsr.Il);
        }

        yield return That("priority/pc-before-il", "A misaligned PC comes before the Illegal Execution state, SPSR.IL stays 1", "EX-211", "EX-210")
            .Pstate(Spsr.At(1).With(Spsr.Il)).EntryPc(Code + 1).Code(a => a.Nop())
            .Takes(1, 0x200, 0x8A00_0000, Code + 1, El1 | Spsr.Il, Code + 1);
        yield return That("priority/undefined-before-traps", "An absent register is UNDEFINED before any trap of its space", "EX-212")
            .Change("HCR_EL2", Hcr.TVM | Hcr.TRVM)
            .At(0).Code(a => a.Mrs(X3, "SCTLR_EL1")).Takes(1, 0x400, Undefined, Code, El0);
        yield return That("priority/fp-el1-first", "CPACR_EL1 and CPTR_EL2 closed: EL1 takes the trap", "EX-215")
            .Set("CPACR_EL1", 0).Change("CPTR_EL2", CptrEl2.TFP)
            .At(1).Needs("FEAT_FP").Code(a => a.FmovDX(0, 0)).Takes(1, 0x200, 0x1FE0_0000, Code, El1);
        yield return That("priority/fp-el2-first", "CPTR_EL2 and CPTR_EL3 closed: EL2 takes the trap", "EX-215")
            .Change("CPTR_EL2", CptrEl2.TFP).Change("CPTR_EL3", CptrEl3.TFP)
            .At(1).Needs("FEAT_FP").Code(a => a.FmovDX(0, 0)).Takes(2, 0x400, 0x1FE0_0000, Code, El1);
        yield return That("priority/pauth-el2-first", "HCR_EL2.API goes before SCR_EL3.API", "EX-216").Needs("FEAT_PAuth")
            .Change("HCR_EL2", 0, clear: Hcr.API).Change("SCR_EL3", 0, clear: Scr.API)
            .At(1).Code(a => a.Pacga(X3, X4, X5)).Takes(2, 0x400, 0x2600_0000, Code, El1);
        yield return That("priority/eret-trap-before-api", "NV goes before the API trap of ERETAA", "EX-218", "EX-184")
            .Needs("FEAT_NV", "FEAT_PAuth").Change("HCR_EL2", Hcr.NV, clear: Hcr.API)
            .Change("SCTLR_EL1", Sctlr.EnIA).At(1).Code(a => a.Eretaa()).Takes(2, 0x400, 0x6A00_0002, Code, El1);
    }
}
