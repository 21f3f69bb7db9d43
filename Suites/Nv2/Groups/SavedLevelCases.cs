using Conformance.Harness.Cases;
using Conformance.Harness.Programs;

namespace Conformance.Suites.Nv2.Groups;

/// <summary>What an exception from EL1 to EL1 saves as its origin under each pattern, and that it leaves the page alone (F069, EX-028, EX-063).</summary>
internal static class SavedLevelCases
{
    internal static IEnumerable<Case> All(SuiteTarget target)
    {
        foreach (Nvx nvx in Nvx.Defined)
        {
            foreach (bool sp in new[] { false, true })
            {
                yield return Svc(nvx, sp);
            }

            yield return CurrentEl(nvx);
        }
    }

    private static Case Svc(Nvx nvx, bool sp)
    {
        Spsr pstate = Spsr.At(1).With(Spsr.Sp, sp).With(Spsr.N | Spsr.C);
        return CaseBuilder.Case(
                $"nv2/saved-level/svc-nv{nvx.Label}-el1{(sp ? 'h' : 't')}",
                $"SVC from EL1 to EL1, NVx={nvx.Label}: SPSR_EL1.M[3:2] shows EL{ShownLevel(nvx)}, and nothing goes to memory")
            .Rules("F069", "EX-028", "EX-063").Needs("FEAT_NV2")
            .Change("HCR_EL2", nvx.Hcr, Nvx.Mask)
            .Fill(GuestMemory.Vncr, AccessStory.PageSize, 0x1111_2222_3333_4444, 0x0101_0101_0101_0101)
            .Pstate(pstate).Code(new Assembler(GuestMemory.Code).Svc(0x4E56).Words()[0])
            .Takes(1, vector: sp ? 0x200u : 0x000u, esr: 0x5600_4E56, elr: GuestMemory.Code + 4, spsr: pstate.WithLevel(ShownLevel(nvx)))
            .Sees(FieldNames.Changed(GuestMemory.Vncr, AccessStory.PageSize), 0)
            .Build();
    }

    private static Case CurrentEl(Nvx nvx) => CaseBuilder.Case(
            $"nv2/saved-level/currentel-nv{nvx.Label}",
            $"MRS CurrentEL at EL1, NVx={nvx.Label}: EL{(nvx.Nv ? 2 : 1)}")
        .Rules("F059", "F067").Needs("FEAT_NV2")
        .Change("HCR_EL2", nvx.Hcr, Nvx.Mask)
        .At(1).X(Reg.X5, 0xFFFF_FFFF_FFFF_FFFF).Code(new Assembler(GuestMemory.Code).Mrs(Reg.X5, "CurrentEL").Words()[0])
        .Completes().Sees(FieldNames.General(Reg.X5), nvx.Nv ? 8u : 4u)
        .Build();

    /// <summary>EX-063, in its own words: EL2 for {NV,NV1,NV2} = {1,0,0}, {1,0,1}, {1,1,1}; EL1 for {1,1,0} and for NV = 0.</summary>
    private static int ShownLevel(Nvx nvx) => (nvx.Nv, nvx.Nv1, nvx.Nv2) switch
    {
        (true, false, _) => 2,
        (true, true, true) => 2,
        _ => 1,
    };
}
