namespace Conformance.Cpu.Instructions;

/// <summary>Conditional select: CSEL, CSINC, CSINV and CSNEG.</summary>
/// <remarks>Source: DDI 0487, C6.2, CSEL and its neighbours.</remarks>
internal static unsafe class ConditionalSelect
{
    internal static readonly InsnRow[] Rows =
    [
        new("CSEL",  "sf:1 0 0 11010100 Rm:5 cond:4 00 Rn:5 Rd:5", &Csel,  &Condition),
        new("CSINC", "sf:1 0 0 11010100 Rm:5 cond:4 01 Rn:5 Rd:5", &Csinc, &Condition),
        new("CSINV", "sf:1 1 0 11010100 Rm:5 cond:4 00 Rn:5 Rd:5", &Csinv, &Condition),
        new("CSNEG", "sf:1 1 0 11010100 Rm:5 cond:4 01 Rn:5 Rd:5", &Csneg, &Condition),
    ];

    private static void Condition(ref Operation op) => op.Aux = (int)op.Bits(12, 4);

    private static bool Holds(Core core, in Operation op) => Alu.ConditionHolds(op.Aux, core.Pstate.Nzcv);

    private static void Csel(Core core, in Operation op) =>
        core.SetX(op.Rd, op.Width(core.GetX(Holds(core, op) ? op.Rn : op.Rm)));

    private static void Csinc(Core core, in Operation op) =>
        core.SetX(op.Rd, op.Width(Holds(core, op) ? core.GetX(op.Rn) : core.GetX(op.Rm) + 1));

    private static void Csinv(Core core, in Operation op) =>
        core.SetX(op.Rd, op.Width(Holds(core, op) ? core.GetX(op.Rn) : ~core.GetX(op.Rm)));

    private static void Csneg(Core core, in Operation op) =>
        core.SetX(op.Rd, op.Width(Holds(core, op) ? core.GetX(op.Rn) : 0 - core.GetX(op.Rm)));
}
