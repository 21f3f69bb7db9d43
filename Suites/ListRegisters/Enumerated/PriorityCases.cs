using Conformance.Harness.Cases;
using Conformance.Suites.ListRegisters.Cases;
using Conformance.Suites.ListRegisters.Oracle;
using static Conformance.Suites.ListRegisters.Enumerated.Vocabulary;

namespace Conformance.Suites.ListRegisters.Enumerated;

/// <summary>Priority against mask, against the running priority, and under every binary point.</summary>
internal static class PriorityCases
{
    /// <summary>Pairs of a pending and a running priority that the binary points tell apart.</summary>
    private static readonly (ulong Pending, ulong Running)[] s_pairs =
    [
        (0x00, 0x08), (0x08, 0x10), (0x10, 0x20), (0x20, 0x40), (0x40, 0x80), (0x78, 0x80), (0x80, 0x88), (0x88, 0x90),
        (0x90, 0x98), (0x98, 0x98), (0x98, 0x90), (0xB0, 0xC0), (0xC0, 0xE0), (0xE8, 0xF0), (0xF0, 0xF8), (0x00, 0xF8),
    ];

    internal static IEnumerable<Case> All(CaseMaker make) =>
        Masked(make).Concat(Priorities(make.Sizes).SelectMany(p => Reported(make, p))).Concat(Preempting(make)).Concat(Grouped(make)).Concat(Completing(make)).Concat(Running(make));

    /// <summary>HPPIR shows an interrupt whatever the mask and the running priority are.</summary>
    internal static IEnumerable<Case> Reported(CaseMaker make, ulong priority)
    {
        foreach (int group in Groups)
        {
            foreach (ulong mask in Priorities(make.Sizes))
            {
                VirtualState s = make.Idle.WithLr(0, ListRegister.Of(LrState.Pending, Spi, priority, group)).WithActive(group, Level(make.Sizes, mask));
                s = s with { Vmcr = Field(s.Vmcr, VirtualState.VpmrAt, 0xFF, mask) };
                yield return make.Single($"mask/reported-g{group}-{Hex(priority)}-below-{Hex(mask)}", s, new(Op.Hppir, group));
            }
        }
    }

    private static IEnumerable<Case> Masked(CaseMaker make)
    {
        foreach (int group in Groups)
        {
            foreach (ulong mask in Priorities(make.Sizes))
            {
                foreach (ulong priority in Priorities(make.Sizes))
                {
                    VirtualState s = make.Idle.WithLr(0, ListRegister.Of(LrState.Pending, Spi, priority, group));
                    s = s with { Vmcr = Field(s.Vmcr, VirtualState.VpmrAt, 0xFF, mask) };
                    yield return make.Single($"mask/g{group}-{Hex(priority)}-below-{Hex(mask)}", s, new(Op.Iar, group));
                }
            }
        }
    }

    private static IEnumerable<Case> Preempting(CaseMaker make)
    {
        foreach (int group in Groups)
        {
            foreach (ulong running in Priorities(make.Sizes))
            {
                foreach (ulong priority in Priorities(make.Sizes))
                {
                    int of = (int)(running >> 3 & 1);
                    VirtualState s = make.Idle
                        .WithLr(0, ListRegister.Of(LrState.Pending, Spi, priority, group)).WithActive(of, Level(make.Sizes, running));
                    yield return make.Single($"preempt/g{group}-{Hex(priority)}-running-g{of}-{Hex(running)}", s, new(Op.Iar, group));
                }
            }
        }
    }

    private static IEnumerable<Case> Grouped(CaseMaker make)
    {
        foreach ((ulong point0, ulong point1, bool common) in Points(make.Sizes))
        {
            foreach (int group in Groups)
            {
                foreach ((ulong pending, ulong running) in s_pairs)
                {
                    VirtualState s = With(make.Idle, point0, point1, common)
                        .WithLr(0, ListRegister.Of(LrState.Pending, Spi, pending, group)).WithActive(1 - group, Level(make.Sizes, running));
                    yield return make.Single(
                        $"binary-point/{point0}-{point1}{(common ? "-common" : "")}-g{group}-{Hex(pending)}-running-{Hex(running)}", s, new(Op.Iar, group));
                }

                VirtualState idle = With(make.Idle, point0, point1, common).WithLr(0, ListRegister.Of(LrState.Pending, Spi, 0x98, group));
                yield return make.Single($"binary-point/{point0}-{point1}{(common ? "-common" : "")}-g{group}-idle", idle, new(Op.Iar, group));
            }
        }
    }

    /// <summary>An EOIR for an interrupt of priority 0x98 under every binary point, whichever level its acknowledge recorded.</summary>
    private static IEnumerable<Case> Completing(CaseMaker make)
    {
        foreach ((ulong point0, ulong point1, bool common) in Points(make.Sizes))
        {
            foreach (int group in Groups)
            {
                foreach (bool split in Both)
                {
                    foreach (ulong dropped in (ulong[])[0x98, 0x80, 0x90])
                    {
                        VirtualState s = With(make.Idle, point0, point1, common)
                            .WithLr(0, ListRegister.Of(LrState.Active, Spi, 0x98, group)).WithActive(group, Level(make.Sizes, dropped));
                        s = s with { Vmcr = s.Vmcr | (split ? VirtualState.VmcrEoim : 0) };
                        yield return make.Single(
                            $"completion/{point0}-{point1}{(common ? "-common" : "")}-g{group}{(split ? "-split" : "")}-{Hex(dropped)}", s,
                            new(Op.Eoir, group, Value: Spi));
                    }
                }
            }
        }
    }

    /// <summary>The running priority with one level active, with two, and with controls that must not matter.</summary>
    private static IEnumerable<Case> Running(CaseMaker make)
    {
        int levels = 1 << make.Sizes.PreemptionBits;
        for (int level = 0; level < levels; level++)
        {
            foreach (int group in Groups)
            {
                VirtualState s = make.Idle.WithActive(group, UInt128.One << level);
                VirtualState two = s.WithActive(1 - group, UInt128.One << (level * 7 % levels) | UInt128.One << (levels - 1));
                yield return make.Single($"running/{level}-g{group}", s, new(Op.Rpr));
                yield return make.Single($"running/{level}-g{group}-and-more", two, new(Op.Rpr));
                yield return make.Single($"running/{level}-g{group}-off", s with { Hcr = 0, Vmcr = make.Oracle.LegalVmcr(0x00FC_0010, false, new RuleSet()) }, new(Op.Rpr));
                yield return make.Single($"running/{level}-g{group}-drop", two, new(Op.Eoir, group, Value: Lpi));
                yield return make.Single($"running/{level}-g{group}-drop-other", two, new(Op.Eoir, 1 - group, Value: Lpi));
            }
        }
    }

    private static IEnumerable<(ulong Point0, ulong Point1, bool Common)> Points(Sizes sizes)
    {
        for (ulong point0 = sizes.Minimum0; point0 <= 7; point0++)
        {
            for (ulong point1 = sizes.Minimum1(secure: false); point1 <= 7; point1++)
            {
                yield return (point0, point1, false);
                yield return (point0, point1, true);
            }
        }
    }

    private static VirtualState With(VirtualState s, ulong point0, ulong point1, bool common) => s with
    {
        Vmcr = Field(Field(s.Vmcr, VirtualState.Vbpr0At, 7, point0), VirtualState.Vbpr1At, 7, point1) | (common ? VirtualState.VmcrCbpr : 0),
    };
}
