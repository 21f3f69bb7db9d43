using Conformance.Harness.Spec;
using Conformance.Harness.Spec.Instructions;

namespace Conformance.Harness.Lockstep;

/// <summary>The encodings that blocks are made of, for a pair of devices.</summary>
public sealed class EncodingPool
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly LockstepRules _rules;
    private readonly Func<string, bool> _first;
    private readonly Func<string, bool> _second;

    /// <param name="table">All encodings.</param>
    /// <param name="rules">What is left out.</param>
    /// <param name="first">Features of one device.</param>
    /// <param name="second">Features of the other.</param>
    /// <param name="only">Beginnings of names or groups of encodings; empty for all.</param>
    public EncodingPool(EncodingTable table, LockstepRules rules, FeatureSet first, FeatureSet second, IReadOnlyList<string> only)
    {
        Table = table;
        _rules = rules;
        _first = first.Has;
        _second = second.Has;
        List<InstructionEncoding> both = [];
        List<InstructionEncoding> neither = [];
        List<InstructionEncoding> one = [];
        Dictionary<string, string> left = new(StringComparer.Ordinal);
        foreach (InstructionEncoding encoding in table.Encodings)
        {
            if (only.Count > 0 && !only.Any(o => encoding.Name.StartsWith(o, StringComparison.Ordinal) || encoding.Group.StartsWith(o, StringComparison.Ordinal)))
            {
                continue;
            }

            _asked.Add(encoding.Name);
            bool inFirst = encoding.Needs is null || encoding.Needs.Holds(0, _first);
            bool inSecond = encoding.Needs is null || encoding.Needs.Holds(0, _second);
            if (rules.SkipsWhole(encoding) is { } reason)
            {
                left.Add(encoding.Name, reason);
            }
            else if (inFirst != inSecond && !encoding.NopWithout)
            {
                one.Add(encoding);
            }
            else if (inFirst || encoding.NopWithout)
            {
                both.Add(encoding);
            }
            else
            {
                neither.Add(encoding);
            }
        }

        Implemented = both;
        Absent = neither;
        OneSided = one;
        LeftOut = left;
        WithUnallocated = only.Count == 0;
        System = new SystemPool(first, second);
    }

    /// <summary>The accesses to system registers, and the system instructions.</summary>
    internal SystemPool System { get; }

    /// <summary>What is left out.</summary>
    public LockstepRules Rules => _rules;

    /// <summary>The encoding is one of those asked for.</summary>
    public bool IsAsked(string encoding) => _asked.Contains(encoding);

    /// <summary>Words of no encoding are run too.</summary>
    public bool WithUnallocated { get; }

    public EncodingTable Table { get; }

    /// <summary>Encodings that both devices have.</summary>
    public IReadOnlyList<InstructionEncoding> Implemented { get; }

    /// <summary>Encodings of features that neither has: both have to take them as UNDEFINED.</summary>
    public IReadOnlyList<InstructionEncoding> Absent { get; }

    /// <summary>Encodings of features that only one has: not compared.</summary>
    public IReadOnlyList<InstructionEncoding> OneSided { get; }

    /// <summary>Encodings that are not run, with the reason.</summary>
    public IReadOnlyDictionary<string, string> LeftOut { get; }

    /// <summary>The word is defined alike on both devices: executed by both, or UNDEFINED on both.</summary>
    public bool IsComparable(uint word, out InstructionEncoding? encoding, out bool executes)
    {
        encoding = Table.Find(word);
        executes = false;
        if (encoding is null)
        {
            return true;
        }

        executes = encoding.IsAllocated(word, _first);
        return executes == encoding.IsAllocated(word, _second)
            && encoding.UnpredictableRule(word, _first) is null
            && _rules.Skips(encoding, word) is null;
    }
}
