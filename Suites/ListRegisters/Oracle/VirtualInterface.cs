namespace Conformance.Suites.ListRegisters.Oracle;

/// <summary>What the architecture says of the virtual CPU interface: a state and an access give the allowed states and values.</summary>
/// <remarks>
/// Written from the rules GV-nnn and the register descriptions, as functions of their arguments alone. Behaviours F029 to F034,
/// F049, F078 and F117 as far as they are architecture.
/// </remarks>
/// <param name="sizes">Of the device.</param>
/// <param name="defect">What is wrong with it, in tests; null for nothing.</param>
internal sealed partial class VirtualInterface(Sizes sizes, Defect? defect = null)
{
    private const ulong Spurious = 1023;
    private const ulong NonMaskable = 1022;
    private const ulong FirstSpecial = 1020;
    private const ulong IntIdFieldMask = 0xFF_FFFF;

    internal Sizes Sizes => sizes;

    /// <summary>What an access may do.</summary>
    /// <param name="true">The state before it.</param>
    /// <param name="access">The access.</param>
    /// <param name="rules">Gets the rules that the answer rests on.</param>
    internal Transition Step(VirtualState @true, GicAccess access, RuleSet rules)
    {
        VirtualState s = defect?.Before is { } before ? before(@true, access) : @true;
        GicAccess a = defect?.Access is { } change ? change(access) : access;
        Transition right = a.Op switch
        {
            Op.Iar => Acknowledge(s, a.Group, rules),
            Op.Nmiar => AcknowledgeNmi(s, rules),
            Op.Hppir => HighestPending(s, a.Group, rules),
            Op.Eoir => EndOfInterrupt(s, a.Group, a.Value, rules),
            Op.Dir => Deactivation(s, a.Value, rules),
            Op.Rpr => Only("reads", s, RunningRegister(s, rules)),
            Op.Misr => MisrRead(s, rules),
            Op.Eisr => Only("reads", s, Status(s, rules).Eisr),
            Op.Elrsr => Only("reads", s, Status(s, rules).Elrsr),
            >= Op.SetLr and <= Op.SetAp => Only("written", Hypervisor(s, a, rules)),
            _ => Controls(s, a, rules),
        };
        if (defect?.After is not { } after)
        {
            return right;
        }

        return right with { Effects = [.. right.Effects.Select(e => after(@true, access, e))] };
    }

    private static Transition Only(string name, VirtualState state, ulong? value = null, ulong mask = ulong.MaxValue) =>
        new([new Effect(name, state, value, mask)]);

    private Transition Acknowledge(VirtualState s, int group, RuleSet rules)
    {
        rules.Cite(80);
        List<Effect> effects = [];
        foreach (int? winner in Winners(s, rules))
        {
            if (winner is not { } n || s.Lrs[n].Group != group || !MaySignal(s, n, rules))
            {
                rules.CiteIf(!s.En, 70);
                AddOnce(effects, new Effect("spurious", s, Spurious));
                continue;
            }

            ListRegister lr = s.Lrs[n];
            bool nmi = lr.IsNmi(sizes);
            rules.CiteIf(nmi, 152);
            if (nmi && s.NmiEnabled)
            {
                AddOnce(effects, new Effect("an NMI is left to NMIAR1", s, NonMaskable));
                continue;
            }

            AddAcknowledges(effects, s, n, rules);
        }

        return new Transition(effects);
    }

    private Transition AcknowledgeNmi(VirtualState s, RuleSet rules)
    {
        rules.Cite(152);
        List<Effect> effects = [];
        foreach (int? winner in Winners(s, rules))
        {
            if (winner is { } n && s.Lrs[n].IsNmi(sizes) && MaySignal(s, n, rules))
            {
                AddAcknowledges(effects, s, n, rules);
            }
            else
            {
                AddOnce(effects, new Effect("spurious", s, Spurious));
            }
        }

        return new Transition(effects);
    }

