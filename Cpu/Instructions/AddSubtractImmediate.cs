using System.Runtime.CompilerServices;

namespace Conformance.Cpu.Instructions;

/// <summary>Add/subtract (immediate): ADD, ADDS, SUB and SUBS.</summary>
/// <remarks>Source: DDI 0487, C6.2, the pages "ADD (immediate)" to "SUBS (immediate)".</remarks>
internal static unsafe class AddSubtractImmediate
{
    internal static readonly InsnRow[] Rows =
    [
        new("ADD (immediate)",  "sf:1 0 0 100010 sh:1 imm12:12 Rn:5 Rd:5", &Add,  &Operand) { Route = Route.AddImmediate },
        new("ADDS (immediate)", "sf:1 0 1 100010 sh:1 imm12:12 Rn:5 Rd:5", &Adds, &Operand),
        new("SUB (immediate)",  "sf:1 1 0 100010 sh:1 imm12:12 Rn:5 Rd:5", &Sub,  &Operand) { Route = Route.SubImmediate },
        new("SUBS (immediate)", "sf:1 1 1 100010 sh:1 imm12:12 Rn:5 Rd:5", &Subs, &Operand) { Route = Route.SubsImmediate },
    ];

    private static void Operand(ref Operation op)
    {
        op.Imm = (ulong)op.Bits(10, 12) << (op.Bit(22) ? 12 : 0);
        if (op.Sf && op.Rd != 31 && op.Rn != 31)
        {
            op.Route = op.Route switch
            {
                Route.AddImmediate => Route.AddImmediateX,
                Route.SubImmediate => Route.SubImmediateX,
                _ => op.Route,
            };
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void AddX(Core core, in Operation op) => core.SetGeneral(op.Rd, core.GetX(op.Rn) + op.Imm);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void SubX(Core core, in Operation op) => core.SetGeneral(op.Rd, core.GetX(op.Rn) - op.Imm);

    // Rd 31 is SP in the forms that keep the flags and XZR in those that set them; Rn 31 is SP in all.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Add(Core core, in Operation op) => core.SetXOrSp(op.Rd, op.Width(core.GetXOrSp(op.Rn) + op.Imm));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Sub(Core core, in Operation op) => core.SetXOrSp(op.Rd, op.Width(core.GetXOrSp(op.Rn) - op.Imm));

    private static void Adds(Core core, in Operation op) =>
        core.SetX(op.Rd, Alu.AddSettingFlags(core, op.Sf, core.GetXOrSp(op.Rn), op.Imm, carry: false));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Subs(Core core, in Operation op) =>
        core.SetX(op.Rd, Alu.AddSettingFlags(core, op.Sf, core.GetXOrSp(op.Rn), ~op.Imm, carry: true));
}
