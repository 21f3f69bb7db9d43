using System.Diagnostics;
using System.Globalization;
using Conformance.Cpu;
using Conformance.Cpu.Board;
using Conformance.Cpu.Features;
using Conformance.Cpu.Instructions;
using Conformance.Harness.Gdb;
using Conformance.ModelDevice.Debugging;

namespace Conformance.ModelDevice;

/// <summary>A program that runs on the model by itself, without cases: what <c>conformance exec</c> does.</summary>
public sealed class ImageRun
{
    private const double CounterFrequency = 62_500_000;   // CNTFRQ_EL0 after reset

    private readonly Machine _machine;
    private readonly BootOptions _boot;
    private readonly int _level;
    private readonly bool _reboots;
    private long _instructions;
    private ulong _idleBefore;

    /// <summary>Loads the program and stops before its first instruction.</summary>
    /// <exception cref="ImageRunException">A file, the profile or the level cannot be used.</exception>
    public ImageRun(ImageRunOptions options)
    {
        try
        {
            FeatureSet features = FeatureSet.Parse(options.Profile);
            int highest = features.Has("FEAT_AA64EL3") ? 3 : features.Has("FEAT_AA64EL2") ? 2 : 1;
            int start = options.Level ?? Math.Min(2, highest);
            if (start < 1 || start > highest)
            {
                throw new ImageRunException(
                    $"level {start}: the model with profile {options.Profile} has EL1 to EL{highest}; choose one of them.");
            }

            _machine = new Machine(new MachineOptions
            {
                Features = UpTo(start, features),
                Cores = options.Cores,
                RamSize = options.Memory,
                Uart = options.Output,
                Console = options.Output,
                CommandLine = options.CommandLine,
            });
            _level = start;
            _reboots = options.Reboots;
            _boot = new BootOptions
            {
                Image = options.Image,
                Firmware = options.Firmware,
                Initrd = options.Initrd,
                DeviceTree = options.DeviceTree,
                CommandLine = options.CommandLine,
                DeviceTreeMade = options.DeviceTreeMade,
            };
            Start();
            foreach (Core core in _machine.Cores)
            {
                options.Trace?.Attach(core, core.Number);
            }
        }
        catch (Exception e) when (e is ImageException or FormatException)
        {
            throw new ImageRunException(e.Message);
        }
    }

    /// <summary>Ticks in which the PE waited, and looks for input that found none: what a program does that wants more input.</summary>
    public (long IdleTicks, long Looks) Waits => ((long)(_idleBefore + _machine.Core.IdleTicks), _machine.Board.Uart.LookedInVain);

    /// <summary>The program has asked for input to interrupt it: a wait can end with it.</summary>
    public bool InputWakes => _machine.Board.Uart.ReceiveInterruptEnabled;

    /// <summary>Bytes on the receive line of the UART that the program has not read yet.</summary>
    public int Unread => _machine.Board.Uart.Waiting;

    /// <summary>The machine's time since the last reset: what its counter shows.</summary>
    public TimeSpan Time => TimeSpan.FromSeconds(_machine.Ticks / CounterFrequency);

    /// <summary>How many instructions have run since the start: ticks in which the PE waited are none.</summary>
    public long Executed => _instructions - (long)(_idleBefore + _machine.IdleTicks);

    /// <summary>Puts a byte on the receive line of the UART.</summary>
    public void Receive(byte value) => _machine.Board.Uart.Receive(value);

    /// <summary>The machine for a debugger.</summary>
    public IDebugTarget DebugTarget() => new ModelDebugTarget(_machine);

    /// <summary>Goes on for some more instructions.</summary>
    /// <param name="instructions">How many at most.</param>
    public ImageRunEnd Continue(long instructions)
    {
        RunResult result = _machine.Run(instructions);
        _instructions += result.Instructions;
        return result.Reason switch
        {
            StopReason.Budget => End(ImageRunEndKind.OutOfBudget, "it goes on"),
            StopReason.Exit => End(ImageRunEndKind.Exited, "it ended itself", result.ExitCode),
            StopReason.PowerOff => End(ImageRunEndKind.Exited, "it switched the machine off"),
            StopReason.Reset when _reboots => Restart(),
            StopReason.Reset => End(ImageRunEndKind.Stopped, "it asked for a reset"),
            StopReason.CpuOff => End(ImageRunEndKind.Stopped, "it switched its last PE off"),
            StopReason.WaitForInterrupt => End(ImageRunEndKind.Waiting, "it waits for an interrupt that cannot come"),
            _ => throw new UnreachableException($"the machine stopped with {result.Reason}"),
        };
    }

    private void Start()
    {
        _machine.Reset(_level);
        _ = _machine.Boot(_boot);
    }

    /// <summary>As at power-on, but flash keeps its contents and the UART what has been received.</summary>
    private ImageRunEnd Restart()
    {
        _idleBefore += _machine.IdleTicks;
        _machine.Board.Restart();
        Start();
        return End(ImageRunEndKind.OutOfBudget, "it goes on");
    }

    /// <summary>
    /// The PE without the levels above the one a program starts at: nobody is there to serve them, and as on QEMU's board the
    /// firmware's calls (PSCI) are then answered by the machine.
    /// </summary>
    private static FeatureSet UpTo(int level, FeatureSet features) => level switch
    {
        1 => features.Without("FEAT_AA64EL3").Without("FEAT_AA64EL2"),
        2 => features.Without("FEAT_AA64EL3"),
        _ => features,
    };

    private ImageRunEnd End(ImageRunEndKind kind, string reason, int exitCode = 0) => new(
        kind, exitCode, _instructions, reason,
        string.Create(CultureInfo.InvariantCulture, $"PC=0x{_machine.Current.Pc:x}, EL{_machine.Current.Pstate.EL}, {_instructions} instructions"));
}

/// <summary>How far a program got.</summary>
/// <param name="Kind">Whether it ended.</param>
/// <param name="ExitCode">What it returned; 0 for one that switched the machine off.</param>
/// <param name="Instructions">How many have run since the start.</param>
/// <param name="Reason">Why it stopped, in words.</param>
/// <param name="Where">PC and level.</param>
public readonly record struct ImageRunEnd(ImageRunEndKind Kind, int ExitCode, long Instructions, string Reason, string Where);

/// <summary>See <see cref="ImageRunEnd"/>.</summary>
public enum ImageRunEndKind
{
    /// <summary>The instructions are used up; it can go on.</summary>
    OutOfBudget,

    /// <summary>The program ended by semihosting or PSCI.</summary>
    Exited,

    /// <summary>The machine can go on only when input comes.</summary>
    Waiting,

    /// <summary>The machine cannot go on.</summary>
    Stopped,
}

/// <summary>A program cannot be run on the model. The message is one line: what, where, and the mend.</summary>
public sealed class ImageRunException(string message) : Exception(message);
