using System.Text;
using Conformance.Harness.Gdb;

namespace Conformance.Harness.Tests.Gdb;

public sealed class PacketStreamTests
{
    [Fact]
    public void A_packet_is_read_behind_noise_and_acknowledged()
    {
        var line = new FakeLine("+junk$m4000,8#95");

        Encoding.ASCII.GetString(line.Packets.Read()!).ShouldBe("m4000,8");
        line.Sent.ShouldBe("+");
    }

    [Fact]
    public void A_damaged_packet_is_asked_for_again()
    {
        var line = new FakeLine("$g#00$g#67");

        Encoding.ASCII.GetString(line.Packets.Read()!).ShouldBe("g");
        line.Sent.ShouldBe("-+");
    }

    [Fact]
    public void Acknowledgements_end_when_they_are_not_wanted()
    {
        var line = new FakeLine("$g#67");
        line.Packets.WithoutAcknowledgement = true;

        line.Packets.Read().ShouldNotBeNull();
        line.Sent.ShouldBeEmpty();
    }

    [Fact]
    public void Escaped_bytes_are_read_as_themselves()
    {
        var line = new FakeLine("$X}\u0003#d8"); // } ^ 0x20 escapes #

        line.Packets.Read().ShouldBe("X#"u8.ToArray());
    }

    [Fact]
    public void Bytes_with_a_meaning_of_their_own_are_escaped()
    {
        var line = new FakeLine("");

        line.Packets.Write("a#b$c}d*e");

        byte sum = 0;
        foreach (char c in "a}\u0003b}\u0004c}]d}\ne")
        {
            sum += (byte)c;
        }

        line.Sent.ShouldBe($"$a}}\u0003b}}\u0004c}}]d}}\ne#{sum:x2}");
    }

    [Fact]
    public void Ctrl_C_interrupts_a_machine_that_runs_and_is_a_packet_for_one_that_stands()
    {
        var running = new FakeLine("+\u0003");
        running.Packets.TakeInterrupt().ShouldBeTrue();
        running.Packets.TakeInterrupt().ShouldBeFalse();

        new FakeLine("\u0003").Packets.Read().ShouldBe([3]);
    }

    [Fact]
    public void The_end_of_the_line_is_no_packet()
    {
        new FakeLine("").Packets.Read().ShouldBeNull();
        new FakeLine("$g#6").Packets.Read().ShouldBeNull();
        new FakeLine("$g").Packets.Read().ShouldBeNull();
    }
}

/// <summary>A line on which everything has been sent already.</summary>
internal sealed class FakeLine : IDisposable
{
    private readonly MemoryStream _output = new();

    internal FakeLine(string input)
    {
        var bytes = new Queue<byte>(Encoding.Latin1.GetBytes(input));
        Packets = new PacketStream(() => bytes.TryDequeue(out byte next) ? next : -1, () => bytes.Count > 0, _output);
    }

    internal PacketStream Packets { get; }

    internal string Sent => Encoding.Latin1.GetString(_output.ToArray());

    public void Dispose() => _output.Dispose();
}
