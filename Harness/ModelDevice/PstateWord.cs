using Conformance.Cpu;

namespace Conformance.ModelDevice;

/// <summary>PSTATE as one word in SPSR layout, as the vectors of the executive can see it: SS, IL and BTYPE are 0 there.</summary>
internal static class PstateWord
{
    internal static ulong Of(Core core)
    {
        ref readonly Pstate p = ref core.Pstate;
        return ((ulong)p.Nzcv << 28) | ((ulong)p.Daif << 6) | ((ulong)p.EL << 2) | Bit(p.SP && p.EL != 0, 0)
        | Bit(p.TCO, 25) | Bit(p.DIT, 24) | Bit(p.UAO, 23) | Bit(p.PAN, 22) | Bit(p.SS, 21) | Bit(p.IL, 20) | Bit(p.ALLINT, 13)
        | Bit(p.SSBS, 12)
        | ((ulong)(uint)core.BranchType << 10);
    }

    private static ulong Bit(bool set, int n) => set ? 1UL << n : 0;
}
