using Conformance.Harness.Cases;
using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.ControlBits;
using static Conformance.Suites.Exceptions.Directed.Say;

namespace Conformance.Suites.Exceptions.Directed;

/// <summary>Sections 5 to 7: ELR, FAR and ESR, with aborts that need no page table.</summary>
internal static class SyndromeCases
{
    /// <summary>With the MMU off an address beyond the implemented physical addresses is an address size fault at level 0.</summary>
    private const ulong Beyond = 0x1000_0000_4031_0000;

    internal static IEnumerable<CaseBuilder> All() => [.. Classes(), .. Aborts(), .. Vncr()];

    private static IEnumerable<CaseBuilder> Classes()
    {
        yield return That("esr/unknown", "UNDEFINED: class 00, IL 1, ISS 0", "EX-110", "EX-111", "EX-112", "EX-114", "EX-080")
            .At(1).Code(a => a.Udf(0xFFFF)).Takes(1, 0x200, 0x0200_0000, Code, El1);
        yield return That("esr/wfi", "WFI trap: 0x07E00000", "EX-115", "EX-083").Change("SCTLR_EL1", 0, clear: Sctlr.nTWI)
            .At(0).Code(a => a.Wfi()).Takes(1, 0x400, 0x07E0_0000, Code, El0).Or("completes").Completes();
        yield return That("esr/wfe", "WFE trap: 0x07E00001, once the Event Register is clear", "EX-115", "EX-171")
            .Change("SCTLR_EL1", 0, clear: Sctlr.nTWE)
            .At(0).Code(a => a.Sevl().Wfe().Wfe()).Takes(1, 0x400, 0x07E0_0001, Code + 8, El0).Or("completes").Completes();
        yield return That("esr/wfit", "WFIT trap: TI 10, RV 1, RN the register", "EX-116", "EX-172").Needs("FEAT_WFxT")
            .Change("SCTLR_EL1", 0, clear: Sctlr.nTWI)
            .X(29, ulong.MaxValue).At(0).Code(0xD503_103D).Takes(1, 0x400, 0x07E0_03A6, Code, El0).Or("completes").Completes();
        yield return That("esr/wfit-over", "WFIT with a timeout that has passed completes", "EX-172").Needs("FEAT_WFxT")
            .Change("SCTLR_EL1", 0, clear: Sctlr.nTWI)
            .At(0).Code(0xD503_1020).Completes();
        yield return That("esr/wfe-delayed", "WFE trap with a delay: the trap comes, or the WFE completes in the delay", "EX-173")
            .Needs("FEAT_TWED")
            .Change("HCR_EL2", Hcr.TWE | 1UL << 59).At(1).Code(a => a.Sevl().Wfe().Wfe())
            .Takes(2, 0x400, 0x07E0_0001, Code + 8, El1).Or("completes").Completes();
        yield return That("esr/wfi-with-interrupt", "WFI with a virtual interrupt pending completes though TWI is 1", "EX-171")
            .Change("HCR_EL2", Hcr.TWI | Hcr.IMO | Hcr.VI)
            .At(1).Code(a => a.Wfi()).Completes();
        yield return That("esr/fp", "FP access trap: 0x1FE00000", "EX-117", "EX-174").Set("CPACR_EL1", 0)
            .At(1).Needs("FEAT_FP").Code(a => a.FmovDX(0, 0)).Takes(1, 0x200, 0x1FE0_0000, Code, El1);
        yield return That("esr/fp-redirected", "TGE: the FP trap of CPACR_EL1 arrives at EL2 as class 00", "EX-174", "EX-138")
            .Needs("FEAT_E2H0").Set("CPACR_EL1", 0).Change("HCR_EL2", Hcr.TGE)
            .At(0).Needs("FEAT_FP").Code(a => a.FmovDX(0, 0)).Takes(2, 0x400, 0x0200_0000, Code, El0);
        yield return That("esr/pauth", "PAuth trap: 0x26000000", "EX-118", "EX-180").Needs("FEAT_PAuth")
            .Change("HCR_EL2", 0, clear: Hcr.API)
            .At(1).Code(a => a.Pacga(X3, X4, X5)).Takes(2, 0x400, 0x2600_0000, Code, El1);
        yield return That("esr/illegal-state", "Illegal Execution state: 0x3A000000, SPSR.IL 1", "EX-120", "EX-069", "EX-085", "EX-193")
            .Pstate(Spsr.At(1).With(Spsr.Il)).Code(a => a.Nop()).Takes(1, 0x200, 0x3A00_0000, Code, El1 | Spsr.Il);
        foreach (int imm in (int[])[0, 1, 0x8000, 0xFFFF])
        {
            ulong n = (ulong)imm;
            yield return That($"esr/svc-{imm:x}", "SVC: class 15, imm16 in the ISS, ELR behind", "EX-121", "EX-081", "EX-152")
                .At(0).Code(a => a.Svc(imm)).Takes(1, 0x400, 0x5600_0000 | n, Code + 4, El0);
            yield return That($"esr/hvc-{imm:x}", "HVC: class 16, imm16 in the ISS, ELR behind", "EX-121", "EX-081", "EX-156")
                .At(1).Code(a => a.Hvc(imm)).Takes(2, 0x400, 0x5A00_0000 | n, Code + 4, El1);
            yield return That($"esr/smc-{imm:x}", "SMC: class 17, imm16 in the ISS, ELR behind", "EX-121", "EX-081", "EX-160")
                .At(1).Code(a => a.Smc(imm)).Takes(3, 0x400, 0x5E00_0000 | n, Code + 4, El1);
            yield return That($"esr/smc-trapped-{imm:x}", "SMC trapped by TSC: class 17, imm16 in the ISS, ELR the SMC", "EX-121", "EX-082", "EX-158")
                .Change("HCR_EL2", Hcr.TSC)
                .At(1).Code(a => a.Smc(imm)).Takes(2, 0x400, 0x5E00_0000 | n, Code, El1);
            yield return That($"esr/brk-{imm:x}", "BRK: class 3C, imm16 in the ISS, ELR the BRK", "EX-136", "EX-084", "EX-162")
                .At(1).Code(a => a.Brk(imm)).Takes(1, 0x200, 0xF200_0000 | n, Code, El1);
        }

        yield return That("esr/system-read", "MRS ID_AA64PFR0_EL1 with TID3: each field of the encoding, direction 1", "EX-122", "EX-189")
            .Change("HCR_EL2", Hcr.TID3)
            .At(1).Code(a => a.Mrs(X0, "ID_AA64PFR0_EL1")).Takes(2, 0x400, 0x6230_0009, Code, El1);
        yield return That("esr/system-reserved-id", "TID3 covers the reserved ID space too", "EX-189").Needs("FEAT_FGT")
            .Change("HCR_EL2", Hcr.TID3)
            .At(1).Code(0xD538_07E3).Takes(2, 0x400, 0x623E_006F, Code, El1);
        yield return That("esr/system-immediate", "MSR DAIFSet, #10 at EL0: Op0 00, CRn 0100, CRm 10, Rt 31", "EX-124", "EX-185")
            .Change("SCTLR_EL1", 0, clear: Sctlr.UMA)
            .At(0).Code(a => a.MsrImm("DAIFSet", 10)).Takes(1, 0x400, 0x620C_D3F4, Code, El0);
        yield return That("esr/system-op-without-operand", "TLBI VMALLE1 with TTLB: Op0 01, Rt 31, direction 0", "EX-125", "EX-199")
            .Change("HCR_EL2", Hcr.TTLB)
            .At(1).Code(a => a.Tlbi("VMALLE1")).Takes(2, 0x400, 0x6210_23EE, Code, El1);
        yield return That("esr/system-op-with-operand", "IC IVAU with UCI closed: Op0 01, Rt, direction 0", "EX-125", "EX-185")
            .Change("SCTLR_EL1", 0, clear: Sctlr.UCI)
            .X(3, GuestMemory.Data).At(0).Code(a => a.Ic("IVAU", X3)).Takes(1, 0x400, 0x6212_DC6A, Code, El0);
        foreach ((string name, string needs, ulong esr, uint word) in ((string, string, ulong, uint)[])
            [("ccsidr2", "!FEAT_CCIDX", 0x6234_4001, 0xD539_0040), ("gmid", "!FEAT_MTE2", 0x6238_4001, 0xD539_0080), ("smidr", "!FEAT_SME", 0x623C_4001, 0xD539_00C0)])
        {
            yield return That($"esr/absent-{name}", "FEAT_IDST: an absent ID register traps to the current level", "EX-190")
                .Needs("FEAT_IDST", needs)
                .At(1).Code(word).Takes(1, 0x200, esr, Code, El1);
            yield return That($"esr/absent-{name}-el0", "FEAT_IDST: an absent ID register at EL0 traps to EL1", "EX-190")
                .Needs("FEAT_IDST", needs)
                .At(0).Code(word).Takes(1, 0x400, esr, Code, El0);
        }

        foreach ((string name, uint word) in ((string, uint)[])[("crm8", 0xD538_0803), ("op1-2", 0xD53A_0023), ("write", 0xD518_07E3)])
        {
            yield return That($"esr/no-id-{name}", "Outside the space of the ID registers, and for writes, UNDEFINED stays UNDEFINED", "EX-190")
                .Needs("FEAT_IDST").At(1).Code(word).Takes(1, 0x200, Undefined, Code, El1);
            yield return That($"esr/no-id-{name}-el0", "The same from EL0", "EX-190")
                .Needs("FEAT_IDST").At(0).Code(word).Takes(1, 0x400, Undefined, Code, El0);
        }

        foreach ((uint crm, uint op2) in ((uint, uint)[])[(3, 3), (3, 7), (7, 6), (7, 7)])
        {
            uint word = 0xD538_0003 | crm << 8 | op2 << 5;
            yield return That($"esr/reserved-id-{crm}-{op2}", "A name reserved for ID registers to come reads as zero", "EX-189").X(3, 0x5A5A)
                .At(1).Code(word).Completes().Sees("X3", 0);
            yield return That($"esr/reserved-id-{crm}-{op2}-tid3", "TID3 traps the names reserved for ID registers to come", "EX-189")
                .Needs("FEAT_FGT").Change("HCR_EL2", Hcr.TID3).At(1).Code(word).Takes(2, 0x400, 0x6230_0061 | op2 << 17 | crm << 1, Code, El1);
        }

        foreach ((uint op1, uint crm, uint op2) in ((uint, uint, uint)[])[(1, 2, 0), (1, 7, 3), (2, 2, 0), (2, 7, 7), (3, 2, 0), (3, 7, 5), (4, 2, 1), (5, 3, 0), (6, 4, 2), (7, 5, 4)])
        {
            // MRS X3, S3_<op1>_C0_C<crm>_<op2>: the part of op1 0 is reserved for ID registers to come, this is not.
            uint word = 0xD538_0003 | op1 << 16 | crm << 8 | op2 << 5;
            uint trap = 0x6230_0061 | op2 << 17 | op1 << 14 | crm << 1;
            bool id = op1 is 1 or 3;
            string name = $"esr/unallocated-id-{op1}-{crm}-{op2}";
            yield return That(name, $"FEAT_IDST: a name in CRn 0 that no register has {(id ? "is a trap" : "is UNDEFINED outside the space of the ID registers")}", "EX-190")
                .Needs("FEAT_IDST").At(1).Code(word).Takes(1, 0x200, id ? trap : Undefined, Code, El1);
            yield return That($"{name}-no-idst", "A name in CRn 0 that no register has is UNDEFINED", "EX-110")
                .Needs("!FEAT_IDST").At(1).Code(word).Takes(1, 0x200, Undefined, Code, El1);
        }

        foreach ((uint iss, uint word, string name) in ((uint, uint, string)[])[(0, 0xD69F_03E0, "eret"), (2, 0xD69F_0BFF, "eretaa"), (3, 0xD69F_0FFF, "eretab")])
        {
            yield return That($"esr/{name}-fine-grained", "HFGITR_EL2.ERET: class 1A with the form in the ISS", "EX-126", "EX-182")
                .Needs("FEAT_FGT", iss == 0 ? "FEAT_FGT" : "FEAT_PAuth")
                .Set("HFGITR_EL2", Hfgitr.ERET).At(1).Code(word).Takes(2, 0x400, 0x6A00_0000 | iss, Code, El1);
        }

        foreach ((int level, int target, uint vector, ulong spsr) in ((int, int, uint, ulong)[])[(0, 1, 0x400u, El0), (1, 1, 0x200u, El1), (2, 2, 0x200u, El2), (3, 3, 0x200u, El3)])
        {
            foreach ((string key, uint word, uint iss) in ((string, uint, uint)[])[("ia", 0xDAC1_1083, 0u), ("ib", 0xDAC1_1483, 1u), ("da", 0xDAC1_1883, 2u), ("db", 0xDAC1_1C83, 3u)])
            {
                yield return That($"esr/pac-fail-{key}-el{level}", "FEAT_FPAC: a failed AUT is class 1C with key and kind in the ISS", "EX-127", "EX-195", "EX-088")
                    .Needs("FEAT_FPAC")
                    .Change(level == 0 ? "SCTLR_EL1" : $"SCTLR_EL{level}", Sctlr.EnIA | Sctlr.EnIB | Sctlr.EnDA | Sctlr.EnDB)
                    .X(3, 0x0055_5555_4020_0000).X(4, 0x1234).At(level).Code(word)
                    .Takes(target, vector, 0x7200_0000 | iss, Code, spsr);
            }
        }
    }

