using Conformance.Harness.Spec;

namespace Conformance.Suites.Access;

/// <summary>Random values for everything that must not matter to an access.</summary>
/// <remarks>
/// Fields that the rule asks for are changed one after the other, each kept only if the leaf stays: so traps of lower
/// priority are enabled behind the one that wins. Controls that other names of the register are trapped by are enabled, and
/// a few that have nothing to do with it.
/// </remarks>
internal sealed class StateNoise(AccessTarget target)
{
    private const int Foreign = 6;

    /// <summary>Controls that other accesses are trapped by; none of them can disturb the code around the access.</summary>
    private static readonly string[] s_controls =
    [
        "HCR_EL2.TVM", "HCR_EL2.TRVM", "HCR_EL2.TTLB", "HCR_EL2.TPU", "HCR_EL2.TPCP", "HCR_EL2.TSW", "HCR_EL2.TACR", "HCR_EL2.TIDCP",
        "HCR_EL2.TID1", "HCR_EL2.TID2", "HCR_EL2.TID3", "HCR_EL2.TID4", "HCR_EL2.TDZ", "HCR_EL2.TLOR", "HCR_EL2.TERR", "HCR_EL2.AT",
        "HCR_EL2.TTLBIS", "HCR_EL2.TTLBOS", "HCR_EL2.TOCU", "HCR_EL2.TICAB", "HCR_EL2.TWE", "HCR_EL2.TWI", "HCR_EL2.FB",
        "HCR_EL2.NV2", "CPTR_EL2.TCPAC", "CPTR_EL2.TTA", "CPTR_EL2.TAM", "MDCR_EL2.TPM", "MDCR_EL2.TPMCR", "MDCR_EL2.TDRA",
        "MDCR_EL2.TDA", "MDCR_EL2.TDOSA", "CPACR_EL1.TTA", "SCTLR_EL1.UCT", "SCTLR_EL1.UCI", "SCTLR_EL1.DZE", "SCTLR_EL1.UMA",
        "SCR_EL3.TWERR",
    ];

    private static readonly string[] s_fineGrained = [.. RegisterFacts.Registers
        .Where(r => r.Name is "HFGRTR_EL2" or "HFGWTR_EL2" or "HFGITR_EL2" or "HDFGRTR_EL2" or "HDFGWTR_EL2")
        .SelectMany(r => r.Layouts[0].Fields.Where(f => f.Kind == FieldKind.Named && f.Width == 1).Select(f => $"{r.Name}.{f.Name}"))
        .Distinct(StringComparer.Ordinal)];

    private static readonly ILookup<string, Accessor> s_byRegister =
        AccessRules.Accessors.Where(a => !a.IsImplementationDefined).ToLookup(a => a.Register, StringComparer.Ordinal);

    private static readonly int[] s_keptCounter = [NameTable.Fields.Id("PMSELR_EL0.SEL"), NameTable.Fields.Id("MDCR_EL2.HPMN")];

    private static readonly int s_nonSecure = NameTable.Fields.Id("SCR_EL3.NS");

    private readonly Dictionary<string, List<int>> _kin = new(StringComparer.Ordinal);

    private readonly int[] _foreign = [.. s_controls.Concat(s_fineGrained).Select(NameTable.Fields.Id)
        .Where(f => target.Reach.IsPresent(f, target.Baseline) && target.CanSet(f))];

    /// <summary>Changes fields of <paramref name="state"/> and adds their names to <paramref name="fields"/>.</summary>
    /// <param name="access">The access; its leaf stays the same.</param>
    /// <param name="asked">The fields that the rule asks for.</param>
    /// <param name="state">The state to change.</param>
    /// <param name="fields">The fields that were given a value.</param>
    /// <param name="dice">Source of randomness.</param>
    internal void Add(
        AccessCase access, IReadOnlyList<int> asked, ArchState state, List<int> fields, Dice dice)
    {
        foreach (int field in asked.Where(target.CanSet))
        {
            if (dice.Coin())
            {
                int width = target.Reach.Width(field);
                Try(access, state, fields, field, dice.Next() & (width >= 64 ? ulong.MaxValue : (1UL << width) - 1));
            }
        }

        if (access.Level == 3 && dice.Coin())
        {
            Try(access, state, fields, s_nonSecure, 0); // EL3 acts for the state that NS names; most accesses do not ask
        }

        foreach (int field in Kin(access.Accessor.Register))
        {
            if (!asked.Contains(field))
            {
                Try(access, state, fields, field, 1);
            }
        }

        for (int i = 0; i < Foreign && _foreign.Length > 0; i++)
        {
            Try(access, state, fields, _foreign[dice.Below(_foreign.Length)], 1);
        }

        if (!access.Accessor.Register.StartsWith("PM", StringComparison.Ordinal) && access.Accessor.Register is not "MDCR_EL2")
        {
            // A counter that EL2 keeps is selected: that is about accesses to the counters only.
            foreach (int field in s_keptCounter.Where(target.CanSet))
            {
                Try(access, state, fields, field, 1);
            }
        }
    }

    /// <summary>
    /// The controls that the other names, directions and levels of a register are trapped by: what is most easily taken for
    /// a control of this access.
    /// </summary>
    private List<int> Kin(string register)
    {
        if (!_kin.TryGetValue(register, out List<int>? kin))
        {
            HashSet<int> asked = [];
            foreach (Accessor accessor in s_byRegister[register])
            {
                for (int level = 0; level <= target.Target.HighestLevel; level++)
                {
                    asked.UnionWith(target.Reach.FieldsAsked(accessor, level, accessor.Indices?.First ?? 0));
                }
            }

            _kin[register] = kin = [.. _foreign.Where(asked.Contains)];
        }

        return kin;
    }

    private void Try(AccessCase access, ArchState state, List<int> fields, int field, ulong value)
    {
        ulong before = state[field];
        if (before == value)
        {
            return;
        }

        state[field] = value;
        if (access.Accessor.Tree(access.Level).Evaluate(state, access.Level, access.Index) != access.End)
        {
            state[field] = before;
            return;
        }

        bool added = !fields.Contains(field);
        if (added)
        {
            fields.Add(field);
        }

        if (!target.Reach.Allows(state, access.Level, fields))
        {
            state[field] = before;
            if (added)
            {
                fields.RemoveAt(fields.Count - 1);
            }
        }
    }
}
