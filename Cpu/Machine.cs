using Conformance.Cpu.Board;
using Conformance.Cpu.Features;
using Conformance.Cpu.Instructions;
using Conformance.Cpu.Interrupts;
using Conformance.Cpu.Timers;
using Conformance.Cpu.Translation;

namespace Conformance.Cpu;

/// <summary>What a machine is made of.</summary>
public sealed record MachineOptions
{
    /// <summary>What the PE implements.</summary>
    public required FeatureSet Features { get; init; }

    /// <summary>How many PEs, 1 to <see cref="Machine.MostCores"/>.</summary>
    public int Cores { get; init; } = 1;

    /// <summary>In bytes, whole pages of 4 KiB, below 2 GiB.</summary>
    public long RamSize { get; init; } = 128L << 20;

    /// <summary>Gets what the program sends to the UART.</summary>
    public Action<byte> Uart { get; init; } = static _ => { };

    /// <summary>Gets what the program writes through semihosting.</summary>
    public Action<byte> Console { get; init; } = static _ => { };

    /// <summary>HLT #0xF000 is a semihosting call; otherwise it is UNDEFINED.</summary>
    public bool Semihosting { get; init; } = true;

    /// <summary>What SYS_GET_CMDLINE returns.</summary>
    public string CommandLine { get; init; } = "";

    /// <summary>The time that semihosting tells.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

/// <summary>One or more PEs and their board.</summary>
public sealed class Machine
{
    /// <summary>A target list of ICC_SGI1R_EL1 holds 16; the board stops at half of them.</summary>
    public const int MostCores = 8;

    private readonly Core[] _cores;
    private readonly RoundRobin? _turns;

    public Machine(MachineOptions options)
    {
        if (options.Cores is < 1 or > MostCores)
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Cores, $"The board has 1 to {MostCores} PEs.");
        }

        ulong started = (ulong)options.Clock.GetUtcNow().ToUnixTimeSeconds();
        Board = new VirtBoard(
            options.RamSize, options.Uart, () => started + SystemCounter.Now(Current) / SystemCounter.TicksPerSecond, options.Cores);
        _cores = [.. Enumerable.Range(0, options.Cores).Select(_ => new Core(options.Features, Board))];
        Semihosting? semihosting = options.Semihosting ? new Semihosting(options.Console, options.Clock, options.CommandLine) : null;
        for (int n = 0; n < _cores.Length; n++)
        {
            _cores[n].Join(_cores, n);
            _cores[n].Semihosting = semihosting;
            _cores[n].FirmwareCall = static (core, _) => Psci.TryCall(core);
        }

        InterruptController gic = Connect();
        foreach (Core core in _cores)
        {
            core.AttachRam(Board.Ram);
            core.AttachController(gic);
        }

        if (_cores.Length > 1)
        {
            Board.Ram.Monitor = new GlobalMonitor(_cores);
            _turns = new RoundRobin(_cores, Board.Ram.Monitor);
            Reset(Core.HighestLevel);
        }
    }

    /// <summary>The PE that is on after reset.</summary>
    public Core Core => _cores[0];

    /// <summary>All PEs by number.</summary>
    public IReadOnlyList<Core> Cores => _cores;

    /// <summary>The PE that executed the last instruction.</summary>
    public Core Current => _cores[_turns?.Turn ?? 0];

    /// <summary>The system counter.</summary>
    public ulong Ticks => _turns?.Now ?? Core.Ticks;

    /// <summary>Ticks since reset in which all PEs waited, so that no instruction was executed.</summary>
    public ulong IdleTicks => _turns?.IdleTicks ?? Core.IdleTicks;

    public VirtBoard Board { get; }

    /// <summary>Cold reset of the PEs and the GIC: the first PE executes at a level, the others wait for PSCI CPU_ON.</summary>
    public void Reset(int level)
    {
        _turns?.Reset();
        foreach (Core core in _cores)
        {
            core.Reset(level);
            core.IsOff = core.Number != 0;
        }

        foreach (Core core in level < 3 ? _cores : [])
        {
            HandOver.OpenGic(core); // behind the last reset of the GIC
        }
    }

    /// <summary>Loads a file and puts PC at its entry.</summary>
    /// <exception cref="ImageException">The file cannot be read or is no image for this board.</exception>
    public LoadedImage Load(string path)
    {
        LoadedImage image = ImageLoader.LoadFile(Board.Ram, path);
        Core.Pc = image.Entry;
        return image;
    }

    /// <summary>Puts programs and data where a boot loader puts them, and the PE at the first instruction.</summary>
    /// <exception cref="ImageException">A file cannot be read or does not fit.</exception>
    public LoadedImage Boot(BootOptions options) => BootLoader.Boot(this, options);

    /// <summary>Executes from the present state until something stops it.</summary>
    /// <param name="maxInstructions">How many instructions at most, of all PEs together.</param>
    public RunResult Run(long maxInstructions) => _turns is null ? RunLoop.Run(Core, maxInstructions) : _turns.Run(maxInstructions);

    /// <summary>Executes instructions of one PE while the others stand still.</summary>
    public RunResult RunOnly(Core core, long maxInstructions) =>
        _turns is null ? RunLoop.Run(core, maxInstructions) : _turns.RunOnly(core.Number, maxInstructions);

    private InterruptController Connect()
    {
        var gic = new InterruptController(_cores);
        foreach ((uint intId, TimerControl timer) in ((uint, TimerControl)[])
        [
            (IntId.HypervisorPhysicalTimer, TimerControl.HypervisorPhysical), (IntId.VirtualTimer, TimerControl.Virtual),
            (IntId.HypervisorVirtualTimer, TimerControl.HypervisorVirtual), (IntId.SecurePhysicalTimer, TimerControl.SecurePhysical),
            (IntId.PhysicalTimer, TimerControl.Physical),
        ])
        {
            gic.ConnectPrivate(intId, timer.Asserts);
        }

        gic.ConnectPrivate(IntId.Maintenance, Maintenance.Asserts);
        gic.Connect(IntId.Uart, () => Board.Uart.Interrupt);
        gic.Connect(IntId.Rtc, () => Board.Rtc.Interrupt);
        Board.Uart.InterruptChanged = gic.Changed;
        Board.Rtc.InterruptChanged = gic.Changed;
        Board.Add(gic.Distributor);
        Board.Add(gic.Its);
        foreach (Redistributor redistributor in gic.Redistributors)
        {
            Board.Add(redistributor);
        }

        return gic;
    }
}
