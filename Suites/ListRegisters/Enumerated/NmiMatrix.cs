using Conformance.Harness.Cases;
using Conformance.Suites.ListRegisters.Cases;
using Conformance.Suites.ListRegisters.Oracle;
using static Conformance.Suites.ListRegisters.Enumerated.Vocabulary;

namespace Conformance.Suites.ListRegisters.Enumerated;

/// <summary>Interrupts with superpriority beside others, under every control, and to their end (GV-150 to GV-157).</summary>
internal static class NmiMatrix
{
    /// <summary>What a list register holds.</summary>
    private static readonly (string Name, ListRegister Value)[] s_contents =
    [
        ("nmi", Of(LrState.Pending, nmi: true)), ("active-nmi", Of(LrState.Active, nmi: true)), ("both-nmi", Of(LrState.PendingActive, nmi: true)),
        ("g1-00", Of(LrState.Pending, 0)), ("g1-40", Of(LrState.Pending, 0x40)), ("g0-00", Of(LrState.Pending, 0, group: 0)),
        ("active-00", Of(LrState.Active, 0)), ("none", default),
    ];

    internal static IEnumerable<Case> All(CaseMaker make) => !make.Sizes.Nmi ? []
        : make.Sizes.ListRegisters > 1 ? Winners(make).Concat(Ends(make)).Concat(Grouped(make)).Concat(Open(make)).Concat(ActiveBit(make))
        : Ends(make).Concat(Grouped(make)).Concat(Open(make)).Concat(ActiveBit(make));

    /// <summary>Two list registers, every enable: who wins, who is told of it, who is acknowledged.</summary>
    private static IEnumerable<Case> Winners(CaseMaker make)
    {
        foreach ((string first, ListRegister one) in s_contents.Where(c => c.Value.State is LrState.Pending or LrState.PendingActive))
        {
            foreach ((string second, ListRegister other) in s_contents)
            {
                if (!one.HasNmiBit && !other.HasNmiBit)
                {
                    continue;
                }

                for (int enables = 0; enables < 8; enables++)
                {
                    foreach (bool apart in Both)
                    {
                        VirtualState s = make.Idle.WithLr(0, one).WithLr(make.Sizes.ListRegisters - 1, Other(other)) with { NmiEnabled = apart };
                        s = s with { Hcr = (ulong)enables >> 2, Vmcr = Field(s.Vmcr, 0, 3, (ulong)enables & 3) };
                        foreach (GicAccess access in (GicAccess[])[new(Op.Iar, 0), new(Op.Iar, 1), new(Op.Hppir, 0), new(Op.Hppir, 1), .. Apart(apart)])
                        {
                            yield return make.Single($"nmi/winner-{first}-{second}-enables{enables}{Word(apart, "-apart", "")}-{Word(access)}", s, access);
                        }
                    }
                }
            }
        }
    }

    /// <summary>EOIR and DIR in both modes, of an NMI and of another, whatever is active.</summary>
    private static IEnumerable<Case> Ends(CaseMaker make)
    {
        foreach ((string name, ListRegister lr) in s_contents.Where(c => c.Value.State != LrState.Pending))
        {
            foreach ((string running, VirtualState start) in Running(make))
            {
                foreach (bool split in Both)
                {
                    foreach (bool linked in lr.State == LrState.Active ? Both : [false])
                    {
                        ulong link = linked ? ListRegister.HwBit | Physical << ListRegister.PhysicalAt : 0;
                        VirtualState s = start.WithLr(0, new ListRegister(lr.Value | link)) with { Vmcr = start.Vmcr | (split ? VirtualState.VmcrEoim : 0) };
                        foreach (GicAccess access in (GicAccess[])[new(Op.Eoir, 0, Value: Spi), new(Op.Eoir, 1, Value: Spi), new(Op.Eoir, 1, Value: Lpi), new(Op.Dir, Value: Spi)])
                        {
                            yield return make.Single(
                                $"nmi/end-{name}-{running}{Word(linked, "-linked", "")}{Word(split, "-split", "")}-{Word(access)}{(access.Value == Lpi ? "-lpi" : "")}", s, access);
                        }
                    }
                }
            }
        }
    }

    /// <summary>No binary point and no mask keeps an NMI from preempting; an ordinary interrupt of priority 0 they do.</summary>
    private static IEnumerable<Case> Grouped(CaseMaker make)
    {
        foreach (ListRegister lr in (ListRegister[])[Of(LrState.Pending, nmi: true), Of(LrState.Pending, 0)])
        {
            foreach ((string running, VirtualState start) in Running(make))
            {
                for (ulong point = 0; point < 8; point++)
                {
                    foreach (ulong mask in (ulong[])[0xFF, 0])
                    {
                        ulong vmcr = mask << VirtualState.VpmrAt | point << VirtualState.Vbpr0At | point << VirtualState.Vbpr1At
                            | ((point & 1) != 0 ? VirtualState.VmcrCbpr : 0) | 3;
                        VirtualState s = start.WithLr(0, lr) with { Vmcr = make.Oracle.LegalVmcr(vmcr, secure: false, new RuleSet()) };
                        yield return make.Single($"nmi/point{point}-{(lr.HasNmiBit ? "nmi" : "00")}-{running}-mask-{Hex(mask)}-iar1", s, new(Op.Iar, 1));
                    }
                }
            }
        }
    }

