namespace Conformance.Suites.GuestHypervisor.Stage2;

/// <summary>What a walk of stage 2 finds for an address, or what a TLB may still hold of an earlier walk.</summary>
/// <param name="Page">Which data page it leads to; -1 for none.</param>
/// <param name="Level">Level of the last descriptor.</param>
/// <param name="Read">Loads are allowed.</param>
/// <param name="Write">Stores are allowed.</param>
/// <param name="Execute">Fetches are allowed; only where loads are.</param>
/// <param name="Accessed">The access flag.</param>
internal readonly record struct Mapping(int Page, int Level, bool Read = true, bool Write = true, bool Execute = true, bool Accessed = true)
{
    /// <summary>No descriptor at a level.</summary>
    internal static Mapping None(int level) => new(-1, level);

    internal bool IsValid => Page >= 0;

    /// <summary>Never held by a TLB: an invalid descriptor, or one without access flag (TR-145).</summary>
    internal bool IsNeverHeld => !IsValid || !Accessed;

    /// <summary>The fault status of an access, or null if it goes through.</summary>
    internal ulong? Fault(Access access) =>
        !IsValid ? 0x04UL + (ulong)Level
        : !Accessed ? 0x08UL + (ulong)Level
        : (access switch { Access.Load => Read, Access.Store => Write, _ => Execute }) ? null : 0x0CUL + (ulong)Level;
}

/// <summary>What a guest does with an address.</summary>
internal enum Access
{
    Load,
    Store,
    Fetch,
}
