namespace Conformance.Suites.Timers;

/// <summary>What an access by a timer name does.</summary>
/// <param name="Register">The register reached, by the name that means it at EL3; empty otherwise.</param>
/// <param name="TrapTo">The level that takes a trap of class 0x18; 0 for none.</param>
/// <param name="IsUndefined">The instruction is UNDEFINED.</param>
/// <param name="Offset">Byte offset in the page of VNCR_EL2; null when the access does not go there.</param>
/// <param name="Rules">The rules that say so.</param>
internal sealed record Reached(string Register, int TrapTo, bool IsUndefined, int? Offset, IReadOnlyList<string> Rules)
{
    internal static Reached Real(string register, params IReadOnlyList<string> rules) => new(register, 0, false, null, rules);

    internal static Reached Trap(int target, params IReadOnlyList<string> rules) => new("", target, false, null, rules);

    internal static Reached Undefined(params IReadOnlyList<string> rules) => new("", 0, true, null, rules);

    internal static Reached Memory(int offset, params IReadOnlyList<string> rules) => new("", 0, false, offset, rules);

    internal Reached Also(params ReadOnlySpan<string> rules) => this with { Rules = [.. Rules, .. rules] };
}
