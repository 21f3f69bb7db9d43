using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Exceptions;

/// <summary>The tag byte of a branch target, removed where Top Byte Ignore holds for instruction addresses.</summary>
/// <remarks>Source: EX-230; PC AArch64.BranchAddr, EffectiveTBI.</remarks>
internal static class BranchAddress
{
    private const ulong TagMask = 0xffUL << 56;

    /// <summary>The PC that ERET gets for a level it returns to.</summary>
    internal static ulong OfExceptionReturn(Core core, ulong address, int level)
    {
        int regime = level != 0 ? level : EffectiveControls.Host0(core) ? 2 : 1;
        bool twoRanges = regime == 1 || (regime == 2 && EffectiveControls.Host2(core));
        bool high = twoRanges && (address >> 55 & 1) != 0;
        if (!TopByteIgnored(core, regime, twoRanges, high))
        {
            return address;
        }

        return high ? address | TagMask : address & ~TagMask;
    }

    /// <summary>The PC of a branch at the current level.</summary>
    internal static ulong OfBranch(Core core, ulong address) => OfExceptionReturn(core, address, core.Pstate.EL);

    /// <summary>TCR_ELx.TBI with TBID (FEAT_PAuth) left out of account for data only.</summary>
    private static bool TopByteIgnored(Core core, int regime, bool twoRanges, bool high)
    {
        ulong tcr = core.System[Slots.TCR_EL1 + regime - 1];
        (int tbi, int tbid) = (twoRanges, high) switch
        {
            (true, true) => (38, 52),
            (true, false) => (37, 51),
            _ => (20, 29),
        };
        bool dataOnly = core.Have.PAuth && (tcr >> tbid & 1) != 0;
        return (tcr >> tbi & 1) != 0 && !dataOnly;
    }
}
