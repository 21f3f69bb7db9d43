using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.Registers.Say;

namespace Conformance.Suites.Registers;

/// <summary>Debug registers that are views of each other: the OS Lock and what it opens, the CLAIM tags.</summary>
/// <remarks>Source: DDI 0601, OSLAR_EL1, OSLSR_EL1, OSECCR_EL1, EDECCR, DBGCLAIMSET_EL1, DBGCLAIMCLR_EL1 (eight tags).</remarks>
internal static class DebugCases
{
    internal static IEnumerable<CaseBuilder> All() =>
    [
        That("debug/os-lock", "OSLAR_EL1 bit 0 closes and opens the OS Lock, bit 1 does nothing; OSLSR_EL1 shows it", Rule("OSLAR_EL1"), Rule("OSLSR_EL1"))
            .X(0, 1).X(1, 2).At(1)
            .Code(a => a.Msr("OSLAR_EL1", X0).Isb().Mrs(X2, "OSLSR_EL1").Msr("OSLAR_EL1", X1).Isb().Mrs(X3, "OSLSR_EL1"))
            .Completes().SeesX(2, 0xA, 0xF).SeesX(3, 8, 0xF),
        That("debug/claim-tags", "DBGCLAIMSET_EL1 sets tags and reads as all of them; DBGCLAIMCLR_EL1 clears tags and shows them", Rule("DBGCLAIMSET_EL1"), Rule("DBGCLAIMCLR_EL1"))
            .X(0, 0xFF).X(1, 0xA5).X(2, 0x21).At(1)
            .Code(a => a.Msr("DBGCLAIMCLR_EL1", X0).Isb().Mrs(X3, "DBGCLAIMCLR_EL1").Msr("DBGCLAIMSET_EL1", X1).Isb().Mrs(X4, "DBGCLAIMCLR_EL1")
                .Mrs(X5, "DBGCLAIMSET_EL1").Msr("DBGCLAIMCLR_EL1", X2).Isb().Mrs(X6, "DBGCLAIMCLR_EL1").Msr("DBGCLAIMSET_EL1", X0).Isb()
                .Mrs(X7, "DBGCLAIMCLR_EL1").Msr("DBGCLAIMCLR_EL1", X0))
            .Completes().SeesX(3, 0).SeesX(4, 0xA5).SeesX(5, 0xFF).SeesX(6, 0x84).SeesX(7, 0xFF),
        That("debug/oseccr", "OSECCR_EL1 is EDECCR while the OS Lock is closed, here its NSE1 and NSE2; while it is open a write is ignored", Rule("OSECCR_EL1"))
            .Needs("FEAT_AA64EL2").X(0, 1).X(1, 0x60).At(1)
            .Code(a => a.Msr("OSLAR_EL1", X0).Isb().Msr("OSECCR_EL1", X1).Isb().Mrs(X2, "OSECCR_EL1")
                .Msr("OSLAR_EL1", XZR).Isb().Msr("OSECCR_EL1", XZR).Isb()
                .Msr("OSLAR_EL1", X0).Isb().Mrs(X3, "OSECCR_EL1").Msr("OSECCR_EL1", XZR).Isb().Mrs(X4, "OSECCR_EL1").Msr("OSLAR_EL1", XZR))
            .Completes().SeesX(2, 0x60, 0x60).SeesX(3, 0x60, 0x60).SeesX(4, 0, 0x60),
    ];
}
