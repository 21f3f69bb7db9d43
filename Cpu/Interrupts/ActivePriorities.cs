using System.Numerics;

namespace Conformance.Cpu.Interrupts;

/// <summary>The active priorities of a CPU interface: one bit for each preemption level and group.</summary>
/// <param name="core">The PE.</param>
/// <param name="group0">Slot of AP0R0; AP0R1 to AP0R3 follow.</param>
/// <param name="group1">Slot of AP1R0; AP1R1 to AP1R3 follow.</param>
/// <remarks>Source: DDI 0601, 2025-03, ICH_AP0R&lt;n&gt;_EL2, ICC_AP1R&lt;n&gt;_EL1; GV-082, GV-090, GV-101.</remarks>
internal readonly ref struct ActivePriorities(Core core, int group0, int group1)
{
    private const int Registers = 4;

    /// <summary>RPR while nothing is active.</summary>
    internal const ulong Idle = 0xff;

    private readonly ulong[] _system = core.System;
    private readonly int _shift = 8 - core.Gic.PreemptionBits;

    /// <summary>The running priority; null when nothing is active (GV-090).</summary>
    internal ulong? Running => Highest(out _, out int index) ? (ulong)index << _shift : null;

    /// <summary>Records an acknowledge. The binary point in force does not coarsen it (GV-082, GV-094).</summary>
    internal void Activate(int group, ulong priority)
    {
        int index = (int)(priority >> _shift);
        _system[Slot(group, index)] |= 1UL << (index & 31);
    }

    /// <summary>Priority drop: clears the highest active priority of both groups; a tie goes to Group 0 (GV-101).</summary>
    /// <returns>The priority dropped; null when none was active.</returns>
    internal ulong? Drop()
    {
        if (!Highest(out int group, out int index))
        {
            return null;
        }

        _system[Slot(group, index)] &= ~(1UL << (index & 31));
        return (ulong)index << _shift;
    }

    private int Slot(int group, int index) => (group == 0 ? group0 : group1) + (index >> 5);

    private bool Highest(out int group, out int index)
    {
        for (int n = 0; n < Registers; n++)
        {
            uint zero = (uint)_system[group0 + n];
            uint both = zero | (uint)_system[group1 + n];
            if (both != 0)
            {
                int bit = BitOperations.TrailingZeroCount(both);
                group = (zero >> bit & 1) != 0 ? 0 : 1;
                index = (n << 5) + bit;
                return true;
            }
        }

        group = 0;
        index = 0;
        return false;
    }
}
