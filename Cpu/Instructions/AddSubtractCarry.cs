namespace Conformance.Cpu.Instructions;

/// <summary>Add/subtract (with carry): ADC, ADCS, SBC and SBCS.</summary>
/// <remarks>Source: DDI 0487, C6.2, ADC, ADCS, SBC, SBCS.</remarks>
internal static unsafe class AddSubtractCarry
{
    internal static readonly InsnRow[] Rows =
    [
        new("ADC",  "sf:1 0 0 11010000 Rm:5 000000 Rn:5 Rd:5", &Adc),
        new("ADCS", "sf:1 0 1 11010000 Rm:5 000000 Rn:5 Rd:5", &Adcs),
        new("SBC",  "sf:1 1 0 11010000 Rm:5 000000 Rn:5 Rd:5", &Sbc),
        new("SBCS", "sf:1 1 1 11010000 Rm:5 000000 Rn:5 Rd:5", &Sbcs),
    ];

    private static void Adc(Core core, in Operation op) =>
        core.SetX(op.Rd, op.Width(core.GetX(op.Rn) + core.GetX(op.Rm) + (core.Pstate.C ? 1ul : 0)));

    private static void Sbc(Core core, in Operation op) =>
        core.SetX(op.Rd, op.Width(core.GetX(op.Rn) + ~core.GetX(op.Rm) + (core.Pstate.C ? 1ul : 0)));

    private static void Adcs(Core core, in Operation op) =>
        core.SetX(op.Rd, Alu.AddSettingFlags(core, op.Sf, core.GetX(op.Rn), core.GetX(op.Rm), core.Pstate.C));

    private static void Sbcs(Core core, in Operation op) =>
        core.SetX(op.Rd, Alu.AddSettingFlags(core, op.Sf, core.GetX(op.Rn), ~core.GetX(op.Rm), core.Pstate.C));
}
