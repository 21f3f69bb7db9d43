using Conformance.Harness.Cases;
using Conformance.Harness.Programs;
using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.ControlBits;
using static Conformance.Suites.Exceptions.Directed.Say;

namespace Conformance.Suites.Exceptions.Directed;

/// <summary>Section 10: ERET.</summary>
internal static class ReturnCases
{
    internal static IEnumerable<CaseBuilder> All() => [.. Legal(), .. Tagged(), .. Illegal(), .. Signed()];

    private static IEnumerable<CaseBuilder> Legal()
    {
        yield return From2("eret/el2-el0", "ERET to EL0: PC, level, flags and masks from ELR and SPSR", El0 & ~Spsr.D | Spsr.N | Spsr.C, "EX-230", "EX-231", "EX-232", "EX-091")
            .Takes(1, 0x400, Undefined, Code + 8, El0 & ~Spsr.D | Spsr.N | Spsr.C);
        yield return From2("eret/el2-el1t", "ERET to EL1t selects SP_EL0", 0x3C4, "EX-231")
            .Takes(1, 0x000, Undefined, Code + 8, 0x3C4);
        yield return From2("eret/il", "A legal return with SPSR.IL = 1 makes the next instruction illegal at the target", El1 | Spsr.Il, "EX-233", "EX-261")
            .Takes(1, 0x200, 0x3A00_0000, Code + 8, El1 | Spsr.Il);
        yield return From2("eret/fields", "PAN, UAO, DIT and SSBS come from SPSR at EL0 too", El0 | Spsr.Pan | Spsr.Uao | Spsr.Dit | Spsr.Ssbs, "EX-234")
            .Needs("FEAT_PAN", "FEAT_UAO", "FEAT_DIT", "FEAT_SSBS")
            .Takes(1, 0x400, Undefined, Code + 8, El0 | Spsr.Pan | Spsr.Uao | Spsr.Dit | Spsr.Ssbs);
        foreach ((string field, ulong bits, string feature) in ((string, ulong, string)[])
            [("PAN", Spsr.Pan, "PAN"), ("UAO", Spsr.Uao, "UAO"), ("DIT", Spsr.Dit, "DIT"), ("SSBS", Spsr.Ssbs, "SSBS"), ("TCO", Spsr.Tco, "MTE"), ("BTYPE", 3UL << 10, "BTI")])
        {
            yield return From2($"eret/no-{field.ToLowerInvariant()}", $"Without its feature there is no PSTATE.{field} that ERET could set", El1 | bits, "EX-234")
                .Needs($"!FEAT_{feature}").Takes(1, 0x200, Undefined, Code + 8, El1);
        }

        foreach (ulong type in (ulong[])[0, 1, 2, 3])
        {
            yield return From2($"eret/btype-{type}", "BTYPE comes from SPSR, whatever it is when ERET executes", El1 | 2UL << 10, "EX-234")
                .Needs("FEAT_BTI")
                .Pstate(Spsr.At(2).With(type << 10)).Code(a => a.Eret().Udf(0xBAD).Brk(0))
                .Takes(1, 0x200, 0xF200_0000, Code + 8, El1 | 2UL << 10);
        }

        yield return From2("eret/unnamed-bits", "Bits 5, 26 and 27 of SPSR do not matter", El1 | 1UL << 5 | 3UL << 26, "EX-236")
            .Takes(1, 0x200, Undefined, Code + 8, El1);
        yield return From2("eret/registers-stay", "ERET leaves its SPSR and ELR alone", El1, "EX-236")
            .Takes(1, 0x200, Undefined, Code + 8, El1).Sees("SPSR_EL2", El1).Sees("ELR_EL2", Code + 8);
        yield return From2("eret/el0-with-tge", "EL0 is a legal target with TGE", El0, "EX-261").Change("HCR_EL2", Hcr.TGE)
            .Takes(2, 0x400, Undefined, Code + 8, El0);
        yield return From2("eret/el2t", "SPSR 8 at EL2 is a legal return to EL2t, which uses SP_EL0", 0x3C8, "EX-262", "EX-242")
            .Set("SP_EL0", 0x4033_0770)
            .Code(a => a.Eret().Udf().MovSp(X3, SP).Udf()).Takes(2, 0x000, Undefined, Code + 12, 0x3C8).Sees("X3", 0x4033_0770);
        yield return From2("eret/misaligned", "The low bits of ELR are kept: the fault is the target's", El1, "EX-230", "EX-192")
            .Set("ELR_EL2", Code + 10)
            .Takes(1, 0x200, 0x8A00_0000, Code + 10, El1, Code + 10);
        yield return From2("eret/tagged", "TBI of the target regime takes the tag off ELR", El1, "EX-230")
            .Set("TCR_EL1", 1UL << 37).Set("ELR_EL2", 0x5A00_0000_0000_0000 | Code + 8)
            .Takes(1, 0x200, Undefined, Code + 8, El1);
        yield return From2("eret/tagged-high", "TBI of the upper range fills the tag from bit 55", El1, "EX-230")
            .Set("TCR_EL1", 1UL << 38).Set("ELR_EL2", 0x0080_0000_0000_1000)
            .Takes(1, 0x200, elr: 0xFF80_0000_0000_1000, spsr: El1);
        yield return From2("eret/untagged-high", "Without TBI of the upper range the top byte stays", El1, "EX-230")
            .Set("TCR_EL1", 1UL << 37).Set("ELR_EL2", 0x0080_0000_0000_1000)
            .Takes(1, 0x200, elr: 0x0080_0000_0000_1000, spsr: El1);
        yield return From2("eret/synchronizes", "ERET synchronizes: CPTR_EL2.TFP written just before is in force at EL1", El1, "EX-238")
            .Needs("FEAT_E2H0", "FEAT_FP").X(1, 0x22FF | CptrEl2.TFP)
            .Set("ELR_EL2", Code + 12).Code(a => a.Msr("CPTR_EL2", X1).Eret().Udf().FmovDX(0, 0))
            .Takes(2, 0x400, 0x1FE0_0000, Code + 12, El1);
        yield return From2("eret/event", "ERET sets the Event Register: a WFE at the target completes under its trap", El1, "EX-237")
            .Change("HCR_EL2", Hcr.TWE)
            .Set("ELR_EL2", Code + 16).Code(a => a.Sevl().Wfe().Eret().Udf().Wfe().Udf())
            .Takes(1, 0x200, Undefined, Code + 20, El1);
        yield return From2("eret/monitor", "ERET clears the exclusive monitor: a Store-Exclusive at the target fails", El1, "EX-237")
            .Set("ELR_EL2", Code + 8).X(1, GuestMemory.Data).Code(a => a.Ldxr(X3, X1).Eret().Stxr(X4, X3, X1).Udf())
            .Takes(1, 0x200, Undefined, Code + 12, El1).Sees("X4", 1);
        yield return From2("eret/byte-order", "The byte order of data is that of the target at once", El1, "EX-238").Needs("FEAT_MixedEnd")
            .Set("ELR_EL2", Code + 8).Change("SCTLR_EL1", Sctlr.EE).Memory(GuestMemory.Data, 0x0102_0304_0506_0708)
            .X(1, GuestMemory.Data).Code(a => a.Ldr(X3, X1).Eret().Ldr(X4, X1).Udf())
            .Takes(1, 0x200, Undefined, Code + 12, El1).Sees("X3", 0x0102_0304_0506_0708).Sees("X4", 0x0807_0605_0403_0201);
        yield return That("eret/e2h-names", "E2H: SPSR_EL1 and ELR_EL1 written at EL2 are those ERET uses", "EX-243")
            .Needs("FEAT_VHE").Change("HCR_EL2", Hcr.E2H).X(1, Code + 16).X(2, El1)
            .At(2).Code(a => a.Msr("ELR_EL1", X1).Msr("SPSR_EL1", X2).Eret().Udf(1).Udf())
            .Takes(1, 0x200, Undefined, Code + 16, El1);
        yield return That("eret/secure-el1-with-tge", "EL1 is a legal target with TGE where EL2 is not enabled", "EX-261")
            .Needs("!FEAT_RME").Change("SCR_EL3", 0, clear: Scr.NS).Change("HCR_EL2", Hcr.TGE)
            .X(1, Code + 16).X(2, El1).At(3).Code(a => a.Msr("ELR_EL3", X1).Msr("SPSR_EL3", X2).Eret().Udf(1).Udf())
            .Takes(1, 0x200, Undefined, Code + 16, El1);
    }

