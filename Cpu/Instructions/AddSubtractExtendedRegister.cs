namespace Conformance.Cpu.Instructions;

/// <summary>Add/subtract (extended register): ADD, ADDS, SUB and SUBS.</summary>
/// <remarks>Source: DDI 0487, C6.2, "ADD (extended register)" and its neighbours.</remarks>
internal static unsafe class AddSubtractExtendedRegister
{
    internal static readonly InsnRow[] Rows =
    [
        new("ADD (extended register)",  "sf:1 0 0 01011 00 1 Rm:5 option:3 imm3:3 Rn:5 Rd:5", &Add,  &Amount),
        new("ADDS (extended register)", "sf:1 0 1 01011 00 1 Rm:5 option:3 imm3:3 Rn:5 Rd:5", &Adds, &Amount),
        new("SUB (extended register)",  "sf:1 1 0 01011 00 1 Rm:5 option:3 imm3:3 Rn:5 Rd:5", &Sub,  &Amount),
        new("SUBS (extended register)", "sf:1 1 1 01011 00 1 Rm:5 option:3 imm3:3 Rn:5 Rd:5", &Subs, &Amount),
    ];

    /// <summary>Aux: option in 5:3, shift in 2:0. Shifts above 4 are UNDEFINED.</summary>
    private static void Amount(ref Operation op)
    {
        op.Aux = (int)op.Bits(10, 6);
        if (op.Bits(10, 3) > 4)
        {
            op.MakeUndefined();
        }
    }

    // A W form takes the low half of the 64-bit extension, which is the extension to 32 bits.
    private static ulong Operand(Core core, in Operation op) => Alu.Extend(core.GetX(op.Rm), op.Aux >> 3, op.Aux & 7);

    // Rn 31 is SP; Rd 31 is SP in the forms that keep the flags and XZR in those that set them.
    private static void Add(Core core, in Operation op) =>
        core.SetXOrSp(op.Rd, op.Width(core.GetXOrSp(op.Rn) + Operand(core, op)));

    private static void Sub(Core core, in Operation op) =>
        core.SetXOrSp(op.Rd, op.Width(core.GetXOrSp(op.Rn) - Operand(core, op)));

    private static void Adds(Core core, in Operation op) =>
        core.SetX(op.Rd, Alu.AddSettingFlags(core, op.Sf, core.GetXOrSp(op.Rn), Operand(core, op), carry: false));

    private static void Subs(Core core, in Operation op) =>
        core.SetX(op.Rd, Alu.AddSettingFlags(core, op.Sf, core.GetXOrSp(op.Rn), ~Operand(core, op), carry: true));
}
