using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.ControlBits;
using static Conformance.Suites.Registers.Say;

namespace Conformance.Suites.Registers;

/// <summary>DISR_EL1: the register of the PE, that of the guest, or nothing.</summary>
/// <remarks>Source: DDI 0601, DISR_EL1: HCR_EL2.AMO gives EL1 VDISR_EL2; otherwise SCR_EL3.EA makes it RAZ/WI below EL3.</remarks>
internal static class ErrorCases
{
    private const ulong Own = 0x8000_0011;
    private const ulong Guest = 0x8000_0122;
    private const ulong New = 0x8000_0233;
    private const ulong Bits = 0x81FF_FFFF;

    internal static IEnumerable<CaseBuilder> All()
    {
        foreach ((string name, int level, ulong amo, ulong ea, ulong read, ulong ownAfter, ulong guestAfter) in ((string, int, ulong, ulong, ulong, ulong, ulong)[])
        [
            ("el1", 1, 0, 0, Own, New, Guest), ("el1-amo", 1, Hcr.AMO, 0, Guest, Own, New), ("el1-ea", 1, 0, Scr.EA, 0, Own, Guest),
            ("el1-amo-ea", 1, Hcr.AMO, Scr.EA, Guest, Own, New), ("el2", 2, 0, 0, Own, New, Guest), ("el2-amo", 2, Hcr.AMO, 0, Own, New, Guest),
            ("el2-ea", 2, 0, Scr.EA, 0, Own, Guest), ("el3-ea", 3, 0, Scr.EA, Own, New, Guest), ("el3-amo-ea", 3, Hcr.AMO, Scr.EA, Own, New, Guest),
        ])
        {
            CaseBuilder sentence = That($"errors/disr-{name}", $"DISR_EL1 at EL{level} reads 0x{read:x} and {(read == 0 ? "ignores a write" : "is written")}", Rule("DISR_EL1"), Rule("VDISR_EL2"))
                .Needs("FEAT_RAS", "FEAT_AA64EL3").Change("HCR_EL2", amo, Hcr.AMO).Change("SCR_EL3", ea, Scr.EA).X(1, Own).X(2, Guest).X(3, New).At(3);
            yield return sentence.Code(a => a.Msr("DISR_EL1", X1).Msr("VDISR_EL2", X2)).Completes()
                .NextStep().At(level).Code(a => a.Mrs(X4, "DISR_EL1").Msr("DISR_EL1", X3)).Completes().SeesX(4, read, Bits)
                .NextStep().At(3).Code(a => a.Mrs(X5, "DISR_EL1").Mrs(X6, "VDISR_EL2").Msr("DISR_EL1", XZR).Msr("VDISR_EL2", XZR))
                .Completes().SeesX(5, ownAfter, Bits).SeesX(6, guestAfter, Bits);
        }
    }
}
