using Conformance.Harness.Cases;
using Conformance.Harness.Devices;
using Conformance.Harness.Runs.Leaks;

namespace Conformance.Harness.Runs;

/// <summary>What to run, where, and where the record goes.</summary>
public sealed record RunPlan
{
    public required IDevice Device { get; init; }

    /// <summary>The suites to generate cases from, in order.</summary>
    public IReadOnlyList<ISuite> Suites { get; init; } = [];

    /// <summary>Cases run instead of those of the suites, when they come from a file.</summary>
    public IEnumerable<Case>? Cases { get; init; }

    /// <summary>The file that <see cref="Cases"/> came from, as the user named it: part of the replay command.</summary>
    public string? CasesFile { get; init; }

    /// <summary>Which of the cases to run.</summary>
    public CasePatterns Only { get; init; } = CasePatterns.All;

    /// <summary>Most cases of each suite to run, spread over its groups; null for all.</summary>
    public int? Sample { get; init; }

    /// <summary>Suites of which the device can run fewer in the same time, and how many; counts only with <see cref="Sample"/>.</summary>
    public IReadOnlyDictionary<string, int> SmallerSamples { get; init; } = new Dictionary<string, int>();

    public required ulong Seed { get; init; }

    /// <summary>Folder of the record, made if it is not there; null when none is to be kept.</summary>
    public string? Out { get; init; }

    public WaiverSet Waivers { get; init; } = WaiverSet.Embedded;

    /// <summary>What a device with a virtual EL2 may show of that.</summary>
    public LeakSet Leaks { get; init; } = LeakSet.Embedded;

    /// <summary>Starts the device that <see cref="Device"/> stands on, to ask it about failures; null when there is none.</summary>
    public Func<IDevice>? Below { get; init; }

    /// <summary>The options, besides its name, that the device was started with: part of the replay command.</summary>
    public IReadOnlyList<string> DeviceOptions { get; init; } = [];

    /// <summary>The command that runs one case of this plan again.</summary>
    public string Replay(Case @case)
    {
        string device = string.Concat(DeviceOptions.Select(o => $" {Quoted(o)}").Prepend($"--device {Device.Info.Name}"));
        return CasesFile is null
            ? $"./conformance replay {Quoted(@case.Id)} {device} --seed {Seed}"
            : $"./conformance run {device} --cases {Quoted(CasesFile)} --only {Quoted(@case.Id)} --seed {Seed}";
    }

    /// <summary>As one word of a shell.</summary>
    private static string Quoted(string text) =>
        text.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_' or '@' or ':' or '+' or ',' or '=')
            ? text
            : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
