using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Instructions;

/// <summary>System register move and system instructions: MRS, MSR (register), SYS, SYSL.</summary>
/// <remarks>Source: DDI 0602, C4.1 "System register move", "System instructions".</remarks>
internal static unsafe class SystemRegisterMove
{
    internal static readonly InsnRow[] Rows =
    [
        new("MSR (register)", "1101010100 0 1 o0:1 op1:3 CRn:4 CRm:4 op2:3 Rt:5", &Write, &Resolve),
        new("MRS",            "1101010100 1 1 o0:1 op1:3 CRn:4 CRm:4 op2:3 Rt:5", &Read, &Resolve),
        new("SYS",            "1101010100 0 01 op1:3 CRn:4 CRm:4 op2:3 Rt:5", &Write, &Resolve),
        new("SYSL",           "1101010100 1 01 op1:3 CRn:4 CRm:4 op2:3 Rt:5", &Read, &Resolve),
    ];

    /// <summary>Finds the accessor once, when the page is decoded.</summary>
    private static void Resolve(ref Operation op) =>
        op.Imm = (ulong)(uint)Registers.IndexOf((int)(op.Word >> 5) & (SysEncoding.Keys - 1), (op.Word >> 21 & 1) != 0);

    private static void Read(Core core, in Operation op) => SystemAccess.Read(core, (int)op.Imm, op.Word);

    private static void Write(Core core, in Operation op) => SystemAccess.Write(core, (int)op.Imm, op.Word);
}
