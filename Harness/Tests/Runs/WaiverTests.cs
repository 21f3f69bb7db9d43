using Conformance.Harness.Cases;
using Conformance.Harness.Devices;
using Conformance.Harness.Runs;
using Conformance.Harness.Spec;

namespace Conformance.Harness.Tests.Runs;

public class WaiverTests
{
    private const string Line =
        """{"id":"Q1","cases":"nv/a/*","device":"qemu","versions":"10.0.*","rule":"EX-153","reason":"It does X.","smallest":"nv/a/b"}""";

    [Theory]
    [InlineData("10.0.*", "10.0.2", true)]
    [InlineData("10.0.*", "10.0.2 (Debian 1:10.0.2+ds-2)", true)]
    [InlineData("10.0.*", "10.1.0", false)]
    [InlineData("*", "anything", true)]
    [InlineData(">=9.2 <10.1", "10.0.2", true)]
    [InlineData(">=9.2 <10.1", "9.2", true)]
    [InlineData(">=9.2 <10.1", "10.1.0", false)]
    [InlineData(">=9.2 <10.1", "9.1.9", false)]
    [InlineData(">9.2", "9.10", true)]
    [InlineData("<=10", "10.0", true)]
    [InlineData("10.0", "10.0.0", true)]
    [InlineData("10.0", "10.0.1", false)]
    [InlineData("10.0", "no number", false)]
    public void Versions_are_compared_part_by_part(string range, string version, bool contained) =>
        VersionRange.TryParse(range)!.Contains(version).ShouldBe(contained);

    [Theory]
    [InlineData("FEAT_NV", true)]
    [InlineData("FEAT_SME", false)]
    [InlineData("!FEAT_SME", true)]
    [InlineData("!FEAT_NV", false)]
    public void A_waiver_counts_only_where_its_features_are(string need, bool counts)
    {
        string line = Line[..^1] + $$""","needs":["{{need}}"]}""";
        Waiver waiver = WaiverFile.Read(new StringReader(line), "w.jsonl").Single();
        var device = new DeviceInfo("qemu", "10.0.2", new FeatureSet(["FEAT_NV"]), 3, []);

        waiver.AppliesTo(device).ShouldBe(counts);
        Should.Throw<RunException>(() => WaiverFile.Read(new StringReader(Line[..^1] + ""","needs":"FEAT_NV"}"""), "w.jsonl"))
            .Message.ShouldBe("w.jsonl:1: 'needs' must be an array of features, \"FEAT_X\" or \"!FEAT_X\".");
    }

    [Theory]
    [InlineData("")]
    [InlineData("ten")]
    [InlineData(">=9.2, <10")]
    [InlineData("~10")]
    [InlineData("10.*.2")]
    public void Versions_of_another_form_are_refused(string range) => VersionRange.TryParse(range).ShouldBeNull();

