namespace Conformance.ModelDevice;

/// <summary>What <see cref="ImageRun"/> runs, and on what.</summary>
public sealed record ImageRunOptions
{
    /// <summary>As many PEs as the board has room for.</summary>
    public const int MostCores = Cpu.Machine.MostCores;

    /// <summary>Path of an ELF file, a Linux Image or a flat binary; may be null when there is <see cref="Firmware"/>.</summary>
    public string? Image { get; init; }

    /// <summary>Path of what flash holds from address 0, where execution then starts.</summary>
    public string? Firmware { get; init; }

    /// <summary>Path of an initial RAM disk.</summary>
    public string? Initrd { get; init; }

    /// <summary>Path of a flattened device tree in place of the board's own.</summary>
    public string? DeviceTree { get; init; }

    /// <summary>Command line in the device tree, and what semihosting's SYS_GET_CMDLINE returns.</summary>
    public string CommandLine { get; init; } = "";

    /// <summary>What the PE implements: a profile or a list of features.</summary>
    public string Profile { get; init; } = "nv2";

    /// <summary>Exception level of the first instruction, 1 to 3; null for EL2, or EL1 where there is no EL2.</summary>
    public int? Level { get; init; }

    /// <summary>How many PEs, 1 to <see cref="MostCores"/>.</summary>
    public int Cores { get; init; } = 1;

    /// <summary>RAM in bytes: whole pages of 4 KiB, below 2 GiB.</summary>
    public long Memory { get; init; } = 128L << 20;

    /// <summary>A reset that the program asks for (PSCI SYSTEM_RESET) starts it again; otherwise it ends the run.</summary>
    public bool Reboots { get; init; } = true;

    /// <summary>Gets what the program writes to the UART and through semihosting.</summary>
    public Action<byte> Output { get; init; } = static _ => { };

    /// <summary>What to write down; null for nothing.</summary>
    public ImageTrace? Trace { get; init; }

    /// <summary>Gets the flattened device tree that the program is given.</summary>
    public Action<byte[]> DeviceTreeMade { get; init; } = static _ => { };
}