    /// <summary>Whose TBI decides, for the level returned to; TBID takes it back for instructions.</summary>
    private static IEnumerable<CaseBuilder> Tagged()
    {
        const ulong host = Hcr.E2H | Hcr.TGE;
        const ulong tbi = 1UL << 20; // of a regime with one range
        const ulong tbid = 1UL << 29;
        const ulong tbi0 = 1UL << 37;
        const ulong tbi1 = 1UL << 38;
        const ulong tbid0 = 1UL << 51;
        const ulong tbid1 = 1UL << 52;
        foreach ((string name, int from, int to, ulong hcr, ulong tcr1, ulong tcr2, ulong tcr3, bool high, bool removed) in
            ((string, int, int, ulong, ulong, ulong, ulong, bool, bool)[])
        [
            ("el0", 1, 0, 0, tbi0, 0, 0, false, true), ("el0-other", 1, 0, 0, 0, tbi, tbi, false, false), ("el0-high", 1, 0, 0, tbi1, 0, 0, true, true),
            ("el0-host", 2, 0, host, 0, tbi0, 0, false, true), ("el0-host-high", 2, 0, host, 0, tbi1, 0, true, true),
            ("el0-host-other", 2, 0, host, tbi0 | tbi1, 0, tbi, false, false), ("el0-host-other-high", 2, 0, host, tbi0 | tbi1, 0, tbi, true, false),
            ("el0-e2h", 2, 0, Hcr.E2H, tbi0, 0, 0, false, true), ("el0-e2h-other", 2, 0, Hcr.E2H, 0, tbi0, 0, false, false),
            ("el1-e2h", 2, 1, Hcr.E2H, tbi0, 0, 0, false, true), ("el1-e2h-other", 2, 1, Hcr.E2H, 0, tbi0 | tbi1, 0, false, false),
            ("el2", 2, 2, 0, 0, tbi, 0, false, true), ("el2-high", 2, 2, 0, 0, tbi, 0, true, true), ("el2-other", 3, 2, 0, tbi0 | tbi1, 0, tbi, false, false),
            ("el2-e2h", 3, 2, Hcr.E2H, 0, tbi0, 0, false, true), ("el2-e2h-high", 3, 2, Hcr.E2H, 0, tbi1, 0, true, true),
            ("el2-e2h-other-range", 3, 2, Hcr.E2H, 0, tbi1, 0, false, false), ("el2-host", 2, 2, host, 0, tbi0, 0, false, true),
            ("el3", 3, 3, 0, 0, 0, tbi, false, true), ("el3-high", 3, 3, 0, 0, 0, tbi, true, true), ("el3-host", 3, 3, host, 0, 0, tbi, false, true),
            ("el3-other", 3, 3, host, tbi0, tbi0, 0, false, false),
            ("el1-tbid", 2, 1, 0, tbi0 | tbid0, 0, 0, false, false), ("el1-tbid-other-range", 2, 1, 0, tbi0 | tbid1, 0, 0, false, true),
            ("el1-tbid-high", 2, 1, 0, tbi1 | tbid1, 0, 0, true, false), ("el1-tbid-high-other-range", 2, 1, 0, tbi1 | tbid0, 0, 0, true, true),
            ("el2-tbid", 2, 2, 0, 0, tbi | tbid, 0, false, false), ("el2-e2h-tbid", 2, 2, Hcr.E2H, 0, tbi0 | tbid0, 0, false, false),
            ("el3-tbid", 3, 3, 0, 0, 0, tbi | tbid, false, false),
        ])
        {
            ulong at = high ? 0x5A80_0000_0000_1000 : 0x5A00_0000_0000_0000 | (Code + 16);
            bool twoRanges = to < 2 || (to == 2 && (hcr & Hcr.E2H) != 0); // the upper one is filled up with ones
            ulong untagged = !high ? Code + 16 : twoRanges ? 0xFF80_0000_0000_1000 : 0x0080_0000_0000_1000;
            int target = to != 0 ? to : (hcr & Hcr.TGE) != 0 ? 2 : 1;
            ulong spsr = to switch { 0 => El0, 1 => El1, 2 => El2, _ => El3 };
            CaseBuilder sentence = That($"eret/tag-{name}", $"The tag of ELR_EL{from} {(removed ? "goes" : "stays")} on a return to EL{to}", "EX-230")
                .Needs((hcr & Hcr.E2H) != 0 ? "FEAT_VHE" : "FEAT_E2H0", ((tcr1 & (tbid0 | tbid1)) | (tcr2 & (tbid | tbid0)) | (tcr3 & tbid)) != 0 ? "FEAT_PAuth" : "FEAT_AA64EL2")
                .Change("HCR_EL2", hcr).Set("TCR_EL1", tcr1).Set("TCR_EL2", tcr2);
            if (from == 3 || tcr3 != 0)
            {
                sentence.Needs("FEAT_AA64EL3").Set("TCR_EL3", tcr3);
            }

            sentence.X(1, at).X(2, spsr).At(from).Code(a => a.Msr($"ELR_EL{from}", X1).Msr($"SPSR_EL{from}", X2).Eret().Udf(1).Udf());
            uint vector = to == 0 ? 0x400u : 0x200;
            yield return removed && !high
                ? sentence.Takes(target, vector, Undefined, untagged, spsr)
                : sentence.Takes(target, vector, elr: removed ? untagged : at, spsr: spsr); // no code there
        }
    }