    private static IEnumerable<CaseBuilder> Aborts()
    {
        foreach ((int level, int target, uint vector, ulong spsr, ulong hcr) in ((int, int, uint, ulong, ulong)[])
            [(0, 1, 0x400u, El0, 0UL), (1, 1, 0x200u, El1, 0UL), (2, 2, 0x200u, El2, 0UL), (3, 3, 0x200u, El3, 0UL), (0, 2, 0x400u, El0, Hcr.TGE)])
        {
            string name = $"el{level}-el{target}";
            ulong data = level == target ? 0x9600_0000UL : 0x9200_0000;
            ulong fetch = level == target ? 0x8600_0000UL : 0x8200_0000;
            string[] rules = ["EX-095", "EX-087", "EX-113", "EX-129", "EX-150"];
            yield return That($"abort/unaligned-load-{name}", "A load that is not aligned, from Device memory: DFSC 0x21, ISV 0", rules)
                .Routed(hcr).X(1, GuestMemory.Data + 1).At(level).Code(a => a.Ldr(X3, X1))
                .Takes(target, vector, data | 0x21, Code, spsr, GuestMemory.Data + 1);
            yield return That($"abort/unaligned-store-{name}", "A store that is not aligned, to Device memory: WnR 1", rules)
                .Routed(hcr).X(1, GuestMemory.Data + 6).At(level).Code(a => a.Str(X3, X1))
                .Takes(target, vector, data | 0x61, Code, spsr, GuestMemory.Data + 6);
            yield return That($"abort/address-size-load-{name}", "A load beyond the physical addresses with the MMU off: DFSC 0x00", rules)
                .Routed(hcr).X(1, Beyond).At(level).Code(a => a.Ldr(X3, X1)).Takes(target, vector, data, Code, spsr, Beyond);
            yield return That($"abort/address-size-fetch-{name}", "A fetch beyond the physical addresses with the MMU off: IFSC 0x00, ELR and FAR the address", "EX-095", "EX-088", "EX-113", "EX-131", "EX-150")
                .Routed(hcr).X(30, Beyond).At(level).Code(a => a.Ret()).Takes(target, vector, fetch, Beyond, spsr, Beyond);
            yield return That($"abort/sp-first-{name}", "A misaligned stack pointer goes before the fault of the address in it", "EX-219", "EX-191", "EX-210")
                .Routed(hcr).Change(level == 0 ? "SCTLR_EL1" : $"SCTLR_EL{level}", level == 0 ? Sctlr.SA0 : Sctlr.SA)
                .X(1, Beyond + 8)
                .At(level).Code(a => a.MovSp(SP, X1).Ldr(X3, SP)).Takes(target, vector, 0x9A00_0000, Code + 4, spsr);
        }
    }

