using Conformance.Harness.Cases;
using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.ControlBits;
using static Conformance.Suites.Exceptions.Directed.Say;

namespace Conformance.Suites.Exceptions.Directed;

/// <summary>Sections 2 to 4: where an exception goes, PSTATE there, and what SPSR says.</summary>
internal static class EntryCases
{
    internal static IEnumerable<CaseBuilder> All() => [.. Vectors(), .. Pstate(), .. Saved(), .. Nested()];

    private static IEnumerable<CaseBuilder> Vectors()
    {
        // A device that adds these bits ends in another slot, where it can be seen, and not in the middle of one.
        yield return That("entry/vbar-el1-low-bits", "VBAR_EL1[10:0] do not matter", "EX-021")
            .Set("VBAR_EL1", GuestMemory.VectorsEl1 | 0x180).At(1).Code(a => a.Svc(0))
            .Takes(1, 0x200, 0x5600_0000, Code + 4, El1);
        yield return That("entry/vbar-el2-low-bits", "VBAR_EL2[10:0] do not matter", "EX-021")
            .Set("VBAR_EL2", GuestMemory.VectorsEl2 | 0x180).At(1).Code(a => a.Hvc(0))
            .Takes(2, 0x400, 0x5A00_0000, Code + 4, El1);
        yield return That("entry/el1t-uses-000", "EL1t to EL1: offset 0x000", "EX-022", "EX-023")
            .Pstate(new Spsr(0x3C4)).Code(a => a.Svc(0)).Takes(1, 0x000, 0x5600_0000, Code + 4, 0x3C4);
        yield return That("entry/el1h-uses-200", "EL1h to EL1: offset 0x200", "EX-022", "EX-023")
            .At(1).Code(a => a.Svc(0)).Takes(1, 0x200, 0x5600_0000, Code + 4, El1);
        yield return That("entry/el1t-to-el2-uses-400", "EL1t to EL2: offset 0x400 whatever SP says", "EX-022", "EX-023", "EX-024")
            .Pstate(new Spsr(0x3C4)).Code(a => a.Hvc(0)).Takes(2, 0x400, 0x5A00_0000, Code + 4, 0x3C4);
        yield return That("entry/el2-to-el2-stays", "UNDEFINED at EL2 is never taken lower", "EX-020", "EX-150")
            .At(2).Code(a => a.Udf()).Takes(2, 0x200, Undefined, Code, El2);
        yield return That("entry/vhe-uses-el2-registers", "E2H: an exception to EL2 writes the EL2 registers and leaves those of EL1", "EX-027", "EX-026")
            .Needs("FEAT_VHE").Change("HCR_EL2", Hcr.E2H | Hcr.TGE).Set("ESR_EL1", 0x11).Set("ELR_EL1", 0x22)
            .Set("SPSR_EL1", 0x3C0).Set("FAR_EL1", 0x44)
            .At(0).Code(a => a.Svc(5)).Takes(2, 0x400, 0x5600_0005, Code + 4, El0)
            .Sees("ESR_EL1", 0x11).Sees("ELR_EL1", 0x22).Sees("SPSR_EL1", 0x3C0).Sees("FAR_EL1", 0x44);
        yield return That("entry/hpfar-stays-for-el1", "An exception to EL1 leaves HPFAR_EL2", "EX-100")
            .Set("HPFAR_EL2", 0x12340).At(1).Code(a => a.Svc(5)).Takes(1, 0x200, 0x5600_0005, Code + 4, El1)
            .Sees("HPFAR_EL2", 0x12340);
    }

