using System.Runtime.CompilerServices;

namespace Conformance.Cpu.Instructions;

/// <summary>Add/subtract (shifted register): ADD, ADDS, SUB and SUBS.</summary>
/// <remarks>Source: DDI 0487, C6.2, "ADD (shifted register)" and its neighbours. Register 31 is XZR throughout.</remarks>
internal static unsafe class AddSubtractShiftedRegister
{
    internal static readonly InsnRow[] Rows =
    [
        new("ADD (shifted register)",  "sf:1 0 0 01011 shift:2 0 Rm:5 imm6:6 Rn:5 Rd:5", &Add,  &Amount) { Route = Route.AddRegister },
        new("ADDS (shifted register)", "sf:1 0 1 01011 shift:2 0 Rm:5 imm6:6 Rn:5 Rd:5", &Adds, &Amount),
        new("SUB (shifted register)",  "sf:1 1 0 01011 shift:2 0 Rm:5 imm6:6 Rn:5 Rd:5", &Sub,  &Amount) { Route = Route.SubRegister },
        new("SUBS (shifted register)", "sf:1 1 1 01011 shift:2 0 Rm:5 imm6:6 Rn:5 Rd:5", &Subs, &Amount) { Route = Route.SubsRegister },
    ];

    /// <summary>Aux: shift type in 7:6, amount in 5:0. ROR and W amounts above 31 are UNDEFINED.</summary>
    private static void Amount(ref Operation op)
    {
        op.Aux = (int)(op.Bits(22, 2) << 6 | op.Bits(10, 6));
        if (op.Route == Route.AddRegister && op.Sf && op.Bits(10, 6) == 0 && op.Rd != 31)
        {
            op.Route = Route.AddRegisterX;
        }

        if (op.Bits(22, 2) == 3 || (!op.Sf && op.Bit(15)))
        {
            op.MakeUndefined();
        }
    }

    private static ulong Operand(Core core, in Operation op) =>
        op.Aux == 0 ? core.GetX(op.Rm) : Alu.Shift(op.Sf, core.GetX(op.Rm), op.Aux >> 6, op.Aux & 63);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void AddX(Core core, in Operation op) => core.SetGeneral(op.Rd, core.GetX(op.Rn) + core.GetX(op.Rm));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Add(Core core, in Operation op) =>
        core.SetX(op.Rd, op.Width(core.GetX(op.Rn) + Operand(core, op)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Sub(Core core, in Operation op) =>
        core.SetX(op.Rd, op.Width(core.GetX(op.Rn) - Operand(core, op)));

    private static void Adds(Core core, in Operation op) =>
        core.SetX(op.Rd, Alu.AddSettingFlags(core, op.Sf, core.GetX(op.Rn), Operand(core, op), carry: false));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Subs(Core core, in Operation op) =>
        core.SetX(op.Rd, Alu.AddSettingFlags(core, op.Sf, core.GetX(op.Rn), ~Operand(core, op), carry: true));
}
