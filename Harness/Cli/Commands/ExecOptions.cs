using System.CommandLine;
using System.Net;
using Conformance.ModelDevice;

namespace Conformance.Cli.Commands;

/// <summary>The options of <c>exec</c>.</summary>
internal sealed class ExecOptions
{
    private static readonly ImageRunOptions s_default = new();

    private readonly Argument<string?> _image = new("IMAGE")
    {
        Description = "ELF file, Linux Image or flat binary for QEMU's virt board.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _limit = Text("--max-instructions", "N", "Give up after so many instructions. [default: no limit]");
    private readonly Option<string?> _profile = Text(
        "--profile", "PROFILE", "What the model implements: a profile, or one with changes (nv2,-FEAT_ECV). [default: nv2]");

    private readonly Option<string?> _level = new("--el", "--level")
    {
        Description = "Exception level of the first instruction: 1, 2 or 3. [default: 2 where there is EL2]",
        HelpName = "N",
    };

    private readonly Option<string?> _gdb = Text(
        "--gdb", "PORT", "Wait for GDB at this port of this machine, or at ADDRESS:PORT, in front of the first instruction.");

    private readonly Option<string?> _memory = Text("--memory", "SIZE", "RAM: 512M, 1G, or bytes; below 2G. [default: 128M]");
    private readonly Option<string?> _smp = Text(
        "--smp", "N", $"How many PEs, 1 to {ImageRunOptions.MostCores}; they run in turn. [default: 1]");

    private readonly Option<string?> _append = Text("--append", "TEXT", "Command line of the program, in the device tree.");
    private readonly Option<string?> _initrd = Text("--initrd", "FILE", "Initial RAM disk.");
    private readonly Option<string?> _dtb = Text("--dtb", "FILE", "Device tree in place of the board's own.");
    private readonly Option<string?> _dumpDtb = Text("--dump-dtb", "FILE", "Write the device tree that the program is given.");
    private readonly Option<string?> _bios = Text("--bios", "FILE", "Firmware for flash at address 0, where execution then starts.");

    private readonly Option<string?> _trace = Text(
        "--trace",
        "WHAT[,FILE]",
        "Write down instructions, exceptions (with SPSR and NV bits), interrupts, or all; several with + between them. [default FILE: standard error]");

    private readonly Option<string?> _clock = Text(
        "--clock",
        "steps|real",
        "The machine's time: as many ticks as instructions, or the same but never ahead of real time, for people at a terminal. [default: steps]");

    private readonly Option<bool> _noReboot = new("--no-reboot") { Description = "A reset ends the run, with exit code 1." };

    private readonly Option<bool> _stats = new("--stats") { Description = "Say at the end how many instructions ran, and how fast." };

    /// <summary>Adds them to the command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_image);
        foreach (Option option in (Option[])
            [_bios, _append, _initrd, _dtb, _dumpDtb, _smp, _memory, _level, _profile, _gdb, _limit, _clock, _noReboot, _trace, _stats])
        {
            command.Add(option);
        }
    }

    /// <summary>Where to wait for GDB; null when it is not wanted.</summary>
    public IPEndPoint? Gdb(ParseResult parsed) => parsed.GetValue(_gdb) is { } text ? GdbSession.Place(text) : null;

    /// <summary>The number of instructions to give up after.</summary>
    public long Limit(ParseResult parsed) => parsed.GetValue(_limit) switch
    {
        null => long.MaxValue,
        string text when Numbers.TryParse(text, out ulong n) && n is > 0 and <= long.MaxValue => (long)n,
        string text => throw new UsageException($"--max-instructions: '{text}' is not a number of instructions; give 1 or more."),
    };

    /// <summary>The end is to say how many instructions ran.</summary>
    public bool Stats(ParseResult parsed) => parsed.GetValue(_stats);

