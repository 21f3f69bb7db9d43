using System.Xml.Linq;
using Conformance.Harness.Gdb;

namespace Conformance.Harness.Tests.Gdb;

public sealed class GdbServerTests
{
    private readonly FakeTarget _target = new();

    [Theory]
    [InlineData("?", "T05thread:1;")]
    [InlineData("qC", "QC1")]
    [InlineData("qfThreadInfo", "m1,2")]
    [InlineData("qsThreadInfo", "l")]
    [InlineData("qThreadExtraInfo,2", "504520313a206f6666")] // PE 1: off
    [InlineData("qThreadExtraInfo,3", "E22")]
    [InlineData("T2", "OK")]
    [InlineData("T3", "E22")]
    [InlineData("vCont?", "vCont;c;C;s;S")]
    [InlineData("qAttached", "1")]
    [InlineData("qNobodyKnows", "")]
    [InlineData("!", "")]
    public void Queries_are_answered(string packet, string answer) => Answer(packet).ShouldBe(answer);

    [Theory]
    [InlineData("g", "0807060504030201ddccbbaa")] // without system registers
    [InlineData("p0", "0807060504030201")]
    [InlineData("p1", "ddccbbaa")]
    [InlineData("p2", "1100000000000000")]
    [InlineData("p3", "E22")]
    [InlineData("px", "E22")]
    public void Registers_are_read_little_endian(string packet, string answer) => Answer(packet).ShouldBe(answer);

    [Fact]
    public void Registers_are_written_to_the_PE_that_H_selects()
    {
        Answer("Hg2", "P0=8877665544332211", "P2=ff00000000000000").ShouldBe("OK");
        _target.Values[1, 0].ShouldBe(0x1122_3344_5566_7788ul);
        _target.Values[1, 2].ShouldBe(0xfful);

        Answer("Hg1", "G010000000000000002000000").ShouldBe("OK");
        (_target.Values[0, 0], _target.Values[0, 1]).ShouldBe((1ul, 2ul));

        Answer("P1=0011").ShouldBe("E22"); // of another size
        Answer("P9=00").ShouldBe("E22");
        Answer("Hg7").ShouldBe("E22");
    }

    [Theory]
    [InlineData("m1000,4", "00010203")]
    [InlineData("m10fe,8", "feff")]       // what there is of it
    [InlineData("m2000,4", "E14")]
    [InlineData("m1000", "E22")]
    [InlineData("M1000,2:abcd", "OK")]
    [InlineData("M1000,2:ab", "E22")]
    [InlineData("M2000,1:ab", "E14")]
    [InlineData("X1000,0:", "OK")]
    [InlineData("X1000,2:a}\u0003", "OK")] // with an escaped byte
    [InlineData("X1000,3:ab", "E22")]
    public void Memory_is_read_and_written(string packet, string answer) => Answer(packet).ShouldBe(answer);

    [Fact]
    public void Binary_writes_arrive_as_they_are_meant()
    {
        Answer("X1000,2:a}\u0003", "m1000,2").ShouldBe("6123");
    }

    [Theory]
    [InlineData("Z0,1000,4", "insert Instruction 1000+4")]
    [InlineData("Z1,1000,4", "insert Instruction 1000+4")]
    [InlineData("Z2,1000,8", "insert Write 1000+8")]
    [InlineData("Z3,1000,8", "insert Read 1000+8")]
    [InlineData("Z4,1000,8", "insert Access 1000+8")]
    public void Points_are_inserted_once_and_removed_with_the_session(string packet, string inserted)
    {
        Answer(packet, packet).ShouldBe("OK");
        _target.Done.ShouldBe([inserted, inserted.Replace("insert", "remove", StringComparison.Ordinal)]);
    }

    [Fact]
    public void Points_can_be_removed()
    {
        Answer("Z0,1000,4", "z0,1000,4", "z0,1000,4").ShouldBe("OK");
        _target.Done.ShouldBe(["insert Instruction 1000+4", "remove Instruction 1000+4"]);
        Answer("Z5,1000,4").ShouldBe("");
    }