    private static IEnumerable<CaseBuilder> Pstate()
    {
        // NZCV and DIT rest on the pseudocode alone, so they have cases of their own.
        foreach ((int level, int target, string name) in ((int, int, string)[])[(0, 1, "el0-el1"), (1, 1, "el1-el1"), (1, 2, "el1-el2"), (2, 2, "el2-el2"), (2, 3, "el2-el3"), (3, 3, "el3-el3")])
        {
            uint word = Instruction.Encode(a => target == level || level == 0 ? a.Svc(0) : target == 2 ? a.Hvc(0) : a.Smc(0));
            foreach (ulong flags in (ulong[])[0xF000_0000, 0xA000_0000, 0x5000_0000])
            {
                yield return That($"entry/flags/{name}-{flags >> 28:x}", "N, Z, C, V are the same at the vector", "EX-045")
                    .Pstate(Spsr.At(level).With(flags)).Code(word).Takes(target).Sees(FieldNames.Pstate, flags, Spsr.Nzcv);
            }

            yield return That($"entry/dit/{name}", "DIT is the same at the vector", "EX-053").Needs("FEAT_DIT")
                .Pstate(Spsr.At(level).With(Spsr.Dit)).Code(word).Takes(target).Sees(FieldNames.Pstate, Spsr.Dit, Spsr.Dit);
            yield return That($"entry/uao/{name}", "UAO is 0 at the vector and kept in SPSR", "EX-049", "EX-072")
                .Needs("FEAT_UAO")
                .Pstate(Spsr.At(level).With(Spsr.Uao)).Code(word).Takes(target).Sees(FieldNames.Spsr, Spsr.Uao, Spsr.Uao)
                .Sees(FieldNames.Pstate, 0, Spsr.Uao);
            yield return That($"entry/tco/{name}", "TCO is 1 at the vector", "EX-052").Needs("FEAT_MTE2")
                .Pstate(Spsr.At(level)).Code(word).Takes(target).Sees(FieldNames.Spsr, 0, Spsr.Tco)
                .Sees(FieldNames.Pstate, Spsr.Tco, Spsr.Tco);
            yield return That($"entry/ssbs/{name}", "SSBS becomes SCTLR.DSSBS of the target: 1", "EX-050").Needs("FEAT_SSBS2")
                .Change($"SCTLR_EL{target}", Sctlr.DSSBS)
                .Pstate(Spsr.At(level)).Code(word).Takes(target).Sees(FieldNames.Spsr, 0, Spsr.Ssbs)
                .Sees(FieldNames.Pstate, Spsr.Ssbs, Spsr.Ssbs);
            yield return That($"entry/ssbs-clear/{name}", "SSBS becomes SCTLR.DSSBS of the target: 0", "EX-050")
                .Needs("FEAT_SSBS2")
                .Pstate(Spsr.At(level).With(Spsr.Ssbs)).Code(word).Takes(target).Sees(FieldNames.Spsr, Spsr.Ssbs, Spsr.Ssbs)
                .Sees(FieldNames.Pstate, 0, Spsr.Ssbs);
            yield return That($"entry/allint/{name}", "ALLINT becomes the inverse of SCTLR.SPINTMASK of the target", "EX-054")
                .Needs("FEAT_NMI")
                .Pstate(Spsr.At(level)).Code(word).Takes(target).Sees(FieldNames.Spsr, 0, Spsr.Allint)
                .Sees(FieldNames.Pstate, Spsr.Allint, Spsr.Allint);
            yield return That($"entry/masks/{name}", "D, A, I, F are all 1 at the vector and 0 in SPSR", "EX-042", "EX-061")
                .Pstate(Spsr.At(level).Without(Spsr.Daif)).Code(word).Takes(target).Sees(FieldNames.Spsr, 0, Spsr.Daif)
                .Sees(FieldNames.Pstate, Spsr.Daif, Spsr.Daif);
        }

        yield return That("entry/pan-el1-set", "SCTLR_EL1.SPAN = 0: PAN is 1 at the EL1 vector", "EX-046").Needs("FEAT_PAN")
            .Change("SCTLR_EL1", 0, clear: Sctlr.SPAN).At(0).Code(a => a.Svc(0)).Takes(1, 0x400, 0x5600_0000, Code + 4, El0)
            .Sees(FieldNames.Pstate, Spsr.Pan, Spsr.Pan);
        yield return That("entry/pan-el1-kept", "SCTLR_EL1.SPAN = 1: PAN stays 0", "EX-046").Needs("FEAT_PAN")
            .At(0).Code(a => a.Svc(0)).Takes(1, 0x400, 0x5600_0000, Code + 4, El0).Sees(FieldNames.Pstate, 0, Spsr.Pan);
        yield return That("entry/pan-el2-host", "E2H, TGE and SCTLR_EL2.SPAN = 0: PAN is 1 at the EL2 vector", "EX-047")
            .Needs("FEAT_PAN", "FEAT_VHE")
            .Change("HCR_EL2", Hcr.E2H | Hcr.TGE).Change("SCTLR_EL2", 0, clear: Sctlr.SPAN)
            .At(0).Code(a => a.Svc(0)).Takes(2, 0x400, 0x5600_0000, Code + 4, El0).Sees(FieldNames.Pstate, Spsr.Pan, Spsr.Pan);
        yield return That("entry/pan-el2-e2h-alone", "E2H without TGE: SCTLR_EL2.SPAN = 0 does not set PAN", "EX-047")
            .Needs("FEAT_PAN", "FEAT_VHE")
            .Change("HCR_EL2", Hcr.E2H).Change("SCTLR_EL2", 0, clear: Sctlr.SPAN)
            .At(1).Code(a => a.Hvc(0)).Takes(2, 0x400, 0x5A00_0000, Code + 4, El1).Sees(FieldNames.Pstate, 0, Spsr.Pan);
        yield return That("entry/pan-el3", "PAN is unchanged at EL3", "EX-048").Needs("FEAT_PAN")
            .Pstate(Spsr.At(1).With(Spsr.Pan)).Code(a => a.Smc(0)).Takes(3, 0x400, 0x5E00_0000, Code + 4, El1 | Spsr.Pan)
            .Sees(FieldNames.Pstate, Spsr.Pan, Spsr.Pan);
        yield return That("entry/pan-under-nv1", "{NV,NV1} = {1,1}: PAN is still written on entry to EL1", "EX-056")
            .Needs("FEAT_PAN", "FEAT_NV")
            .Change("HCR_EL2", Hcr.NV | Hcr.NV1).Change("SCTLR_EL1", 0, clear: Sctlr.SPAN)
            .At(1).Code(a => a.Svc(0)).Takes(1, 0x200, 0x5600_0000, Code + 4, El1).Sees(FieldNames.Pstate, Spsr.Pan, Spsr.Pan);
    }

