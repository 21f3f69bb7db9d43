namespace Conformance.Suites.ListRegisters.Oracle;

/// <summary>What the hypervisor is told: EISR, ELRSR, MISR and the maintenance interrupt.</summary>
internal sealed partial class VirtualInterface
{
    private const ulong CauseEoi = 1;

    /// <summary>ICH_EISR_EL2 and ICH_ELRSR_EL2: invalid list registers with and without an end of interrupt to be told of (GV-120, GV-121).</summary>
    internal (ulong Eisr, ulong Elrsr) Status(VirtualState s, RuleSet rules)
    {
        rules.Cite(120);
        rules.Cite(121);
        rules.Cite(122);
        rules.Cite(133);
        (ulong ended, ulong empty) = (0, 0);
        for (int n = 0; n < s.Lrs.Length; n++)
        {
            ListRegister lr = s.Lrs[n];
            if (!lr.IsValid)
            {
                rules.CiteIf(lr.Value != 0, 46);
                if (lr.Eoi)
                {
                    ended |= 1UL << n;
                }
                else
                {
                    empty |= 1UL << n;
                }
            }
        }

        return defect?.Empty?.Invoke(s, (ended, empty)) ?? (ended, empty);
    }

    /// <summary>ICH_MISR_EL2 as the causes make it (GV-123 to GV-127).</summary>
    internal ulong Misr(VirtualState s, RuleSet rules)
    {
        rules.Cite(123);
        ulong causes = Status(s, rules).Eisr != 0 ? CauseEoi : 0;
        Add(VirtualState.HcrUie, 124, s.Lrs.Count(lr => lr.IsValid) <= 1);
        Add(VirtualState.HcrLrenpie, 125, s.EoiCount != 0);
        Add(VirtualState.HcrNpie, 126, !s.Lrs.Any(lr => lr.State == LrState.Pending));
        Add(1 << 4, 127, s.Enabled(0));
        Add(1 << 5, 127, !s.Enabled(0));
        Add(1 << 6, 127, s.Enabled(1));
        Add(1 << 7, 127, !s.Enabled(1));
        rules.CiteIf(s.EoiCount != 0, 125);
        rules.CiteIf((s.Hcr & (VirtualState.HcrUie | VirtualState.HcrNpie)) != 0, 129);
        return defect?.Misr?.Invoke(s, causes) ?? causes;

        // The bits of MISR stand where their enables stand in ICH_HCR_EL2.
        void Add(ulong enable, int rule, bool holds)
        {
            if ((s.Hcr & enable) != 0)
            {
                rules.Cite(rule);
                causes |= holds ? enable : 0;
            }
        }
    }

    /// <summary>The values that a read of ICH_MISR_EL2 may give: with En = 0 the causes, or none (GV-131).</summary>
    internal IReadOnlyList<ulong> MisrValues(VirtualState s, RuleSet rules)
    {
        ulong causes = Misr(s, rules);
        rules.CiteIf(!s.En, 131);
        return s.En || causes == 0 ? [causes] : [causes, 0];
    }

    /// <summary>The maintenance interrupt (GV-128).</summary>
    internal bool Maintenance(VirtualState s, RuleSet rules)
    {
        rules.Cite(128);
        return s.En && Misr(s, rules) != 0;
    }

    private Transition MisrRead(VirtualState s, RuleSet rules) => new([.. MisrValues(s, rules).Select(v => new Effect("reads", s, v))]);
}
