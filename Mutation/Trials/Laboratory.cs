using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using Conformance.Harness.Cases;
using Conformance.Harness.Devices;
using Conformance.Mutation.Points;
using Conformance.Mutation.Sources;

namespace Conformance.Mutation.Trials;

/// <summary>Builds mutants and runs the suites on them.</summary>
/// <param name="source">The model.</param>
/// <param name="suites">The suites that shall catch its mutants.</param>
/// <param name="others">The suites that are tried last, on the profiles that ask for them.</param>
/// <param name="profiles">Profiles of the model; the first is tried first, the others when it shows nothing.</param>
/// <param name="seed">Seed of the cases.</param>
internal sealed class Laboratory(ModelSource source, IReadOnlyList<ISuite> suites, IReadOnlyList<ISuite> others, IReadOnlyList<string> profiles, ulong seed)
{
    private readonly MutantProfile[] _profiles = [.. profiles.Select(name => new MutantProfile(name))];
    private readonly Dictionary<string, CaseSet> _sets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _tables = new(StringComparer.Ordinal);
    private readonly HashSet<UInt128> _known = [];
    private MutantContext? _right;

    /// <summary>Called before each case with the case's id.</summary>
    internal Action<string> Before { get; init; } = static _ => { };

    /// <summary>Makes the cases of the first profile, which every mutant needs.</summary>
    /// <returns>How many there are.</returns>
    internal int Prepare() => Set(_profiles[0]).Count;

    /// <summary>Builds one mutant and runs cases until one fails.</summary>
    internal TrialResult Try(Mutant mutant)
    {
        var watch = Stopwatch.StartNew();
        (byte[]? assembly, string error) =
            source.Build(mutant.File, mutant.Apply(source.Tree(mutant.File).GetText().ToString()));
        if (assembly is null)
        {
            return new TrialResult(Fate.DoesNotCompile, "", "", error, 0, watch.ElapsedMilliseconds);
        }

        var context = new MutantContext(assembly);
        int cases = 0;
        bool same = true;
        foreach (MutantProfile profile in Profiles)
        {
            Before($"tables of {profile.Features}");
            if (mutant.Declares && Differs(context, profile.Features) is false)
            {
                continue;
            }

            same = false;
            if (Catch(context, profile, RowName(mutant), ref cases) is var (by, reason))
            {
                return new TrialResult(Fate.Caught, profile.Name, by, reason, cases, watch.ElapsedMilliseconds);
            }
        }

        return new TrialResult(same ? Fate.SameTables : Fate.Survived, "", "", "", cases, watch.ElapsedMilliseconds);
    }

    /// <summary>Last with the cases that other profiles have as well: what asks for a feature shows where that is missing.</summary>
    private IEnumerable<MutantProfile> Profiles =>
        _profiles.Concat(_profiles.Skip(1).Where(p => p is { ByExecutive: false, OtherSuites: false }).Select(p => p with { AllCases = true }));

    private static string? RowName(Mutant mutant) =>
        mutant.Member.IndexOf(':', StringComparison.Ordinal) is > 0 and int at ? mutant.Member[(at + 1)..] : null;

    /// <returns>The case that shows the difference and what it shows, or null.</returns>
    private (string By, string Reason)? Catch(MutantContext context, MutantProfile profile, string? name, ref int cases)
    {
        CaseSet set = Set(profile);
        Before($"start of {profile.Name}");
        IDevice device;
        try
        {
            device = context.Open(profile);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return ("the model does not start", Innermost(e));
        }

        using (device)
        {
            // A model with other features gets the cases for those features, as a run on it would.
            bool same = device.Info.Features.Names.SequenceEqual(set.Device.Features.Names)
                && device.Info.Features.Numbers.OrderBy(n => n.Key).SequenceEqual(set.Device.Features.Numbers.OrderBy(n => n.Key))
                && device.Info.HighestLevel == set.Device.HighestLevel;
            (string By, string Reason)? caught = Run(device, same ? set.InOrder(name) : CaseSet.Generate(device.Info, SuitesOf(profile), seed), same, ref cases);
            if (caught is var (by, _))
            {
                set.Caught(by);
            }

            return caught;
        }
    }

    private IReadOnlyList<ISuite> SuitesOf(MutantProfile profile) => profile.OtherSuites ? others : suites;

    private (string By, string Reason)? Run(IDevice device, IEnumerable<Case> order, bool same, ref int cases)
    {
        ConcurrentQueue<Case> under = []; // a device takes cases on a thread of its own
        Case? last = null;
        IEnumerable<Case> announced = order.Select(c =>
        {
            Before(c.Id);
            under.Enqueue(c);
            return last = c;
        });
        try
        {
            foreach (Observation observation in device.Run(announced, CancellationToken.None))
            {
                Case c = under.TryDequeue(out Case? taken) ? taken : throw new InvalidOperationException("More answers than cases.");
                cases++;
                Judgement judgement = Judge.Of(c, observation);

                // A case that ran on the right model and is refused now is one that a run would miss in its coverage.
                if (judgement.Verdict is not Verdict.Pass && (same || judgement.Verdict is not Verdict.Skip))
                {
                    return (c.Id, judgement.Reason);
                }
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return (last?.Id ?? "no case", Innermost(e));
        }

        return null;
    }

    /// <summary>Whether the tables are others than those of the right model; null when the model has none, for it does not start.</summary>
    private bool? Differs(MutantContext context, string profile)
    {
        if (!_tables.TryGetValue(profile, out string? right))
        {
            _tables[profile] = right = Tables.Of(Right.Model, profile);
        }

        try
        {
            return Tables.Of(context.Model, profile) != right;
        }
        catch (Exception e) when (e is TargetInvocationException or TypeInitializationException)
        {
            return null;
        }
    }

    private MutantContext Right
    {
        get
        {
            if (_right is null)
            {
                (byte[]? assembly, string error) = source.Build();
                _right = new MutantContext(assembly ?? throw new InvalidOperationException($"The model does not compile: {error}"));
            }

            return _right;
        }
    }

    private static string Innermost(Exception e)
    {
        Exception inner = e;
        while (inner.InnerException is { } next && inner is TargetInvocationException or TypeInitializationException)
        {
            inner = inner.InnerException!;
        }

        return $"{inner.GetType().Name}: {inner.Message.ReplaceLineEndings(" ")}";
    }

    private CaseSet Set(MutantProfile profile)
    {
        string key = profile.AllCases ? $"{profile.Name}, all cases" : profile.Name;
        if (_sets.TryGetValue(key, out CaseSet? set))
        {
            return set;
        }

        Before($"cases of {key}");
        using IDevice right = Right.Open(profile);
        return _sets[key] = CaseSet.Of(key, right, SuitesOf(profile), seed, profile.ByExecutive || profile.AllCases ? [] : _known);
    }
}
