using Conformance.Harness.Cases;

namespace Conformance.Harness.Tests.Cases.AccessLines;

/// <summary>Every kind of mistake in an access line: one message that says where, what and how to mend it.</summary>
public static class AccessLineErrorTests
{
    public static TheoryData<string, string> Lines() => new()
    {
        // The members of a line, and the message behind "lines.jsonl:2: ".
        { """ "access":"MSR VBAR_EL21","el":1 """, "access: there is no accessor 'MSR VBAR_EL21'; did you mean 'MSR VBAR_EL1'?" },
        { """ "access":"nonsense","el":1 """,
            "access: there is no accessor 'nonsense'; write it like 'MRS SCTLR_EL1', 'TLBI VMALLE1' or 'MSR DAIFSet', or give the instruction as 'word'" },
        { """ "access":7,"el":1 """, "access: 7 is not a text; write a text here" },
        { """ "access":"SYS S1_<op1>_<Cn>_<Cm>_<op2>","el":1 """,
            "access: 'SYS S1_<op1>_<Cn>_<Cm>_<op2>' is a whole space of encodings; give the instruction as 'word'" },
        { """ "access":"MRS PMEVCNTR<m>_EL0","el":1 """,
            "access: 'MRS PMEVCNTR<m>_EL0' is an array; name the element ('MRS PMEVCNTR0_EL0'), or add its index as 'm'" },
        { """ "access":"MRS PMEVCNTR<m>_EL0","m":31,"el":1 """, "m: 31 is no index of MRS PMEVCNTR<m>_EL0; give 0 to 30" },
        { """ "access":"MRS PMEVCNTR3_EL0","m":4,"el":1 """, "m: 4 is not the element that 'access' names; leave it out" },
        { """ "access":"MRS SCTLR_EL1","m":0,"el":1 """, "m: MRS SCTLR_EL1 is not an array; leave it out" },
        { """ "access":"MSR DAIFSet","imm":16,"el":1 """, "imm: 16 does not fit in 4 bits; give at most 0xf" },
        { """ "access":"MRS SCTLR_EL1","imm":1,"el":1 """, "imm: MRS SCTLR_EL1 has no immediate; leave it out" },
        { """ "access":"MRS SCTLR_EL1","word":0,"el":1 """, "'access' and 'word' are both given; the word says all, leave 'access' out" },
        { """ "word":"0x100000000","el":1 """, "word: \"0x100000000\" does not fit in 32 bits; give at most 0xffffffff" },
        { """ "word":"0xd5100001","el":1 """, "'expect' is missing, and the facts say nothing about word 0xd5100001; add it" },

        { """ "access":"MRS SCTLR_EL1" """, "'el' is missing; add it" },
        { """ "access":"MRS SCTLR_EL1","el":4 """, "el: 4 is not an exception level; give 0 to 3" },
        { """ "access":"MRS SCTLR_EL1","el":1,"expext":"U" """, "there is no member 'expext'; did you mean 'expect'?" },
        { """ "access":"MRS SCTLR_EL1","el":1,"el":1 """, "'el' is given twice; keep one of them" },
        { """ "access":"TLBI VMALLE1","el":1,"x":0 """, "x: TLBI VMALLE1 has no X register; leave it out" },
        { """ "access":"MRS SCTLR_EL1","el":1,"id":"A B" """,
            "id: 'A B' is not an id; write a name in lower case without blanks, or suite/group/name" },
        { """ "access":"MRS SCTLR_EL1","el":1,"needs":["NV2"] """, "needs[0]: 'NV2' is not a feature; write FEAT_X, or !FEAT_X for a device without it" },

        { """ "access":"MRS SCTLR_EL1","el":1,"set":{"HRC_EL2.NV":1} """, "set: there is no system register HRC_EL2; did you mean HCR_EL2?" },
        { """ "access":"MRS SCTLR_EL1","el":1,"set":{"HCR_EL2.NV3":1} """, "set: HCR_EL2 has no field NV3; did you mean NV2?" },
        { """ "access":"MRS SCTLR_EL1","el":1,"set":{"HCR_EL2.Colour":1} """,
            "set: HCR_EL2 has no field Colour; give bits, HCR_EL2[high:low], or the register as a whole" },
        { """ "access":"MRS SCTLR_EL1","el":1,"set":{"HCR_EL2.NV":2} """, "set.HCR_EL2.NV: 2 does not fit in 1 bits; give at most 0x1" },
        { """ "access":"MRS SCTLR_EL1","el":1,"set":{"CPACR_EL1.FPEN":"0b101"} """, "set.CPACR_EL1.FPEN: '0b101' does not fit in 2 bits; give at most 0x3" },
        { """ "access":"MRS SCTLR_EL1","el":1,"set":{"CPACR_EL1.FPEN":"0b12"} """,
            "set.CPACR_EL1.FPEN: '0b12' is not a value; write up to 64 binary digits behind 0b" },
        { """ "access":"MRS SCTLR_EL1","el":1,"set":{"HCR_EL2.NV":true} """, "set.HCR_EL2.NV: True is not a value; write 0 or 1" },
        { """ "access":"MRS SCTLR_EL1","el":1,"set":{"HCR_EL2[64]":1} """, "set: 'HCR_EL2[64]': there are no such bits; write [bit] or [high:low] with bits 0 to 63" },
        { """ "access":"MRS SCTLR_EL1","el":1,"set":{"HCR_EL2[4:5]":1} """, "set: 'HCR_EL2[4:5]': there are no such bits; write [bit] or [high:low] with bits 0 to 63" },
        { """ "access":"MRS SCTLR_EL1","el":1,"set":{"MDCR_EL3.NSPB[2]":1} """, "set: 'MDCR_EL3.NSPB[2]': there are no such bits; write [bit] or [high:low] with bits 0 to 1" },
        { """ "access":"MRS SCTLR_EL1","el":1,"set":{"ICH_LR_EL2":1} """, "set: ICH_LR_EL2 is an array; name one register of it, ICH_LR0_EL2" },
        { """ "access":"MRS SCTLR_EL1","el":1,"set":{"PSTATE.EL":1} """, "set: PSTATE.EL is the level of the access; give it as 'el'" },
        { """ "access":"MRS SCTLR_EL1","el":1,"set":{"PSTATE.IL":1} """,
            "set: PSTATE.IL cannot be given; the fields are SP, NZCV, N, Z, C, V, DAIF, D, A, I, F, TCO, DIT, UAO, PAN, ALLINT, SSBS" },

        { """ "access":"MSR VBAR_EL12","el":1,"expect":"Trap" """,
            "expect: 'Trap' is not an outcome; write one like U, T2:18, N:110, R:SCTLR_EL1, W:SCTLR_EL1, C:0, nop; MSR VBAR_EL12 has U, N:250, T2:18, W:VBAR_EL1" },
        { """ "access":"MSR VBAR_EL12","el":1,"expect":["U","T2:"] """,
            "expect[1]: 'T2:' is not an outcome; write one like U, T2:18, N:110, R:SCTLR_EL1, W:SCTLR_EL1, C:0, nop; MSR VBAR_EL12 has U, N:250, T2:18, W:VBAR_EL1" },
        { """ "access":"MSR VBAR_EL12","el":1,"expect":[] """, "expect: no outcome is allowed; name at least one, or leave 'expect' out" },
        { """ "access":"MSR VBAR_EL12","el":1,"expect":"R:VBAR_EL1" """,
            "expect: 'R:VBAR_EL1' is not an outcome of MSR VBAR_EL12: it does not read a register; did you mean W:VBAR_EL1?" },
        { """ "access":"MRS VBAR_EL12","el":1,"expect":"W:VBAR_EL1" """,
            "expect: 'W:VBAR_EL1' is not an outcome of MRS VBAR_EL12: it does not write a register; did you mean R:VBAR_EL1?" },
        { """ "access":"MSR VBAR_EL12","el":1,"expect":"W:VABR_EL1" """,
            "expect: 'W:VABR_EL1' is not an outcome of MSR VBAR_EL12: there is no system register VABR_EL1; did you mean VBAR_EL1?" },
        { """ "access":"MSR VBAR_EL12","el":1,"expect":"T2:40" """,
            "expect: 'T2:40' is not an outcome of MSR VBAR_EL12: an exception class has six bits; give at most 3f; did you mean T2:18?" },
        { """ "access":"MSR VBAR_EL12","el":3,"expect":"T2:18" """,
            "expect: 'T2:18' is not an outcome of MSR VBAR_EL12 at EL3: no exception is taken to a lower level" },
        { """ "access":"MSR VBAR_EL12","el":1,"expect":"N:251" """,
            "expect: 'N:251' is not an outcome of MSR VBAR_EL12: an offset in the page is a multiple of 8 below 1000; did you mean N:250?" },
        { """ "access":"MRS PMEVCNTR3_EL0","el":1,"expect":"R:PMEVCNTR_EL0[40]" """,
            "expect: 'R:PMEVCNTR_EL0[40]' is not an outcome of MRS PMEVCNTR3_EL0: name an element of the array, PMEVCNTR_EL0[0] to [30]" },
        { """ "access":"TLBI VMALLE1","el":1,"expect":"O:TLBI_VMALLE1" """,
            "expect: 'O:TLBI_VMALLE1' is not an outcome of TLBI VMALLE1" },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public static void A_mistake_is_told_with_its_place_and_its_mend(string members, string problem) =>
        Problem($$"""{{{members}}}""").ShouldStartWith($"lines.jsonl:2: {problem}");

    [Fact]
    public static void An_id_that_is_used_twice_is_told_across_both_kinds_of_line() =>
        Problem("""
            {"access":"MRS SCTLR_EL1","el":1,"id":"a/b"}
            {"id":"a/b","rules":["r"],"steps":[{"level":1,"pstate":"0x3c5","code":["0xd503201f"],"allowed":[{"name":"ends","fields":{"target":0}}]}]}
            """).ShouldBe("lines.jsonl:3: id: 'a/b' is used twice; give each case an id of its own");

    [Fact]
    public static void A_reader_of_whole_cases_says_what_to_do_with_an_access_line() =>
        Should.Throw<CaseFileException>(() => CaseFile.FromJson("""{"access":"MRS SCTLR_EL1","el":1}"""))
            .Message.ShouldBe("case:1: an access line becomes a case for a device only; give the file to `conformance run --cases`");

    private static string Problem(string lines) =>
        Should.Throw<CaseFileException>(() => CaseFile.Entries(new StringReader($"{CaseFile.Head}\n{lines}"), "lines.jsonl").Count()).Message;
}
