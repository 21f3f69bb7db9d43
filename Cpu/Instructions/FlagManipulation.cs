using System.Numerics;

namespace Conformance.Cpu.Instructions;

/// <summary>Rotate right into flags and evaluate into flags: RMIF, SETF8 and SETF16.</summary>
/// <remarks>Source: DDI 0487, C6.2, RMIF, SETF8.</remarks>
internal static unsafe class FlagManipulation
{
    internal static readonly InsnRow[] Rows =
    [
        new("RMIF",   "1 0 1 11010000 imm6:6 00001 Rn:5 0 mask:4",    &Rmif) { Feature = "FEAT_FlagM" },
        new("SETF8",  "0 0 1 11010000 000000 0 0010 Rn:5 0 1101",     &Setf8) { Feature = "FEAT_FlagM" },
        new("SETF16", "0 0 1 11010000 000000 1 0010 Rn:5 0 1101",     &Setf16) { Feature = "FEAT_FlagM" },
    ];

    private static void Rmif(Core core, in Operation op)
    {
        uint bits = (uint)BitOperations.RotateRight(core.GetX(op.Rn), (int)op.Bits(15, 6)) & 15;
        uint mask = op.Bits(0, 4);
        core.Pstate.Nzcv = (byte)((core.Pstate.Nzcv & ~mask) | (bits & mask));
    }

    private static void Setf8(Core core, in Operation op) => Evaluate(core, (uint)core.GetX(op.Rn), 8);

    private static void Setf16(Core core, in Operation op) => Evaluate(core, (uint)core.GetX(op.Rn), 16);

    /// <summary>N and Z of the low bits, V when the bit above differs from the sign; C stays.</summary>
    private static void Evaluate(Core core, uint value, int width)
    {
        uint sign = value >> (width - 1) & 1;
        uint above = value >> width & 1;
        uint zero = value << (32 - width) == 0 ? 1u : 0;
        core.Pstate.Nzcv = (byte)(sign << 3 | zero << 2 | (core.Pstate.Nzcv & 2u) | (sign ^ above));
    }
}
