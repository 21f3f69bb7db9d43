using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Exceptions;

/// <summary>Which instructions an indirect branch may reach in a guarded page (FEAT_BTI).</summary>
/// <remarks>
/// Source: DDI 0487, "PSTATE.BTYPE"; DDI 0602, BTI, PACIASP, PACIBSP, BRK and HLT; DDI 0601, SCTLR_ELx.BT0, BT1. BTYPE is 1 for
/// a jump that suits both kinds, 2 for a call, 3 for a jump that only BTI J and JC await.
/// </remarks>
internal static class BranchTarget
{
    private const uint HintMask = 0xffff_f01f;
    private const uint Hint = 0xd503_201f;

    /// <summary>The instruction may stand where the branch has led.</summary>
    internal static bool Accepts(Core core, uint word)
    {
        int type = core.BranchType;
        if ((word & HintMask) == Hint)
        {
            return (word >> 5 & 0x7f) switch
            {
                25 or 27 => type != 3 || !PacRefusesJumps(core), // PACIASP, PACIBSP
                34 => type is 1 or 2,                            // BTI C
                36 => type is 1 or 3,                            // BTI J
                38 => true,                                      // BTI JC
                _ => false,
            };
        }

        return (word >> 21) is 0b1101_0100_001 or 0b1101_0100_010; // BRK, HLT
    }

    private static bool PacRefusesJumps(Core core) =>
        (EffectiveControls.ControllingSctlr(core) & (core.Pstate.EL == 0 ? Sctlr.BT0 : Sctlr.BT1)) != 0;
}
