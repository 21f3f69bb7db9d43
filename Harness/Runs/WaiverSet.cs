using System.Reflection;
using Conformance.Harness.Cases;
using Conformance.Harness.Devices;

namespace Conformance.Harness.Runs;

/// <summary>The known divergences that a run takes into account.</summary>
public sealed class WaiverSet(IReadOnlyList<Waiver> waivers)
{
    private const string Folder = "Fixtures/waivers/";

    public static readonly WaiverSet None = new([]);

    private static readonly Lazy<WaiverSet> s_embedded = new(() => new WaiverSet(ReadEmbedded()));

    /// <summary>The waivers that come with the suite, from <c>Fixtures/waivers</c>.</summary>
    public static WaiverSet Embedded => s_embedded.Value;

    public IReadOnlyList<Waiver> Waivers => waivers;

    /// <summary>Those that speak of this device and version.</summary>
    public WaiverSet For(DeviceInfo device) => new([.. waivers.Where(w => w.AppliesTo(device))]);

    /// <summary>The first waiver that explains a failure, or null.</summary>
    public Waiver? Explaining(Judgement failure) => waivers.FirstOrDefault(w => w.Explains(failure));

    /// <summary>Why a case is not sent to the device, or null.</summary>
    public string? Withholds(Case @case)
    {
        foreach (Waiver waiver in waivers)
        {
            if (waiver.Withholds(@case) is { } reason)
            {
                return reason;
            }
        }

        return null;
    }

    private static List<Waiver> ReadEmbedded()
    {
        Assembly harness = typeof(WaiverSet).Assembly;
        List<Waiver> all = [];
        foreach (string name in harness.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            if (name.StartsWith(Folder, StringComparison.Ordinal) && name.EndsWith(".jsonl", StringComparison.Ordinal))
            {
                using var reader = new StreamReader(harness.GetManifestResourceStream(name)!);
                all.AddRange(WaiverFile.Read(reader, name));
            }
        }

        return all;
    }
}
