using System.Globalization;
using Conformance.Harness.Cases;
using Conformance.Suites.ListRegisters.Cases;
using Conformance.Suites.ListRegisters.Enumerated;
using Conformance.Suites.ListRegisters.Oracle;

namespace Conformance.Suites.ListRegisters.Sequences;

/// <summary>Draws sequences of accesses that the architecture leaves no choice in, by walking the oracle's state machine.</summary>
/// <remarks>
/// Hypervisor and virtual machine take turns as software does: list registers are filled, interrupts are acknowledged, nested,
/// ended and deactivated, controls change in between. An access with several allowed effects is not taken: after it the state
/// would not be known.
/// </remarks>
internal static class SequenceMaker
{
    internal const int Shortest = 5;
    internal const int Longest = 30;

    private const int Tries = 40;
    private const int ListRegistersUsed = 4;
    private const ulong FirstIntId = 32;

    /// <summary>So many cases of a seed.</summary>
    internal static IEnumerable<Case> All(CaseMaker make, ulong seed, int count)
    {
        for (int number = 0; number < count; number++)
        {
            string text = string.Create(CultureInfo.InvariantCulture, $"{number:0000}");
            (VirtualState start, List<GicAccess> accesses) = Draw(make, new Dice(seed, text));
            yield return make.Sequence(
                $"sequences/{text}", string.Create(CultureInfo.InvariantCulture, $"{accesses.Count} accesses in a row, each with its effect"), start, accesses, 44);
        }
    }

    /// <summary>So many cases of a seed whose accesses follow each other without a pause at each level.</summary>
    internal static IEnumerable<Case> Runs(CaseMaker make, ulong seed, int count)
    {
        for (int number = 0; number < count; number++)
        {
            string text = string.Create(CultureInfo.InvariantCulture, $"{number:0000}");
            (VirtualState start, List<GicAccess> accesses) = Draw(make, new Dice(seed, $"run {text}"), inTurns: true);
            yield return make.Run(
                $"runs/{text}", string.Create(CultureInfo.InvariantCulture, $"{accesses.Count} accesses without a pause, with all that they read"), start, accesses);
        }
    }

    /// <summary>A start and accesses from it.</summary>
    /// <param name="make">Has the oracle.</param>
    /// <param name="dice">Decides.</param>
    /// <param name="inTurns">The virtual machine makes several accesses before the hypervisor has its turn, and the other way round.</param>
    internal static (VirtualState Start, List<GicAccess> Accesses) Draw(CaseMaker make, Dice dice, bool inTurns = false)
    {
        Rarity wanted = Rarities.Draw(dice);
        VirtualState start = Start(make, dice);
        if ((Rarities.Of(start) & ~wanted) != 0)
        {
            start = start with { Hcr = start.Hcr & ~0xFEUL };
        }

        VirtualState now = start;
        int length = Shortest + dice.Below(Longest - Shortest + 1);
        List<GicAccess> accesses = new(length);
        (int level, int until) = (1, 0);
        for (int tries = 0; accesses.Count < length && tries < Tries * length; tries++)
        {
            if (inTurns && accesses.Count >= until)
            {
                level = 3 - level;
                until = accesses.Count + (level == 1 ? Code.MostInRow : 1 + dice.Below(3));
            }

            GicAccess access = Next(make, now, dice);
            if (inTurns && access.Level != level)
            {
                continue;
            }

            var rules = new RuleSet();
            Transition transition = make.Oracle.Step(now, access, rules);
            Rarity rare = Rarities.Of(access, rules) | Rarities.Of(transition.First.State);
            if (transition is { Unpredictable: false, Effects.Count: 1 } && (rare & ~wanted) == 0)
            {
                accesses.Add(access);
                now = transition.First.State;
            }
        }

        return (start, accesses);
    }

    /// <summary>The state after an access; null where the architecture leaves a choice.</summary>
    internal static VirtualState? Follow(VirtualInterface oracle, VirtualState state, GicAccess access)
    {
        Transition transition = oracle.Step(state, access, new RuleSet());
        return transition is { Unpredictable: false, Effects.Count: 1 } ? transition.First.State : null;
    }

    private static VirtualState Start(CaseMaker make, Dice dice)
    {
        VirtualState s = make.Idle;
        foreach (int n in Used(make))
        {
            if (!dice.OneIn(3))
            {
                s = s.WithLr(n, Fresh(make, s, n, dice, LrState.Pending));
            }
        }

        s = s with { Vmcr = Vmcr(make, dice), Hcr = VirtualState.HcrEn | (dice.Next() & 0xFE) };
        return make.Sizes.Nmi ? s with { NmiEnabled = dice.OneIn(2), NmiActive = dice.OneIn(4) } : s;
    }

    /// <summary>The list registers that sequences use: the first ones and the last.</summary>
    private static IEnumerable<int> Used(CaseMaker make)
    {
        int count = make.Sizes.ListRegisters;
        return Enumerable.Range(0, Math.Min(count, ListRegistersUsed)).Select(n => n == ListRegistersUsed - 1 ? count - 1 : n);
    }

    private static ulong Vmcr(CaseMaker make, Dice dice)
    {
        ulong point0 = dice.OneIn(3) ? (ulong)dice.Below(8) : 0;
        ulong point1 = dice.OneIn(3) ? (ulong)dice.Below(8) : 0;
        ulong mask = dice.OneIn(4) ? dice.Next() & 0xFF : 0xFF;
        ulong value = mask << VirtualState.VpmrAt | point0 << VirtualState.Vbpr0At | point1 << VirtualState.Vbpr1At
            | (dice.OneIn(2) ? VirtualState.VmcrEoim : 0) | (dice.OneIn(4) ? VirtualState.VmcrCbpr : 0) | VirtualState.VmcrFiqEn
            | (dice.OneIn(8) ? (ulong)dice.Below(4) : 3);
        return make.Oracle.LegalVmcr(value, secure: false, new RuleSet());
    }