    /// <summary>HCR_EL2 bits, where there are any: EL1 alone has no HCR_EL2.</summary>
    private static CaseBuilder Routed(this CaseBuilder says, ulong hcr) => hcr == 0 ? says : says.Change("HCR_EL2", hcr);

    /// <summary>The VNCR page at an address that the EL2 regime, MMU off, cannot reach.</summary>
    private static IEnumerable<CaseBuilder> Vncr()
    {
        const ulong page = 0xFFFF_F000_0000_0000; // RESS all copies of the top bit
        yield return That("abort/vncr-read", "A read of the VNCR page that faults: class 25, VNCR 1, WnR 0, FAR the address, taken to EL2", "EX-101", "EX-113", "EX-130", "EX-166")
            .Needs("FEAT_NV2")
            .Change("HCR_EL2", Hcr.NV | Hcr.NV2).Set("VNCR_EL2", page).At(1).Code(a => a.Mrs(X3, "HCR_EL2"))
            .Takes(2, 0x400, 0x9600_2000, Code, El1, page + 0x78);
        yield return That("abort/vncr-write", "A write of the VNCR page that faults: WnR 1", "EX-101", "EX-113", "EX-130", "EX-166")
            .Needs("FEAT_NV2")
            .Change("HCR_EL2", Hcr.NV | Hcr.NV2).Set("VNCR_EL2", page).At(1).Code(a => a.Msr("HCR_EL2", X3))
            .Takes(2, 0x400, 0x9600_2040, Code, El1, page + 0x78);
    }
}
