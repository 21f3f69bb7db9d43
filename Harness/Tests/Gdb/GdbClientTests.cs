using System.Text;
using Conformance.Harness.Gdb;

namespace Conformance.Harness.Tests.Gdb;

/// <summary>The debugger's side against stubs that answer what the test says.</summary>
public sealed class GdbClientTests
{
    [Fact]
    public void A_stub_without_extensions_gets_small_hexadecimal_packets()
    {
        var stub = new ScriptedStub(p => p.StartsWith('M') ? "OK" : "");
        new GdbClient(stub.Packets).Write(0x1000, new byte[500]);

        stub.Asked.Count(p => p[0] == 'M').ShouldBe(3);
        stub.Asked.ShouldContain(p => p.StartsWith("M1000,b0:0000", StringComparison.Ordinal) && p.Length <= 400);
    }

    [Fact]
    public void A_stub_that_takes_binary_gets_it_with_escapes_in_packets_of_its_size()
    {
        var stub = new ScriptedStub(p => p.StartsWith("qSupported", StringComparison.Ordinal) ? "PacketSize=100" : p[0] == 'X' ? "OK" : "");
        new GdbClient(stub.Packets).Write(0x1000, Enumerable.Repeat((byte)'#', 200).ToArray());

        string[] written = [.. stub.Asked.Where(p => p[0] == 'X' && !p.EndsWith(':'))];
        written.Sum(p => p.Count(c => c == '#')).ShouldBe(200);
        written[0].ShouldStartWith("X1000,68:###"); // (256 - 48) / 2: each needs an escape
    }

    [Fact]
    public void A_read_goes_on_where_the_stub_gave_less()
    {
        byte[] memory = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        var stub = new ScriptedStub(p =>
        {
            if (p[0] != 'm')
            {
                return "";
            }

            int[] range = [.. p[1..].Split(',').Select(n => Convert.ToInt32(n, 16))];
            return Convert.ToHexStringLower(memory.AsSpan(range[0], Math.Min(range[1], 100)));
        });
        byte[] read = new byte[256];
        new GdbClient(stub.Packets).Read(0, read);

        read.ShouldBe(memory);
    }

    [Theory]
    [InlineData("E14", "refuses to read 8 bytes at 0x40 (E14)")]
    [InlineData("", "refuses to read 8 bytes at 0x40 (it does not know the packet)")]
    [InlineData("00112233445566778899", "refuses to read 8 bytes at 0x40")] // more than was asked for
    [InlineData("0g", "refuses to read 8 bytes at 0x40 (0g)")]
    public void A_refusal_says_what_and_where(string answer, string says)
    {
        var stub = new ScriptedStub(p => p[0] == 'm' ? answer : "");

        Should.Throw<GdbClientException>(() => new GdbClient(stub.Packets).Read(0x40, new byte[8])).Message.ShouldContain(says);
    }

    [Fact]
    public void Registers_have_the_numbers_of_the_description_and_its_parts()
    {
        var stub = new ScriptedStub(p => p.StartsWith("qSupported", StringComparison.Ordinal) ? "qXfer:features:read+"
            : p.StartsWith("qXfer:features:read:target.xml:0,", StringComparison.Ordinal) ? "m<?xml version=\"1.0\"?><!DOCTYPE target SYSTEM \"gdb-target.dtd\"><target>"
            : p.StartsWith("qXfer:features:read:target.xml:", StringComparison.Ordinal) ? "l<xi:include href=\"core.xml\"/><feature name=\"f\"><reg name=\"z\"/></feature></target>"
            : p.StartsWith("qXfer:features:read:core.xml:0,", StringComparison.Ordinal) ? "l<feature name=\"c\"><reg name=\"x0\"/><reg name=\"pc\" regnum=\"32\"/><reg name=\"cpsr\"/></feature>"
            : "");
        var client = new GdbClient(stub.Packets);

        (client.Register("x0"), client.Register("PC"), client.Register("cpsr"), client.Register("z"), client.Register("33"), client.Register("lr"))
            .ShouldBe((0, 32, 33, 34, 33, null));
    }

    [Fact]
    public void Repeats_in_an_answer_are_undone()
    {
        var stub = new ScriptedStub(p => p[0] == 'p' ? "0* 1* " : ""); // 0 and 1, each three times more
        new GdbClient(stub.Packets).ReadRegister(1).ShouldBe(0x1111_0000ul);
    }