    private static IEnumerable<CaseBuilder> Illegal()
    {
        foreach (ulong m in (ulong[])[2, 3, 6, 7, 0xA, 0xB, 0xE, 0xF])
        {
            yield return IllegalFrom2($"m1-{m:x}", "M[1] = 1", m, "EX-250");
        }

        yield return IllegalFrom2("el0h", "EL0 with SP = 1", 1, "EX-251");
        yield return IllegalFrom2("el3", "EL3 from EL2", 0xD, "EX-253");
        yield return IllegalFrom2("tge", "EL1 with TGE", 5, "EX-258", "EX-272").Change("HCR_EL2", Hcr.TGE);
        yield return Illegal3("el2-secure", "EL2 from EL3 without Secure EL2", 9, "EX-254").Needs("!FEAT_RME")
            .Change("SCR_EL3", 0, clear: Scr.NS);
        yield return Illegal3("tge", "EL1 with TGE from EL3", 5, "EX-258", "EX-272").Change("HCR_EL2", Hcr.TGE);
        yield return IllegalFrom2("aarch32", "AArch32 where no level has it", 0x10, "EX-255").Needs("!FEAT_AA32EL0");
        yield return IllegalFrom2("aarch32-monitor", "Monitor mode", 0x16, "EX-256", "EX-257").Needs("FEAT_AA32EL0");
        yield return IllegalFrom2("aarch32-el1", "AArch32 EL1 where HCR_EL2.RW says AArch64", 0x13, "EX-257")
            .Needs("FEAT_AA32EL0");
        yield return That("eret/illegal/from-el1-el2", "EL2 from EL1 is illegal", "EX-253").Set("ELR_EL1", Code + 8)
            .Set("SPSR_EL1", El2).At(1).Code(a => a.Eret().Udf().Nop())
            .Takes(1, 0x200, 0x3A00_0000, Code + 8).Sees(FieldNames.Spsr, 0x0010_03C5, 0xF010_03DF);
        yield return From2("eret/illegal/flags", "An illegal return takes NZCV and DAIF from SPSR and sets IL", 0xA000_0140 | 2, "EX-265", "EX-266", "EX-270", "EX-271")
            .Takes(2, 0x200, 0x3A00_0000, Code + 8).Sees(FieldNames.Spsr, 0xA010_0149, 0xF010_03DF);
        yield return From2("eret/illegal/pan", "An illegal return takes PAN from SPSR, or keeps it", El2 | 2 | Spsr.Pan, "EX-267")
            .Needs("FEAT_PAN")
            .Outcome("PAN from SPSR").Takes(2, 0x200, 0x3A00_0000, Code + 8).Sees(FieldNames.Spsr, 0x0050_03C9, 0xF050_03DF)
            .Or("PAN kept").Takes(2, 0x200, 0x3A00_0000, Code + 8).Sees(FieldNames.Spsr, 0x0010_03C9, 0xF050_03DF);
        yield return From2("eret/illegal/open-fields", "After an illegal return SSBS, UAO, DIT, TCO and BTYPE are UNKNOWN, the rest is not", El1 | 2 | Spsr.Uao | Spsr.Dit | Spsr.Ssbs, "EX-268")
            .Takes(2, 0x200, 0x3A00_0000, Code + 8)
            .Sees(FieldNames.Spsr, 0x0010_03C9, ~(Spsr.Uao | Spsr.Dit | Spsr.Ssbs | Spsr.Tco | Spsr.Btype | Spsr.Pan));
        yield return From2("eret/illegal/event", "An illegal return sets the Event Register as well", El2 | 2, "EX-237", "EX-271")
            .Code(a => a.Eret().Udf().Wfe())
            .Takes(2, 0x200, 0x3A00_0000, Code + 8);
        yield return From2("eret/illegal/misaligned", "An illegal return to a misaligned address: class 22 with SPSR.IL = 1", El2 | 2, "EX-211", "EX-271")
            .Set("ELR_EL2", Code + 9)
            .Takes(2, 0x200, 0x8A00_0000, Code + 9, far: Code + 9).Sees(FieldNames.Spsr, Spsr.Il, Spsr.Il);
        yield return From2("eret/illegal/step", "An illegal return leaves SS 0 while MDSCR_EL1.SS is 0", El2 | 2 | Spsr.SoftwareStep, "EX-269")
            .Takes(2, 0x200, 0x3A00_0000, Code + 8).Sees(FieldNames.Spsr, 0, Spsr.SoftwareStep);
    }

