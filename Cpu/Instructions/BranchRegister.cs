using Conformance.Cpu.Exceptions;

namespace Conformance.Cpu.Instructions;

/// <summary>Unconditional branch (register): BR, BLR and RET.</summary>
/// <remarks>
/// Source: DDI 0487, C6.2, BR, BLR, RET. A misaligned target is taken as it is; the fault belongs to it (EX-192). ERET and
/// DRPS, which share the encoding space, are in the group of the exception returns.
/// </remarks>
internal static unsafe class BranchRegister
{
    internal static readonly InsnRow[] Rows =
    [
        new("BR",  "1101011 0000 11111 000000 Rn:5 00000", &Br),
        new("BLR", "1101011 0001 11111 000000 Rn:5 00000", &Blr),
        new("RET", "1101011 0010 11111 000000 Rn:5 00000", &Ret),
    ];

    private static void Br(Core core, in Operation op)
    {
        core.NextPc = BranchAddress.OfBranch(core, core.GetX(op.Rn));
        core.SetBranchType(BranchTypes.OfJump(core, op.Rn));
    }

    private static void Ret(Core core, in Operation op) =>
        core.NextPc = BranchAddress.OfBranch(core, core.GetX(op.Rn));

    private static void Blr(Core core, in Operation op)
    {
        ulong target = core.GetX(op.Rn);   // before X30 changes: BLR X30 goes to the old value
        core.X[30] = core.Pc + 4;
        core.NextPc = BranchAddress.OfBranch(core, target);
        core.SetBranchType(BranchTypes.Call);
    }
}
