using Conformance.Harness.Cases;
using Conformance.Suites.ListRegisters.Cases;
using Conformance.Suites.ListRegisters.Oracle;
using static Conformance.Suites.ListRegisters.Enumerated.Vocabulary;

namespace Conformance.Suites.ListRegisters.Enumerated;

/// <summary>One list register in every state, of every kind, against everything that acknowledges, ends or deactivates.</summary>
internal static class LrStateCases
{
    private const ulong Priority = 0x90;
    private const ulong Higher = 0x40;

    private enum Kind
    {
        Plain,
        Eoi,
        Hardware,
    }

    private enum Running
    {
        Idle,
        Own,
        Other,
        Higher,
    }

    private static readonly GicAccess[] s_accesses =
        [new(Op.Iar, 0), new(Op.Iar, 1), new(Op.Hppir, 0), new(Op.Hppir, 1), new(Op.Eoir, 0), new(Op.Eoir, 1), new(Op.Dir)];

    internal static IEnumerable<Case> All(CaseMaker make)
    {
        foreach (LrState state in States)
        {
            foreach (Kind kind in Enum.GetValues<Kind>())
            {
                if (kind == Kind.Hardware && state == LrState.PendingActive)
                {
                    continue; // unpredictable to write (GV-045)
                }

                foreach (int group in Groups)
                {
                    foreach (ulong intId in (ulong[])[Spi, Lpi])
                    {
                        foreach (Case c in Of(make, state, kind, group, intId))
                        {
                            yield return c;
                        }
                    }
                }
            }
        }
    }

    private static IEnumerable<Case> Of(CaseMaker make, LrState state, Kind kind, int group, ulong intId)
    {
        var lr = ListRegister.Of(state, intId, Priority, group, eoi: kind == Kind.Eoi, physical: kind == Kind.Hardware ? Physical : null);
        foreach (Running running in Enum.GetValues<Running>())
        {
            foreach (bool split in Both)
            {
                foreach (bool enabled in Both)
                {
                    if (!enabled && running > Running.Own)
                    {
                        continue;
                    }

                    VirtualState s = make.Idle.WithLr(0, lr);
                    s = s with { Vmcr = s.Vmcr | (split ? VirtualState.VmcrEoim : 0), Hcr = enabled ? VirtualState.HcrEn : 0 };
                    s = running switch
                    {
                        Running.Own => s.WithActive(group, Level(make.Sizes, Priority)),
                        Running.Other => s.WithActive(1 - group, Level(make.Sizes, Priority)),
                        Running.Higher => s.WithActive(group, Level(make.Sizes, Higher) | Level(make.Sizes, Priority)),
                        _ => s,
                    };
                    foreach (GicAccess access in s_accesses)
                    {
                        GicAccess a = access.IsWrite ? access with { Value = intId } : access;
                        string name = $"{Vocabulary.Word(state)}-{kind}-g{group}-{(intId == Lpi ? "lpi" : "spi")}-{running}"
                            + $"{(split ? "-split" : "")}{(enabled ? "" : "-off")}-{Word(a)}";
                        yield return make.Single($"states/{name.ToLowerInvariant()}", s, a);
                    }
                }
            }
        }
    }
}
