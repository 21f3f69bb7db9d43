using Conformance.Cpu.Translation;

namespace Conformance.Cpu.Exceptions;

/// <summary>The tag byte of a branch target, removed where Top Byte Ignore holds for instruction addresses.</summary>
/// <remarks>Source: EX-230; PC AArch64.BranchAddr.</remarks>
internal static class BranchAddress
{
    private const ulong TagMask = 0xffUL << 56;

    /// <summary>The PC that ERET gets for a level it returns to.</summary>
    internal static ulong OfExceptionReturn(Core core, ulong address, int level)
    {
        if (address >> 55 == 0)
        {
            return address; // no tag, and a lower address: the common case
        }

        int regime = level != 0 ? level : EffectiveControls.Host0(core) ? 2 : 1;
        bool high = TopByte.TwoRanges(core, regime) && (address >> 55 & 1) != 0;
        if (!TopByte.Ignored(core, regime, high, data: false))
        {
            return address;
        }

        return high ? address | TagMask : address & ~TagMask;
    }

    /// <summary>The PC of a branch at the current level.</summary>
    internal static ulong OfBranch(Core core, ulong address) => OfExceptionReturn(core, address, core.Pstate.EL);
}
