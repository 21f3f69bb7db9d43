using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Translation;

/// <summary>AT instructions: the result of a translation in PAR_EL1.</summary>
/// <remarks>
/// Stage 1 and stage 2 are off throughout for now: VA = PA, Device-nGnRnE, Outer Shareable. Source: DDI 0601, PAR_EL1;
/// DDI 0487, "The effects of disabling an address translation stage".
/// </remarks>
internal static class AddressTranslation
{
    private const ulong PaMask = 0x000f_ffff_ffff_f000;
    private const ulong Fault = 1;
    private const ulong Res1 = 1UL << 11;
    private const ulong NonSecure = 1UL << 9;
    private const ulong OuterShareable = 2UL << 7;

    internal static void Execute(Core core, int regime, ulong address)
    {
        ulong untagged = Exceptions.BranchAddress.OfExceptionReturn(core, address, regime);
        core.System[Slots.PAR_EL1] = Regime.InPhysicalRange(core, untagged)
            ? (untagged & PaMask) | Res1 | NonSecure | OuterShareable
            : Res1 | Fault; // FST 0: Address size fault, level 0
    }
}