    [Fact]
    public void A_breakpoint_is_one_of_the_hardware_or_else_of_software()
    {
        var stub = new ScriptedStub(p => p.StartsWith("Z0", StringComparison.Ordinal) ? "OK" : p.StartsWith("Z1", StringComparison.Ordinal) ? "E01" : "");
        var client = new GdbClient(stub.Packets);
        client.Break(0x80);

        stub.Asked[^2..].ShouldBe(["Z1,80,4", "Z0,80,4"]);
        Should.Throw<GdbClientException>(() => new GdbClient(new ScriptedStub(_ => "").Packets).Break(0x80)).Message.ShouldContain("no breakpoint at 0x80");
    }

    [Fact]
    public void What_a_program_prints_or_asks_of_the_host_does_not_stop_it()
    {
        var stub = new ScriptedStub(p => p == "c" ? null : "");
        var client = new GdbClient(stub.Packets);
        client.Continue();
        stub.Says("O4869", "Fopen,1/2,0,0", "T05thread:1;");

        client.Stopped().ShouldBe(new GdbStop(true, "T05thread:1;"));
        stub.Asked[^1].ShouldBe("F-1,5f");
        client.Continue();
        stub.Says("W07");
        client.Stopped().Alive.ShouldBeFalse();
    }

    [Theory]
    [InlineData("OK", null)]
    [InlineData("", "refuses 'reset halt' (it does not know the packet)")]
    [InlineData("E01", "refuses 'reset halt' (E01)")]
    public void The_monitor_carries_out_commands(string answer, string? says)
    {
        var stub = new ScriptedStub(p => p.StartsWith("qRcmd,72657365742068616c74", StringComparison.Ordinal) ? answer : "");
        var client = new GdbClient(stub.Packets);

        if (says is null)
        {
            client.Monitor("reset halt");
        }
        else
        {
            Should.Throw<GdbClientException>(() => client.Monitor("reset halt")).Message.ShouldContain(says);
        }
    }

    [Fact]
    public void A_target_that_says_first_that_it_has_stopped_is_understood()
    {
        var stub = new ScriptedStub(p => p.StartsWith("qSupported", StringComparison.Ordinal) ? "PacketSize=1000" : p[0] == 'M' ? "OK" : "");
        stub.Says("T02thread:01;");
        new GdbClient(stub.Packets).Write(0, new byte[2000]);

        stub.Asked.Count(p => p[0] == 'M').ShouldBe(1);
    }

    [Fact]
    public void The_end_of_the_line_is_said() =>
        Should.Throw<GdbClientException>(() => new GdbClient(new PacketStream(() => -1, () => true, Stream.Null))).Message.ShouldContain("closed the line");

    /// <summary>A stub in this thread: each packet written is answered at once; null for later.</summary>
    private sealed class ScriptedStub : Stream
    {
        private readonly Func<string, string?> _answers;
        private readonly Queue<byte> _toClient = new();
        private readonly List<byte> _fromClient = [];

        internal ScriptedStub(Func<string, string?> answers)
        {
            _answers = answers;
            Packets = new PacketStream(() => _toClient.TryDequeue(out byte next) ? next : -1, () => _toClient.Count > 0, this) { WithRepeats = true };
        }

        internal PacketStream Packets { get; }

        internal List<string> Asked { get; } = [];

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => 0;

        public override long Position { get; set; }

        internal void Says(params string[] packets)
        {
            foreach (string packet in packets)
            {
                byte sum = 0;
                foreach (char c in packet)
                {
                    sum += (byte)c;
                }

                foreach (byte b in Encoding.Latin1.GetBytes($"${packet}#{sum:x2}"))
                {
                    _toClient.Enqueue(b);
                }
            }
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
            _fromClient.AddRange(buffer.AsSpan(offset, count));
            var inner = new Queue<byte>(_fromClient);
            byte[]? packet = new PacketStream(() => inner.TryDequeue(out byte next) ? next : -1, () => true, Null).Read();
            _fromClient.Clear();
            if (packet is not null)
            {
                string text = Encoding.Latin1.GetString(packet);
                Asked.Add(text);
                if (_answers(text) is { } answer)
                {
                    Says(answer);
                }
            }
        }

        public override void WriteByte(byte value)
        {
            // Acknowledgements, which this stub does not wait for.
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