    [Fact]
    public void A_failure_it_speaks_of_is_explained()
    {
        Waiver waiver = Read(Line);

        waiver.AppliesTo(Given.Device).ShouldBeTrue();
        waiver.AppliesTo(Given.Device with { Name = "model" }).ShouldBeFalse();
        waiver.AppliesTo(Given.Device with { Version = "11.0" }).ShouldBeFalse();
        waiver.AppliesTo(Given.Device with { Name = "gdb", WaiversOf = "qemu" }).ShouldBeTrue();
        waiver.AppliesTo(Given.Device with { WaiversOf = "qemu-kvm" }).ShouldBeFalse();
        waiver.Explains(Failure("nv/a/b")).ShouldBeTrue();
        waiver.Explains(Failure("nv/b/b")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("\"ESR\":\"0x2000000\"", true)]
    [InlineData("\"ESR\":\"0x3000000/0x2000000\",\"target\":\"0x1\"", true)]
    [InlineData("\"ESR\":[\"0x0\",\"0x2000000\"]", true)]
    [InlineData("\"ESR\":\"0x2000000\",\"target\":\"0x3\"", false)]
    [InlineData("\"FAR\":\"0x0\"", false)]
    public void Another_failure_of_the_same_case_is_not_explained(string fields, bool explained)
    {
        Waiver waiver = Read(Line[..^1] + ",\"fields\":{" + fields + "}}");

        waiver.Explains(Failure("nv/a/b")).ShouldBe(explained);
    }

    [Theory]
    [InlineData("\"ESR\":\"0x60000000\"", true)]
    [InlineData("\"ESR\":\"0xffffffff\",\"FAR\":\"0x1\"", true)]
    [InlineData("\"E*\":\"0x60000000\"", true)]
    [InlineData("\"ESR\":\"0x40000000\"", false)]
    [InlineData("\"S*\":\"0xffffffff\"", false)]
    [InlineData("\"SPSR\":\"0xffffffff\"", false)]
    public void A_failure_that_differs_in_other_bits_is_not_explained(string bits, bool explained)
    {
        Waiver waiver = Read(Line[..^1] + ",\"differs\":{" + bits + "}}");

        waiver.Explains(Judge.Of(Given.Case("nv/a/b"), Given.Finished(("target", 2), ("ESR", 0x2000000)))).ShouldBe(explained);
        waiver.Explains(Judge.Of(Given.Case("nv/a/b"), Given.Finished(("target", 1), ("ESR", 0x2000000)))).ShouldBeFalse();
    }

    [Theory]
    [InlineData("\"HCR_EL2\":\"0x1/0x1\"", true)]
    [InlineData("\"HCR_EL2\":[\"0x2/0x2\",\"0x8/0x8\"]", true)]
    [InlineData("\"HCR_EL2\":\"0x2/0x2\"", false)]
    [InlineData("\"HCR_EL2\":\"0x1/0x1\",\"VTCR_EL2\":\"0x5/0x7\"", true)]
    [InlineData("\"HCR_EL2\":\"0x1/0x1\",\"VTCR_EL2\":\"0x1/0x7\"", false)]
    [InlineData("\"TCR_EL1\":\"0x0\"", false)]
    public void A_case_that_sets_something_else_is_not_concerned(string sets, bool concerned)
    {
        Waiver waiver = Read(Line[..^1] + ",\"sets\":{" + sets + "}}");
        Case @case = Given.Case("nv/a/b") with
        {
            Registers = [new("HCR_EL2", 9)],
            Steps = [Given.Step() with { Registers = [new("VTCR_EL2", 5)] }],
        };

        waiver.Concerns(@case).ShouldBe(concerned);
        waiver.Concerns(Given.Case("nv/a/b")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("\"EX-15?\"", true)]
    [InlineData("\"F0*\",\"EX-153\"", true)]
    [InlineData("\"EX-15\"", false)]
    public void A_case_that_checks_something_else_is_not_concerned(string rules, bool concerned) =>
        Read(Line[..^1] + ",\"checks\":[" + rules + "]}").Concerns(Given.Case("nv/a/b")).ShouldBe(concerned);

    [Fact]
    public void An_error_is_explained_by_its_text_and_its_case_is_sent()
    {
        Waiver waiver = Read(Line[..^1] + ",\"error\":\"KVM_RUN: Bad address\"}");
        Judgement Seen(Observation observed) => Judge.Of(Given.Case("nv/a/b"), observed);

        waiver.Explains(Seen(new Observation.Died("KVM_RUN: Bad address, PC=0x0"))).ShouldBeTrue();
        waiver.Explains(Seen(new Observation.Died("KVM_RUN: Invalid argument"))).ShouldBeFalse();
        waiver.Explains(Seen(new Observation.TimedOut("KVM_RUN: Bad address"))).ShouldBeFalse();
        waiver.Explains(Failure("nv/a/b")).ShouldBeFalse();
        waiver.Withholds(Given.Case("nv/a/c")).ShouldBeNull();
    }

    [Fact]
    public void No_two_files_of_the_suite_use_one_id() =>
        WaiverSet.Embedded.Waivers.GroupBy(w => w.Id).Where(g => g.Count() > 1).Select(g => g.Key).ShouldBeEmpty();

    [Theory]
    [InlineData("", "'id' is missing")]
    [InlineData("\"id\":\"\"", "'id' must be a text")]
    [InlineData("\"id\":\"Q\",\"cases\":7", "'cases' must be a pattern")]
    [InlineData("\"id\":\"Q\",\"cases\":[]", "'cases' must be a pattern")]
    [InlineData("\"id\":\"Q\",\"cases\":[\"nv/a\",\"\"]", "'cases' must be a pattern")]
    [InlineData("\"id\":\"Q\",\"device\":\"qemu\"", "'cases' is missing")]
    public void A_member_that_is_missing_or_wrong_is_named_with_file_and_line(string members, string says) =>
        Should.Throw<RunException>(() => Read("\n\n{" + members + "}")).Message.ShouldStartWith($"w.jsonl:3: {says}");

    [Theory]
    [InlineData("\"10.0.*\"", "\"ten\"", "'versions' (ten) must be")]
    [InlineData("\"nv/a/b\"", "\"nv/b\"", "'smallest' (nv/b) is not among 'cases' (nv/a/*)")]
    [InlineData("\"id\"", "\"date\":\"x\",\"id\"", "'date' is not a member of a waiver")]
    [InlineData("\"id\"", "\"fields\":{\"ESR\":7},\"id\"", "the value of field 'ESR' must be")]
    [InlineData("\"id\"", "\"fields\":[],\"id\"", "'fields' must be an object")]
    [InlineData("\"id\"", "\"checks\":[],\"id\"", "'checks' must be an array")]
    [InlineData("\"id\"", "\"sets\":[],\"id\"", "'sets' must be an object")]
    [InlineData("\"id\"", "\"sets\":{\"HCR_EL9\":\"0x1\"},\"id\"", "'sets' names 'HCR_EL9', which is no system register")]
    [InlineData("\"id\"", "\"error\":\"gone\",\"endsDevice\":true,\"id\"", "a case that ends in an 'error' has no")]
    [InlineData("\"id\"", "\"writes\":[\"ICC_IGRPEN9_EL1\"],\"id\"", "'writes' must be an array of system registers")]
    [InlineData("\"id\"", "\"writes\":\"VBAR_EL1\",\"id\"", "'writes' must be an array of system registers")]
    [InlineData("\"id\"", "\"differs\":{},\"id\"", "'differs' must be an object")]
    [InlineData("\"id\"", "\"differs\":{\"ESR\":\"bit 3\"},\"id\"", "what differs of field 'ESR' must be its bits")]
    [InlineData("{\"id\"", "\"id\"", "not a JSON object")]
    public void A_line_that_makes_no_sense_is_refused(string part, string instead, string says) =>
        Should.Throw<RunException>(() => Read(Line.Replace(part, instead, StringComparison.Ordinal)))
            .Message.ShouldStartWith($"w.jsonl:1: {says}");

    [Fact]
    public void A_waiver_of_cases_that_end_the_device_withholds_all_but_the_smallest_and_explains_its_death()
    {
        Waiver waiver = Read(Line[..^1] + ",\"endsDevice\":true}");
        Judgement death = Judge.Of(Given.Case("nv/a/b"), new Observation.Died("signal 6"));

        waiver.Withholds(Given.Case("nv/a/c")).ShouldBe("not sent: it would end the device (waiver Q1, EX-153)");
        waiver.Withholds(Given.Case("nv/a/b")).ShouldBeNull();
        waiver.Withholds(Given.Case("nv/b/c")).ShouldBeNull();
        waiver.Explains(death).ShouldBeTrue();
        waiver.Explains(Failure("nv/a/b")).ShouldBeFalse();
        Read(Line).Explains(death).ShouldBeFalse();
        Read(Line).Withholds(Given.Case("nv/a/c")).ShouldBeNull();
    }

    [Theory]
    [InlineData("\"endsDevice\":1", "'endsDevice' must be true or false.")]
    [InlineData("\"endsDevice\":true,\"fields\":{\"ESR\":\"0x0\"}", "a case that ends the device shows no 'fields', and nothing that 'differs'; leave them out.")]
    [InlineData("\"endsDevice\":true,\"differs\":{\"ESR\":\"0x1\"}", "a case that ends the device shows no 'fields', and nothing that 'differs'; leave them out.")]
    public void What_it_says_of_such_cases_makes_sense(string members, string says) =>
        Should.Throw<RunException>(() => Read(Line[..^1] + "," + members + "}")).Message.ShouldBe("w.jsonl:1: " + says);

    [Fact]
    public void One_of_several_patterns_is_enough()
    {
        Waiver waiver = Read(Line.Replace("\"nv/a/*\"", "[\"nv/x\",\"nv/a/*\"]", StringComparison.Ordinal));

        waiver.Concerns(Given.Case("nv/a/b")).ShouldBeTrue();
        waiver.Concerns(Given.Case("nv/x/1")).ShouldBeTrue();
        waiver.Concerns(Given.Case("nv/y")).ShouldBeFalse();
    }

    [Fact]
    public void Only_cases_that_write_the_register_are_meant()
    {
        Waiver waiver = Read(Line[..^1] + ",\"writes\":[\"VBAR_EL1\"]}");
        Case Code(uint word) => Given.Case("nv/a/b") with { Steps = [Given.Step() with { Code = [word] }] };
        Case Set(string register, ulong value) => Given.Case("nv/a/b") with { Registers = [new(register, value)] };

        waiver.Concerns(Given.Case("nv/a/b")).ShouldBeFalse();
        waiver.Concerns(Code(0xD518_C003)).ShouldBeTrue();  // MSR VBAR_EL1, X3
        waiver.Concerns(Code(0xD518_C01F)).ShouldBeFalse(); // MSR VBAR_EL1, XZR
        waiver.Concerns(Code(0xD538_C003)).ShouldBeFalse(); // MRS X3, VBAR_EL1
        waiver.Concerns(Set("VBAR_EL1", 1)).ShouldBeTrue();
        waiver.Concerns(Set("VBAR_EL1", 0)).ShouldBeFalse();
        waiver.Concerns(Set("VBAR_EL2", 1)).ShouldBeFalse();
    }

    [Fact]
    public void An_id_is_used_once() =>
        Should.Throw<RunException>(() => WaiverFile.Read(new StringReader(Line + "\n" + Line), "w.jsonl"))
            .Message.ShouldStartWith("w.jsonl:2: the id 'Q1' is used twice");

    [Fact]
    public void The_waivers_of_the_suite_are_well_formed_and_have_ids_of_their_own() =>
        WaiverSet.Embedded.Waivers.Select(w => w.Id).ShouldBeUnique();

    private static Waiver Read(string text) => WaiverFile.Read(new StringReader(text), "w.jsonl").Single();

    private static Judgement Failure(string id) => Judge.Of(Given.Case(id), Given.Wrong);
}
