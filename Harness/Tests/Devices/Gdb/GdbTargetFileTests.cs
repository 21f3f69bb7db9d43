using Conformance.Harness.Devices.Gdb;
using Conformance.Harness.Runs;
using Conformance.Harness.Tests.Schemas;

namespace Conformance.Harness.Tests.Devices.Gdb;

public class GdbTargetFileTests
{
    private static readonly MiniJsonSchema s_schema = MiniJsonSchema.Embedded("gdb-target.schema.json");

    private const string Whole = """
        {"address":"board:3333","version":"rev 2","waivers":"qemu","registers":{"pc":"PC","pstate":33},
         "ram":{"from":"0x40000000","size":"0x10000000"},"pstate":"0x3c9","reset":"reset halt","start":["openocd","-f","x.cfg"],
         "caseSeconds":1.5,"replySeconds":2,"startSeconds":60}
        """;

    [Fact]
    public void Every_member_is_read()
    {
        GdbTarget target = GdbTargetFile.Parse(Whole, "t.json");

        (target.Host, target.Port, target.Version, target.WaiversOf).ShouldBe(("board", 3333, "rev 2", "qemu"));
        (target.Pc, target.Pstate, target.StartPstate, target.Reset).ShouldBe(("PC", "33", 0x3C9u, "reset halt"));
        target.Start.ShouldBe(["openocd", "-f", "x.cfg"]);
        target.CaseTimeout.ShouldBe(TimeSpan.FromSeconds(1.5));
        target.ReplyTimeout.ShouldBe(TimeSpan.FromSeconds(2));
        target.StartTimeout.ShouldBe(TimeSpan.FromSeconds(60));
        s_schema.Violations(Whole).ShouldBeEmpty();
    }

    [Fact]
    public void An_address_alone_is_enough()
    {
        GdbTarget target = GdbTargetFile.Parse("""{"address":":1234"}""", "t.json");

        (target.Host, target.Port, target.Pc, target.Pstate, target.StartPstate, target.Reset)
            .ShouldBe(("localhost", 1234, "pc", "cpsr", null, null));
        target.Start.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"version":"1"}""", "'address' is missing")]
    [InlineData("""{"address":"board"}""", "'address' must be HOST:PORT")]
    [InlineData("""{"address":"board:0x10"}""", "'address' must be HOST:PORT")]
    [InlineData("""{"address":7}""", "'address' must be a text")]
    [InlineData("""{"address":"b:1","speed":9}""", "'speed' is not a member of a target; the members are address,")]
    [InlineData("""{"address":"b:1","registers":{"lr":"x30"}}""", "'registers' must be an object of \"pc\" and \"pstate\"")]
    [InlineData("""{"address":"b:1","registers":{"pc":true}}""", "'registers' must be")]
    [InlineData("""{"address":"b:1","pstate":"EL3"}""", "'pstate' must be a number")]
    [InlineData("""{"address":"b:1","start":"qemu"}""", "'start' must be an array")]
    [InlineData("""{"address":"b:1","caseSeconds":0}""", "'caseSeconds' must be a number of seconds")]
    [InlineData("""{"address":"b:1","ram":"all"}""", "'ram' must be an object")]
    [InlineData("""{"address":"b:1","ram":{"from":"0x80000000","size":"0x8000000"}}""", "cases need the 128 MiB from 0x40000000")]
    [InlineData("""{"address":"b:1","ram":{"from":"0x40000000","size":"0x4000000"}}""", "'ram' is 0x40000000 to 0x43ffffff; cases need")]
    [InlineData("address: b:1", "not a JSON object")]
    public void A_file_that_makes_no_sense_is_refused_with_its_name(string text, string says)
    {
        RunException refused = Should.Throw<RunException>(() => GdbTargetFile.Parse(text, "t.json"));

        refused.Message.ShouldStartWith("t.json: ");
        refused.Message.ShouldContain(says);
        refused.Message.ShouldNotContain("\n");
    }

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Should.Throw<RunException>(() => GdbTargetFile.Read("/nonexistent/t.json", "t.json")).Message.ShouldStartWith("t.json: cannot be read");
}
