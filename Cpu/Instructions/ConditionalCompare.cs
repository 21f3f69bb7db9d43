namespace Conformance.Cpu.Instructions;

/// <summary>Conditional compare: CCMN and CCMP, register and immediate.</summary>
/// <remarks>Source: DDI 0487, C6.2, CCMN and CCMP.</remarks>
internal static unsafe class ConditionalCompare
{
    internal static readonly InsnRow[] Rows =
    [
        new("CCMN (register)",  "sf:1 0 1 11010010 Rm:5 cond:4 0 0 Rn:5 0 nzcv:4",   &CcmnRegister,  &Condition),
        new("CCMP (register)",  "sf:1 1 1 11010010 Rm:5 cond:4 0 0 Rn:5 0 nzcv:4",   &CcmpRegister,  &Condition),
        new("CCMN (immediate)", "sf:1 0 1 11010010 imm5:5 cond:4 1 0 Rn:5 0 nzcv:4", &CcmnImmediate, &Condition),
        new("CCMP (immediate)", "sf:1 1 1 11010010 imm5:5 cond:4 1 0 Rn:5 0 nzcv:4", &CcmpImmediate, &Condition),
    ];

    private static void Condition(ref Operation op)
    {
        op.Aux = (int)op.Bits(12, 4);
        op.Imm = op.Bits(16, 5);
    }

    private static void CcmnRegister(Core core, in Operation op) => Compare(core, op, core.GetX(op.Rm), carry: false);

    private static void CcmpRegister(Core core, in Operation op) => Compare(core, op, ~core.GetX(op.Rm), carry: true);

    private static void CcmnImmediate(Core core, in Operation op) => Compare(core, op, op.Imm, carry: false);

    private static void CcmpImmediate(Core core, in Operation op) => Compare(core, op, ~op.Imm, carry: true);

    private static void Compare(Core core, in Operation op, ulong operand, bool carry)
    {
        if (Alu.ConditionHolds(op.Aux, core.Pstate.Nzcv))
        {
            _ = Alu.AddSettingFlags(core, op.Sf, core.GetX(op.Rn), operand, carry);
        }
        else
        {
            core.Pstate.Nzcv = (byte)op.Bits(0, 4);
        }
    }
}
