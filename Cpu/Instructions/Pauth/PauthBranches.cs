using Conformance.Cpu.Exceptions;

namespace Conformance.Cpu.Instructions.Pauth;

/// <summary>Branches that authenticate their target: BRAA, BLRAA, RETAA and their kin.</summary>
/// <remarks>
/// Source: DDI 0602, C4.1 "Unconditional branch (register)". The manual calls bits 4:0 Rm; here they are m, since Rm stands
/// in bits 20:16 everywhere else.
/// </remarks>
internal static unsafe class PauthBranches
{
    internal static readonly InsnRow[] Rows =
    [
        new("BRAAZ",  "1101011 0 0 00 11111 0000 1 0 Rn:5 11111", &Branch)         { Feature = "FEAT_PAuth" },
        new("BRABZ",  "1101011 0 0 00 11111 0000 1 1 Rn:5 11111", &Branch)         { Feature = "FEAT_PAuth" },
        new("BLRAAZ", "1101011 0 0 01 11111 0000 1 0 Rn:5 11111", &BranchWithLink) { Feature = "FEAT_PAuth" },
        new("BLRABZ", "1101011 0 0 01 11111 0000 1 1 Rn:5 11111", &BranchWithLink) { Feature = "FEAT_PAuth" },
        new("RETAA",  "1101011 0 0 10 11111 0000 1 0 11111 11111", &Return)        { Feature = "FEAT_PAuth" },
        new("RETAB",  "1101011 0 0 10 11111 0000 1 1 11111 11111", &Return)        { Feature = "FEAT_PAuth" },
        new("BRAA",   "1101011 1 0 00 11111 0000 1 0 Rn:5 m:5", &Branch)          { Feature = "FEAT_PAuth" },
        new("BRAB",   "1101011 1 0 00 11111 0000 1 1 Rn:5 m:5", &Branch)          { Feature = "FEAT_PAuth" },
        new("BLRAA",  "1101011 1 0 01 11111 0000 1 0 Rn:5 m:5", &BranchWithLink)  { Feature = "FEAT_PAuth" },
        new("BLRAB",  "1101011 1 0 01 11111 0000 1 1 Rn:5 m:5", &BranchWithLink)  { Feature = "FEAT_PAuth" },
    ];

    private static void Branch(Core core, in Operation op)
    {
        if (TryTarget(core, op, op.Rn, Modifier(core, op), out ulong target))
        {
            core.NextPc = target;
            core.SetBranchType(BranchTypes.OfJump(core, op.Rn));
        }
    }

    private static void BranchWithLink(Core core, in Operation op)
    {
        if (TryTarget(core, op, op.Rn, Modifier(core, op), out ulong target))
        {
            core.X[30] = core.Pc + 4;
            core.NextPc = target;
            core.SetBranchType(BranchTypes.Call);
        }
    }

    private static void Return(Core core, in Operation op)
    {
        if (TryTarget(core, op, 30, core.Sp, out ulong target))
        {
            core.NextPc = target;
        }
    }

    /// <summary>The modifier stands in bits 4:0, or is zero in the Z forms (bit 24 clear).</summary>
    private static ulong Modifier(Core core, in Operation op) => op.Bit(24) ? core.GetXOrSp(op.Rd) : 0;

    private static bool TryTarget(Core core, in Operation op, int register, ulong modifier, out ulong target)
    {
        PointerKey key = op.Bit(10) ? PointerKey.IB : PointerKey.IA;
        if (!PointerAuthentication.TryAuthenticate(core, key, core.GetX(register), modifier, combined: true, out target))
        {
            return false;
        }

        target = BranchAddress.OfBranch(core, target);
        return true;
    }
}