    private static IEnumerable<CaseBuilder> Signed()
    {
        foreach ((string name, ulong enable, Func<Assembler, Assembler> sign, uint eret) in ((string, ulong, Func<Assembler, Assembler>, uint)[])
            [("aa", Sctlr.EnIA, a => a.Pacia(X1, X2), 0xD69F_0BFF), ("ab", Sctlr.EnIB, a => a.Pacib(X1, X2), 0xD69F_0FFF)])
        {
            yield return That($"eret/{name}-signed", "An ELR signed with SP as the modifier authenticates and the return goes there", "EX-239")
                .Needs("FEAT_PAuth").Change("SCTLR_EL2", enable)
                .Set("SPSR_EL2", El1).X(1, Code + 24).At(2)
                .Code(a => sign(a.MovSp(X2, SP)).Msr("ELR_EL2", X1).Word(eret).Udf(1).Udf(2).Udf(3))
                .Takes(1, 0x200, Undefined, Code + 24, El1);
            yield return That($"eret/{name}-disabled", "With the key disabled ELR is used unchanged, and API has no say", "EX-239", "EX-240")
                .Needs("FEAT_PAuth").Change("SCR_EL3", 0, clear: Scr.API)
                .Set("ELR_EL2", Code + 8).Set("SPSR_EL2", El1).At(2).Code(a => a.Word(eret).Udf(1).Udf(2))
                .Takes(1, 0x200, Undefined, Code + 8, El1);
            yield return That($"eret/{name}-trapped", "With the key enabled and API closed the instruction traps: class 09, no return", "EX-240")
                .Needs("FEAT_PAuth").Change("SCTLR_EL2", enable)
                .Change("SCR_EL3", 0, clear: Scr.API).Set("ELR_EL2", Code + 8).Set("SPSR_EL2", El1).At(2)
                .Code(a => a.Word(eret).Udf(1).Udf(2)).Takes(3, 0x400, 0x2600_0000, Code, El2);
            yield return That($"eret/{name}-absent", "Without FEAT_PAuth the instruction is UNDEFINED", "EX-240")
                .Needs("!FEAT_PAuth").Set("ELR_EL2", Code + 8).Set("SPSR_EL2", El1)
                .At(2).Code(a => a.Word(eret).Udf(1).Udf(2)).Takes(2, 0x200, Undefined, Code, El2);
            yield return That($"eret/{name}-fails", "A failed authentication without FPACCOMBINE still returns, to a changed address, with PSTATE from SPSR", "EX-196")
                .Needs("FEAT_PAuth", "!FEAT_FPACCOMBINE").Change("SCTLR_EL2", enable)
                .Set("ELR_EL2", 0x0055_0000_0000_0000 | Code + 8).Set("SPSR_EL2", El1)
                .At(2).Code(a => a.Word(eret).Udf(1).Udf(2)).Takes(1, 0x200, 0x8600_0000, spsr: El1);
        }

        yield return That("eret/nv1-nv2-without-nv", "NV2 without NV has no influence on ERET at EL1", "EX-241")
            .Needs("FEAT_NV2").Change("HCR_EL2", Hcr.NV2)
            .Set("ELR_EL1", Code + 8).Set("SPSR_EL1", El0).At(1).Code(a => a.Eret().Udf(1).Udf(2))
            .Takes(1, 0x400, Undefined, Code + 8, El0);
    }

