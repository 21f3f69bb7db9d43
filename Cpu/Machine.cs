using Conformance.Cpu.Board;
using Conformance.Cpu.Features;
using Conformance.Cpu.Instructions;
using Conformance.Cpu.Interrupts;
using Conformance.Cpu.Timers;

namespace Conformance.Cpu;

/// <summary>What a machine is made of.</summary>
public sealed record MachineOptions
{
    /// <summary>What the PE implements.</summary>
    public required FeatureSet Features { get; init; }

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

/// <summary>A PE and its board.</summary>
public sealed class Machine
{
    public Machine(MachineOptions options)
    {
        ulong started = (ulong)options.Clock.GetUtcNow().ToUnixTimeSeconds();
        Board = new VirtBoard(options.RamSize, options.Uart, () => started + SystemCounter.Now(Core!) / SystemCounter.TicksPerSecond);
        Core = new Core(options.Features, Board);
        Core.AttachRam(Board.Ram);
        Core.Semihosting = options.Semihosting ? new Semihosting(options.Console, options.Clock, options.CommandLine) : null;
        var gic = new InterruptController(Core);
        foreach ((uint intId, TimerControl timer) in ((uint, TimerControl)[])
        [
            (IntId.HypervisorPhysicalTimer, TimerControl.HypervisorPhysical), (IntId.VirtualTimer, TimerControl.Virtual),
            (IntId.HypervisorVirtualTimer, TimerControl.HypervisorVirtual), (IntId.SecurePhysicalTimer, TimerControl.SecurePhysical),
            (IntId.PhysicalTimer, TimerControl.Physical),
        ])
        {
            gic.Connect(intId, () => timer.Asserts(Core));
        }

        gic.Connect(IntId.Maintenance, () => Maintenance.Asserts(Core));
        gic.Connect(IntId.Uart, () => Board.Uart.Interrupt);
        gic.Connect(IntId.Rtc, () => Board.Rtc.Interrupt);
        Board.Uart.InterruptChanged = Core.LinesChanged;
        Board.Rtc.InterruptChanged = Core.LinesChanged;
        Board.Add(gic.Distributor);
        Board.Add(gic.Redistributor);
        Core.AttachController(gic);
        Core.FirmwareCall = static (core, _) => Psci.TryCall(core);
    }

    public Core Core { get; }

    public VirtBoard Board { get; }

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
    /// <param name="maxInstructions">How many instructions at most.</param>
    public RunResult Run(long maxInstructions) => RunLoop.Run(Core, maxInstructions);
}
