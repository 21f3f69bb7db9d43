namespace Conformance.Suites.ListRegisters.Oracle;

/// <summary>Priorities: grouping, the winner, preemption, the running priority and its drop.</summary>
internal sealed partial class VirtualInterface
{
    /// <summary>The bits of a priority that decide about preemption by a group (GV-050 to GV-052).</summary>
    internal static ulong GroupMask(VirtualState s, int group, RuleSet rules)
    {
        bool by0 = group == 0 || s.Cbpr || s.Secure;
        rules.Cite(group == 0 ? 50 : s.Cbpr ? 52 : 51);
        ulong point = group == 0 || s.Cbpr ? s.Vbpr0 : s.Vbpr1;
        return 0xFFUL << (int)(point + (by0 ? 1UL : 0)) & 0xFF;
    }

    /// <summary>The highest priority pending interrupts: each of equals may be taken; one null for none (GV-060 to GV-063).</summary>
    internal IReadOnlyList<int?> Winners(VirtualState s, RuleSet rules)
    {
        List<int?> best = [];
        (int Rank, ulong Priority)? least = null;
        for (int n = 0; n < s.Lrs.Length; n++)
        {
            ListRegister lr = s.Lrs[n];
            rules.CiteIf(lr.State == LrState.PendingActive, 60);
            rules.CiteIf(lr.State == LrState.Pending && !s.Enabled(lr.Group), 61);
            rules.CiteIf(lr.State == LrState.Pending && !s.Enabled(lr.Group), 86);
            if (lr.State != LrState.Pending || !s.Enabled(lr.Group))
            {
                continue;
            }

            (int Rank, ulong Priority) mine = (lr.IsNmi(sizes) ? 0 : 1, lr.Priority(sizes));
            rules.CiteIf((lr.Value >> ListRegister.PriorityAt & 0xFF & ~sizes.PriorityMask) != 0, 40);
            int order = least is { } known ? mine.CompareTo(known) : -1;
            rules.CiteIf(least is not null, order == 0 ? 63 : 62);
            rules.CiteIf(least is { } other && other.Rank != mine.Rank && other.Priority == mine.Priority, 151);
            if (order < 0)
            {
                best.Clear();
                least = mine;
            }

            if (order <= 0)
            {
                best.Add(n);
            }
        }

        rules.CiteIf(best.Count > 0 && s.Lrs.Any(lr => lr.State == LrState.Pending && s.Enabled(lr.Group) && lr.Group != s.Lrs[best[0]!.Value].Group), 64);
        return best.Count == 0 ? [null] : best;
    }

    /// <summary>Enable, priority mask, and preemption of what is running (GV-065, GV-066, GV-075).</summary>
    internal bool MaySignal(VirtualState s, int n, RuleSet rules)
    {
        rules.Cite(65);
        ListRegister lr = s.Lrs[n];
        if (!s.En)
        {
            rules.Cite(70);
            return false;
        }

        if (lr.IsNmi(sizes))
        {
            rules.Cite(150);
            rules.CiteIf(s.NmiActive || s.Active != 0, 151);
            return !s.NmiActive;
        }

        ulong priority = lr.Priority(sizes);
        if (priority >= s.Vpmr)
        {
            rules.CiteIf(priority == sizes.LowestPriority, 74);
            return false;
        }

        if (s.NmiActive)
        {
            rules.Cite(151);
            return false;
        }

        if (Running(s) is not { } running)
        {
            return true;
        }

        ulong mask = GroupMask(s, lr.Group, rules);
        bool preempts = (priority & mask) < (running & mask);
        rules.CiteIf(!preempts && priority < running, 66);
        rules.CiteIf(!preempts && (priority & mask) < running, 75);
        rules.CiteIf(preempts, 116);
        return preempts;
    }

    /// <summary>What the lines may be: the signalable winner asserts one of them (GV-067, GV-068).</summary>
    internal IReadOnlyList<Lines> LinesOf(VirtualState s, RuleSet rules)
    {
        List<Lines> all = [];
        foreach (int? winner in Winners(s, rules))
        {
            Lines lines = winner is not { } n || !MaySignal(s, n, rules) ? default
                : s.Lrs[n].Group == 1 ? new Lines(Irq: true, Fiq: false, Super: s.Lrs[n].IsNmi(sizes))
                : new Lines(Irq: false, Fiq: true);
            rules.CiteIf(winner is not null, 67);
            rules.CiteIf(lines.Super, 157);
            lines = defect?.Lines?.Invoke(s, lines) ?? lines;
            if (!all.Contains(lines))
            {
                all.Add(lines);
            }
        }

        rules.Cite(68);
        return all;
    }

    /// <summary>The running priority; null when nothing is active (GV-090).</summary>
    internal ulong? Running(VirtualState s) =>
        s.Active == 0 ? null : (ulong)UInt128.TrailingZeroCount(s.Active) << (8 - sizes.PreemptionBits);

    private ulong RunningRegister(VirtualState s, RuleSet rules)
    {
        rules.Cite(90);
        rules.Cite(91);
        rules.CiteIf(s.NmiActive, 155);
        return s.NmiActive ? 1UL << 63 : Running(s) ?? 0xFF;
    }

    /// <summary>The level of a priority (GV-082).</summary>
    private int LevelOf(ulong priority) => (int)(priority >> (8 - sizes.PreemptionBits));

    private VirtualState Activate(VirtualState s, int group, ulong priority) =>
        s.WithActive(group, (group == 0 ? s.Active0 : s.Active1) | UInt128.One << LevelOf(priority));

    /// <summary>Priority drop: the highest active priority of both groups is cleared (GV-101).</summary>
    /// <param name="s">The state before.</param>
    /// <param name="group">The group of the EOIR.</param>
    /// <param name="rules">Gets the rules.</param>
    /// <param name="after">The state after.</param>
    /// <param name="dropped">The priority that was dropped.</param>
    /// <param name="nmi">It was that of an NMI (GV-156).</param>
    /// <param name="mine">It was one of the group's, and of no other.</param>
    /// <returns>There was one.</returns>
    private bool Drop(VirtualState s, int group, RuleSet rules, out VirtualState after, out ulong dropped, out bool nmi, out bool mine)
    {
        (after, dropped, nmi, mine) = (s, 0, s.NmiActive, false);
        if (nmi)
        {
            rules.Cite(156);
            after = s with { NmiActive = false };
            mine = group == 1;
            return true;
        }

        if (Running(s) is not { } running)
        {
            return false;
        }

        UInt128 level = UInt128.One << LevelOf(running);
        bool of0 = (s.Active0 & level) != 0;
        bool of1 = (s.Active1 & level) != 0;
        mine = group == 0 ? of0 && !of1 : of1 && !of0;
        after = of0 ? s with { Active0 = s.Active0 & ~level } : s with { Active1 = s.Active1 & ~level };
        dropped = running;
        rules.CiteIf(UInt128.PopCount(s.Active) > 1, 116);
        return true;
    }
}
