using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Conformance.Harness.Cases;
using Conformance.Harness.Devices;

namespace Conformance.Mutation.Trials;

/// <summary>The cases of the suites for one profile of the model that is right, in the order in which they are tried.</summary>
internal sealed class CaseSet
{
    private const int Stride = 7919; // a prime: neighbours in a suite test much the same
    private const int KillersKept = 400;

    private readonly Case[] _cases;
    private readonly Dictionary<string, int> _index;
    private readonly LinkedList<int> _killers = [];

    private CaseSet(string profile, DeviceInfo device, IEnumerable<Case> cases)
    {
        Profile = profile;
        Device = device;
        _cases = [.. cases];
        _index = _cases.Index().ToDictionary(c => c.Item.Id, c => c.Index, StringComparer.Ordinal);
    }

    internal string Profile { get; }

    /// <summary>The right model as the suites saw it.</summary>
    internal DeviceInfo Device { get; }

    internal int Count => _cases.Length;

    /// <summary>The cases of some suites that pass on a device; those that do not cannot show anything.</summary>
    /// <param name="profile">Name of the set.</param>
    /// <param name="right">The model that is right.</param>
    /// <param name="suites">Where the cases come from.</param>
    /// <param name="seed">Their seed.</param>
    /// <param name="known">Cases of other profiles, which are left out: with the same expectation they rarely show more. The new ones are added.</param>
    internal static CaseSet Of(string profile, IDevice right, IReadOnlyList<ISuite> suites, ulong seed, HashSet<UInt128> known)
    {
        Case[] all = [.. Generate(right.Info, suites, seed).Where(c => known.Add(Content(c)))];
        IEnumerable<Case> passing = all.Zip(right.Run(all, CancellationToken.None))
            .Where(r => Judge.Of(r.First, r.Second).Verdict == Verdict.Pass).Select(r => r.First);
        return new CaseSet(profile, right.Info, passing);
    }

    private static UInt128 Content(Case c) =>
        BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(CaseFile.ToJson(c))));

    /// <summary>The cases that such a device can be sent.</summary>
    internal static IEnumerable<Case> Generate(DeviceInfo device, IReadOnlyList<ISuite> suites, ulong seed)
    {
        var target = new SuiteTarget(device.Features, device.HighestLevel);
        return suites.SelectMany(s => s.Generate(target, seed)).Where(c => Judge.CannotRun(c, target) is null);
    }

    /// <summary>All cases: first those that have caught the mutants before, then those that name a row, then the others.</summary>
    internal IEnumerable<Case> InOrder(string? name)
    {
        bool[] had = new bool[_cases.Length];
        IEnumerable<int> named = name is null ? [] : Enumerable.Range(0, _cases.Length).Where(
            i => _cases[i].Title.Contains(name, StringComparison.OrdinalIgnoreCase));
        IEnumerable<int> spread = Enumerable.Range(0, _cases.Length).Select(i => (int)((long)i * Stride % _cases.Length));
        foreach (int i in (name is null ? _killers.Concat(spread) : named.Concat(_killers).Concat(spread)).Concat(Enumerable.Range(0, _cases.Length)))
        {
            if (!had[i])
            {
                had[i] = true;
                yield return _cases[i];
            }
        }
    }

    /// <summary>Remembers a case that caught a mutant.</summary>
    internal void Caught(string id)
    {
        if (_index.TryGetValue(id, out int i))
        {
            _killers.Remove(i);
            _killers.AddFirst(i);
            if (_killers.Count > KillersKept)
            {
                _killers.RemoveLast();
            }
        }
    }
}