    /// <summary>The list register becomes active, and a level of its group (GV-081, GV-082); which level is a choice (GV-094).</summary>
    private void AddAcknowledges(List<Effect> effects, VirtualState s, int n, RuleSet rules)
    {
        rules.Cite(81);
        rules.Cite(82);
        rules.Cite(48);
        rules.Cite(115);
        ListRegister lr = s.Lrs[n];
        rules.CiteIf((lr.Value & uint.MaxValue & ~sizes.IntIdMask) != 0, 41);
        ulong intId = lr.IntId(sizes);
        VirtualState active = s.WithLr(n, lr.With(LrState.Active));
        if (lr.IsNmi(sizes))
        {
            AddOnce(effects, new Effect("acknowledges", active with { NmiActive = true }, intId));
            AddOnce(effects, new Effect("acknowledges, priority 0 too", active with { NmiActive = true, Active1 = s.Active1 | 1 }, intId));
            return;
        }

        ulong whole = lr.Priority(sizes);
        ulong grouped = whole & GroupMask(s, lr.Group, rules);
        AddOnce(effects, new Effect("acknowledges", Activate(active, lr.Group, whole), intId));
        if (LevelOf(grouped) != LevelOf(whole))
        {
            rules.Cite(94);
            AddOnce(effects, new Effect("acknowledges, by group priority", Activate(active, lr.Group, grouped), intId));
        }
    }

    private Transition HighestPending(VirtualState s, int group, RuleSet rules)
    {
        rules.Cite(84);
        rules.Cite(85);
        List<Effect> effects = [];
        foreach (int? winner in Winners(s, rules))
        {
            bool mine = winner is { } n && s.Lrs[n].Group == group;
            if (mine)
            {
                rules.Cite(48);
                rules.CiteIf((s.Lrs[winner!.Value].Value & uint.MaxValue & ~sizes.IntIdMask) != 0, 41);
                AddOnce(effects, new Effect("pending", s, s.Lrs[winner!.Value].IntId(sizes)));
            }

            if (!mine || !s.En)
            {
                AddOnce(effects, new Effect("none", s, Spurious));
            }

            rules.CiteIf(mine && s.Lrs[winner!.Value].Priority(sizes) == sizes.LowestPriority, 74);
        }

        return new Transition(effects);
    }

    private Transition EndOfInterrupt(VirtualState s, int group, ulong value, RuleSet rules)
    {
        ulong intId = value & IntIdFieldMask & sizes.IntIdMask;
        rules.CiteIf(value != intId, 57);
        if (intId is >= FirstSpecial and <= Spurious)
        {
            rules.Cite(100);
            return Only("special INTID", s);
        }

        Transition done = EndOfInterrupt(s, group, intId, Find(s, intId, rules), rules);
        if (s.En)
        {
            return done;
        }

        rules.Cite(118);
        return done with { Effects = [.. done.Effects, new Effect("ignored while disabled", s)] };
    }