    private static CaseBuilder From2(string name, string title, ulong spsr, params IReadOnlyList<string> rules) =>
        That(name, title, rules).Set("ELR_EL2", Code + 8).Set("SPSR_EL2", spsr).At(2).Code(a => a.Eret().Udf(0xBAD).Udf());

    private static CaseBuilder IllegalFrom2(string name, string why, ulong m, params IReadOnlyList<string> rules)
    {
        CaseBuilder says = From2($"eret/illegal/{name}", $"Illegal return at EL2: {why}", 0x3C0 | m, [.. rules, "EX-265"]);
        return (m & 0x10) == 0
            ? says.Takes(2, 0x200, 0x3A00_0000, Code + 8).Sees(FieldNames.Spsr, 0x0010_03C9, 0xF010_03DF)
            : says.Takes(2, 0x200, 0x3A00_0000).Sees(FieldNames.Elr, Code + 8, 0xFFFF_FFFF).Sees(FieldNames.Spsr, 0x0010_0009, 0xF010_001F)
                .Or("PC[1:0] became misaligned").Takes(2, 0x200, 0x8A00_0000).Sees(FieldNames.Spsr, Spsr.Il, Spsr.Il);
    }

    private static CaseBuilder Illegal3(string name, string why, ulong m, params IReadOnlyList<string> rules) =>
        That($"eret/illegal/el3-{name}", $"Illegal return at EL3: {why}", [.. rules, "EX-265"]).X(1, Code + 16).X(2, 0x3C0 | m)
            .At(3).Code(a => a.Msr("ELR_EL3", X1).Msr("SPSR_EL3", X2).Eret().Udf().Nop())
            .Takes(3, 0x200, 0x3A00_0000, Code + 16).Sees(FieldNames.Spsr, 0x0010_03CD, 0xF010_03DF);
}
