using System.Globalization;
using System.Text;

namespace Conformance.Harness.Gdb;

/// <summary>How a session with a debugger ended.</summary>
public enum GdbEnd
{
    /// <summary>It went away without a word.</summary>
    Disconnected,

    /// <summary>It detached: the program is to go on by itself.</summary>
    Detached,

    /// <summary>It killed the program.</summary>
    Killed,

    /// <summary>The program ended.</summary>
    Exited,
}

/// <summary>The stub: answers the packets of the GDB remote serial protocol about a machine, whose PEs are the threads 1, 2, ….</summary>
/// <remarks>Source: the GDB manual, "Remote Protocol": "Packets", "Stop Reply Packets", "General Query Packets".</remarks>
public sealed class GdbServer
{
    private const string Ok = "OK";
    private const string NotThere = "E14";  // EFAULT
    private const string Malformed = "E22"; // EINVAL
    private const string Unknown = "";
    private const int LargestPacket = 0x2_0000;

    private readonly IDebugTarget _target;
    private readonly PacketStream _packets;
    private readonly string _description;
    private readonly List<DebugPoint> _points = [];
    private int _selected;
    private string _lastStop = "T05thread:1;";

    /// <param name="target">What is debugged.</param>
    /// <param name="packets">The line to the debugger.</param>
    public GdbServer(IDebugTarget target, PacketStream packets)
    {
        _target = target;
        _packets = packets;
        _description = TargetDescription.Of(target.Registers);
    }

    /// <summary>What the program returned, once it has ended.</summary>
    public int ExitCode { get; private set; }

    /// <summary>Answers until the session ends.</summary>
    public GdbEnd Serve()
    {
        GdbEnd? end = null;
        while (end is null && _packets.Read() is { } packet)
        {
            end = Handle(packet);
        }

        foreach (DebugPoint point in _points)
        {
            _target.Remove(point);
        }

        return end ?? GdbEnd.Disconnected;
    }

    private GdbEnd? Handle(byte[] packet)
    {
        string text = Encoding.Latin1.GetString(packet);
        switch (text.Length == 0 ? ' ' : text[0])
        {
            case 'D':
                _packets.Write(Ok);
                return GdbEnd.Detached;
            case 'k':
                return GdbEnd.Killed;
            case 'c' or 's':
                return Resume(new DebugRun(text[0] == 's' ? _selected : null, text[0] == 's', OthersRun: true));
            case 'v' when text.StartsWith("vCont;", StringComparison.Ordinal):
                return ReadActions(text["vCont;".Length..]) is { } how ? Resume(how) : Reply(Malformed);
            case 'v' when text.StartsWith("vKill", StringComparison.Ordinal):
                _packets.Write(Ok);
                return GdbEnd.Killed;
            default:
                return Reply(Answer(text, packet));
        }
    }

    private GdbEnd? Reply(string answer)
    {
        _packets.Write(answer);
        return null;
    }

    /// <summary>The answer to a packet that starts nothing.</summary>
    private string Answer(string text, byte[] packet)
    {
        try
        {
            return (text.Length == 0 ? ' ' : text[0]) switch
            {
                '?' => _lastStop,
                'g' => ReadGeneral(),
                'G' => WriteGeneral(text[1..]),
                'p' => ReadOne(text[1..]),
                'P' => WriteOne(text[1..]),
                'm' => ReadMemory(text[1..]),
                'M' => WriteMemory(text[1..]),
                'X' => WriteBinary(packet),
                'H' => Select(text[2..]),
                'T' => Thread(text[1..]) is { } ? Ok : Malformed,
                'Z' or 'z' => ChangePoint(text),
                'q' or 'Q' or 'v' => Query(text),
                _ => Unknown,
            };
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentOutOfRangeException)
        {
            return Malformed;
        }
    }

