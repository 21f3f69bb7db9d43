using System.Buffers;
using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Conformance.Harness.Gdb;

/// <summary>The debugger's side of the GDB remote serial protocol: memory, registers and running, of a target that stands still.</summary>
/// <remarks>Source: the GDB manual, "Remote Protocol": "Packets", "Stop Reply Packets", "General Query Packets", "QEMU gdbstub".</remarks>
public sealed class GdbClient
{
    private const string Ok = "OK";
    private const int SmallestPacket = 400; // what a stub takes that does not say
    private const int LargestPacket = 0x2_0000;
    private const int Ahead = 16; // memory packets on the line at once: a stub takes one after the other, and need not wait for us
    private const int Overhead = 48; // letter, address, length, frame

    private readonly PacketStream _packets;
    private readonly int _packet = SmallestPacket;
    private readonly bool _binary;
    private readonly bool _continuesAll;
    private readonly Dictionary<string, int> _registers;

    /// <summary>Says hello: what can the stub do, and which registers has it?</summary>
    /// <param name="packets">The line to the stub.</param>
    /// <exception cref="GdbClientException">There is no stub at the other end.</exception>
    public GdbClient(PacketStream packets)
    {
        _packets = packets;
        string hello = Text("qSupported:swbreak+;hwbreak+");
        while (IsStop(hello))
        {
            hello = Receive(); // a target that was running says first that it has stopped for us
        }

        string[] supported = hello.Split(';');
        if (supported.FirstOrDefault(f => f.StartsWith("PacketSize=", StringComparison.Ordinal)) is { } size
            && int.TryParse(size.AsSpan("PacketSize=".Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int most))
        {
            _packet = Math.Clamp(most, 2 * Overhead, LargestPacket);
        }

        if (supported.Contains("QStartNoAckMode+") && Text("QStartNoAckMode") == Ok)
        {
            _packets.WithoutAcknowledgement = true;
        }

        Text("?");
        _continuesAll = Text("vCont?").Split(';').Contains("c");
        _registers = supported.Contains("qXfer:features:read+") ? Registers("target.xml") : [];
        SeesPhysical = Text("Qqemu.PhyMemMode:1") == Ok;
        _binary = Text("X0,0:") == Ok;
    }

    /// <summary>Addresses are physical; otherwise they are virtual, as the PE that is stopped sees them.</summary>
    public bool SeesPhysical { get; }

    /// <summary>The number of a register by its name in the target description, or of a text that is a number; null for none.</summary>
    public int? Register(string name) =>
        _registers.TryGetValue(name, out int number) || int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out number) ? number : null;

    /// <summary>Names of the registers that the stub describes, by number.</summary>
    public IEnumerable<string> RegisterNames => _registers.OrderBy(r => r.Value).Select(r => r.Key);

    /// <summary>Reads memory.</summary>
    /// <exception cref="GdbClientException">The target refuses.</exception>
    public void Read(ulong address, Span<byte> into)
    {
        int most = (_packet - Overhead) / 2;
        int asked = 0;
        Queue<int> open = new();
        for (int at = 0; at < into.Length;)
        {
            for (; asked < into.Length && open.Count < Ahead; asked += open.Last())
            {
                int length = Math.Min(most, into.Length - asked);
                _packets.Write(string.Create(CultureInfo.InvariantCulture, $"m{address + (ulong)asked:x},{length:x}"));
                open.Enqueue(length);
            }

            int wanted = open.Dequeue();
            string answer = Receive();
            if (answer.Length == 0 || answer.Length % 2 != 0
                || Convert.FromHexString(answer, into[at..], out _, out int got) != OperationStatus.Done || got > wanted)
            {
                Drop(open.Count);
                throw new GdbClientException(string.Create(
                    CultureInfo.InvariantCulture, $"the target refuses to read {wanted} bytes at 0x{address + (ulong)at:x}{Said(answer)}"));
            }

            at += got;
            if (got < wanted)
            {
                Drop(open.Count); // a stub may give less than it was asked for: the rest of it is asked for next
                open.Clear();
                asked = at;
            }
        }
    }