    [Theory]
    [InlineData("c", "run core= step=False others=True")]
    [InlineData("s", "run core=0 step=True others=True")]
    [InlineData("vCont;c", "run core= step=False others=True")]
    [InlineData("vCont;s:2;c", "run core=1 step=True others=True")]
    [InlineData("vCont;s:2", "run core=1 step=True others=False")]
    [InlineData("vCont;c:2", "run core=1 step=False others=False")]
    [InlineData("vCont;C05:1;c", "run core= step=False others=True")]
    public void The_machine_runs_as_the_debugger_says(string packet, string run)
    {
        Answer(packet);
        _target.Done.ShouldBe([run]);
    }

    [Fact]
    public void A_stop_names_its_PE_which_is_selected_then()
    {
        _target.Stops.Enqueue(new DebugStop(DebugStopReason.Breakpoint, 1));
        Answer("c", "p0").ShouldBe("0100000000000000");
        _target.Stops.Enqueue(new DebugStop(DebugStopReason.Watchpoint, 1, new DebugPoint(DebugPointKind.Write, 0x1000, 8), 0x1004));
        Answer("c").ShouldBe("T05thread:2;watch:1004;");
        Answer("vCont;r").ShouldBe("E22");
    }

    [Fact]
    public void Ctrl_C_stops_the_machine_with_SIGINT() => Session("$c#63\u0003$?#3f").Sent.ShouldBe("+$T02thread:1;#d4+$T02thread:1;#d4");

    [Fact]
    public void A_program_that_ends_ends_the_session()
    {
        _target.Stops.Enqueue(new DebugStop(DebugStopReason.Exited, 0, ExitCode: 7));
        var line = new FakeLine(Framed("c"));
        var server = new GdbServer(_target, line.Packets);

        server.Serve().ShouldBe(GdbEnd.Exited);

        server.ExitCode.ShouldBe(7);
        line.Sent.ShouldContain("$W07#");
    }

    [Theory]
    [InlineData("D", GdbEnd.Detached)]
    [InlineData("k", GdbEnd.Killed)]
    [InlineData("vKill;1", GdbEnd.Killed)]
    [InlineData("?", GdbEnd.Disconnected)]
    public void A_session_ends_as_the_debugger_says(string packet, GdbEnd end) =>
        new GdbServer(_target, new FakeLine(Framed(packet)).Packets).Serve().ShouldBe(end);

    [Fact]
    public void The_description_comes_in_parts_and_names_every_register()
    {
        string first = Answer("qXfer:features:read:target.xml:0,40");
        first.ShouldStartWith("m<?xml");
        string text = first[1..] + Answer("qXfer:features:read:target.xml:40,4000")[1..];

        XElement root = XDocument.Parse(text.Replace("<!DOCTYPE target SYSTEM \"gdb-target.dtd\">", "", StringComparison.Ordinal)).Root!;
        root.Descendants("reg").Select(r => (string)r.Attribute("name")!).ShouldBe(["x0", "cpsr", "HCR_EL2"]);
        root.Descendants("reg").Select(r => (int)r.Attribute("regnum")!).ShouldBe([0, 1, 2]);
        root.Elements("feature").Select(f => (string)f.Attribute("name")!)
            .ShouldBe([TargetDescription.CoreFeature, TargetDescription.SystemFeature]);
    }

    /// <summary>The answer to the last of some packets.</summary>
    private string Answer(params string[] packets)
    {
        string sent = Session(Framed("QStartNoAckMode") + "+" + string.Concat(packets.Select(Framed))).Sent;
        string last = sent[..sent.LastIndexOf('#')];
        string body = last[(last.LastIndexOf('$') + 1)..];
        return body.Replace("}\n", "*", StringComparison.Ordinal);
    }

    private FakeLine Session(string input)
    {
        var line = new FakeLine(input);
        new GdbServer(_target, line.Packets).Serve();
        return line;
    }

    private static string Framed(string body)
    {
        byte sum = 0;
        foreach (char c in body)
        {
            sum += (byte)c;
        }

        return $"${body}#{sum:x2}";
    }
}
