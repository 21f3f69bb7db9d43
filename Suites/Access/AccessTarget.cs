using Conformance.Harness.Cases;
using Conformance.Harness.Spec;
using Conformance.Harness.Spec.Solving;

namespace Conformance.Suites.Access;

/// <summary>What the suite knows of one device: its implementation, the contract's baseline as fields, and what it can reach.</summary>
internal sealed class AccessTarget
{
    /// <summary>The level from which the suite's own limits follow: EL3 cases are not generated yet.</summary>
    internal const int HighestCaseLevel = 2;

    /// <summary>Rules of the suite on top of those of the architecture: what would make a case judge something else.</summary>
    private static readonly StateRule[] s_rules =
    [
        new("01", "HCR_EL2.{DC,VM}=00"),      // no stage 2: the case's own code must be fetched without tables
        new("0", "FEAT_E2H0 | HCR_EL2.E2H=1"),
    ];

    private static readonly Lock s_lock = new();
    private static AccessTarget? s_last;

    private readonly Dictionary<int, bool> _settable = [];
    private IReadOnlyList<ReachedLeaf>? _leaves;

    private AccessTarget(SuiteTarget target)
    {
        Target = target;
        Implementation = new Implementation(target.Features);
        Baseline = Backgrounds.State(Implementation);
        Home = new RegisterAccess(target.HighestLevel);
        Reach = new Reach(Baseline, s_rules);
    }

    /// <summary>The knowledge of a target; that of the last target asked for is kept, for it takes a second to find.</summary>
    internal static AccessTarget Of(SuiteTarget target)
    {
        lock (s_lock)
        {
            return s_last = s_last?.Target == target ? s_last : new AccessTarget(target);
        }
    }

    internal SuiteTarget Target { get; }

    internal Implementation Implementation { get; }

    /// <summary>The contract's baseline as field values.</summary>
    internal ArchState Baseline { get; }

    internal Reach Reach { get; }

    /// <summary>
    /// The leaves that cases are made for: accessors with an encoding that do something on the device at some level, at the
    /// levels of the suite; each leaf once, with the first array index that reaches it.
    /// </summary>
    internal IReadOnlyList<ReachedLeaf> Leaves => _leaves ??= Find();

    /// <summary>PSTATE bits that keep what is put into them. TCO need not without FEAT_MTE2: it may be RAZ/WI then.</summary>
    internal ulong StatusMask => Spsr.Implemented(Target.Features) & (Target.Features.Has("FEAT_MTE2") ? ulong.MaxValue : ~Spsr.Tco);

    internal int HighestLevel => Math.Min(Target.HighestLevel, HighestCaseLevel);

    /// <summary>What the executive can set and read on the target.</summary>
    internal RegisterAccess Home { get; }

    /// <summary>True for a field, by number, of a register that the executive can write before a case.</summary>
    internal bool CanSet(int field)
    {
        if (!_settable.TryGetValue(field, out bool can))
        {
            string name = NameTable.Fields.Name(field);
            int dot = name.IndexOf('.', StringComparison.Ordinal);
            _settable[field] = can = !name.StartsWith("eff.", StringComparison.Ordinal) && dot > 0
                && (name is "PSTATE.SP" or "OSLSR_EL1.OSLK" || Home.CanSet(name[..dot], Baseline));
        }

        return can;
    }

    private List<ReachedLeaf> Find()
    {
        List<ReachedLeaf> leaves = [];
        foreach (Accessor accessor in AccessRules.Accessors.Where(a => a.HasEncoding && !a.IsWide && IsPresent(a)))
        {
            IReadOnlyList<ReachedLeaf>[] levels =
                [.. Enumerable.Range(0, Implementation.HighestLevel + 1).Select(level => Reach.LeavesOverIndices(accessor, level))];
            if (levels.Any(l => l.Any(leaf => leaf.End.Leaf is not Leaf.Undefined)))
            {
                leaves.AddRange(levels.Take(HighestLevel + 1).SelectMany(l => l));
            }
        }

        return leaves;
    }

    /// <summary>
    /// False for trace registers without FEAT_TRC_SR: for two of them (TRCIMSPEC, TRCSEQEVR) the rules lack the presence
    /// condition that the register facts give in prose.
    /// </summary>
    private bool IsPresent(Accessor accessor) =>
        accessor.Encode(accessor.Indices?.First ?? 0) is not { Op0: 2, Op1: 1 } || Target.Features.Has("FEAT_TRC_SR");
}
