namespace Conformance.Cpu.SystemRegisters;

/// <summary>One word of a register's declaration: a trap, an alias, a place in the VNCR page.</summary>
internal sealed class AccessRule(Action<Accessor> apply)
{
    internal Action<Accessor> Apply { get; } = apply;

    /// <summary>Makes a further name of the register from its first one, once all rules are applied.</summary>
    internal Func<Accessor, Accessor>? SecondName { get; init; }
}
