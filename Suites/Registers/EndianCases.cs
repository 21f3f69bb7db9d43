using Conformance.Harness.Cases;
using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.ControlBits;
using static Conformance.Suites.Registers.Say;

namespace Conformance.Suites.Registers;

/// <summary>The byte order of data: SCTLR_ELx.EE for the level itself, SCTLR_ELx.E0E for EL0, and which SCTLR it is.</summary>
/// <remarks>Source: DDI 0601, SCTLR_EL1.{EE, E0E}, SCTLR_EL2.{EE, E0E}. An implementation need not have both orders (FEAT_MixedEnd).</remarks>
internal static class EndianCases
{
    private const ulong E0E = Sctlr.E0E;
    private const ulong EE = Sctlr.EE;
    private const ulong Both = E0E | EE;
    private const ulong Host = Hcr.E2H | Hcr.TGE;
    private const ulong Little = 0x0102_0304_0506_0708;
    private const ulong Big = 0x0807_0605_0403_0201;

    internal static IEnumerable<CaseBuilder> All()
    {
        foreach ((string name, int level, ulong hcr, ulong order1, ulong order2, bool big) in ((string, int, ulong, ulong, ulong, bool)[])
        [
            ("el0-e0e", 0, 0, E0E, 0, true), ("el0-ee", 0, 0, EE, 0, false), ("el0-of-el2", 0, 0, 0, EE, false),
            ("el0-host-e0e", 0, Host, EE, E0E, true), ("el0-host-ee", 0, Host, Both, EE, false),
            ("el0-e2h", 0, Hcr.E2H, E0E, 0, true), ("el0-e2h-of-el2", 0, Hcr.E2H, 0, Both, false),
            ("el1-ee", 1, 0, EE, 0, true), ("el1-e0e", 1, 0, E0E, 0, false), ("el1-of-el2", 1, 0, 0, EE, false),
            ("el2-ee", 2, 0, 0, EE, true), ("el2-of-el1", 2, 0, Both, 0, false), ("el2-e2h-e0e", 2, Hcr.E2H, Both, E0E, false),
            ("el2-host-ee", 2, Host, 0, EE, true),
        ])
        {
            yield return That($"endian/{name}", $"Data at EL{level} is {(big ? "big" : "little")}-endian", Rule((hcr == Host && level == 0) || level == 2 ? "SCTLR_EL2" : "SCTLR_EL1"))
                .Needs("FEAT_MixedEnd", "FEAT_AA64EL2", (hcr & Hcr.E2H) != 0 ? "FEAT_VHE" : "FEAT_E2H0")
                .Needs((order2 & EE) != 0 ? ["FEAT_AA64EL3"] : []) // an executive at EL2 needs the byte order it runs in
                .Change("HCR_EL2", hcr).Change("SCTLR_EL1", order1, Both).Change("SCTLR_EL2", order2, Both)
                .Memory(GuestMemory.Data, Little).X(1, GuestMemory.Data).X(2, Little).At(level)
                .Code(a => a.Ldr(X3, X1).Str(X2, X1, 8).Ldrb(X4, X1, 8)).Completes().SeesX(3, big ? Big : Little).SeesX(4, big ? 1UL : 8);
        }

        yield return That("endian/msr", "SCTLR_EL1.EE written at EL1 holds after an ISB", Rule("SCTLR_EL1")).Needs("FEAT_MixedEnd")
            .Memory(GuestMemory.Data, Little).X(1, GuestMemory.Data).X(2, EE).At(1)
            .Code(a => a.Ldr(X3, X1).Mrs(X4, "SCTLR_EL1").Orr(X5, X4, X2).Msr("SCTLR_EL1", X5).Isb().Ldr(X6, X1).Msr("SCTLR_EL1", X4).Isb().Ldr(X7, X1))
            .Completes().SeesX(3, Little).SeesX(6, Big).SeesX(7, Little);
    }
}
