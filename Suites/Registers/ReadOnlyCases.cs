using Conformance.Harness.Cases;
using Conformance.Suites.Access;
using static Conformance.Harness.Programs.Reg;

namespace Conformance.Suites.Registers;

/// <summary>Each register that can be read and not written: its reserved bits are hardwired, RES0 to 0 and RES1 to 1.</summary>
internal static class ReadOnlyCases
{
    internal static IEnumerable<Case> All(SuiteTarget target)
    {
        var access = AccessTarget.Of(target);
        foreach (string register in LayoutCases.Readable(target).Where(r => !LayoutCases.CanSet(r, target)))
        {
            (_, ulong zeros, ulong ones) = HeldBits.Masks(register, 0, access.Baseline);
            if ((zeros | ones) != 0)
            {
                yield return Say.That($"reserved/{register.ToLowerInvariant()}", $"The reserved bits of {register} read as they must", Say.Rule(register))
                    .At(target.HighestLevel).Code(a => a.Mrs(X2, register)).Completes().SeesX(2, ones, zeros | ones).Build();
            }
        }
    }
}
