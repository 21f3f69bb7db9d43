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

    /// <summary>NMI in AP1R0, and in RPR: an NMI is active (GV-152, GV-155).</summary>
    internal const ulong Nmi = 1UL << 63;

    private readonly ulong[] _system = core.System;
    private readonly int _shift = 8 - core.Gic.PreemptionBits;

    /// <summary>An NMI is active.</summary>
    internal bool HasNmi => (_system[group1] & Nmi) != 0;

    /// <summary>The running priority, 0 of an NMI; null when nothing is active (GV-090, GV-155).</summary>
    internal ulong? Running => HasNmi ? 0 : Highest(out _, out int index) ? (ulong)index << _shift : null;

    /// <summary>The value of RPR.</summary>
    internal ulong Register => HasNmi ? Nmi : Running ?? Idle;

    /// <summary>The bits that AP&lt;group&gt;R&lt;n&gt; has (GV-095).</summary>
    internal static ulong Bits(GicOptions gic, int group, int n) => uint.MaxValue | (gic.NonMaskable && group == 1 && n == 0 ? Nmi : 0);

    /// <summary>Records an acknowledge. The binary point in force does not coarsen it (GV-082, GV-094).</summary>
    internal void Activate(int group, ulong priority)
    {
        int index = (int)(priority >> _shift);
        _system[Slot(group, index)] |= 1UL << (index & 31);
    }

    /// <summary>Records the acknowledge of an NMI: no bit of a priority goes with it, a choice (GV-152).</summary>
    internal void ActivateNmi() => _system[group1] |= Nmi;

    /// <summary>Priority drop: an NMI first (GV-156), then the highest active priority of both groups; a tie goes to Group 0 (GV-101).</summary>
    /// <returns>The priority dropped, <see cref="Nmi"/> for that of an NMI; null when none was active.</returns>
    internal ulong? Drop()
    {
        if (HasNmi)
        {
            _system[group1] &= ~Nmi;
            return Nmi;
        }

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
