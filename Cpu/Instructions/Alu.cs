using System.Numerics;

namespace Conformance.Cpu.Instructions;

/// <summary>The arithmetic that several groups share. Widths are 32 and 64 bits; W values have a clear upper half.</summary>
/// <remarks>Source: DDI 0487, shared pseudocode functions of the same names.</remarks>
internal static class Alu
{
    /// <summary>For each condition 0 to 15 the set of NZCV values under which it holds.</summary>
    private static readonly ushort[] s_holds = [.. Enumerable.Range(0, 16).Select(HoldsSet)];

    /// <summary>The NZCV values under which a condition holds, as a set of bits.</summary>
    internal static int SetOf(int condition) => s_holds[condition];

    internal static bool ConditionHolds(int condition, byte nzcv) => ((s_holds[condition] >> nzcv) & 1) != 0;

    /// <summary>x + y + carry and its flags N, Z, C, V in bits 3:0.</summary>
    internal static ulong AddWithCarry(ulong x, ulong y, bool carry, out byte nzcv)
    {
        ulong sum = unchecked(x + y + (carry ? 1ul : 0));
        int n = (int)(sum >> 63);
        int z = sum == 0 ? 1 : 0;
        int c = (carry ? sum <= x : sum < x) ? 1 : 0;
        int v = (int)((~(x ^ y) & (x ^ sum)) >> 63);
        nzcv = (byte)((n << 3) | (z << 2) | (c << 1) | v);
        return sum;
    }

    /// <summary>x + y + carry and its flags N, Z, C, V in bits 3:0.</summary>
    internal static uint AddWithCarry(uint x, uint y, bool carry, out byte nzcv)
    {
        uint sum = unchecked(x + y + (carry ? 1u : 0));
        int n = (int)(sum >> 31);
        int z = sum == 0 ? 1 : 0;
        int c = (carry ? sum <= x : sum < x) ? 1 : 0;
        int v = (int)((~(x ^ y) & (x ^ sum)) >> 31);
        nzcv = (byte)((n << 3) | (z << 2) | (c << 1) | v);
        return sum;
    }

    /// <summary>The sum in the width of the instruction; the flags go to PSTATE.</summary>
    internal static ulong AddSettingFlags(Core core, bool sf, ulong x, ulong y, bool carry) => sf
        ? AddWithCarry(x, y, carry, out core.Pstate.Nzcv)
        : AddWithCarry((uint)x, (uint)y, carry, out core.Pstate.Nzcv);

    /// <summary>N and Z of a logical result, C and V clear.</summary>
    internal static void SetLogicalFlags(Core core, bool sf, ulong result)
    {
        int n = (int)(result >> (sf ? 63 : 31));
        core.Pstate.Nzcv = (byte)((n << 3) | (result == 0 ? 4 : 0));
    }

    /// <summary>LSL, LSR, ASR, ROR (0 to 3) by less than the width.</summary>
    internal static ulong Shift(bool sf, ulong value, int type, int amount) => (sf, type) switch
    {
        (true, 0) => value << amount,
        (true, 1) => value >> amount,
        (true, 2) => (ulong)((long)value >> amount),
        (true, _) => BitOperations.RotateRight(value, amount),
        (false, 0) => (uint)value << amount,
        (false, 1) => (uint)value >> amount,
        (false, 2) => (uint)((int)value >> amount),
        (false, _) => BitOperations.RotateRight((uint)value, amount),
    };

    /// <summary>UXTB to SXTX (0 to 7), then shift left.</summary>
    internal static ulong Extend(ulong value, int option, int shift) => (option switch
    {
        0 => (byte)value,
        1 => (ushort)value,
        2 => (uint)value,
        4 => (ulong)(sbyte)value,
        5 => (ulong)(short)value,
        6 => (ulong)(int)value,
        _ => value,
    }) << shift;

    private static ushort HoldsSet(int condition)
    {
        int set = 0;
        for (int nzcv = 0; nzcv < 16; nzcv++)
        {
            bool n = (nzcv & 8) != 0;
            bool z = (nzcv & 4) != 0;
            bool c = (nzcv & 2) != 0;
            bool v = (nzcv & 1) != 0;
            bool holds = (condition >> 1) switch
            {
                0 => z,
                1 => c,
                2 => n,
                3 => v,
                4 => c && !z,
                5 => n == v,
                6 => n == v && !z,
                _ => true,
            };
            // An odd condition is the opposite of the even one, except that 1111 is "always" too.
            if (holds != ((condition & 1) != 0 && condition != 15))
            {
                set |= 1 << nzcv;
            }
        }

        return (ushort)set;
    }
}
