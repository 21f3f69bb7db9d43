using System.Globalization;
using System.Text;

namespace Conformance.Harness.Gdb;

/// <summary>Packets of the GDB remote serial protocol over a stream of bytes: <c>$data#checksum</c>, with acknowledgements at first.</summary>
/// <remarks>Source: the GDB manual, "Remote Protocol", sections "Overview", "Packet Acknowledgment" and "Interrupts".</remarks>
/// <param name="input">Returns the next byte, or -1 at the end.</param>
/// <param name="pending">Some byte can be read at once.</param>
/// <param name="output">Where replies go.</param>
public sealed class PacketStream(Func<int> input, Func<bool> pending, Stream output)
{
    private const int Interrupt = 3;
    private const int RepeatBias = 29;

    /// <summary>The debugger asked for replies and packets without + and -.</summary>
    public bool WithoutAcknowledgement { get; set; }

    /// <summary>A star and a letter in what is read repeat the byte before them: stubs may send so, debuggers do not.</summary>
    public bool WithRepeats { get; init; }

    /// <summary>The next packet with its escapes undone; null at the end. Ctrl-C between packets is the packet "\x03".</summary>
    public byte[]? Read()
    {
        while (true)
        {
            int next = input();
            switch (next)
            {
                case -1:
                    return null;
                case Interrupt:
                    return [Interrupt];
                case '$':
                    if (ReadBody() is { } body)
                    {
                        return body;
                    }

                    break;
                default:
                    break; // +, - and noise between packets
            }
        }
    }

    /// <summary>The debugger has sent Ctrl-C; other bytes that come while the machine runs are dropped.</summary>
    public bool TakeInterrupt()
    {
        while (pending())
        {
            if (input() is -1 or Interrupt)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Sends a packet.</summary>
    public void Write(string text) => Write(Encoding.Latin1.GetBytes(text));

    /// <summary>Sends a packet; bytes with a meaning of their own are escaped.</summary>
    public void Write(ReadOnlySpan<byte> body)
    {
        using var packet = new MemoryStream();
        packet.WriteByte((byte)'$');
        byte sum = 0;
        void Put(byte value)
        {
            packet.WriteByte(value);
            sum += value;
        }

        foreach (byte value in body)
        {
            if (value is (byte)'#' or (byte)'$' or (byte)'}' or (byte)'*')
            {
                Put((byte)'}');
                Put((byte)(value ^ 0x20));
            }
            else
            {
                Put(value);
            }
        }

        packet.Write(Encoding.ASCII.GetBytes($"#{sum:x2}"));
        output.Write(packet.GetBuffer(), 0, (int)packet.Length);
        output.Flush();
    }

    /// <summary>What follows the dollar sign; null when the packet is damaged or the stream ends.</summary>
    private byte[]? ReadBody()
    {
        List<byte> body = [];
        byte sum = 0;
        bool escaped = false;
        int next;
        while ((next = input()) is not ('#' or -1))
        {
            sum += (byte)next;
            if (next == '}' && !escaped)
            {
                escaped = true;
                continue;
            }

            if (next == '*' && !escaped && WithRepeats && body.Count > 0)
            {
                int count = input();
                sum += (byte)count;
                body.AddRange(Enumerable.Repeat(body[^1], Math.Max(0, count - RepeatBias)));
                continue;
            }

            body.Add((byte)(escaped ? next ^ 0x20 : next));
            escaped = false;
        }

        char[] digits = [(char)input(), (char)input()];
        bool whole = next == '#' && byte.TryParse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out byte told) && told == sum;
        if (!WithoutAcknowledgement && next == '#')
        {
            output.WriteByte((byte)(whole ? '+' : '-'));
            output.Flush();
        }

        return whole ? [.. body] : null;
    }
}