    private static IEnumerable<CaseBuilder> Saved()
    {
        yield return That("saved/el0", "From EL0: M = 0", "EX-062", "EX-073").Pstate(new Spsr(0)).Code(a => a.Svc(0))
            .Takes(1, 0x400, 0x5600_0000, Code + 4, 0);
        yield return That("saved/el3t", "From EL3t: M = 0xC, offset 0x000", "EX-062").Pstate(new Spsr(0xC)).Code(a => a.Svc(0))
            .Takes(3, 0x000, 0x5600_0000, Code + 4, 0xC);
        yield return That("saved/everything", "Every field of PSTATE is in SPSR, and nothing else", "EX-060", "EX-072")
            .Needs("FEAT_PAN", "FEAT_UAO", "FEAT_DIT", "FEAT_SSBS")
            .Pstate(new Spsr(0xF1C0_1145)).Code(a => a.Svc(0)).Takes(1, 0x200, 0x5600_0000, Code + 4, 0xF1C0_1145);
        foreach (int type in (int[])[1, 2, 3])
        {
            yield return That($"saved/btype-{type}-brk", "BRK: SPSR.BTYPE is the old value", "EX-071").Needs("FEAT_BTI")
                .Pstate(Spsr.At(1).With((ulong)type << 10)).Code(a => a.Brk(0))
                .Takes(1, 0x200, 0xF200_0000, Code, El1 | (ulong)type << 10);
            yield return That($"saved/btype-{type}-svc", "SVC: SPSR.BTYPE is the old value or 00", "EX-071").Needs("FEAT_BTI")
                .Pstate(Spsr.At(1).With((ulong)type << 10)).Code(a => a.Svc(0)).Takes(1, 0x200, 0x5600_0000, Code + 4)
                .SeesAny(FieldNames.Spsr, El1 | (ulong)type << 10, El1);
        }
    }

