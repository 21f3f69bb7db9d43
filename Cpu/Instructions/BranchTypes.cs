namespace Conformance.Cpu.Instructions;

/// <summary>What indirect branches leave in PSTATE.BTYPE (FEAT_BTI); every other instruction leaves 0.</summary>
/// <remarks>Source: DDI 0487, D8.4.6 "PSTATE.BTYPE"; BR, BLR and their forms with pointer authentication.</remarks>
internal static class BranchTypes
{
    /// <summary>BLR, BLRAA, BLRAB and the forms with Z.</summary>
    internal const int Call = 2;

    private const int Jump = 1;
    private const int JumpThroughAnyRegister = 3;

    /// <summary>BR and its kin: X16 and X17 are those of procedure linkage, and so is a jump from a page that is not guarded.</summary>
    internal static int OfJump(Core core, int n) => core.FetchGuarded && n is not (16 or 17) ? JumpThroughAnyRegister : Jump;
}
