using System.Globalization;
using Conformance.Harness.Cases;
using Conformance.Suites.ListRegisters.Cases;
using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.ListRegisters.Directed.Say;

namespace Conformance.Suites.ListRegisters.Directed;

/// <summary>Which registers exist, and what ICH_VTR_EL2 may say (GV-001 to GV-005).</summary>
internal static class IdentificationCases
{
    private const int MostListRegisters = 16;
    private const int MostActiveRegisters = 4;

    internal static IEnumerable<CaseBuilder> All(CaseMaker make, SuiteTarget target)
    {
        yield return That("identification/vtr-write", "There is no write of ICH_VTR_EL2", 1)
            .At(2).Code(a => a.Msr("ICH_VTR_EL2", X0)).Takes(2, 0x200, Undefined);
        yield return That("identification/vtr-constant", "ICH_VTR_EL2 stays as it is, whatever is set", 1, 133)
            .Virtual().At(2).X(0, 0xFFFF_FFFF)
            .Code(a => a.Mrs(X2, "ICH_VTR_EL2").Msr("ICH_HCR_EL2", X0).Msr("ICH_VMCR_EL2", X0).Isb().Mrs(X3, "ICH_VTR_EL2").Sub(X4, X3, X2))
            .Completes().SeesX(4, 0);
        yield return That("identification/vtr-bits", "Priority and preemption bits are 5 to 7, and no more can preempt than exist", 2)
            .At(2).Code(a => a.Mrs(X2, "ICH_VTR_EL2"))
            .Completes().SeesAny("X2", [.. from pri in Enumerable.Range(4, 3) from pre in Enumerable.Range(4, pri - 3)
                                           select new MaskedValue((ulong)pri << 29 | (ulong)pre << 26, 0x3FUL << 26)]);
        yield return That("identification/vtr-injection", "Without direct injection of virtual interrupts DVIM does not exist", 3)
            .Needs("!FEAT_GICv4p1").At(2).Code(a => a.Mrs(X2, "ICH_VTR_EL2"))
            .Outcome("GICv3").Completes().SeesX(2, 1UL << 20, 1UL << 20 | 1UL << 18)
            .Or("GICv4.0").Completes().SeesX(2, 0, 1UL << 20);
        foreach (CaseBuilder sentence in Absent(make, target))
        {
            yield return sentence;
        }
    }

    private static IEnumerable<CaseBuilder> Absent(CaseMaker make, SuiteTarget target)
    {
        foreach (int level in Enumerable.Range(2, target.HighestLevel - 1))
        {
            for (int n = 0; n < MostListRegisters; n++)
            {
                string register = string.Create(CultureInfo.InvariantCulture, $"ICH_LR{n}_EL2");
                foreach (CaseBuilder sentence in Register(register, level, n < make.Sizes.ListRegisters, 4))
                {
                    yield return sentence;
                }
            }
        }

        foreach (int level in Enumerable.Range(1, target.HighestLevel))
        {
            for (int n = 0; n < MostActiveRegisters; n++)
            {
                for (int group = 0; group < 2; group++)
                {
                    string register = string.Create(CultureInfo.InvariantCulture, $"{(level == 1 ? "ICC" : "ICH")}_AP{group}R{n}_EL{Math.Min(level, 2)}");
                    foreach (CaseBuilder sentence in Register(register, level, n < make.Sizes.ActiveRegisters, 5))
                    {
                        yield return sentence;
                    }
                }
            }
        }
    }

    private static IEnumerable<CaseBuilder> Register(string register, int level, bool exists, int rule)
    {
        foreach (bool read in (bool[])[true, false])
        {
            CaseBuilder sentence = That(
                string.Create(CultureInfo.InvariantCulture, $"identification/{register}-at-el{level}-{(read ? "read" : "write")}").ToLowerInvariant(),
                $"{register} at EL{level} {(exists ? "exists" : "is UNDEFINED: ICH_VTR_EL2 says that there are fewer")}", rule)
                .Virtual().At(level).Code(a => read ? a.Mrs(X2, register) : a.Msr(register, XZR));
            yield return exists ? read ? sentence.Completes().SeesX(2, 0) : sentence.Completes() : sentence.Takes(level, 0x200, Undefined);
        }
    }
}