    /// <summary>The bit of an LPI or of a Group 0 interrupt: superpriority, or nothing but a bit to be read back (GV-154).</summary>
    private static IEnumerable<Case> Open(CaseMaker make)
    {
        var other = new CaseMaker(new VirtualInterface(make.Sizes with { NmiOfAll = true }));
        foreach (bool lpi in Both)
        {
            ListRegister lr = ListRegister.Of(LrState.Pending, lpi ? Lpi : Spi, 0x80, lpi ? 1 : 0, nmi: true);
            foreach ((string running, VirtualState start) in Running(make))
            {
                foreach (ulong mask in (ulong[])[0xFF, 0x50])
                {
                    foreach (bool apart in lpi ? Both : [false])
                    {
                        VirtualState s = start.WithLr(0, lr) with { Vmcr = Field(start.Vmcr, VirtualState.VpmrAt, 0xFF, mask & make.Sizes.PriorityMask), NmiEnabled = apart };
                        foreach (GicAccess access in (GicAccess[])[new(Op.Iar, 0), new(Op.Iar, 1), new(Op.Hppir, 0), new(Op.Hppir, 1), .. Apart(apart)])
                        {
                            string name = $"nmi/open-{(lpi ? "lpi" : "g0")}-{running}-mask-{Hex(mask)}{Word(apart, "-apart", "")}-{Word(access)}";
                            yield return Either(make.Single(name, s, access, 154), other.Single(name, s, access, 154), told: lpi || access.Op == Op.Hppir || access.Group == 1);
                        }
                    }
                }
            }
        }
    }

    /// <summary>AP1R0.NMI by each of its names, and what a drop leaves of it.</summary>
    private static IEnumerable<Case> ActiveBit(CaseMaker make)
    {
        foreach (ulong levels in (ulong[])[0, 1, 0x8000_0000, 0x0101_0000])
        {
            ulong value = 1UL << 63 | levels;
            string name = $"nmi/active-{levels:x}";
            yield return make.Sequence($"{name}-written", "An NMI made active is the running priority until a drop", make.Idle with { NmiEnabled = true },
                [new(Op.SetAp, 1, 0, value), new(Op.Rpr), new(Op.ReadAp, 1, 0), new(Op.Eoir, 1, Value: Lpi), new(Op.Rpr)], 155, 156);
            VirtualState s = make.Idle.WithActive(1, levels) with { NmiActive = true };
            yield return make.Single($"{name}-cleared-by-el1", s, new(Op.WriteAp, 1, 0, 0), 155);
            yield return make.Single($"{name}-read-by-el1", s, new(Op.ReadAp, 1, 0));
            yield return make.Single($"{name}-group-0", make.Idle.WithActive(0, levels), new(Op.SetAp, 0, 0, value), 95);
        }
    }

    /// <summary>One case that allows what either of two allows.</summary>
    /// <param name="ignored">The bit counts as 0.</param>
    /// <param name="counts">The bit gives superpriority.</param>
    /// <param name="told">Where an acknowledge of the second kind is remembered is said.</param>
    private static Case Either(Case ignored, Case counts, bool told)
    {
        Step one = ignored.Steps[0];
        IEnumerable<Outcome> more = counts.Steps[0].Allowed.Select(o => new Outcome(
            $"superpriority: {o.Name}", [.. o.Fields.Where(f => told || !f.Field.StartsWith("ICH_AP", StringComparison.Ordinal))]));
        return ignored with
        {
            Rules = [.. ignored.Rules.Union(counts.Rules).Order(StringComparer.Ordinal)],
            Steps = [one with { Allowed = [.. one.Allowed.Select(o => new Outcome($"ignored: {o.Name}", o.Fields)), .. more] }],
        };
    }

    private static IEnumerable<(string Name, VirtualState State)> Running(CaseMaker make)
    {
        yield return ("idle", make.Idle);
        yield return ("running-00", make.Idle.WithActive(1, 1));
        yield return ("running-g0-00", make.Idle.WithActive(0, 1));
        yield return ("running-40", make.Idle.WithActive(1, Level(make.Sizes, 0x40)));
        yield return ("running-nmi", make.Idle with { NmiActive = true });
        yield return ("running-nmi-00", make.Idle.WithActive(1, 1) with { NmiActive = true });
        yield return ("running-nmi-g0-40", make.Idle.WithActive(0, Level(make.Sizes, 0x40)) with { NmiActive = true });
    }

    private static GicAccess[] Apart(bool apart) => apart ? [new(Op.Nmiar, 1)] : [];

    private static ListRegister Of(LrState state, ulong priority = 0, int group = 1, bool nmi = false) => ListRegister.Of(state, Spi, priority, group, nmi: nmi);

    /// <summary>The same of another interrupt.</summary>
    private static ListRegister Other(ListRegister lr) => lr.IsValid ? new ListRegister(lr.Value - Spi + OtherSpi) : lr;
}
