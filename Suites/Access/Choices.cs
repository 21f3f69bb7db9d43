using Conformance.Harness.Spec;

namespace Conformance.Suites.Access;

/// <summary>What an implementation may choose: each way to choose gives an allowed leaf.</summary>
internal static class Choices
{
    /// <summary>Bits that are RAO/WI where the GIC has no memory-mapped CPU interface (ICC_SRE_ELx, SRE and Enable).</summary>
    private static readonly int[] s_mayReadAsOne =
    [
        .. new[] { "ICC_SRE_EL1.SRE", "ICC_SRE_EL2.SRE", "ICC_SRE_EL3.SRE", "ICC_SRE_EL2.Enable", "ICC_SRE_EL3.Enable" }
            .Select(NameTable.Fields.Id),
    ];

    /// <summary>The leaf of an access that is not there.</summary>
    internal static readonly Leaf Undefined = new Leaf.Undefined("U");

    /// <summary>True if more than the leaf itself can be allowed because the device may choose.</summary>
    internal static bool Has(AccessCase access) =>
        access.End.Leaf is Leaf.ConstrainedUnpredictable || RuleNames.Of(access.Accessor, access.Level).Choices.Count > 0;

    /// <summary>Every leaf that some choice leads to, that of the case first.</summary>
    internal static IReadOnlyList<Leaf> Leaves(AccessTarget target, AccessCase access, ArchState state)
    {
        IReadOnlyList<string> choices = RuleNames.Of(access.Accessor, access.Level).Choices;
        bool asksForOnes = target.Reach.FieldsAsked(access.Accessor, access.Level, access.Index)
            .Any(f => Array.IndexOf(s_mayReadAsOne, f) >= 0 && state[f] == 0);
        List<Leaf> leaves = [access.End.Leaf];
        if (choices.Count > 0 || asksForOnes)
        {
            foreach (Implementation variant in target.Variants(choices))
            {
                var other = new ArchState(variant);
                other.CopyFrom(state);
                Add(other);
                if (asksForOnes)
                {
                    Array.ForEach(s_mayReadAsOne, f => other[f] = 1);
                    Add(other);
                }
            }
        }

        if (access.End.Leaf is Leaf.ConstrainedUnpredictable)
        {
            // "As if another counter were named": then the checks of that counter apply.
            ArchState counter = state.Clone();
            counter["PMSELR_EL0.SEL"] = 0;
            counter["MDCR_EL2.HPMN"] = (ulong)state.Implementation.Features.Numbers.GetValueOrDefault("$NUM_PMU_COUNTERS", 1);
            Leaf leaf = access.Accessor.Evaluate(counter, access.Level, access.Accessor.Indices?.First ?? 0);
            if (leaf is Leaf.Trap && !leaves.Contains(leaf))
            {
                leaves.Add(leaf);
            }
        }

        if (HasNoRecords(access, state.Implementation) && !leaves.Contains(Undefined))
        {
            leaves.Add(Undefined);
        }

        return leaves;

        void Add(ArchState other)
        {
            Leaf leaf = access.Accessor.Evaluate(other, access.Level, access.Index);
            if (!leaves.Contains(leaf))
            {
                leaves.Add(leaf);
            }
        }
    }

    /// <summary>ERRSELR_EL1 and the ERX registers may be UNDEFINED when there are no error records (ERRIDR_EL1.NUM = 0).</summary>
    private static bool HasNoRecords(AccessCase access, Implementation implementation) =>
        access.Accessor.Register is var register
        && (register.StartsWith("ERX", StringComparison.Ordinal) || register == "ERRSELR_EL1")
        && implementation.Features.Numbers.TryGetValue("$NUM_ERROR_RECORDS", out long records) && records == 0;
}
