namespace Conformance.Cpu.SystemRegisters;

/// <summary>A system register: the storage behind one or more accessors.</summary>
public class SysReg
{
    internal const int MaxSlots = 1024;
    private static int s_nextSlot = Slots.FirstFree - 1;
    private readonly ulong _reset;

    internal SysReg(string name, string bits = "63:0", int? slot = null, ulong reset = 0)
    {
        Name = name;
        Slot = slot ?? Interlocked.Increment(ref s_nextSlot);
        Bits = BitLayout.Parse(name, bits);
        _reset = reset;
    }

    /// <summary>Architectural name, <c>HCR_EL2</c>.</summary>
    public string Name { get; }

    /// <summary>Index of the value in <see cref="Core.System"/>.</summary>
    internal int Slot { get; }

    /// <summary>Which bits hold state, and which read as one.</summary>
    internal BitLayout Bits { get; }

    /// <summary>The stored value, past every access rule. Registers whose value lives elsewhere override it.</summary>
    internal virtual ulong Get(Core core) => core.System[Slot];

    /// <summary>Stores a value, past every access rule; bits of absent features stay 0, RES1 bits stay 1.</summary>
    internal virtual void Set(Core core, ulong value)
    {
        core.System[Slot] = core.Model.Legal(Slot, value);
        if (Slot < Slots.FirstFree)
        {
            core.SituationStale = true;
            if (Slot <= Slots.LastOfContext)
            {
                core.ContextChanged();
            }
        }
    }

    /// <summary>What MRS returns once the access is allowed.</summary>
    internal virtual ulong Read(Core core) => Get(core);

    /// <summary>What MSR does once the access is allowed.</summary>
    internal virtual void Write(Core core, ulong value) => Set(core, value);

    /// <summary>What <see cref="Read"/> would return, without the effects that some reads have.</summary>
    internal virtual ulong Peek(Core core) => Read(core);

    /// <summary>Puts the reset value; deterministic also where the architecture says UNKNOWN.</summary>
    internal virtual void Reset(Core core)
    {
        core.System[Slot] = core.Model.Legal(Slot, ResetValue(core));
    }

    /// <summary>The reset value before masking.</summary>
    internal virtual ulong ResetValue(Core core) => _reset;

    /// <summary>A second register behind the same name; null for most.</summary>
    internal virtual SysReg? Twin => null;

    public override string ToString() => Name;
}
