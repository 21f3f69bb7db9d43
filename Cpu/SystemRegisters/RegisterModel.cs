using Conformance.Cpu.Features;

namespace Conformance.Cpu.SystemRegisters;

/// <summary>The register declarations resolved for one feature set: masks and access plans.</summary>
internal sealed class RegisterModel
{
    private readonly ulong[] _writable = new ulong[SysReg.MaxSlots];
    private readonly ulong[] _ones = new ulong[SysReg.MaxSlots];
    private readonly LevelPlan?[] _plans = new LevelPlan?[Registers.Accessors.Count * 8];

    internal RegisterModel(FeatureSet features)
    {
        foreach (SysReg register in Registers.All)
        {
            _ones[register.Slot] = register.Bits.Ones(features);
            _writable[register.Slot] = register.Bits.Writable(features) & ~_ones[register.Slot];
        }

        for (int i = 0; i < Registers.Accessors.Count; i++)
        {
            for (int level = 0; level < 4; level++)
            {
                _plans[(i * 8) + level] = LevelPlan.Build(
                    Registers.Accessors[i], level, Directions.Read, features, Registers.Get);
                _plans[(i * 8) + 4 + level] = LevelPlan.Build(
                    Registers.Accessors[i], level, Directions.Write, features, Registers.Get);
            }
        }
    }

    /// <summary>A value with the bits of absent features cleared and the RES1 bits set.</summary>
    internal ulong Legal(int slot, ulong value) => (value & _writable[slot]) | _ones[slot];

    /// <summary>The plan of an accessor; null when the access is UNDEFINED at that level.</summary>
    internal LevelPlan? Plan(int accessor, int level, bool write) => _plans[(accessor * 8) + (write ? 4 : 0) + level];
}
