using Conformance.Harness.Cases;
using Conformance.Suites.Access;

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

    /// <summary>Controls that would trap or route what the other cases of the page do not expect; they have cases of their own.</summary>
    private static bool Acts(string register) =>
        register.StartsWith("HFG", StringComparison.Ordinal) || register.StartsWith("HDFG", StringComparison.Ordinal)
        || register is "HCR_EL2" or "HCRX_EL2" or "SCTLR_EL1" or "SCTLR_EL2" or "MDCR_EL2";
}
