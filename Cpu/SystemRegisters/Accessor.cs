namespace Conformance.Cpu.SystemRegisters;

/// <summary>One name of a register in the instruction set, or one system instruction, as it is declared.</summary>
internal sealed class Accessor(string name, SysEncoding encoding, SysReg register)
{
    /// <summary>Assembler name: <c>SCTLR_EL12</c>, <c>TLBI VAE1</c>.</summary>
    internal string Name { get; } = name;

    internal SysEncoding Encoding { get; } = encoding;

    /// <summary>What is reached when nothing redirects the access.</summary>
    internal SysReg Register { get; } = register;

    internal Directions Directions { get; set; } = Directions.Both;

    /// <summary>What EL0 may do; only for encodings whose home is EL0.</summary>
    internal Directions AtEl0 { get; set; } = Directions.Both;

    /// <summary>Features of which all are needed for the name to exist, or with <c>!</c> must be absent.</summary>
    internal List<string> Needs { get; } = [];

    /// <summary>Register that EL2 reaches by this name when E2H acts as 1.</summary>
    internal string? HostName { get; set; }

    /// <summary>The same redirection at EL0 under Host0 (timers).</summary>
    internal bool HostAtEl0 { get; set; }

    /// <summary>Byte offset from VNCR_EL2.BADDR under FEAT_NV2, or -1.</summary>
    internal int VncrOffset { get; set; } = -1;

    /// <summary>The VNCR redirection does not depend on NV1 although the encoding belongs to EL1.</summary>
    internal bool VncrWhateverNv1 { get; set; }

    /// <summary>EL1 register that EL1 reaches by this EL2 name under NV2 (EX-291).</summary>
    internal string? SwapName { get; set; }

    /// <summary>EL3 reaches it only while EL2 is enabled.</summary>
    internal bool El3NeedsEl2 { get; set; }

    internal List<Trap> Traps { get; } = [];

    public override string ToString() => $"{Name} ({Encoding})";
}
