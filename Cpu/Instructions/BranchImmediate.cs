using System.Runtime.CompilerServices;

namespace Conformance.Cpu.Instructions;

/// <summary>Branches to an address in the instruction: B, BL, B.cond, CBZ, CBNZ, TBZ and TBNZ.</summary>
/// <remarks>
/// Source: DDI 0487, C6.2, those pages. Each clears PSTATE.BTYPE, which is 0 throughout without FEAT_BTI.
/// </remarks>
internal static unsafe class BranchImmediate
{
    internal static readonly InsnRow[] Rows =
    [
        new("B",      "0    00101 imm26:26",                     &B,      &Offset26) { Route = Route.Branch },
        new("BL",     "1    00101 imm26:26",                     &Bl,     &Offset26) { Route = Route.BranchLink },
        new("B.cond", "0101010 0 imm19:19 0 cond:4",             &BCond,  &Condition) { Route = Route.BranchConditional },
        new("BC.cond", "0101010 0 imm19:19 1 cond:4",            &BCond,  &Condition) { Feature = "FEAT_HBC" },
        new("CBZ",    "sf:1 011010 0 imm19:19 Rt:5",             &Cbz,    &Offset19) { Route = Route.BranchZero },
        new("CBNZ",   "sf:1 011010 1 imm19:19 Rt:5",             &Cbnz,   &Offset19) { Route = Route.BranchNotZero },
        new("TBZ",    "b5:1 011011 0 b40:5 imm14:14 Rt:5",       &Tbz,    &Offset14) { Route = Route.BranchBitClear },
        new("TBNZ",   "b5:1 011011 1 b40:5 imm14:14 Rt:5",       &Tbnz,   &Offset14) { Route = Route.BranchBitSet },
    ];

    private static void Offset26(ref Operation op) => op.Imm = (ulong)(op.Signed(0, 26) << 2);

    private static void Offset19(ref Operation op) => op.Imm = (ulong)(op.Signed(5, 19) << 2);

    /// <summary>Aux: the NZCV values under which the condition holds.</summary>
    private static void Condition(ref Operation op)
    {
        Offset19(ref op);
        op.Aux = Alu.SetOf((int)op.Bits(0, 4));
    }

    /// <summary>Aux: number of the tested bit.</summary>
    private static void Offset14(ref Operation op)
    {
        op.Imm = (ulong)(op.Signed(5, 14) << 2);
        op.Aux = (int)(op.Bits(31, 1) << 5 | op.Bits(19, 5));
    }

    private static void B(Core core, in Operation op) => core.NextPc = core.Pc + op.Imm;

    private static void Bl(Core core, in Operation op)
    {
        Link(core, core.Pc);
        core.NextPc = core.Pc + op.Imm;
    }

    private static void BCond(Core core, in Operation op) => BranchIf(core, op, Holds(core, op));

    private static void Cbz(Core core, in Operation op) => BranchIf(core, op, IsZero(core, op));

    private static void Cbnz(Core core, in Operation op) => BranchIf(core, op, !IsZero(core, op));

    private static void Tbz(Core core, in Operation op) => BranchIf(core, op, IsClear(core, op));

    private static void Tbnz(Core core, in Operation op) => BranchIf(core, op, !IsClear(core, op));

    private static void BranchIf(Core core, in Operation op, bool taken)
    {
        if (taken)
        {
            core.NextPc = core.Pc + op.Imm;
        }
    }

    // What the run loop asks, which branches itself.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Link(Core core, ulong pc) => core.SetX(30, pc + 4);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool Holds(Core core, in Operation op) => ((op.Aux >> core.Pstate.Nzcv) & 1) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsZero(Core core, in Operation op) => op.Width(core.GetX(op.Rd)) == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsClear(Core core, in Operation op) => (core.GetX(op.Rd) >> op.Aux & 1) == 0;
}
