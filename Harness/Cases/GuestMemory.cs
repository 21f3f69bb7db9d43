namespace Conformance.Harness.Cases;

/// <summary>Where things are in guest memory. Part of the contract in <c>Harness/INTERPRETING.md</c>.</summary>
/// <remarks>All addresses are physical, in the RAM of QEMU's <c>virt</c> board, which starts at 0x4000_0000.</remarks>
public static class GuestMemory
{
    public const ulong RamBase = 0x4000_0000;
    public const ulong RamSize = 0x0800_0000;

    /// <summary>The executive image: code and its own data. (QEMU puts a device tree in the first MiB of RAM.)</summary>
    public const ulong Executive = 0x4014_0000;

    /// <summary>Vectors installed for EL1, EL2 and EL3 while a case runs; each 2 KiB, aligned to 2 KiB.</summary>
    public const ulong VectorsEl1 = 0x4012_0000;
    public const ulong VectorsEl2 = 0x4012_0800;
    public const ulong VectorsEl3 = 0x4012_1000;

    /// <summary>The 4 KiB page that a step's code and its end marker are placed in.</summary>
    public const ulong Code = 0x4020_0000;

    /// <summary>Most words of code that one step can have.</summary>
    public const int MaxCodeWords = 960;

    /// <summary>The page for VNCR_EL2.</summary>
    public const ulong Vncr = 0x4030_0000;

    /// <summary>64 KiB for a case's own data.</summary>
    public const ulong Data = 0x4031_0000;

    /// <summary>768 KiB for page tables: a table of the 64 KiB granule fills 64 KiB.</summary>
    public const ulong Tables = 0x4034_0000;
    public const ulong TablesSize = 0xC_0000;

    /// <summary>An address behind which nothing is: an access may give an External abort, or do nothing that anybody sees.</summary>
    public const ulong Nothing = 0x0B00_0000;

    /// <summary>Baseline stack pointers: SP_EL0, SP_EL1, SP_EL2, SP_EL3 are this plus 0x1000 times the level; 16-byte aligned.</summary>
    public const ulong Stacks = 0x4033_0000;

    /// <summary>Vectors of a level, 1 to 3.</summary>
    public static ulong Vectors(int level) => level switch
    {
        1 => VectorsEl1,
        2 => VectorsEl2,
        3 => VectorsEl3,
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, "EL0 has no vectors."),
    };
}
