using Conformance.Harness.Cases;
using Conformance.Suites.ListRegisters.Cases;
using Conformance.Suites.ListRegisters.Oracle;
using static Conformance.Suites.ListRegisters.Enumerated.Vocabulary;

namespace Conformance.Suites.ListRegisters.Enumerated;

/// <summary>Two list registers, and which of them wins: state, group, priority and enables of both.</summary>
internal static class WinnerCases
{
    private const ulong Middle = 0x80;

    private static readonly LrState[] s_states = [LrState.Pending, LrState.Active, LrState.PendingActive];

    internal static IEnumerable<Case> All(CaseMaker make)
    {
        int count = make.Sizes.ListRegisters;
        if (count < 2)
        {
            yield break;
        }

        foreach (LrState first in s_states)
        {
            foreach (LrState second in s_states)
            {
                foreach (ulong priority in (ulong[])[0x40, Middle, 0xC0])
                {
                    for (int bits = 0; bits < 16; bits++)
                    {
                        (int group0, int group1, ulong enables) = (bits & 1, bits >> 1 & 1, (ulong)bits >> 2);
                        VirtualState s = make.Idle
                            .WithLr(0, ListRegister.Of(first, Spi, Middle, group0))
                            .WithLr(count - 1, ListRegister.Of(second, OtherSpi, priority, group1));
                        s = s with { Vmcr = Field(s.Vmcr, 0, 3, enables) };
                        foreach (GicAccess access in (GicAccess[])[new(Op.Iar, 0), new(Op.Iar, 1), new(Op.Hppir, 0), new(Op.Hppir, 1)])
                        {
                            yield return make.Single(
                                $"winner/{Word(first)}-g{group0}-{Word(second)}-g{group1}-{Hex(priority)}-enabled{enables}-{Word(access)}", s, access);
                        }
                    }
                }
            }
        }
    }
}