    /// <summary>The same with the active list register that has the INTID, if there is one.</summary>
    private Transition EndOfInterrupt(VirtualState s, int group, ulong intId, int? found, RuleSet rules)
    {
        bool lpi = intId >= 8192;
        bool deactivates = lpi || !s.Eoim;
        rules.CiteIf(lpi, found is null ? 111 : 108);
        if (!Drop(s, group, rules, out VirtualState after, out ulong dropped, out bool nmi, out bool mine))
        {
            rules.Cite(112);
            return found is not null
                ? new Transition([new Effect("nothing to drop", s)], Unpredictable: true)
                : !lpi && !s.Eoim
                    ? new Transition([new Effect("nothing to drop", s), new Effect("nothing to drop, counted", s.WithEoiCount(s.EoiCount + 1))])
                    : Only("nothing to drop", s);
        }

        rules.Cite(101);
        if (!mine)
        {
            rules.CiteIf(found is not null, 113);
            return new Transition([new Effect("drops the other group", after)], Unpredictable: true);
        }

        if (!deactivates)
        {
            rules.Cite(103);
            rules.CiteIf(found is null, 110);
            return Only("drops", after);
        }

        if (found is not { } n)
        {
            rules.CiteIf(!lpi, 109);
            rules.CiteIf(!lpi && s.EoiCount == 31, 114);
            return lpi ? Only("drops", after) : Only("drops and counts", after.WithEoiCount(after.EoiCount + 1));
        }

        ListRegister lr = s.Lrs[n];
        ulong priority = lr.Priority(sizes);
        if (lr.Group != group || lr.IsNmi(sizes) != nmi)
        {
            rules.Cite(113);
            return new Transition([new Effect("drops, not the last acknowledge", after)], Unpredictable: true);
        }

        if (nmi || dropped == (priority & sizes.PreemptionMask))
        {
            rules.Cite(102);
            rules.CiteIf(!nmi && (priority & GroupMask(s, group, rules)) != (priority & sizes.PreemptionMask), 117);
            return new Transition([Deactivate(after, n, rules)]);
        }

        rules.Cite(113);
        return dropped == (priority & GroupMask(s, group, rules))
            ? new Transition([Deactivate(after, n, rules), new Effect("drops", after)])
            : new Transition([new Effect("drops, not the last acknowledge", after)], Unpredictable: true);
    }

    private Transition Deactivation(VirtualState s, ulong value, RuleSet rules)
    {
        ulong intId = value & IntIdFieldMask & sizes.IntIdMask;
        rules.CiteIf(value != intId, 57);
        if (intId is >= FirstSpecial and <= Spurious)
        {
            rules.Cite(100);
            return Only("special INTID", s);
        }

        if (!s.Eoim)
        {
            rules.Cite(105);
            return new Transition([new Effect("ignored", s)], Unpredictable: true);
        }

        if (intId >= 8192)
        {
            int? lpi = Find(s, intId, rules);
            rules.Cite(lpi is null ? 111 : 108);
            return Only("LPI", s);
        }

        Effect done;
        if (Find(s, intId, rules) is { } n)
        {
            rules.Cite(104);
            done = Deactivate(s, n, rules);
        }
        else
        {
            rules.Cite(109);
            rules.CiteIf(s.EoiCount == 31, 114);
            done = new Effect("counts", s.WithEoiCount(s.EoiCount + 1));
        }

        if (s.En)
        {
            return new Transition([done]);
        }

        rules.Cite(118);
        return new Transition([done, new Effect("ignored while disabled", s)]);
    }

    /// <summary>10 to 00, 11 to 01; with HW the physical interrupt as well (GV-102, GV-106, GV-107).</summary>
    private static Effect Deactivate(VirtualState s, int n, RuleSet rules)
    {
        ListRegister lr = s.Lrs[n];
        bool again = lr.State == LrState.PendingActive;
        rules.CiteIf(again, 115);
        rules.CiteIf(lr.Hw, 106);
        rules.CiteIf(lr.Eoi, 107);
        VirtualState after = s.WithLr(n, lr.With(again ? LrState.Pending : LrState.Invalid));
        return new Effect("deactivates", after, Deactivated: lr.Hw ? lr.PhysicalIntId : null);
    }

    /// <summary>The list register with this INTID that is active; pending alone is no match (GV-119).</summary>
    private int? Find(VirtualState s, ulong intId, RuleSet rules)
    {
        for (int n = 0; n < s.Lrs.Length; n++)
        {
            ListRegister lr = s.Lrs[n];
            if (lr.IntId(sizes) == intId)
            {
                rules.CiteIf(lr.State == LrState.Pending, 119);
                rules.CiteIf((lr.Value & uint.MaxValue) != intId, 41);
                if (lr.IsActive)
                {
                    return n;
                }
            }
        }

        return null;
    }

    private static void AddOnce(List<Effect> effects, Effect effect)
    {
        if (!effects.Exists(e => e.Value == effect.Value && e.State.Equals(effect.State)))
        {
            effects.Add(effect);
        }
    }
}
