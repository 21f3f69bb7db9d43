using Conformance.Harness.Cases;
using Conformance.Suites.ListRegisters.Cases;
using Conformance.Suites.ListRegisters.Oracle;
using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.ControlBits;
using static Conformance.Suites.ListRegisters.Directed.Say;

namespace Conformance.Suites.ListRegisters.Directed;

/// <summary>The binary points of a virtual machine of Secure EL2 (GV-058), and En where the Security state has no EL2 (GV-008).</summary>
internal static class SecureCases
{
    internal static IEnumerable<CaseBuilder> All(CaseMaker make, SuiteTarget target)
    {
        if (target.HighestLevel < 3 || !target.Features.Has("FEAT_SEL2"))
        {
            yield break;
        }

        Sizes sizes = make.Sizes;
        for (ulong value = 0; value < 8; value++)
        {
            ulong least = Math.Max(value, sizes.Minimum0);
            yield return Secure($"secure/bpr1-{value}", "The virtual ICC_BPR1_EL1 has the minimum of ICC_BPR0_EL1 in Secure state")
                .X(0, value).At(2).Code(a => a.Msr("ICH_VMCR_EL2", XZR).Isb().Mrs(X2, "ICH_VMCR_EL2")).Completes()
                .SeesX(2, sizes.Minimum0 << 21 | sizes.Minimum0 << 18, 0x3FUL << 18)
                .NextStep().At(1).Code(a => a.Msr("ICC_BPR1_EL1", X0).Isb().Mrs(X2, "ICC_BPR1_EL1").Mrs(X3, "ICC_BPR0_EL1")).Completes()
                .SeesX(2, least, 7).SeesX(3, sizes.Minimum0, 7);
            yield return Secure($"secure/bpr1-common-{value}", "With CBPR the virtual ICC_BPR1_EL1 is ICC_BPR0_EL1 in Secure state, for reads and writes")
                .X(0, value).X(1, VirtualState.VmcrCbpr | 7UL << 18 | 4UL << 21).At(2).Code(a => a.Msr("ICH_VMCR_EL2", X1).Isb()).Completes()
                .NextStep().At(1).Code(a => a.Mrs(X4, "ICC_BPR1_EL1").Msr("ICC_BPR1_EL1", X0).Isb().Mrs(X2, "ICC_BPR1_EL1").Mrs(X3, "ICC_BPR0_EL1")).Completes()
                .SeesX(4, 4, 7).SeesX(2, least, 7).SeesX(3, least, 7)
                .NextStep().At(2).Code(a => a.Mrs(X2, "ICH_VMCR_EL2")).Completes().SeesX(2, least << 21 | 7UL << 18, 0x3FUL << 18);
        }
    }

    private static CaseBuilder Secure(string name, string title) => That(name, title, 58, 17)
        .Needs("FEAT_SEL2", "FEAT_AA64EL3").Set("SCR_EL3", (Baseline.Of("SCR_EL3") & ~Scr.NS) | Scr.EEL2).Virtual();
}