    /// <summary>Writes memory, in binary where the stub takes that.</summary>
    /// <exception cref="GdbClientException">The target refuses.</exception>
    public void Write(ulong address, ReadOnlySpan<byte> bytes)
    {
        Queue<(ulong Address, int Length)> open = new();
        while (!bytes.IsEmpty || open.Count > 0)
        {
            while (!bytes.IsEmpty && open.Count < Ahead)
            {
                int length = _binary ? Fitting(bytes) : Math.Min(bytes.Length, (_packet - Overhead) / 2);
                ReadOnlySpan<byte> part = bytes[..length];
                byte[] head = Encoding.ASCII.GetBytes(string.Create(
                    CultureInfo.InvariantCulture, $"{(_binary ? 'X' : 'M')}{address:x},{length:x}:"));
                _packets.Write(_binary ? [.. head, .. part] : [.. head, .. Encoding.ASCII.GetBytes(Convert.ToHexStringLower(part))]);
                open.Enqueue((address, length));
                address += (ulong)length;
                bytes = bytes[length..];
            }

            (ulong place, int size) = open.Dequeue();
            string answer = Receive();
            if (answer != Ok)
            {
                Drop(open.Count);
                throw new GdbClientException(string.Create(
                    CultureInfo.InvariantCulture, $"the target refuses to write {size} bytes at 0x{place:x}{Said(answer)}"));
            }
        }
    }

    /// <summary>Reads a register of at most 64 bits.</summary>
    /// <exception cref="GdbClientException">The target refuses.</exception>
    public ulong ReadRegister(int number)
    {
        Span<byte> bytes = stackalloc byte[8];
        string answer = Text(string.Create(CultureInfo.InvariantCulture, $"p{number:x}"));
        bytes.Clear();
        return answer.Length is 8 or 16 && Convert.FromHexString(answer, bytes, out _, out _) == OperationStatus.Done
            ? BitConverter.ToUInt64(bytes)
            : throw new GdbClientException(string.Create(CultureInfo.InvariantCulture, $"the target does not show register {number}{Said(answer)}"));
    }

    /// <summary>Writes a register.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="value">The value.</param>
    /// <param name="size">In bytes, 4 or 8.</param>
    /// <exception cref="GdbClientException">The target refuses.</exception>
    public void WriteRegister(int number, ulong value, int size)
    {
        string hex = Convert.ToHexStringLower(BitConverter.GetBytes(value).AsSpan(0, size));
        string answer = Text(string.Create(CultureInfo.InvariantCulture, $"P{number:x}={hex}"));
        if (answer != Ok)
        {
            throw new GdbClientException(string.Create(
                CultureInfo.InvariantCulture, $"the target refuses to write 0x{value:x} to register {number}{Said(answer)}"));
        }
    }

    /// <summary>Makes the target stop in front of an instruction: by a breakpoint of the hardware, or one in memory where it has none.</summary>
    /// <exception cref="GdbClientException">It takes neither.</exception>
    public void Break(ulong address)
    {
        string answer = "";
        foreach (char kind in "10")
        {
            answer = Text(string.Create(CultureInfo.InvariantCulture, $"Z{kind},{address:x},4"));
            if (answer == Ok)
            {
                return;
            }
        }

        throw new GdbClientException(string.Create(CultureInfo.InvariantCulture, $"the target takes no breakpoint at 0x{address:x}{Said(answer)}"));
    }

    /// <summary>Has the stub's monitor carry out a command.</summary>
    /// <exception cref="GdbClientException">There is no monitor, or it refuses.</exception>
    public void Monitor(string command)
    {
        string answer = Text("qRcmd," + Convert.ToHexStringLower(Encoding.UTF8.GetBytes(command)));
        while (answer.Length > 0 && answer[0] == 'O' && answer != Ok)
        {
            answer = Receive(); // what the command says on its way
        }

        if (answer.Length == 0 || IsError(answer))
        {
            throw new GdbClientException($"the target's monitor refuses '{command}'{Said(answer)}");
        }
    }

    /// <summary>Lets the target run; <see cref="Stopped"/> says when it stands still again.</summary>
    public void Continue() => _packets.Write(_continuesAll ? "vCont;c" : "c");

