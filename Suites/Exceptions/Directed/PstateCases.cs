using Conformance.Harness.Cases;
using Conformance.Harness.Programs;
using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.ControlBits;
using static Conformance.Suites.Exceptions.Directed.Say;

namespace Conformance.Suites.Exceptions.Directed;

/// <summary>Section 11: CurrentEL, the PSTATE registers, SPSR as a register.</summary>
internal static class PstateCases
{
    internal static IEnumerable<CaseBuilder> All()
    {
        const uint cfinv = 0xD500_401F;
        foreach (int level in (int[])[1, 2, 3])
        {
            yield return That($"pstate/currentel-el{level}", $"CurrentEL at EL{level} reads 0x{level << 2:x}", "EX-280")
                .At(level).Code(a => a.Mrs(X3, "CurrentEL")).Completes().Sees("X3", (ulong)level << 2);
        }

        yield return That("pstate/currentel-el0", "CurrentEL at EL0 is UNDEFINED", "EX-280").At(0)
            .Code(a => a.Mrs(X3, "CurrentEL")).Takes(1, 0x400, Undefined, Code, El0);
        yield return That("pstate/currentel-write", "There is no write of CurrentEL", "EX-280").At(2).Code(0xD518_4243)
            .Takes(2, 0x200, Undefined, Code, El2);
        foreach ((string name, ulong hcr, string needs) in ((string, ulong, string)[])
            [("001", Hcr.NV, "FEAT_NV"), ("011", Hcr.NV | Hcr.NV1, "FEAT_NV"), ("101", Hcr.NV | Hcr.NV2, "FEAT_NV2"), ("111", Hcr.NV | Hcr.NV1 | Hcr.NV2, "FEAT_NV2")])
        {
            yield return That($"pstate/currentel-nv-{name}", $"{{NV2,NV1,NV}} = {name}: CurrentEL at EL1 reads 8", "EX-281")
                .Needs(needs).Change("HCR_EL2", hcr)
                .At(1).Code(a => a.Mrs(X3, "CurrentEL")).Completes().Sees("X3", 8);
            yield return That($"pstate/currentel-nv-{name}-el2", $"{{NV2,NV1,NV}} = {name}: CurrentEL at EL2 reads 8", "EX-281")
                .Needs(needs).Change("HCR_EL2", hcr)
                .At(2).Code(a => a.Mrs(X3, "CurrentEL")).Completes().Sees("X3", 8);
            yield return That($"pstate/currentel-nv-{name}-el3", $"{{NV2,NV1,NV}} = {name}: CurrentEL at EL3 reads 0xC", "EX-281")
                .Needs(needs).Change("HCR_EL2", hcr)
                .At(3).Code(a => a.Mrs(X3, "CurrentEL")).Completes().Sees("X3", 0xC);
        }

        yield return That("pstate/spsel-switches", "MSR SPSel changes the stack pointer at once", "EX-283")
            .Set("SP_EL0", 0x4033_0770)
            .At(1).Code(a => a.MsrImm("SPSel", 0).MovSp(X3, SP).Mrs(X4, "SPSel")).Completes().Sees("X3", 0x4033_0770)
            .Sees("X4", 0);
        foreach ((string form, Func<Assembler, int, Assembler> select) in ((string, Func<Assembler, int, Assembler>)[])
            [("immediate", (a, sp) => a.MsrImm("SPSel", sp)), ("register", (a, sp) => a.Msr("SPSel", sp == 0 ? XZR : X5))])
        {
            yield return That($"pstate/spsel-closes-sp_el0-{form}", "SP_EL0 by name is UNDEFINED at once when MSR SPSel has selected it", "EX-283").X(5, 1)
                .At(1).Code(a => select(a.Mrs(X3, "SP_EL0"), 0).Mrs(X4, "SP_EL0")).Takes(1, 0x000, Undefined, Code + 8, 0x3C4);
            yield return That($"pstate/spsel-opens-sp_el0-{form}", "SP_EL0 by name can be read at once when MSR SPSel has selected SP_EL1", "EX-283").X(5, 1)
                .Set("SP_EL0", 0x4033_0770)
                .At(1).Code(a => select(select(a, 0).Mrs(X4, "SPSel"), 1).Mrs(X3, "SP_EL0")).Completes(El1).Sees("X3", 0x4033_0770);
        }

        yield return That("pstate/spsel-el0", "SPSel at EL0 is UNDEFINED", "EX-283").At(0).Code(a => a.Mrs(X3, "SPSel"))
            .Takes(1, 0x400, Undefined, Code, El0);
        yield return That("pstate/daif", "DAIF: bits 9 to 6 and nothing else", "EX-284").X(3, ~0x140UL).At(1)
            .Code(a => a.Msr("DAIF", X3).Mrs(X4, "DAIF"))
            .Completes().Sees("X4", 0x280).Sees(FieldNames.Pstate, 0x285);
        yield return That("pstate/daifset", "DAIFSet, #5 sets A and F", "EX-284").Pstate(new Spsr(5))
            .Code(a => a.MsrImm("DAIFSet", 5)).Completes(0x145);
        yield return That("pstate/daifclr", "DAIFClr, #10 clears D and I", "EX-284").At(1).Code(a => a.MsrImm("DAIFClr", 10))
            .Completes(0x145);
        yield return That("pstate/daif-el0", "UMA = 1: EL0 reads and writes DAIF", "EX-285").X(3, 0x80).At(0)
            .Code(a => a.Mrs(X4, "DAIF").Msr("DAIF", X3)).Completes(0x80).Sees("X4", 0x3C0);
        yield return That("pstate/nzcv", "NZCV: bits 31 to 28, at EL0 as well", "EX-286").X(3, ~0x9000_0000UL).At(0)
            .Code(a => a.Msr("NZCV", X3).Mrs(X4, "NZCV")).Completes().Sees("X4", 0x6000_0000);
        foreach (int level in (int[])[0, 1, 2])
        {
            yield return That($"pstate/cfinv-el{level}", $"CFINV at EL{level} turns C round and nothing else", "EX-286").Needs("FEAT_FlagM")
                .X(3, 0x9000_0000).At(level).Code(a => a.Msr("NZCV", X3).Word(cfinv).Mrs(X4, "NZCV").Word(cfinv).Mrs(X5, "NZCV"))
                .Completes().Sees("X4", 0xB000_0000).Sees("X5", 0x9000_0000);
        }

        foreach ((string name, ulong bit, bool el0, string needs) in ((string, ulong, bool, string)[])
            [("PAN", Spsr.Pan, false, "FEAT_PAN"), ("UAO", Spsr.Uao, false, "FEAT_UAO"), ("DIT", Spsr.Dit, true, "FEAT_DIT"), ("SSBS", Spsr.Ssbs, true, "FEAT_SSBS2"), ("TCO", Spsr.Tco, true, "FEAT_MTE2")])
        {
            yield return That($"pstate/{name.ToLowerInvariant()}", $"{name}: one bit, in its place", "EX-287").Needs(needs)
                .X(3, ulong.MaxValue)
                .At(1).Code(a => a.Msr(name, X3).Mrs(X4, name)).Completes(El1 | bit).Sees("X4", bit);
            CaseBuilder atEl0 = That($"pstate/{name.ToLowerInvariant()}-el0", $"{name} at EL0: {(el0 ? "as anywhere" : "UNDEFINED")}", "EX-287")
                .Needs(needs).At(0).Code(a => a.Mrs(X4, name));
            yield return el0 ? atEl0.Completes().Sees("X4", 0) : atEl0.Takes(1, 0x400, Undefined, Code, El0);
        }

        yield return That("pstate/under-nv", "NV: SPSel, PAN and DAIF at EL1 are the real PSTATE, no trap", "EX-288")
            .Needs("FEAT_NV", "FEAT_PAN").Change("HCR_EL2", Hcr.NV | Hcr.NV1)
            .At(1).Code(a => a.MsrImm("DAIFClr", 15).MsrImm("PAN", 1).MsrImm("SPSel", 0)).Completes(0x0040_0004);
        yield return That("pstate/sp-el0", "SP_EL0 can be read while SP_EL1 is in use", "EX-289").Set("SP_EL0", 0x4033_0770)
            .At(1).Code(a => a.Mrs(X3, "SP_EL0")).Completes().Sees("X3", 0x4033_0770);
        yield return That("pstate/sp-el0-in-use", "SP_EL0 is UNDEFINED while it is in use", "EX-289").Pstate(new Spsr(0x3C8))
            .Code(a => a.Mrs(X3, "SP_EL0")).Takes(2, 0x000, Undefined, Code, 0x3C8);
        yield return That("pstate/sp-el1-at-el1", "SP_EL1 at EL1 is UNDEFINED", "EX-289").At(1).Code(a => a.Mrs(X3, "SP_EL1"))
            .Takes(1, 0x200, Undefined, Code, El1);
        yield return That("pstate/sp-el1-at-el2", "SP_EL1 at EL2 is a register", "EX-289").Set("SP_EL1", 0x4033_1230).At(2)
            .Code(a => a.Mrs(X3, "SP_EL1")).Completes().Sees("X3", 0x4033_1230);
        yield return That("pstate/spsr-keeps-illegal-m", "SPSR_EL1 keeps every field, illegal M values included", "EX-292")
            .X(3, 0xF1F0_13CF).Needs("FEAT_PAN", "FEAT_UAO", "FEAT_DIT", "FEAT_SSBS")
            .At(1).Code(a => a.Msr("SPSR_EL1", X3).Mrs(X4, "SPSR_EL1")).Completes().Sees("X4", 0xF1F0_13CF);
    }
}
