using Conformance.Harness.Cases;
using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.ControlBits;
using static Conformance.Suites.Exceptions.Directed.Say;

namespace Conformance.Suites.Exceptions.Directed;

/// <summary>Section 1: a rule means the effective value of a control.</summary>
internal static class EffectiveValueCases
{
    internal static IEnumerable<CaseBuilder> All()
    {
        yield return That("effective/secure-el1-ignores-tsc", "Secure EL1 without Secure EL2: HCR_EL2.TSC traps nothing, SMC goes to EL3", "EX-001", "EX-009")
            .Needs("!FEAT_RME").Change("SCR_EL3", 0, clear: Scr.NS).Change("HCR_EL2", Hcr.TSC | Hcr.TGE | Hcr.TID3)
            .At(1).Code(a => a.Mrs(X3, "ID_AA64PFR0_EL1").Smc(7))
            .Takes(3, 0x400, 0x5E00_0007, Code + 8, El1);
        yield return That("effective/secure-el1-has-open-pauth", "Secure EL1 without Secure EL2: HCR_EL2.API = 0 traps no PAuth instruction", "EX-001", "EX-180")
            .Needs("!FEAT_RME", "FEAT_PAuth").Change("SCR_EL3", 0, clear: Scr.NS).Change("HCR_EL2", 0, clear: Hcr.API | Hcr.APK)
            .At(1).Code(a => a.Pacga(X3, X4, X5).Mrs(X3, "APIAKeyLo_EL1"))
            .Completes();
        yield return That("effective/tge-sends-el0-to-el2", "TGE: an exception of EL0 that EL1 would take goes to EL2", "EX-002", "EX-138")
            .Change("HCR_EL2", Hcr.TGE).At(0).Code(a => a.Svc(0x12))
            .Takes(2, 0x400, 0x5600_0012, Code + 4, El0);
        yield return That("effective/host-el0-has-sctlr-el2", "E2H and TGE: SCTLR_EL2.UCT = 0 traps CTR_EL0 at EL0 to EL2 though SCTLR_EL1.UCT is 1", "EX-003", "EX-186")
            .Needs("FEAT_VHE").Change("HCR_EL2", Hcr.E2H | Hcr.TGE).At(0).Code(a => a.Mrs(X3, "CTR_EL0"))
            .Takes(2, 0x400, 0x6232_C061, Code, El0);
        yield return That("effective/host-el0-ignores-cpacr", "E2H and TGE: CPACR_EL1.FPEN = 00 does not trap EL0", "EX-003", "EX-174")
            .Needs("FEAT_VHE").Change("HCR_EL2", Hcr.E2H | Hcr.TGE).Set("CPTR_EL2", 3UL << 20).Set("CPACR_EL1", 0)
            .At(0).Needs("FEAT_FP").Code(a => a.FmovDX(0, 0)).Completes();
        yield return That("effective/tge-acts-as-tde", "TGE: BRK at EL0 goes to EL2 with MDCR_EL2.TDE = 0", "EX-005", "EX-162")
            .Change("HCR_EL2", Hcr.TGE).At(0).Code(a => a.Brk(0x34))
            .Takes(2, 0x400, 0xF200_0034, Code, El0);
        yield return That("effective/tde-acts-as-tda", "MDCR_EL2.TDE = 1: MDSCR_EL1 traps at EL1 with TDA = 0", "EX-005", "EX-188")
            .Change("MDCR_EL2", MdcrEl2.TDE).At(1).Code(a => a.Mrs(X3, "MDSCR_EL1"))
            .Takes(2, 0x400, 0x6224_0065, Code, El1);
        yield return That("effective/host-el0-ignores-tpcp", "E2H and TGE: HCR_EL2.TPCP does not trap DC CIVAC at EL0", "EX-006")
            .Needs("FEAT_VHE").Change("HCR_EL2", Hcr.E2H | Hcr.TGE | Hcr.TPCP).Change("SCTLR_EL2", Sctlr.UCI)
            .X(3, GuestMemory.Data).At(0).Code(a => a.Dc("CIVAC", X3)).Completes();
        yield return That("effective/nv2-alone-does-nothing", "NV2 without NV: CurrentEL is EL1, an EL2 register is UNDEFINED, and the bit keeps its value", "EX-007", "EX-282", "EX-241")
            .Needs("FEAT_NV2").Change("HCR_EL2", Hcr.NV2).At(1).Code(a => a.Mrs(X9, "CurrentEL").Mrs(X3, "HCR_EL2"))
            .Takes(1, 0x200, Undefined, Code + 4, El1).Sees("X9", 4).Sees("HCR_EL2", Hcr.NV2, Hcr.NV2);
        yield return That("effective/nv1-alone", "NV1 without NV is CONSTRAINED UNPREDICTABLE: as if both were 0, as if both were 1, or NV1 with its own effect", "EX-007")
            .Needs("FEAT_NV", "FEAT_E2H0").Change("HCR_EL2", Hcr.NV1).At(1)
            .Code(a => a.Mrs(X9, "CurrentEL").Mrs(X3, "VBAR_EL1"))
            .Outcome("as {0,0}").Completes().Sees("X9", 4).Sees("X3", GuestMemory.VectorsEl1)
            .Or("as {1,1}").Takes(2, 0x400, 0x6230_3061, Code + 4, El1).Sees("X9", 8)
            .Or("NV1 alone").Takes(2, 0x400, 0x6230_3061, Code + 4, El1).Sees("X9", 4);
        yield return That("effective/fgten-closes-fine-grained-traps", "SCR_EL3.FGTEn = 0: HFGITR_EL2.SVC_EL1 does not trap", "EX-008", "EX-152")
            .Needs("FEAT_FGT").Change("SCR_EL3", 0, clear: Scr.FGTEn).Set("HFGITR_EL2", Hfgitr.SVC_EL1)
            .At(1).Code(a => a.Svc(0)).Takes(1, 0x200, 0x5600_0000, Code + 4, El1);
        yield return That("effective/host-el0-has-no-fine-grained-traps", "E2H and TGE: HFGITR_EL2.SVC_EL0 does not trap: ELR is behind the SVC", "EX-008", "EX-153")
            .Needs("FEAT_FGT", "FEAT_VHE").Change("HCR_EL2", Hcr.E2H | Hcr.TGE).Set("HFGITR_EL2", Hfgitr.SVC_EL0)
            .At(0).Code(a => a.Svc(0)).Takes(2, 0x400, 0x5600_0000, Code + 4, El0);
        yield return That("effective/secure-el1-has-no-hvc", "Secure EL1 without Secure EL2: HVC is UNDEFINED", "EX-009", "EX-155")
            .Needs("!FEAT_RME").Change("SCR_EL3", 0, clear: Scr.NS).At(1).Code(a => a.Hvc(0))
            .Takes(1, 0x200, Undefined, Code, El1);
        yield return That("effective/secure-el1-with-el2-has-hvc", "Secure EL1 with Secure EL2 enabled: HVC goes to EL2", "EX-009", "EX-156")
            .Needs("FEAT_SEL2").Change("SCR_EL3", Scr.EEL2, clear: Scr.NS).At(1).Code(a => a.Hvc(0))
            .Takes(2, 0x400, 0x5A00_0000, Code + 4, El1);
        yield return That("effective/rw-acts-as-1", "AArch64 only: SCR_EL3.RW = 0 and HCR_EL2.RW = 0 leave EL1 and EL2 in AArch64", "EX-011", "EX-024")
            .Needs("!FEAT_AA32EL0", "!FEAT_AA32EL1", "!FEAT_AA32EL2").Change("SCR_EL3", 0, clear: Scr.RW)
            .Change("HCR_EL2", 0, clear: Hcr.RW)
            .At(0).Code(a => a.Svc(0)).Takes(1, 0x400, 0x5600_0000, Code + 4, El0);
        yield return That("effective/no-el1-with-tge", "TGE: a return to EL1 is illegal, so EL1 never runs", "EX-012", "EX-258")
            .Change("HCR_EL2", Hcr.TGE).Set("ELR_EL2", Code + 4).Set("SPSR_EL2", El1)
            .At(2).Code(a => a.Eret().Nop()).Takes(2, 0x200, 0x3A00_0000, Code + 4).Sees("SPSR", 0x0010_03C9, 0xF010_03DF);
        foreach ((string feature, ulong bits, string name) in ((string, ulong, string)[])
            [("FEAT_PAN", Spsr.Pan, "pan"), ("FEAT_UAO", Spsr.Uao, "uao"), ("FEAT_DIT", Spsr.Dit, "dit"), ("FEAT_SSBS", Spsr.Ssbs, "ssbs"),
                ("FEAT_MTE", Spsr.Tco, "tco"), ("FEAT_BTI", Spsr.Btype, "btype"), ("FEAT_NMI", Spsr.Allint, "allint")])
        {
            yield return That($"effective/no-{name}", $"Without {feature} its PSTATE field is ignored by a return and 0 in SPSR", "EX-010")
                .Needs($"!{feature}").Set("ELR_EL2", Code + 4).Set("SPSR_EL2", El1 | bits)
                .At(2).Code(a => a.Eret().Udf()).Takes(1, 0x200, Undefined, Code + 4, El1);
        }
    }
}
