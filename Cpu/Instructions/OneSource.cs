using System.Buffers.Binary;
using System.Numerics;

namespace Conformance.Cpu.Instructions;

/// <summary>Data processing (1 source): RBIT, REV16, REV32, REV, CLZ and CLS.</summary>
/// <remarks>Source: DDI 0487, C6.2, RBIT to CLS. The pointer authentication forms are in a group of their own.</remarks>
internal static unsafe class OneSource
{
    internal static readonly InsnRow[] Rows =
    [
        new("RBIT",         "sf:1 1 0 11010110 00000 000000 Rn:5 Rd:5", &Rbit),
        new("REV16",        "sf:1 1 0 11010110 00000 000001 Rn:5 Rd:5", &Rev16),
        new("REV (32-bit)", "0    1 0 11010110 00000 000010 Rn:5 Rd:5", &RevWord),
        new("REV32",        "1    1 0 11010110 00000 000010 Rn:5 Rd:5", &Rev32),
        new("REV (64-bit)", "1    1 0 11010110 00000 000011 Rn:5 Rd:5", &RevDoubleword),
        new("CLZ",          "sf:1 1 0 11010110 00000 000100 Rn:5 Rd:5", &Clz),
        new("CLS",          "sf:1 1 0 11010110 00000 000101 Rn:5 Rd:5", &Cls),
    ];

    private static void Rbit(Core core, in Operation op)
    {
        ulong v = core.GetX(op.Rn);
        v = (v & 0x5555_5555_5555_5555) << 1 | (v >> 1 & 0x5555_5555_5555_5555);
        v = (v & 0x3333_3333_3333_3333) << 2 | (v >> 2 & 0x3333_3333_3333_3333);
        v = (v & 0x0f0f_0f0f_0f0f_0f0f) << 4 | (v >> 4 & 0x0f0f_0f0f_0f0f_0f0f);
        v = BinaryPrimitives.ReverseEndianness(v);
        core.SetX(op.Rd, op.Sf ? v : v >> 32);
    }

    private static void Rev16(Core core, in Operation op)
    {
        ulong v = op.Width(core.GetX(op.Rn));
        core.SetX(op.Rd, (v & 0x00ff_00ff_00ff_00ff) << 8 | (v >> 8 & 0x00ff_00ff_00ff_00ff));
    }

    private static void RevWord(Core core, in Operation op) =>
        core.SetX(op.Rd, BinaryPrimitives.ReverseEndianness((uint)core.GetX(op.Rn)));

    private static void Rev32(Core core, in Operation op) =>
        core.SetX(op.Rd, BitOperations.RotateRight(BinaryPrimitives.ReverseEndianness(core.GetX(op.Rn)), 32));

    private static void RevDoubleword(Core core, in Operation op) =>
        core.SetX(op.Rd, BinaryPrimitives.ReverseEndianness(core.GetX(op.Rn)));

    private static void Clz(Core core, in Operation op)
    {
        ulong v = core.GetX(op.Rn);
        core.SetX(op.Rd, (ulong)(op.Sf ? BitOperations.LeadingZeroCount(v) : BitOperations.LeadingZeroCount((uint)v)));
    }

    /// <summary>Bits after the top one that equal it.</summary>
    private static void Cls(Core core, in Operation op)
    {
        ulong v = core.GetX(op.Rn);
        ulong differences = op.Sf ? v ^ (ulong)((long)v >> 1) : (uint)((int)v ^ (int)v >> 1);
        int leading = BitOperations.LeadingZeroCount(differences) - (op.Sf ? 0 : 32);
        core.SetX(op.Rd, (ulong)(leading - 1));
    }
}