    /// <summary>A value for a list register that no rule of use forbids: INTIDs of valid list registers differ (GV-045).</summary>
    private static ListRegister Fresh(CaseMaker make, VirtualState s, int n, Dice dice, LrState state)
    {
        ulong intId;
        do
        {
            intId = dice.OneIn(5) ? Vocabulary.Lpi + (ulong)dice.Below(8) : FirstIntId + (ulong)dice.Below(16);
        }
        while (s.Lrs.Where((lr, i) => i != n && lr.IsValid).Any(lr => lr.IntId(make.Sizes) == intId));

        bool hardware = state != LrState.PendingActive && dice.OneIn(4);
        if (make.Sizes.Nmi && intId < Vocabulary.Lpi && dice.OneIn(5))
        {
            return ListRegister.Of(state, intId, 0, 1, eoi: dice.OneIn(3), physical: hardware ? Vocabulary.Physical + (ulong)n : null, nmi: true);
        }

        return ListRegister.Of(
            state, intId, dice.Next() & 0xFF, dice.Below(2), eoi: dice.OneIn(3), physical: hardware ? Vocabulary.Physical + (ulong)n : null);
    }

    private static GicAccess Next(CaseMaker make, VirtualState s, Dice dice)
    {
        int group = dice.Below(2);
        ulong random = FirstIntId + (ulong)dice.Below(20);
        return dice.Below(100) switch
        {
            < 24 => s.NmiEnabled && dice.OneIn(3) ? new GicAccess(Op.Nmiar, 1) : new GicAccess(Op.Iar, group),
            < 44 => End(make, s, dice) ?? new GicAccess(Op.Hppir, group),
            < 52 => new GicAccess(Op.Dir, Value: Active(make, s, dice) ?? random),
            < 55 => new GicAccess(Op.Eoir, group, Value: random),
            < 57 => new GicAccess(Op.Dir, Value: dice.OneIn(2) ? 1020UL + (ulong)dice.Below(4) : random),
            < 63 => new GicAccess(Op.Hppir, group),
            < 67 => new GicAccess(Op.Rpr),
            < 71 => new GicAccess(Op.WritePmr, Value: dice.OneIn(2) ? 0xFF : dice.Next() & 0xFF),
            < 74 => new GicAccess(Op.WriteBpr, group, Value: dice.OneIn(2) ? 0 : dice.Next() & 0xF),
            < 76 => new GicAccess(Op.ReadBpr, group),
            < 78 => new GicAccess(Op.WriteCtlr, Value: dice.Next() & 3),
            < 80 => new GicAccess(Op.WriteIgrpen, group, Value: dice.OneIn(3) ? 0UL : 1),
            < 94 => Refill(make, s, dice),
            < 96 => new GicAccess(Op.SetHcr, Value: (VirtualState.HcrEn | (dice.Next() & 0xFE) | (ulong)dice.Below(3) << VirtualState.EoiCountAt) & (dice.OneIn(8) ? ~1UL : ~0UL)),
            < 98 => new GicAccess(Op.SetVmcr, Value: Vmcr(make, dice)),
            _ => new GicAccess((Op)((int)Op.Misr + dice.Below(3))),
        };
    }

    /// <summary>The EOIR of the interrupt that runs, if a list register holds it.</summary>
    private static GicAccess? End(CaseMaker make, VirtualState s, Dice dice)
    {
        if (make.Oracle.Running(s) is not { } running)
        {
            if (!s.NmiActive)
            {
                return null;
            }

            running = 0;
        }

        foreach (ListRegister lr in s.Lrs)
        {
            if (lr.IsActive && lr.IsNmi(make.Sizes) == s.NmiActive && (s.NmiActive || (lr.Priority(make.Sizes) & make.Sizes.PreemptionMask) == running))
            {
                return new GicAccess(Op.Eoir, lr.Group, Value: lr.IntId(make.Sizes));
            }
        }

        return new GicAccess(Op.Eoir, dice.Below(2), Value: FirstIntId + (ulong)dice.Below(20));
    }

    private static ulong? Active(CaseMaker make, VirtualState s, Dice dice)
    {
        ListRegister[] active = [.. s.Lrs.Where(lr => lr.IsActive)];
        return active.Length == 0 ? null : dice.Pick(active).IntId(make.Sizes);
    }

    /// <summary>The hypervisor fills a list register, drops an interrupt, or makes an active one pending again.</summary>
    private static GicAccess Refill(CaseMaker make, VirtualState s, Dice dice)
    {
        int n = dice.Pick([.. Used(make)]);
        ListRegister lr = s.Lrs[n];
        ListRegister value = lr is { State: LrState.Active, Hw: false } && dice.OneIn(2) ? lr.With(LrState.PendingActive)
            : dice.OneIn(8) ? new ListRegister(dice.OneIn(2) ? 0 : lr.Value & ~(3UL << ListRegister.StateAt))
            : Fresh(make, s, n, dice, dice.OneIn(6) ? LrState.Active : LrState.Pending);
        return new GicAccess(Op.SetLr, Index: n, Value: value.Value);
    }
}
