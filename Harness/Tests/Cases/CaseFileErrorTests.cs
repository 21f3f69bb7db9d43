using Conformance.Harness.Cases;

namespace Conformance.Harness.Tests.Cases;

/// <summary>Every kind of mistake in a case file: one line that says where, what and how to mend it.</summary>
public static class CaseFileErrorTests
{
    private const string Id = "\"id\":\"a/b\",";
    private const string Rules = "\"rules\":[\"r\"],";
    private const string Level = "\"level\":1,\"pstate\":\"0x3c5\",";
    private const string Code = "\"code\":[\"0xd503201f\"],";
    private const string Allowed = "\"allowed\":[{\"name\":\"ends\",\"fields\":{\"target\":0}}]";

    private static string Steps(string step) => $"\"steps\":[{{{step}}}]";

    private static string WithStep(string step) => $"{{{Id}{Rules}{Steps(step)}}}";

    private static string With(string member) => $"{{{Id}{Rules}{member},{Steps(Level + Code + Allowed)}}}";

    private static string WithFields(string fields) =>
        WithStep($"{Level}{Code}\"allowed\":[{{\"name\":\"n\",\"fields\":{{{fields}}}}}]");

    public static TheoryData<string, string> Lines() => new()
    {
        // The line, and the message behind "cases.jsonl:2: ".
        { "{\"id\":", "not JSON: Expected depth to be zero at the end of the JSON payload at character 7; write one case per line, as one object" },
        { "{\"id\":'x'}", "not JSON: ''' is an invalid start of a value at character 7; write one case per line, as one object" },
        { "[]", "[] is not an object; write an object here" },
        { $"{{{Rules}{Steps(Level + Code + Allowed)}}}", "'id' is missing; add it" },
        { With("\"register\":{}"), "there is no member 'register'; did you mean 'registers'?" },
        { With("\"colour\":1"), "there is no member 'colour'; it can be id, title, rules, needs, like, skip, registers, fills, memory, steps" },
        { With("\"title\":\"x\",\"title\":\"y\""), "'title' is given twice; keep one of them" },
        { With("\"title\":7"), "title: 7 is not a text; write a text here" },
        { With("\"needs\":\"FEAT_NV\""), "needs: \"FEAT_NV\" is not an array; write an array here" },
        { With("\"needs\":[\"NV2\"]"), "needs: 'NV2' is not a feature; write FEAT_X, or !FEAT_X for a device without it" },
        { $"{{\"id\":\"Upper/case\",{Rules}{Steps(Level + Code + Allowed)}}}",
            "id: 'Upper/case' is not an id; write suite/group/name in lower case, without blanks" },
        { $"{{{Id}\"rules\":[],{Steps(Level + Code + Allowed)}}}",
            "rules: a case checks at least one rule, and none is empty; name the rule it checks" },

        { With("\"registers\":{\"HRC_EL2\":0}"), "registers: there is no system register HRC_EL2; did you mean HCR_EL2?" },
        { With("\"registers\":{\"HRC_EL2\":{\"NV\":1}}"), "registers.HRC_EL2: there is no system register HRC_EL2; did you mean HCR_EL2?" },
        { With("\"registers\":{\"HCR_EL2\":{\"NV3\":1}}"), "registers.HCR_EL2.NV3: HCR_EL2 has no field NV3; did you mean NV2?" },
        { With("\"registers\":{\"HCR_EL2\":{\"NV\":2}}"), "registers.HCR_EL2.NV: 2 does not fit in 1 bits; give at most 0x1" },
        { With("\"registers\":{\"HCR_EL2\":\"12\"}"),
            "registers.HCR_EL2: \"12\" is not a value; write hexadecimal text of up to 64 bits like \"0x1f\", or a whole number" },
        { With("\"registers\":{\"HCR_EL2\":-1}"),
            "registers.HCR_EL2: -1 is not a value; write hexadecimal text of up to 64 bits like \"0x1f\", or a whole number" },
        { With("\"registers\":{\"HCR_EL2\":\"0x10000000000000000\"}"),
            "registers.HCR_EL2: \"0x10000000000000000\" is not a value; write hexadecimal text of up to 64 bits like \"0x1f\", or a whole number" },
        { With("\"registers\":{\"HCR_EL2\":0,\"HCR_EL2\":1}"), "registers: 'HCR_EL2' is given twice; keep one of them" },

        { With("\"memory\":{\"0x40310004\":0}"), "memory.address: 0x40310004 is not aligned; give a multiple of 8" },
        { With("\"memory\":{\"data\":0}"), "memory.data: 'data' is not an address; write it like \"0x40310000\"" },
        { With("\"memory\":{\"0x40310000\":0,\"0x040310000\":0}"), "memory.address: 0x40310000 is given twice; keep one of them" },
        { With("\"memory\":{\"0x9000000\":0}"), "memory.address: 0x9000000 is outside RAM; use 0x40000000 to 0x47ffffff" },
        { With("\"fills\":[{\"address\":\"0x40310001\",\"length\":16,\"first\":0}]"),
            "fills[0].address: 0x40310001 is not aligned; give a multiple of 8" },
        { With("\"fills\":[{\"address\":\"0x40310000\",\"length\":8,\"first\":0}]"),
            "fills[0].length: 0x8 is not a length; give a multiple of 16 up to 0x10000" },
        { With("\"fills\":[{\"address\":\"0x47fffff8\",\"length\":16,\"first\":0}]"),
            "fills[0].address: 0x47fffff8 is outside RAM; use 0x40000000 to 0x47ffffff" },

        { $"{{{Id}{Rules}\"steps\":[]}}", "steps: a case has at least one step; add it" },
        { WithStep($"\"level\":2,\"pstate\":\"0x3c5\",{Code}{Allowed}"),
            "steps[0].pstate: 0x3c5 is EL1 (bits 3:2) but level is 2; make them agree" },
        { WithStep($"\"level\":2,\"pstate\":{{\"EL\":1}},{Code}{Allowed}"),
            "steps[0].pstate: 0x4 is EL1 (bits 3:2) but level is 2; make them agree" },
        { WithStep($"\"level\":4,\"pstate\":0,{Code}{Allowed}"), "steps[0].level: 4 is not an exception level; give 0 to 3" },
        { WithStep($"\"level\":1,\"pstate\":{{\"DAFI\":1}},{Code}{Allowed}"),
            "steps[0].pstate: PSTATE has no field DAFI; did you mean DAIF?" },
        { WithStep($"\"level\":1,\"pstate\":{{\"DAIF\":16}},{Code}{Allowed}"),
            "steps[0].pstate.DAIF: 16 does not fit in 4 bits; give at most 0xf" },
        { WithStep($"{Level}\"code\":[],{Allowed}"), "steps[0].code: there is no word of code; give at least one" },
        { WithStep($"{Level}\"code\":[{string.Join(',', Enumerable.Repeat("1", 961))}],{Allowed}"),
            "steps[0].code: 961 words are too many; give at most 960" },
        { WithStep($"{Level}\"code\":[\"0x1d503201f\"],{Allowed}"),
            "steps[0].code[0]: \"0x1d503201f\" does not fit in 32 bits; give at most 0xffffffff" },
        { WithStep($"{Level}{Code}\"codeOffset\":2,{Allowed}"), "steps[0].codeOffset: 2 is not a multiple of 4 from 0; give one" },
        { WithStep($"{Level}{Code}\"codeOffset\":4092,{Allowed}"),
            "steps[0].codeOffset: the code from 4092 and its end marker leave the page; give at most 4088" },
        { WithStep($"{Level}{Code}\"general\":{{\"X31\":0}},{Allowed}"),
            "steps[0].general: X31 is not a general register; use X0 to X30 (SP_EL0 to SP_EL3 are system registers)" },
        { WithStep($"{Level}{Code}\"registers\":{{\"HCR_EL2\":0}},{Allowed}"),
            "steps[0].registers: the first step starts from the registers of the case; give them there" },
        { WithStep($"{Level}{Code}\"observe\":[\"ESRR\"],{Allowed}"),
            "steps[0].observe[0]: 'ESRR' cannot be observed; did you mean ESR?" },
        { WithStep($"{Level}{Code}\"allowed\":[]"),
            "steps[0].allowed: no outcome is allowed, so the step can only fail; say what is allowed" },

        { WithFields(""), "steps[0].allowed[0].fields: nothing is expected, so every device would pass; expect at least one field" },
        { WithFields("\"HCR_EL5\":0"), "steps[0].allowed[0].fields.HCR_EL5: 'HCR_EL5' cannot be observed; did you mean HCR_EL2?" },
        { WithFields("\"mem@0x4\":0"),
            "steps[0].allowed[0].fields.mem@0x4: 'mem@0x4' is not a word of memory; write mem@0x<address> with a multiple of 8" },
        { WithFields("\"changed@0x8+0x10\":0"),
            "steps[0].allowed[0].fields.changed@0x8+0x10: 'changed@0x8+0x10' is not a region; "
                + "write changed@0x<address>+0x<length> with multiples of 16" },
        { WithFields("\"ESR\":{\"value\":1}"), "steps[0].allowed[0].fields.ESR: 'mask' is missing; add it" },
        { WithFields("\"ESR\":{\"anyOf\":[]}"), "steps[0].allowed[0].fields.ESR: no value is allowed; give at least one" },
        { WithFields("\"ESR\":{\"anyOf\":[1],\"mask\":1}"),
            "steps[0].allowed[0].fields.ESR: there is no member 'mask'; it can be anyOf" },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public static void A_mistake_in_a_case_is_told_with_its_line(string line, string message) =>
        Problem($"{CaseFile.Head}\n{line}").ShouldBe($"cases.jsonl:2: {message}");

    [Theory]
    [InlineData("", "cases.jsonl: the file is empty; begin it with the line " + CaseFile.Head)]
    [InlineData("{\"id\":\"a/b\"}", "cases.jsonl:1: the head is missing; begin the file with the line " + CaseFile.Head)]
    [InlineData("{\"format\":\"conformance-case\",\"version\":1}",
        "cases.jsonl:1: format: 'conformance-case' is not a case file; did you mean conformance-cases?; begin the file with the line "
        + CaseFile.Head)]
    [InlineData("{\"format\":\"conformance-cases\",\"version\":2}",
        "cases.jsonl:1: version: 2 is not supported, this program reads version 1; use a newer program or write version 1")]
    [InlineData("{\"format\":\"conformance-cases\"}", "cases.jsonl:1: 'version' is missing; add it")]
    public static void A_mistake_in_the_head_is_told(string text, string message) => Problem(text).ShouldBe(message);

    [Fact]
    public static void An_id_that_comes_twice_is_told_at_its_second_line()
    {
        string line = WithStep(Level + Code + Allowed);

        Problem($"{CaseFile.Head}\n{line}\n\n{line}").ShouldBe(
            "cases.jsonl:4: id: 'a/b' is used twice; give each case an id of its own");
    }

    [Fact]
    public static void A_file_that_is_not_there_is_told()
    {
        string path = Path.Combine(Path.GetTempPath(), "no-such-folder", "no-such-file.jsonl");

        Should.Throw<CaseFileException>(() => CaseFile.Read(path)).Message
            .ShouldSatisfyAllConditions(m => m.ShouldStartWith($"{path}: the file cannot be read"), m => m.ShouldEndWith("give the path of a case file"));
    }

    [Fact]
    public static void A_file_is_written_and_read_by_path()
    {
        string path = Path.Combine(Path.GetTempPath(), $"conformance-{Guid.NewGuid():N}.jsonl");
        try
        {
            CaseFile.Write(path, [CaseFile.FromJson(WithStep(Level + Code + Allowed))]);
            CaseFile.Read(path).ShouldHaveSingleItem().Id.ShouldBe("a/b");
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Problem(string text) =>
        Should.Throw<CaseFileException>(() => CaseFile.Read(new StringReader(text), "cases.jsonl").Count()).Message;
}
