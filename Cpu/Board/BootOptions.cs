namespace Conformance.Cpu.Board;

/// <summary>What a machine starts with. Of <see cref="Image"/> and <see cref="Firmware"/> there is at least one.</summary>
public sealed record BootOptions
{
    /// <summary>Path of an ELF file, a Linux Image or a flat binary.</summary>
    public string? Image { get; init; }

    /// <summary>Path of what flash holds from address 0; execution then starts there.</summary>
    public string? Firmware { get; init; }

    /// <summary>Path of a file for memory, to which the device tree points (<c>linux,initrd-start</c>).</summary>
    public string? Initrd { get; init; }

    /// <summary>Path of a flattened device tree in place of the board's own; command line and initrd are entered into it.</summary>
    public string? DeviceTree { get; init; }

    /// <summary>The command line of the program: <c>/chosen/bootargs</c> of the device tree.</summary>
    public string CommandLine { get; init; } = "";

    /// <summary>Gets the flattened device tree that the program is given.</summary>
    public Action<byte[]> DeviceTreeMade { get; init; } = static _ => { };
}
