namespace Conformance.Suites.Nv2;

/// <summary>How a case tells a register from the memory slot that stands in for it.</summary>
/// <param name="Name">The register, as EL3 names it.</param>
/// <param name="Base">Its value when the case does not mark it.</param>
/// <param name="Free">Bits that a case may choose without changing how its own code runs, and that read as written.</param>
/// <param name="Compared">Bits that are looked at afterwards.</param>
internal sealed record RealRegister(string Name, ulong Base, ulong Free, ulong Compared)
{
    /// <summary>A value whose free bits differ, each one, from those of <paramref name="other"/>.</summary>
    internal ulong Unlike(ulong other) => (Base & ~Free) | (~other & Free);

    /// <summary>A value that may be written: free bits from <paramref name="bits"/>, the rest as it was.</summary>
    internal ulong Safe(ulong bits) => (Base & ~Free) | (bits & Free);
}