    /// <summary>The machine's time is not to run ahead of the real one.</summary>
    public bool RealTime(ParseResult parsed) => parsed.GetValue(_clock) switch
    {
        null or "steps" => false,
        "real" => true,
        string text => throw new UsageException($"--clock: there is no clock '{text}'; choose from steps, real."),
    };

    /// <summary>What is to run.</summary>
    /// <exception cref="UsageException">Something is given wrong.</exception>
    public ImageRunOptions Read(ParseResult parsed, Shell shell)
    {
        string? At(string? path) => path is null ? null : shell.At(path);

        string? image = parsed.GetValue(_image);
        string? bios = parsed.GetValue(_bios);
        if (image is null && bios is null)
        {
            throw new UsageException("exec: there is nothing to run; name an IMAGE, or firmware with --bios FILE.");
        }

        string? dump = parsed.GetValue(_dumpDtb);
        return new ImageRunOptions
        {
            Image = At(image),
            Firmware = At(bios),
            Initrd = At(parsed.GetValue(_initrd)),
            DeviceTree = At(parsed.GetValue(_dtb)),
            CommandLine = parsed.GetValue(_append) ?? "",
            Profile = parsed.GetValue(_profile) ?? s_default.Profile,
            Level = Level(parsed.GetValue(_level)),
            Cores = Cores(parsed.GetValue(_smp)),
            Memory = Memory(parsed.GetValue(_memory)),
            Reboots = !parsed.GetValue(_noReboot),
            Output = shell.OutByte,
            Trace = Trace(parsed.GetValue(_trace), shell),
            DeviceTreeMade = blob => Save(shell, dump, blob),
        };
    }

    private static Option<string?> Text(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value };

    private static int? Level(string? text) => text switch
    {
        null => null,
        "1" or "2" or "3" => text[0] - '0',
        _ => throw new UsageException($"--el: '{text}' is not an exception level that a program starts at; give 1, 2 or 3."),
    };

    private static int Cores(string? text) =>
        text is null ? s_default.Cores
        : Numbers.TryParse(text, out ulong n) && n is >= 1 and <= ImageRunOptions.MostCores ? (int)n
        : throw new UsageException($"--smp: '{text}' is no number of PEs of this board; give 1 to {ImageRunOptions.MostCores}.");

    private static long Memory(string? text)
    {
        if (text is null)
        {
            return s_default.Memory;
        }

        int shift = char.ToUpperInvariant(text[^1]) switch { 'K' => 10, 'M' => 20, 'G' => 30, _ => 0 };
        bool isNumber = Numbers.TryParse(shift == 0 ? text : text[..^1], out ulong n);
        ulong bytes = isNumber && n <= int.MaxValue ? n << shift : 0;
        return bytes is > 0 and < 1UL << 31 && bytes % 4096 == 0
            ? (long)bytes
            : throw new UsageException($"--memory: '{text}' is no size of RAM; give whole pages of 4 KiB below 2G, as 512M.");
    }

    private static ImageTrace? Trace(string? text, Shell shell)
    {
        if (text is null)
        {
            return null;
        }

        string[] parts = text.Split(',', 2);
        if (!ImageTrace.IsKnown(parts[0]))
        {
            throw new UsageException($"--trace: '{parts[0]}' cannot be traced; choose from {string.Join(", ", ImageTrace.Names)}.");
        }

        if (parts.Length == 1)
        {
            return new ImageTrace(parts[0], shell.Error);
        }

        try
        {
            return new ImageTrace(parts[0], new StreamWriter(shell.At(parts[1]), append: false));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"--trace: {text} cannot be written ({e.Message.TrimEnd('.')}); name a file that can.");
        }
    }

    private static void Save(Shell shell, string? path, byte[] blob)
    {
        if (path is null)
        {
            return;
        }

        try
        {
            File.WriteAllBytes(shell.At(path), blob);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--dump-dtb: {path} cannot be written ({e.Message.TrimEnd('.')}); name a file that can.");
        }
    }
}
