using Conformance.Harness.Cases;
using Conformance.Suites.Access;
using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.ControlBits;

namespace Conformance.Suites.Registers;

/// <summary>All registers hold values of their own at the same time: none is another by a second name.</summary>
/// <remarks>
/// Every register that can be given a value without disturbing anything is given one before the case; each case reads some
/// of them. A device that keeps two registers in one place shows the second value in both.
/// </remarks>
internal static class ApartCases
{
    private const int AtATime = 24;

    internal static IEnumerable<Case> All(SuiteTarget target, ulong seed)
    {
        var access = AccessTarget.Of(target);
        List<(string Register, ulong Value, ulong Mask)> set = [];
        foreach (string register in LayoutCases.Readable(target).Where(r => LayoutCases.CanSet(r, target) && SafeBits.MayPreset(r, target.HighestLevel)))
        {
            ulong neutral = Backgrounds.Of(register, access.Baseline);
            RegisterPlan plan = RegisterPlan.Of(register, neutral, access.Baseline);
            ulong mask = plan.Vary & plan.Compare;
            if (System.Numerics.BitOperations.PopCount(mask) >= 8 && !Acts(register))
            {
                set.Add((register, (neutral & ~mask) | (new Dice(seed, register).Next() & mask), mask));
            }
        }

        for (int first = 0; first < set.Count; first += AtATime)
        {
            (string Register, ulong Value, ulong Mask)[] read = [.. set.Skip(first).Take(AtATime)];
            CaseBuilder sentence = Say.That(
                $"apart/{first / AtATime}", $"{read[0].Register} to {read[^1].Register} keep their values while all other registers have theirs",
                [.. read.Select(r => Say.Rule(r.Register))]);
            foreach ((string register, ulong value, _) in set)
            {
                sentence.Set(register, value);
            }

            sentence.At(target.HighestLevel).Code(a => read.Index().Aggregate(a, (code, r) => code.Mrs(r.Index, r.Item.Register))).Completes();
            foreach ((int n, (_, ulong value, ulong mask)) in read.Index())
            {
                sentence.SeesX(n, value, mask);
            }

            yield return sentence.Build();
        }
    }

    /// <summary>
    /// Registers whose contents are IMPLEMENTATION DEFINED, by the names that E2H redirects at EL2. What they hold tells nothing,
    /// but writing them must not change any register of EL2 that is known.
    /// </summary>
    internal static IEnumerable<CaseBuilder> Redirected()
    {
        string[] bystanders = ["CONTEXTIDR_EL2", "TTBR0_EL2", "TTBR1_EL2", "MAIR_EL2", "VBAR_EL2", "ELR_EL2", "FAR_EL2", "TPIDR_EL2", "CNTHCTL_EL2"];
        foreach (string register in (string[])["AFSR0", "AFSR1", "AMAIR"])
        {
            CaseBuilder sentence = Say.That(
                $"apart/{register.ToLowerInvariant()}_el1-host", $"E2H: a write of {register}_EL1 at EL2 changes none of {string.Join(", ", bystanders)}", Say.Rule($"{register}_EL2"))
                .Needs("FEAT_VHE").Change("HCR_EL2", Hcr.E2H).X(1, 0xA5A5_5A5A_1234_8765).At(2)
                .Code(a =>
                {
                    a.Mrs(X30, $"{register}_EL2");
                    foreach ((int n, string bystander) in bystanders.Index())
                    {
                        a.Mrs(10 + n, bystander);
                    }

                    a.Msr($"{register}_EL1", X1).Isb();
                    foreach ((int n, string bystander) in bystanders.Index())
                    {
                        a.Mrs(2, bystander).Sub(10 + n, 10 + n, 2);
                    }

                    return a.Msr($"{register}_EL2", X30);
                })
                .Completes();
            yield return bystanders.Index().Aggregate(sentence, (says, bystander) => says.SeesX(10 + bystander.Index, 0));
        }
    }

    /// <summary>Controls that would trap or route what the other cases of the page do not expect; they have cases of their own.</summary>
    private static bool Acts(string register) =>
        register.StartsWith("HFG", StringComparison.Ordinal) || register.StartsWith("HDFG", StringComparison.Ordinal)
        || register is "HCR_EL2" or "HCRX_EL2" or "SCTLR_EL1" or "SCTLR_EL2" or "MDCR_EL2";
}
