using System.Runtime.CompilerServices;

namespace Conformance.Cpu.Instructions;

/// <summary>Logical (shifted register): AND, BIC, ORR, ORN, EOR, EON, ANDS and BICS.</summary>
/// <remarks>Source: DDI 0487, C6.2, "AND (shifted register)" and its neighbours.</remarks>
internal static unsafe class LogicalShiftedRegister
{
    internal static readonly InsnRow[] Rows =
    [
        new("AND (shifted register)",  "sf:1 00 01010 shift:2 0 Rm:5 imm6:6 Rn:5 Rd:5", &And,  &Amount) { Route = Route.AndRegister },
        new("BIC (shifted register)",  "sf:1 00 01010 shift:2 1 Rm:5 imm6:6 Rn:5 Rd:5", &Bic,  &Amount),
        new("ORR (shifted register)",  "sf:1 01 01010 shift:2 0 Rm:5 imm6:6 Rn:5 Rd:5", &Orr,  &Amount) { Route = Route.OrrRegister },
        new("ORN (shifted register)",  "sf:1 01 01010 shift:2 1 Rm:5 imm6:6 Rn:5 Rd:5", &Orn,  &Amount),
        new("EOR (shifted register)",  "sf:1 10 01010 shift:2 0 Rm:5 imm6:6 Rn:5 Rd:5", &Eor,  &Amount) { Route = Route.EorRegister },
        new("EON (shifted register)",  "sf:1 10 01010 shift:2 1 Rm:5 imm6:6 Rn:5 Rd:5", &Eon,  &Amount),
        new("ANDS (shifted register)", "sf:1 11 01010 shift:2 0 Rm:5 imm6:6 Rn:5 Rd:5", &Ands, &Amount),
        new("BICS (shifted register)", "sf:1 11 01010 shift:2 1 Rm:5 imm6:6 Rn:5 Rd:5", &Bics, &Amount),
    ];

    /// <summary>Aux: shift type in 7:6, amount in 5:0.</summary>
    private static void Amount(ref Operation op)
    {
        op.Aux = (int)(op.Bits(22, 2) << 6 | op.Bits(10, 6));
        if (op.Route == Route.OrrRegister && op.Sf && op.Bits(10, 6) == 0 && op.Rn == 31 && op.Rd != 31)
        {
            op.Route = Route.MoveX;
        }

        if (!op.Sf && op.Bit(15))
        {
            op.MakeUndefined();
        }
    }

    private static ulong Operand(Core core, in Operation op) =>
        op.Aux == 0 ? core.GetX(op.Rm) : Alu.Shift(op.Sf, core.GetX(op.Rm), op.Aux >> 6, op.Aux & 63);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void MoveX(Core core, in Operation op) => core.SetGeneral(op.Rd, core.GetX(op.Rm));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void And(Core core, in Operation op) => Put(core, op, core.GetX(op.Rn) & Operand(core, op));

    private static void Bic(Core core, in Operation op) => Put(core, op, core.GetX(op.Rn) & ~Operand(core, op));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Orr(Core core, in Operation op) => Put(core, op, core.GetX(op.Rn) | Operand(core, op));

    private static void Orn(Core core, in Operation op) => Put(core, op, core.GetX(op.Rn) | ~Operand(core, op));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Eor(Core core, in Operation op) => Put(core, op, core.GetX(op.Rn) ^ Operand(core, op));

    private static void Eon(Core core, in Operation op) => Put(core, op, core.GetX(op.Rn) ^ ~Operand(core, op));

    private static void Ands(Core core, in Operation op) => PutWithFlags(core, op, core.GetX(op.Rn) & Operand(core, op));

    private static void Bics(Core core, in Operation op) => PutWithFlags(core, op, core.GetX(op.Rn) & ~Operand(core, op));

    private static void Put(Core core, in Operation op, ulong result) => core.SetX(op.Rd, op.Width(result));

    private static void PutWithFlags(Core core, in Operation op, ulong result)
    {
        result = op.Width(result);
        Alu.SetLogicalFlags(core, op.Sf, result);
        core.SetX(op.Rd, result);
    }
}