    private static IEnumerable<CaseBuilder> Nested()
    {
        foreach ((string name, ulong hcr, ulong m, string needs) in ((string, ulong, ulong, string)[])
            [("100", Hcr.NV, 0x9, "FEAT_NV"), ("101", Hcr.NV | Hcr.NV2, 0x9, "FEAT_NV2"), ("111", Hcr.NV | Hcr.NV1 | Hcr.NV2, 0x9, "FEAT_NV2"),
                ("110", Hcr.NV | Hcr.NV1, 0x5, "FEAT_NV"), ("001", Hcr.NV2, 0x5, "FEAT_NV2")])
        {
            yield return That($"nested/spsr-m/{name}-el1h", $"{{NV,NV1,NV2}} = {name}: EL1h to EL1 saves M = {m}", "EX-063", "EX-066")
                .Needs(needs)
                .Change("HCR_EL2", hcr).At(1).Code(a => a.Svc(0)).Takes(1, 0x200, 0x5600_0000, Code + 4, 0x3C0 | m);
            yield return That($"nested/spsr-m/{name}-el1t", $"{{NV,NV1,NV2}} = {name}: EL1t to EL1 saves M = {m - 1}", "EX-064")
                .Needs(needs)
                .Change("HCR_EL2", hcr).Pstate(new Spsr(0x3C4)).Code(a => a.Svc(0))
                .Takes(1, 0x000, 0x5600_0000, Code + 4, 0x3C0 | (m - 1));
            yield return That($"nested/spsr-m/{name}-el0", $"{{NV,NV1,NV2}} = {name}: EL0 to EL1 saves M = 0", "EX-065")
                .Needs(needs)
                .Change("HCR_EL2", hcr).At(0).Code(a => a.Svc(0)).Takes(1, 0x400, 0x5600_0000, Code + 4, 0x3C0);
            yield return That($"nested/spsr-m/{name}-to-el2", $"{{NV,NV1,NV2}} = {name}: EL1 to EL2 saves the real EL1", "EX-065", "EX-198")
                .Needs(needs)
                .Change("HCR_EL2", hcr).At(1).Code(a => a.Hvc(0)).Takes(2, 0x400, 0x5A00_0000, Code + 4, El1);
            yield return That($"nested/spsr-m/{name}-to-el3", $"{{NV,NV1,NV2}} = {name}: EL1 to EL3 saves the real EL1", "EX-065", "EX-198")
                .Needs(needs)
                .Change("HCR_EL2", hcr).At(1).Code(a => a.Smc(0)).Takes(3, 0x400, 0x5E00_0000, Code + 4, El1);
            yield return That($"nested/spsr-m/{name}-secure", $"{{NV,NV1,NV2}} = {name} in Secure state without EL2: M is the real EL1", "EX-067")
                .Needs(needs, "!FEAT_RME")
                .Change("HCR_EL2", hcr).Change("SCR_EL3", 0, clear: Scr.NS).At(1).Code(a => a.Svc(0))
                .Takes(1, 0x200, 0x5600_0000, Code + 4, El1);
        }

        yield return That("nested/el1-registers-are-real", "{NV,NV1,NV2} = 111: an exception to EL1 writes the real registers and not the VNCR page", "EX-028")
            .Needs("FEAT_NV2")
            .Change("HCR_EL2", Hcr.NV | Hcr.NV1 | Hcr.NV2).Fill(GuestMemory.Vncr, 0x1000, 0x1111_0000_0000_0000, 1)
            .At(1).Code(a => a.Brk(3)).Takes(1, 0x200, 0xF200_0003, Code, El2)
            .Sees(FieldNames.Changed(GuestMemory.Vncr, 0x1000), 0)
            .Sees("ESR_EL1", 0xF200_0003).Sees("ELR_EL1", Code).Sees("SPSR_EL1", El2);
        yield return That("nested/written-back-is-illegal", "SPSR_EL1.M = 9, as NV saved it, is an illegal return once NV is off", "EX-068", "EX-253")
            .Set("ELR_EL1", Code + 4).Set("SPSR_EL1", El2).At(1).Code(a => a.Eret().Nop())
            .Takes(1, 0x200, 0x3A00_0000, Code + 4).Sees(FieldNames.Spsr, 0x0010_03C5, 0xF010_03DF);
        yield return That("nested/names-of-el2-reach-el1", "{NV,NV2} = {1,1}: ELR_EL2, SPSR_EL2, ESR_EL2, FAR_EL2 at EL1 are those of EL1", "EX-291")
            .Needs("FEAT_NV2")
            .Change("HCR_EL2", Hcr.NV | Hcr.NV2).Set("ELR_EL1", 0x1110).Set("SPSR_EL1", 0x3C4).Set("ESR_EL1", 0x3330)
            .Set("FAR_EL1", 0x4440)
            .Set("ELR_EL2", 0x9990).Set("SPSR_EL2", 0x3C8).Set("ESR_EL2", 0x8880).Set("FAR_EL2", 0x7770)
            .At(1).Code(a => a.Mrs(X3, "ELR_EL2").Mrs(X4, "SPSR_EL2").Mrs(X5, "ESR_EL2").Mrs(X6, "FAR_EL2"))
            .Completes().Sees("X3", 0x1110).Sees("X4", 0x3C4).Sees("X5", 0x3330).Sees("X6", 0x4440);
        yield return That("nested/spsr-el1-traps", "{NV,NV1,NV2} = 110: SPSR_EL1 at EL1 traps to EL2", "EX-290")
            .Needs("FEAT_NV")
            .Change("HCR_EL2", Hcr.NV | Hcr.NV1).At(1).Code(a => a.Mrs(X0, "SPSR_EL1")).Takes(2, 0x400, 0x6230_1001, Code, El1);
        yield return That("nested/alias-in-the-syndrome", "NV: SCTLR_EL12 at EL1 traps with op1 = 5", "EX-123", "EX-197")
            .Needs("FEAT_NV")
            .Change("HCR_EL2", Hcr.NV).At(1).Code(a => a.Mrs(X0, "SCTLR_EL12")).Takes(2, 0x400, 0x6231_4401, Code, El1);
        yield return That("nested/eret-traps", "NV: ERET at EL1 traps to EL2 before its SPSR is looked at", "EX-182", "EX-184", "EX-126")
            .Needs("FEAT_NV")
            .Change("HCR_EL2", Hcr.NV).Set("SPSR_EL1", 0xF).At(1).Code(a => a.Eret()).Takes(2, 0x400, 0x6A00_0000, Code, El1);
    }
}
