using System.Collections.Concurrent;
using Conformance.Harness.Cases;
using Conformance.Harness.Spec;
using Conformance.Harness.Spec.Solving;

namespace Conformance.Suites.Access;

/// <summary>What the suite knows of one device: its implementation, the contract's baseline as fields, and what it can reach.</summary>
internal sealed class AccessTarget
{
    /// <summary>Rules of the suite on top of those of the architecture: what would make a case judge something else.</summary>
    private static readonly StateRule[] s_rules =
    [
        new("01", "HCR_EL2.{DC,VM}=00", "stage 2 is on, and the code of a case is fetched without tables"),
        new("0", "FEAT_E2H0 | HCR_EL2.E2H=1", "HCR_EL2.E2H is 1 without FEAT_E2H0"),

        // The executive can write the Secure EL2 timers only where Secure EL2 is on.
        new("0123", "CNTHPS_CTL_EL2.ENABLE=0 | (SCR_EL3.NS=0 & SCR_EL3.EEL2=1)", "the Secure EL2 timers are there only in Secure state with EL2"),
        new("0123", "CNTHVS_CTL_EL2.ENABLE=0 | (SCR_EL3.NS=0 & SCR_EL3.EEL2=1)", "the Secure EL2 timers are there only in Secure state with EL2"),
    ];

    private static readonly Lock s_lock = new();
    private static AccessTarget? s_last;

    /// <summary>The baseline in Secure state with EL2: the executive writes SCR_EL3 before the registers that are there only then.</summary>
    private readonly ArchState _secure;

    private readonly ConcurrentDictionary<int, bool> _settable = [];
    private readonly ConcurrentDictionary<(Accessor, int, int), HashSet<string>> _asked = [];
    private readonly ConcurrentDictionary<string, IReadOnlyList<Implementation>> _variants = new(StringComparer.Ordinal);
    private IReadOnlyList<ReachedLeaf>? _reachable;
    private IReadOnlyList<ReachedLeaf>? _leaves;
    private IReadOnlyList<UnreachedRule>? _unreached;

    private AccessTarget(SuiteTarget target)
    {
        Target = target;
        Implementation = new Implementation(target.Features);
        Baseline = Backgrounds.State(Implementation);
        Home = new RegisterAccess(target.HighestLevel);
        Reach = new Reach(Baseline, s_rules);
        _secure = Baseline.Clone();
        _secure["SCR_EL3.NS"] = 0;
        _secure["SCR_EL3.EEL2"] = 1;
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
    /// Every leaf of every accessor outside IMPLEMENTATION DEFINED space that some legal state of the device leads to, at every
    /// level; each once, with the first array index that reaches it.
    /// </summary>
    internal IReadOnlyList<ReachedLeaf> Reachable => _reachable ??= Find();

    /// <summary>Those that cases are made for.</summary>
    internal IReadOnlyList<ReachedLeaf> Leaves => _leaves ??= [.. Reachable.Where(l => CauseAgainst(l) is null)];

    /// <summary>The others, with the reason.</summary>
    internal IReadOnlyList<UnreachedRule> Unreached => _unreached ??=
        [.. Reachable.Select(l => (l.Id, Cause: CauseAgainst(l))).Where(l => l.Cause is not null).Select(l => new UnreachedRule(l.Id, l.Cause!))];

    /// <summary>PSTATE bits that keep what is put into them. TCO need not without FEAT_MTE2: it may be RAZ/WI then.</summary>
    internal ulong StatusMask => Spsr.Implemented(Target.Features) & (Target.Features.Has("FEAT_MTE2") ? ulong.MaxValue : ~Spsr.Tco);

    /// <summary>The device with each way to choose.</summary>
    /// <param name="choices">Names of what may be chosen (<c>?NAME</c>).</param>
    internal IReadOnlyList<Implementation> Variants(IReadOnlyList<string> choices) => choices.Count == 0
        ? [Implementation]
        : _variants.GetOrAdd(string.Join(' ', choices), _ =>
            [.. Enumerable.Range(0, 1 << choices.Count).Select(chosen => new Implementation(
                Target.Features, choices.Select((c, i) => KeyValuePair.Create(c, (chosen >> i & 1) != 0))))]);

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
                && (name is "PSTATE.SP" or "OSLSR_EL1.OSLK" || Home.CanSet(name[..dot], Baseline) || Home.CanSet(name[..dot], _secure));
        }

        return can;
    }

    /// <summary>True if the rule of an access asks for a field of a register: then the case does not vary it.</summary>
    internal bool IsAsked(AccessCase access, string register)
    {
        (Accessor, int, int) key = (access.Accessor, access.Level, access.Index);
        if (!_asked.TryGetValue(key, out HashSet<string>? registers))
        {
            _asked[key] = registers = [.. Reach.FieldsAsked(access.Accessor, access.Level, access.Index)
                .Select(f => NameTable.Fields.Name(f).Split('.')[0])];
        }

        return registers.Contains(register);
    }

    /// <summary>
    /// False for trace registers without FEAT_TRC_SR: for two of them (TRCIMSPEC, TRCSEQEVR) the rules lack the presence
    /// condition that the register facts give in prose. Every access is UNDEFINED then.
    /// </summary>
    internal bool IsPresent(Accessor accessor) =>
        !accessor.HasEncoding || accessor.Encode(accessor.Indices?.First ?? 0) is not { Op0: 2, Op1: 1 } || Target.Features.Has("FEAT_TRC_SR");

    private List<ReachedLeaf> Find() =>
    [
        .. AccessRules.Accessors.Where(a => !a.IsImplementationDefined)
            .SelectMany(a => Enumerable.Range(0, Implementation.HighestLevel + 1).SelectMany(level => Reach.LeavesOverIndices(a, level))),
    ];

    /// <summary>False for a trap to a level above that of the executive: whoever is there deals with it, as firmware does with SMC.</summary>
    internal bool IsSeen(Leaf leaf) => leaf is not Leaf.Trap trap || trap.Level <= Target.HighestLevel;

    /// <summary>Why no case leads to a leaf, or null if one does.</summary>
    private string? CauseAgainst(ReachedLeaf leaf)
    {
        if (leaf.Level > Target.HighestLevel)
        {
            return $"EL{leaf.Level} is above EL{Target.HighestLevel}, where cases start";
        }

        if (leaf.Accessor.IsWide && leaf.End.Leaf is not (Leaf.Undefined or Leaf.Trap))
        {
            return "registers of 128 bits cannot be set up and observed";
        }

        foreach ((int field, ulong value) in leaf.Fields)
        {
            if (value != Baseline[field] && !CanSet(field))
            {
                return $"{NameTable.Fields.Name(field)} cannot be set from EL{Target.HighestLevel}";
            }
        }

        return IsSeen(leaf.End.Leaf) ? null : $"an exception to a level above EL{Target.HighestLevel} is not seen there";
    }
}
