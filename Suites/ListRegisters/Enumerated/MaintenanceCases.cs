using System.Globalization;
using Conformance.Harness.Cases;
using Conformance.Suites.ListRegisters.Cases;
using Conformance.Suites.ListRegisters.Oracle;
using static Conformance.Suites.ListRegisters.Enumerated.Vocabulary;

namespace Conformance.Suites.ListRegisters.Enumerated;

/// <summary>Each cause of a maintenance interrupt alone and with every other one; which list registers are empty or ended.</summary>
internal static class MaintenanceCases
{
    internal static IEnumerable<Case> All(CaseMaker make, ulong seed) => Causes(make).Concat(Empty(make)).Concat(Many(make, seed)).Concat(Counts(make));

    private static IEnumerable<Case> Causes(CaseMaker make)
    {
        (string Name, ListRegister[] Lrs)[] configurations =
        [
            ("none", []),
            ("pending", [ListRegister.Of(LrState.Pending, Spi, 0x80, 1)]),
            ("active", [ListRegister.Of(LrState.Active, Spi, 0x80, 1)]),
            ("pending-active", [ListRegister.Of(LrState.PendingActive, Spi, 0x80, 0)]),
            ("ended", [ListRegister.Of(LrState.Invalid, Spi, 0x80, 1, eoi: true)]),
            ("two", [ListRegister.Of(LrState.Pending, Spi, 0x80, 1), ListRegister.Of(LrState.Active, OtherSpi, 0x40, 0)]),
            ("one-and-ended", [ListRegister.Of(LrState.Active, Spi, 0x80, 1), ListRegister.Of(LrState.Invalid, OtherSpi, 0x40, 0, eoi: true)]),
            ("two-active", [ListRegister.Of(LrState.Active, Spi, 0x80, 1), ListRegister.Of(LrState.PendingActive, OtherSpi, 0x40, 0)]),
        ];
        foreach ((string name, ListRegister[] lrs) in configurations)
        {
            if (lrs.Length > make.Sizes.ListRegisters)
            {
                continue;
            }

            VirtualState s = make.Idle;
            for (int n = 0; n < lrs.Length; n++)
            {
                s = s.WithLr(make.Sizes.ListRegisters - 1 - n, lrs[n]);
            }

            for (ulong enables = 0; enables < 128; enables++)
            {
                for (ulong groups = 0; groups < 4; groups++)
                {
                    VirtualState off = s with { Hcr = enables << 1, Vmcr = Field(s.Vmcr, 0, 3, groups) };
                    yield return make.Single(
                        string.Create(CultureInfo.InvariantCulture, $"misr/off-{name}-enables-{enables:x2}-groups{groups}"), off.WithEoiCount((int)(enables ^ groups) & 1), new(Op.Misr));
                    foreach (int count in (int[])[0, 1 << (int)(enables % 5)])
                    {
                        VirtualState one = (s with { Hcr = VirtualState.HcrEn | enables << 1, Vmcr = Field(s.Vmcr, 0, 3, groups) }).WithEoiCount(count);
                        yield return make.Single(
                            string.Create(CultureInfo.InvariantCulture, $"misr/{name}-enables-{enables:x2}-groups{groups}-count{count}"), one, new(Op.Misr));
                    }
                }
            }
        }
    }

    /// <summary>One list register in every form, at every place.</summary>
    private static IEnumerable<Case> Empty(CaseMaker make)
    {
        for (int n = 0; n < make.Sizes.ListRegisters; n++)
        {
            foreach (LrState state in States)
            {
                for (ulong bits = 0; bits < 8; bits++)
                {
                    if ((bits & 1) != 0 && state == LrState.PendingActive)
                    {
                        continue;
                    }

                    ulong value = (ulong)state << ListRegister.StateAt | ((bits & 1) != 0 ? ListRegister.HwBit | 0x20UL << ListRegister.PhysicalAt : 0)
                        | ((bits & 2) != 0 && (bits & 1) == 0 ? ListRegister.EoiBit : 0) | ((bits & 4) != 0 ? Spi | 0x80UL << ListRegister.PriorityAt : 0);
                    if ((bits & 3) == 3)
                    {
                        // Bit 41 is one of pINTID here: 0x220 is an interrupt only where the LR is invalid, so that nobody takes it.
                        value = state == LrState.Invalid ? value | ListRegister.EoiBit : value;
                    }

                    VirtualState s = make.Idle.WithLr(n, new ListRegister(value));
                    foreach (Op op in (Op[])[Op.Eisr, Op.Elrsr])
                    {
                        yield return make.Single(
                            string.Create(CultureInfo.InvariantCulture, $"status/lr{n}-{Word(state)}-{bits}-{op}").ToLowerInvariant(), s, new(op));
                    }
                }
            }
        }
    }

    /// <summary>All list registers in forms drawn from the seed.</summary>
    private static IEnumerable<Case> Many(CaseMaker make, ulong seed)
    {
        for (int number = 0; number < 128; number++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"status/many-{number:000}");
            var dice = new Dice(seed, name);
            VirtualState s = make.Idle;
            for (int n = 0; n < make.Sizes.ListRegisters; n++)
            {
                LrState state = dice.Pick(States);
                bool hardware = state != LrState.PendingActive && dice.OneIn(3);
                s = s.WithLr(n, ListRegister.Of(
                    state, Spi + (ulong)n, dice.Next() & 0xFF, dice.Below(2), eoi: dice.OneIn(2), physical: hardware ? Physical + (ulong)n : null));
            }

            s = (s with { Hcr = s.Hcr | (dice.Next() & 0xFE) }).WithEoiCount(dice.Below(4));
            yield return make.Single(name, s, new((Op)((int)Op.Misr + (number % 3))));
        }
    }

    /// <summary>EOIcount from each value: what counts, and what does not.</summary>
    private static IEnumerable<Case> Counts(CaseMaker make)
    {
        for (int count = 0; count < 32; count++)
        {
            foreach (bool split in Both)
            {
                foreach (bool running in Both)
                {
                    foreach (ulong intId in (ulong[])[Spi, Lpi])
                    {
                        foreach (GicAccess access in (GicAccess[])[new(Op.Eoir, 0, Value: intId), new(Op.Eoir, 1, Value: intId), new(Op.Dir, Value: intId)])
                        {
                            VirtualState s = make.Idle.WithEoiCount(count);
                            s = s with
                            {
                                Hcr = s.Hcr | VirtualState.HcrLrenpie,
                                Vmcr = s.Vmcr | (split ? VirtualState.VmcrEoim : 0),
                            };
                            s = running ? s.WithActive(access.Group, Level(make.Sizes, 0x50)) : s;
                            yield return make.Single(
                                string.Create(CultureInfo.InvariantCulture, $"count/{count:00}{(split ? "-split" : "")}{(running ? "-running" : "")}-{intId}-{Word(access)}"),
                                s, access);
                        }
                    }
                }
            }
        }
    }
}
