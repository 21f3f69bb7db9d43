using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.Registers.Say;

namespace Conformance.Suites.Registers;

/// <summary>The limits of a LORegion hold an address, where LORID_EL1 says that there are regions; else they are RES0.</summary>
/// <remarks>Source: DDI 0601, LORSA_EL1, LOREA_EL1, LORID_EL1.LR.</remarks>
internal static class RegionCases
{
    private const ulong Address = 0x0000_FFFF_FFFF_0000;
    private const ulong LargeAddress = 0x000F_FFFF_FFFF_0000; // FEAT_LPA: bits 51:48 besides
    private const uint CsetX5Ne = 0x9A9F_07E5;

    internal static IEnumerable<CaseBuilder> All()
    {
        foreach (string register in (string[])["LORSA_EL1", "LOREA_EL1"])
        {
            foreach ((string name, ulong value) in ((string, ulong)[])[("ones", ulong.MaxValue), ("zeros", 0), ("pattern", 0x5A5A_A5A5_3C3C_C3C3)])
            {
                foreach (bool large in (bool[])[false, true])
                {
                    ulong held = large ? LargeAddress : Address;
                    yield return That($"regions/{register.ToLowerInvariant()}-{name}{(large ? "-lpa" : "")}", $"{register} keeps an address ({name}), if there are LORegions", Rule(register))
                        .Needs("FEAT_LOR", large ? "FEAT_LPA" : "!FEAT_LPA").X(1, value & held).X(6, 0xFF).At(2)
                        .Code(a => a.Mrs(X0, register).Msr(register, X1).Isb().Mrs(X2, register).Msr(register, X0).Mrs(X4, "LORID_EL1").And(X4, X4, X6).Cmp(X4, XZR).Word(CsetX5Ne))
                        .Outcome("regions").Completes().SeesX(5, 1).SeesX(2, value & held, LargeAddress)
                        .Or("no regions").Completes().SeesX(5, 0).SeesX(2, 0);
                }
            }
        }
    }
}
