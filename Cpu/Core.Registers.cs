using System.Runtime.CompilerServices;

namespace Conformance.Cpu;

public sealed partial class Core
{
    /// <summary>V0 to V31 as pairs of 64 bits, the low half of Vn at 2n.</summary>
    internal readonly ulong[] V = new ulong[64];

    /// <summary>Reads a general register; 31 is the current stack pointer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ulong GetXOrSp(int n) => n == 31 ? Sp : GetX(n);

    /// <summary>Writes a general register; 31 is the current stack pointer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void SetXOrSp(int n, ulong value)
    {
        if (n == 31)
        {
            Sp = value;
        }
        else
        {
            SetGeneral(n, value);
        }
    }
}
