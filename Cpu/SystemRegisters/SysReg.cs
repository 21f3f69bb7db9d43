namespace Conformance.Cpu.SystemRegisters;

/// <summary>A system register: the storage behind one or more accessors.</summary>
public sealed class SysReg
{
    internal const int MaxSlots = 1024;
    private static int s_slots;

    internal SysReg(string name)
    {
        Name = name;
        Slot = s_slots++;
    }

    /// <summary>Architectural name, <c>HCR_EL2</c>.</summary>
    public string Name { get; }

    /// <summary>Index of the value in <see cref="Core.System"/>.</summary>
    internal int Slot { get; }

    public override string ToString() => Name;
}
