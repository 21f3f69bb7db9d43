using System.Reflection;
using Conformance.Harness.Cases;
using Conformance.Harness.Devices;

namespace Conformance.Harness.Runs.Leaks;

/// <summary>The leaks that a run takes into account.</summary>
public sealed class LeakSet(IReadOnlyList<Leak> leaks)
{
    private const string Resource = "Fixtures/leaks/virtual-el2.jsonl";

    public static readonly LeakSet None = new([]);

    private static readonly Lazy<LeakSet> s_embedded = new(() => new LeakSet(ReadEmbedded()));

    /// <summary>The leaks of FEAT_NV2, from <c>Fixtures/leaks</c>.</summary>
    public static LeakSet Embedded => s_embedded.Value;

    public IReadOnlyList<Leak> Leaks => leaks;

    /// <summary>Those that this device has.</summary>
    public LeakSet For(DeviceInfo device) => new([.. leaks.Where(l => l.AppliesTo(device))]);

    /// <summary>The failure as the pass that one leak makes of it; null when none does.</summary>
    public Judgement? Allow(Judgement failure)
    {
        foreach (Leak leak in leaks)
        {
            if (leak.Widen(failure.Case) is { } wider && Judge.Of(wider, failure.Observed) is { Verdict: Verdict.Pass } passes)
            {
                return failure with { Verdict = Verdict.Pass, Chosen = passes.Chosen, FailedStep = -1, Reason = "", Leak = leak.Id };
            }
        }

        return null;
    }

    private static IReadOnlyList<Leak> ReadEmbedded()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not embedded in the harness.");
        using var reader = new StreamReader(stream);
        return LeakFile.Read(reader, Resource);
    }
}
