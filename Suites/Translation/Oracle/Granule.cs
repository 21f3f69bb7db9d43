namespace Conformance.Suites.Translation.Oracle;

/// <summary>A translation granule; the value is the number of address bits inside one page.</summary>
public enum Granule
{
    K4 = 12,
    K16 = 14,
    K64 = 16,
}

/// <summary>What follows from the size of the granule alone.</summary>
public static class Granules
{
    public static IReadOnlyList<Granule> All { get; } = [Granule.K4, Granule.K16, Granule.K64];

    /// <summary>log2 of the bytes of a page.</summary>
    public static int Bits(this Granule granule) => (int)granule;

    /// <summary>Address bits that one full table resolves.</summary>
    public static int Stride(this Granule granule) => (int)granule - 3;

    /// <summary>log2 of what an entry of a level maps, or of what a table one level down covers.</summary>
    public static int Shift(this Granule granule, int level) => granule.Bits() + (granule.Stride() * (3 - level));

    /// <summary>Whether descriptors with bits 1:0 = 01 are blocks at a level (TR-020; 52-bit forms with DS = 1 are not in the profile).</summary>
    public static bool HasBlocks(this Granule granule, int level, int paBits) => granule switch
    {
        Granule.K4 => level is 1 or 2,
        Granule.K16 => level == 2,
        _ => level == 2 || (level == 1 && paBits >= 52),
    };

    /// <summary>The level at which a walk for so many input address bits starts (TR-014).</summary>
    public static int StartLevel(this Granule granule, int inputBits) => 3 - ((inputBits - 1 - granule.Bits()) / granule.Stride());

    /// <summary>Code in TCR_ELx.TG0 and VTCR_EL2.TG0 (TR-011).</summary>
    public static ulong Tg0(this Granule granule) => granule switch { Granule.K4 => 0, Granule.K64 => 1, _ => 2 };

    /// <summary>Code in TCR_ELx.TG1 (TR-011).</summary>
    public static ulong Tg1(this Granule granule) => granule switch { Granule.K16 => 1, Granule.K4 => 2, _ => 3 };
}
