namespace Conformance.Cpu.SystemRegisters;

/// <summary>A register as it is declared: the storage and every name by which it is reached.</summary>
internal sealed record Declaration(SysReg Register, IReadOnlyList<Accessor> Accessors)
{
    /// <summary>Declares a register: name, encoding, the bits that hold state, and what guards it.</summary>
    internal static Declaration Reg(
        string name, SysEncoding encoding, string bits, int? slot, params ReadOnlySpan<AccessRule> rules) =>
        Of(new SysReg(name, bits, slot), encoding, rules);

    /// <summary>Declares a register that has no fixed slot.</summary>
    internal static Declaration Reg(string name, SysEncoding encoding, string bits, params ReadOnlySpan<AccessRule> rules) =>
        Of(new SysReg(name, bits), encoding, rules);

    /// <summary>Declares a register with its own kind of storage.</summary>
    internal static Declaration Of(SysReg register, SysEncoding encoding, params ReadOnlySpan<AccessRule> rules)
    {
        var main = new Accessor(register.Name, encoding, register);
        List<Accessor> accessors = [main];
        foreach (AccessRule rule in rules)
        {
            rule.Apply(main);
        }

        foreach (AccessRule rule in rules)
        {
            if (rule.SecondName?.Invoke(main) is { } second)
            {
                accessors.Add(second);
            }
        }

        return new Declaration(register, accessors);
    }

    /// <summary>The registers: one, or two when an ICV register stands behind an ICC name.</summary>
    internal IEnumerable<SysReg> Registers => Register.Twin is { } twin ? [Register, twin] : [Register];

    /// <summary>Storage that no instruction names.</summary>
    internal static Declaration Hidden(SysReg register) => new(register, []);
}
