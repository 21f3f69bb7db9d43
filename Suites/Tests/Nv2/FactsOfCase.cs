using Conformance.Harness.Cases;
using Conformance.Harness.Spec;
using Conformance.Suites.Nv2;

namespace Conformance.Suites.Tests.Nv2;

/// <summary>Evaluates the access facts for the state and the instruction of a case: the second opinion on the suite's oracle.</summary>
internal static class FactsOfCase
{
    private static readonly Dictionary<(SystemEncoding, bool Read), (Accessor Accessor, int Index)> s_accessors = Accessors();

    /// <summary>The implementation that the facts are evaluated for: the target's features, every array at its full size.</summary>
    private static Implementation Implementation(SuiteTarget target, bool actlrAccessors) => new(
        target.Features,
        Profile.Nv2.Implementation.Choices.Where(c => c.Key is not ("HaveEL2" or "HaveEL3" or "Have32_1" or "Have32_any"))
            .Append(KeyValuePair.Create("?AMU_G1_offset_implemented", true))
            .Append(KeyValuePair.Create("?ACTLR_ELx_accessors", actlrAccessors)),
        new Dictionary<string, long>(StringComparer.Ordinal)
        {
            ["$NUM_PMU_COUNTERS"] = 6,
            ["$NUM_GIC_LIST_REGS"] = 16,
            ["$NUM_GIC_PRIORITY_BITS"] = 8,
            ["$NUM_GIC_PREEMPTION_BITS"] = 7,
            ["$NUM_AMU_CG1_MONITORS"] = 16,
        });

    /// <summary>A state at the contract's baseline.</summary>
    /// <param name="target">The device.</param>
    /// <param name="actlrAccessors">The implementation has ACTLR_EL12.</param>
    internal static ArchState Baseline(SuiteTarget target, bool actlrAccessors = false)
    {
        var state = new ArchState(Implementation(target, actlrAccessors));
        IEnumerable<Harness.Cases.Baseline.Row> rows = Harness.Cases.Baseline.Rows
            .Where(r => r.Level <= target.HighestLevel && target.Features.FirstUnmet(r.Needs) is null)
            .OrderBy(r => r.Register is "HCR_EL2" or "SCR_EL3" ? 0 : 1);
        foreach (Harness.Cases.Baseline.Row row in rows)
        {
            RegisterValues.Load(state, row.Register, row.Value);
        }

        state["MPAMIDR_EL1.HAS_HCR"] = 1;
        state["MPAMIDR_EL1.VPMR_MAX"] = 7;
        state["OSLSR_EL1.OSLK"] = 0;
        return state;
    }

    /// <summary>The baselines for each choice of the implementation that the suite leaves open.</summary>
    internal static IReadOnlyList<ArchState> Baselines(SuiteTarget target) => [Baseline(target), Baseline(target, actlrAccessors: true)];

    /// <summary>The choice that the baselines differ in decides on this name.</summary>
    internal static bool IsLeftOpen(NestedName name) => name.Register is "ACTLR_EL1" or "ACTLRMASK_EL1";

    /// <summary>What the facts say that the last step of a case does.</summary>
    internal static Effect Of(ArchState baseline, Case c)
    {
        Step step = c.Steps[^1];
        uint word = step.Code[^1];
        return Of(baseline, c.Registers, step.Level, SystemEncoding.OfWord(word), read: (word >> 21 & 1) != 0);
    }

    /// <summary>What the facts say of an access.</summary>
    internal static Effect Of(ArchState baseline, IEnumerable<RegisterValue> registers, int level, SystemEncoding encoding, bool read)
    {
        ArchState state = baseline.Clone();
        foreach (RegisterValue register in registers.OrderBy(r => r.Name is "HCR_EL2" or "SCR_EL3" ? 0 : 1))
        {
            RegisterValues.Load(state, register.Name, register.Value);
        }

        state["eff.TRFCR_EL2.EE"] = state["TRFCR_EL2.EE"]; // the facts name the effective value apart
        (Accessor accessor, int index) = s_accessors[(encoding, read)];
        return Effect(accessor.Evaluate(state, level, index), index);
    }

    private static Effect Effect(Leaf leaf, int index) => leaf switch
    {
        Leaf.Undefined => new Effect.Undefined(),
        Leaf.Trap trap => new Effect.Trap(trap.Level, (uint)trap.Class),
        Leaf.Memory memory => new Effect.Memory(memory.Offset + (memory.Stride * index)),
        Leaf.ReadRegister read => new Effect.Register(read.Register.Architectural(index)),
        Leaf.WriteRegister write => new Effect.Register(write.Register.Architectural(index)),
        _ => throw new InvalidOperationException($"The suite has no case for a leaf like {leaf}."),
    };

    private static Dictionary<(SystemEncoding, bool Read), (Accessor, int)> Accessors()
    {
        Dictionary<(SystemEncoding, bool), (Accessor, int)> found = [];
        foreach (Accessor accessor in AccessRules.Accessors.Where(a => a.Op is "MRS" or "MSR" && a.HasEncoding))
        {
            (int first, int last) = accessor.Indices ?? (0, 0);
            for (int m = first; m <= last; m++)
            {
                found[(accessor.Encode(m), accessor.IsRead)] = (accessor, m);
            }
        }

        return found;
    }
}
