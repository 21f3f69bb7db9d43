using Conformance.Harness.Spec;
using Conformance.Suites.Access;

namespace Conformance.Suites.GuestHypervisor.Merged;

/// <summary>The controls of a hypervisor over its guest, and what each of them traps: found in the access facts.</summary>
internal sealed class Controls
{
    private static readonly string[] s_registers =
    [
        "HCR_EL2", "HCRX_EL2", "CPTR_EL2", "MDCR_EL2", "HSTR_EL2", "CNTHCTL_EL2", "ICH_HCR_EL2", "HFGRTR_EL2", "HFGWTR_EL2", "HFGITR_EL2", "HDFGRTR_EL2",
        "HDFGWTR_EL2", "HAFGRTR_EL2", "HFGRTR2_EL2", "HFGWTR2_EL2", "HFGITR2_EL2", "HDFGRTR2_EL2", "HDFGWTR2_EL2",
    ];

    /// <summary>Fields that change more than what is trapped: regimes, routing, nesting, and what the way out of a guest depends on.</summary>
    private static readonly HashSet<string> s_left = new(StringComparer.Ordinal)
    {
        "HCR_EL2.E2H", "HCR_EL2.TGE", "HCR_EL2.NV", "HCR_EL2.NV1", "HCR_EL2.NV2", "HCR_EL2.VM", "HCR_EL2.DC", "HCR_EL2.RW", "HCR_EL2.IMO", "HCR_EL2.FMO",
        "HCR_EL2.AMO", "HCR_EL2.HCD", "HCR_EL2.CD", "HCR_EL2.ID", "HCRX_EL2.VINMI", "HCRX_EL2.VFNMI", "MDCR_EL2.TDE", "MDCR_EL2.HPMN", "MDCR_EL2.HPMFZO",
        "CNTHCTL_EL2.ECV", "CNTHCTL_EL2.EVNTEN", "ICH_HCR_EL2.En", "HFGITR_EL2.SVC_EL0", "HFGITR_EL2.SVC_EL1", "HFGITR_EL2.ERET",
    };

    /// <summary>Registers that a story would not leave as it found them, that lock others, or whose traps depend on more than their accessors say.</summary>
    private static readonly string[] s_kept = ["OSLAR_EL1", "OSDLR_EL1", "DBGPRCR_EL1", "SVCR", "GCSPR", "DBGDTR", "DBGCLAIM", "OSDTR", "ERX", "ERRSELR", "ICC_IGRPEN", "ZCR_", "SMCR_"];

    private Controls(Hypervisor h)
    {
        Hypervisor = h;
        Target = AccessTarget.Of(h.Target);
        Dictionary<int, List<Stimulus>> found = [];
        HashSet<string> reached = [.. h.Reached];
        foreach (Accessor accessor in AccessRules.Accessors.Where(IsUsable))
        {
            int index = accessor.Indices?.First ?? 0;
            foreach (int level in (int[])[1, 0])
            {
                Leaf free = accessor.Evaluate(h.State, level, index);
                if (IsPlain(free) && !Choices.Has(new AccessCase(accessor, level, index, accessor.Tree(level).Evaluate(h.State, level, index))))
                {
                    Find(found, reached, accessor, level, index);
                }
            }
        }

        Fields = [.. found.OrderBy(f => NameTable.Fields.Name(f.Key), StringComparer.Ordinal).Select(f => new Control(f.Key, NameTable.Fields.Name(f.Key), h.State[f.Key], f.Value))];
        Registers = [.. s_registers.Where(reached.Contains)];
    }

    internal Hypervisor Hypervisor { get; }

    internal AccessTarget Target { get; }

    /// <summary>All controls that trap something on the target.</summary>
    internal IReadOnlyList<Control> Fields { get; }

    /// <summary>The registers they are in, as far as EL2 has them.</summary>
    internal IReadOnlyList<string> Registers { get; }

    internal static Controls Of(Hypervisor h) => new(h);

    /// <summary>True for a state that exists, as far as the controls make it another than the one all is open in.</summary>
    internal bool Allows(ArchState state, int level, IReadOnlyList<int> fields) =>
        fields.All(f => state[f] == 0 || Target.Reach.IsPresent(f, state))
        && (Target.Reach.Allows(state, level, []) || !Target.Reach.Allows(Hypervisor.State, level, []));

    /// <summary>True where the access goes through without the help of anybody, so that a trap can be told from it.</summary>
    private static bool IsPlain(Leaf leaf) => leaf is Leaf.ReadRegister or Leaf.WriteRegister { MaskedBy: null } or Leaf.Operation or Leaf.ReadCounter or Leaf.Constant { Value: not null };

    private static bool IsUsable(Accessor a) =>
        a.HasEncoding && !a.IsImplementationDefined && !a.IsWide && a.Op is "MRS" or "MSR" or "TLBI" or "AT" or "IC" or "DC"
        && !(a.Op == "MSR" && a.Register == "VBAR_EL1") && !Array.Exists(s_kept, k => a.Register.StartsWith(k, StringComparison.Ordinal)) && a.Name is not ("GZVA" or "GVA" or "ZVA");

    private void Find(Dictionary<int, List<Stimulus>> found, HashSet<string> reached, Accessor accessor, int level, int index)
    {
        ArchState state = Hypervisor.State.Clone();
        foreach (int field in Target.Reach.FieldsAsked(accessor, level, index))
        {
            string name = NameTable.Fields.Name(field);
            int dot = name.IndexOf('.', StringComparison.Ordinal);
            if (dot < 0 || s_left.Contains(name) || !s_registers.Contains(name[..dot]) || !reached.Contains(name[..dot]) || Target.Reach.Width(field) != 1)
            {
                continue;
            }

            ulong before = state[field];
            state[field] = 1 - before;
            if (Allows(state, level, [field]) && accessor.Evaluate(state, level, index) is Leaf.Trap { Level: 2 })
            {
                if (!found.TryGetValue(field, out List<Stimulus>? stimuli))
                {
                    found[field] = stimuli = [];
                }

                stimuli.Add(new Stimulus(accessor, level, index));
            }

            state[field] = before;
        }
    }
}
