namespace Conformance.Suites.Nv2;

/// <summary>What an access does. A closed set.</summary>
internal abstract record Effect
{
    /// <summary>A 64-bit load or store in the page of VNCR_EL2.</summary>
    /// <param name="Offset">Bytes from BADDR.</param>
    internal sealed record Memory(int Offset) : Effect;

    /// <summary>The register of that name is read or written.</summary>
    internal sealed record Register(string Name) : Effect;

    /// <summary>An exception of a class other than 0 that a control asks for.</summary>
    internal sealed record Trap(int Level, uint Class) : Effect;

    /// <summary>UNDEFINED.</summary>
    internal sealed record Undefined : Effect;
}