    /// <summary>Takes the stop reply of a target that runs; waits for it.</summary>
    /// <returns>The reply; what the program prints before is passed over.</returns>
    public GdbStop Stopped()
    {
        while (true)
        {
            string answer = Receive();
            switch (answer.Length == 0 ? ' ' : answer[0])
            {
                case 'T' or 'S':
                    return new GdbStop(true, answer);
                case 'W' or 'X':
                    return new GdbStop(false, answer);
                case 'F':
                    _packets.Write("F-1,5f"); // files of this machine are none of the program's business
                    break;
                default:
                    break;
            }
        }
    }

    private Dictionary<string, int> Registers(string document)
    {
        Dictionary<string, int> names = new(StringComparer.OrdinalIgnoreCase);
        int next = 0;
        ReadRegisters(document, names, ref next, depth: 0);
        return names;
    }

    /// <summary>Numbers follow the order of the documents, unless a register says its own.</summary>
    private void ReadRegisters(string document, Dictionary<string, int> names, ref int next, int depth)
    {
        foreach (XElement element in Document(document).Descendants())
        {
            if (element.Name.LocalName == "include" && (string?)element.Attribute("href") is { } part && depth < 4)
            {
                ReadRegisters(part, names, ref next, depth + 1);
            }
            else if (element.Name.LocalName == "reg" && (string?)element.Attribute("name") is { } name)
            {
                next = (int?)element.Attribute("regnum") ?? next;
                names.TryAdd(name, next++);
            }
        }
    }

    private XElement Document(string name)
    {
        var text = new StringBuilder();
        string part;
        do
        {
            part = Text(string.Create(CultureInfo.InvariantCulture, $"qXfer:features:read:{name}:{text.Length:x},{_packet - Overhead:x}"));
            text.Append(part.AsSpan(Math.Min(1, part.Length)));
        }
        while (part.Length > 1 && part[0] == 'm');

        try
        {
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null };
            // The stubs of some targets use the prefix xi without declaring it.
            var names = new XmlNamespaceManager(new NameTable());
            names.AddNamespace("xi", "http://www.w3.org/2001/XInclude");
            using var reader = XmlReader.Create(
                new StringReader(text.ToString()), settings, new XmlParserContext(null, names, null, XmlSpace.None));
            return XElement.Load(reader);
        }
        catch (XmlException e)
        {
            throw new GdbClientException($"the target's description {name} is not XML ({e.Message.TrimEnd('.')})");
        }
    }

    /// <summary>Passes over answers that nobody waits for any more.</summary>
    private void Drop(int answers)
    {
        for (; answers > 0; answers--)
        {
            Receive();
        }
    }

    private string Text(string packet) => Ask(Encoding.Latin1.GetBytes(packet));

    private string Ask(byte[] packet)
    {
        _packets.Write(packet);
        return Receive();
    }

    private string Receive() => _packets.Read() is { } answer
        ? Encoding.Latin1.GetString(answer)
        : throw new GdbClientException("the target's stub has closed the line");

    /// <summary>How much of the bytes fits into one packet with its escapes.</summary>
    private int Fitting(ReadOnlySpan<byte> bytes)
    {
        int room = _packet - Overhead;
        int length = 0;
        for (; length < bytes.Length; length++)
        {
            room -= bytes[length] is (byte)'#' or (byte)'$' or (byte)'}' or (byte)'*' ? 2 : 1;
            if (room < 0)
            {
                break;
            }
        }

        return length;
    }

    private static bool IsStop(string answer) =>
        answer.Length >= 3 && answer[0] is 'T' or 'S' && char.IsAsciiHexDigit(answer[1]) && char.IsAsciiHexDigit(answer[2]);

    private static bool IsError(string answer) => answer.Length == 3 && answer[0] == 'E';

    private static string Said(string answer) => answer.Length == 0 ? " (it does not know the packet)" : $" ({answer})";
}

/// <summary>Why a target stands still.</summary>
/// <param name="Alive">The program is there; otherwise it has ended.</param>
/// <param name="Reply">The stop reply as it came.</param>
public readonly record struct GdbStop(bool Alive, string Reply);

/// <summary>A stub that does not do what is asked of it, or is not there.</summary>
/// <param name="what">What was seen, in one clause.</param>
public sealed class GdbClientException(string what) : Exception(what);
