using Conformance.Cpu.Nested;

namespace Conformance.Cpu.Exceptions;

/// <summary>PSTATE packed as in SPSR_ELx (section 4 of the exception rules).</summary>
internal static class SavedState
{
    internal const ulong IL = 1UL << 20;
    internal const ulong SS = 1UL << 21;
    private const int NzcvShift = 28;
    private const int DaifShift = 6;
    private const int BtypeShift = 10;

    /// <summary>The value that SPSR_ELx gets when an exception is taken (EX-060 to EX-073).</summary>
    internal static ulong Pack(Core core, int target)
    {
        ref Pstate p = ref core.Pstate;
        ulong value = ((ulong)p.Nzcv << NzcvShift) | ((ulong)p.Daif << DaifShift) | ((ulong)(uint)core.BranchType << BtypeShift)
            | ((ulong)(uint)NestedVirtualization.SavedLevel(core, target) << 2);
        value |= Bit(p.TCO, 25) | Bit(p.DIT, 24) | Bit(p.UAO, 23) | Bit(p.PAN, 22) | Bit(p.SS, 21) | Bit(p.IL, 20)
            | Bit(p.ALLINT, 13) | Bit(p.SSBS, 12) | Bit(p.SP, 0);
        return value;
    }

    /// <summary>The fields that every return restores, legal or not (EX-232, EX-266, EX-267).</summary>
    internal static void UnpackAlways(Core core, ulong spsr)
    {
        core.Pstate.Nzcv = (byte)((spsr >> NzcvShift) & 15);
        core.Pstate.Daif = (byte)((spsr >> DaifShift) & 15);
        core.Pstate.PAN = core.Have.PAN && Has(spsr, 22);
        core.Pstate.ALLINT = core.Have.NMI && Has(spsr, 13);
    }

    /// <summary>The fields that a legal return restores besides: EL, SP, IL, and those of optional features (EX-231 to EX-234).</summary>
    internal static void UnpackLegal(Core core, ulong spsr)
    {
        core.Pstate.EL = (byte)((spsr >> 2) & 3);
        core.Pstate.SP = Has(spsr, 0);
        core.Pstate.IL = (spsr & IL) != 0;
        core.Pstate.UAO = core.Have.UAO && Has(spsr, 23);
        core.Pstate.DIT = core.Have.DIT && Has(spsr, 24);
        core.Pstate.SSBS = core.Have.SSBS && Has(spsr, 12);
        core.Pstate.TCO = core.Have.MTE && Has(spsr, 25);
        core.SetBranchType((int)(spsr >> BtypeShift) & 3);
    }

    private static ulong Bit(bool set, int n) => set ? 1UL << n : 0;

    private static bool Has(ulong value, int n) => (value >> n & 1) != 0;
}