    private string Query(string text)
    {
        const string features = "qXfer:features:read:target.xml:";
        const string extra = "qThreadExtraInfo,";
        if (text.StartsWith("qSupported", StringComparison.Ordinal))
        {
            return string.Create(
                CultureInfo.InvariantCulture, $"PacketSize={LargestPacket:x};qXfer:features:read+;QStartNoAckMode+;vContSupported+");
        }

        if (text.StartsWith(features, StringComparison.Ordinal))
        {
            return Part(_description, text[features.Length..]);
        }

        if (text.StartsWith(extra, StringComparison.Ordinal))
        {
            int core = Thread(text[extra.Length..]) ?? throw new FormatException();
            return Convert.ToHexStringLower(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"PE {core}: {_target.State(core)}")));
        }

        switch (text)
        {
            case "QStartNoAckMode":
                _packets.WithoutAcknowledgement = true;
                return Ok;
            case "vCont?":
                return "vCont;c;C;s;S";
            case "qC":
                return "QC" + Id(_selected);
            case "qfThreadInfo":
                return "m" + string.Join(',', Enumerable.Range(0, _target.Cores).Select(Id));
            case "qsThreadInfo":
                return "l";
            case "qAttached":
                return "1";
            default:
                return Unknown;
        }
    }

    private GdbEnd? Resume(DebugRun how)
    {
        DebugStop stop = _target.Run(how, _packets.TakeInterrupt);
        if (stop.Reason == DebugStopReason.Exited)
        {
            ExitCode = stop.ExitCode;
            _packets.Write($"W{(byte)stop.ExitCode:x2}");
            return GdbEnd.Exited;
        }

        _selected = stop.Core;
        string watch = stop.Reason != DebugStopReason.Watchpoint ? "" : string.Create(
            CultureInfo.InvariantCulture,
            $"{stop.Point.Kind switch { DebugPointKind.Write => "watch", DebugPointKind.Read => "rwatch", _ => "awatch" }}:{stop.Address:x};");
        _lastStop = $"T{(stop.Reason == DebugStopReason.Interrupted ? "02" : "05")}thread:{Id(stop.Core)};{watch}";
        return Reply(_lastStop);
    }

    /// <summary>Actions of vCont: of those that fit a thread the first counts. A step of one PE is all that this stub makes at a time.</summary>
    private DebugRun? ReadActions(string actions)
    {
        int? stepped = null;
        int? alone = null;
        bool others = false;
        foreach (string action in actions.Split(';'))
        {
            string[] parts = action.Split(':');
            char kind = parts[0].Length > 0 ? char.ToLowerInvariant(parts[0][0]) : ' ';
            if (kind is not ('c' or 's'))
            {
                return null;
            }

            int? core = parts.Length > 1 ? Thread(parts[1]) : null;
            if (kind == 's')
            {
                stepped ??= core ?? _selected;
            }
            else if (core is null)
            {
                others = true;
            }
            else
            {
                alone ??= core;
            }
        }

        return new DebugRun(stepped ?? (others ? null : alone), stepped is not null, others);
    }

    private string ReadGeneral()
    {
        var text = new StringBuilder();
        for (int i = 0; i < General; i++)
        {
            text.Append(ReadOneHex(i));
        }

        return text.ToString();
    }

    /// <summary>g and G carry what GDB always wants; the system registers go one by one.</summary>
    private int General => _target.Registers.TakeWhile(r => r.Feature != TargetDescription.SystemFeature).Count();

    private string WriteGeneral(string hex)
    {
        byte[] bytes = Convert.FromHexString(hex);
        int at = 0;
        for (int i = 0; i < General && at < bytes.Length; i++)
        {
            int size = _target.Registers[i].Size;
            _target.WriteRegister(_selected, i, bytes.AsSpan(at, size));
            at += size;
        }

        return Ok;
    }

    private string ReadOne(string number) => Number(number) is var n && n < (ulong)_target.Registers.Count ? ReadOneHex((int)n) : Malformed;

    private string ReadOneHex(int register)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes = bytes[.._target.Registers[register].Size];
        _target.ReadRegister(_selected, register, bytes);
        return Convert.ToHexStringLower(bytes);
    }

    private string WriteOne(string text)
    {
        string[] parts = text.Split('=');
        int register = checked((int)Number(parts[0]));
        byte[] value = Convert.FromHexString(parts.Length == 2 ? parts[1] : "?");
        if (register >= _target.Registers.Count || value.Length != _target.Registers[register].Size)
        {
            return Malformed;
        }

        _target.WriteRegister(_selected, register, value);
        return Ok;
    }

    private string ReadMemory(string text)
    {
        (ulong address, ulong length) = Range(text);
        byte[] bytes = new byte[Math.Min(length, LargestPacket / 2)];
        if (_target.TryReadMemory(_selected, address, bytes))
        {
            return Convert.ToHexStringLower(bytes);
        }

        // Less than was asked for is a valid answer, and better than none at the end of a page.
        int there = 0;
        while (there < bytes.Length && _target.TryReadMemory(_selected, address + (ulong)there, bytes.AsSpan(there, 1)))
        {
            there++;
        }

        return there > 0 ? Convert.ToHexStringLower(bytes.AsSpan(0, there)) : NotThere;
    }

    private string WriteMemory(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        (ulong address, ulong length) = Range(text[..colon]);
        byte[] bytes = Convert.FromHexString(text[(colon + 1)..]);
        return (ulong)bytes.Length != length ? Malformed : _target.TryWriteMemory(_selected, address, bytes) ? Ok : NotThere;
    }

    private string WriteBinary(byte[] packet)
    {
        int colon = Array.IndexOf(packet, (byte)':');
        (ulong address, ulong length) = Range(Encoding.Latin1.GetString(packet.AsSpan(1, colon - 1)));
        ReadOnlySpan<byte> bytes = packet.AsSpan(colon + 1);
        return (ulong)bytes.Length != length ? Malformed : _target.TryWriteMemory(_selected, address, bytes) ? Ok : NotThere;
    }

    private string ChangePoint(string text)
    {
        string[] parts = text[1..].Split(';')[0].Split(',');
        if (parts.Length != 3 || parts[0].Length != 1 || parts[0][0] is < '0' or > '4')
        {
            return Unknown;
        }

        // Breakpoints of software and of hardware are one thing here.
        var kind = (DebugPointKind)Math.Max(1, parts[0][0] - '0');
        var point = new DebugPoint(kind, Number(parts[1]), Number(parts[2]));
        if (text[0] == 'z')
        {
            if (_points.Remove(point))
            {
                _target.Remove(point);
            }
        }
        else if (!_points.Contains(point))
        {
            _points.Add(point);
            _target.Insert(point);
        }

        return Ok;
    }

    /// <summary>H: threads -1 and 0 leave the choice to the stub.</summary>
    private string Select(string id)
    {
        if (id is "-1" or "0")
        {
            return Ok;
        }

        if (Thread(id) is not { } core)
        {
            return Malformed;
        }

        _selected = core;
        return Ok;
    }

    /// <summary>The PE of a thread; null when there is none.</summary>
    private int? Thread(string id) =>
        ulong.TryParse(id, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong n) && n >= 1 && n <= (ulong)_target.Cores
            ? (int)n - 1
            : null;

    private static string Id(int core) => (core + 1).ToString("x", CultureInfo.InvariantCulture);

    private static string Part(string whole, string range)
    {
        (ulong offset, ulong length) = Range(range);
        int from = (int)Math.Min(offset, (ulong)whole.Length);
        int count = (int)Math.Min(length, (ulong)(whole.Length - from));
        return string.Concat(from + count == whole.Length ? "l" : "m", whole.AsSpan(from, count));
    }

    private static (ulong First, ulong Second) Range(string text)
    {
        string[] parts = text.Split(',');
        return parts.Length == 2 ? (Number(parts[0]), Number(parts[1])) : throw new FormatException();
    }

    private static ulong Number(string hex) => ulong.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
