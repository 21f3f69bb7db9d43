using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Conformance.Harness.Runs.Leaks;

namespace Conformance.Harness.Runs;

/// <summary><c>summary.json</c> as in <c>Fixtures/schemas/summary.schema.json</c>.</summary>
internal static class SummaryFile
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // the file is not pasted into HTML
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    public static byte[] Write(RunSummary s) => [.. JsonSerializer.SerializeToUtf8Bytes(
        new Shape
        {
            Format = RunSummary.Format,
            Complete = s.Complete,
            Device = s.Device,
            DeviceVersion = s.DeviceVersion,
            DeviceConfiguration = s.DeviceConfiguration,
            HighestLevel = s.HighestLevel,
            Features = s.Features,
            Notes = s.Notes,
            Seed = s.Seed,
            Only = s.Only,
            Sample = s.Sample,
            Cases = s.Counts.Total,
            Pass = s.Counts.Pass,
            Fail = s.Counts.Fail,
            Skip = s.Counts.Skip,
            Waived = s.Counts.Waived,
            Error = s.Counts.Error,
            Seconds = Math.Round(s.Seconds, 3),
            CasesPerSecond = Math.Round(s.CasesPerSecond, 0),
            Coverage = s.Coverage,
            Waivers = s.Waivers,
            Leaks = s.Leaks.Count == 0 ? null : s.Leaks,
            Attribution = s.Attribution,
        },
        s_options), (byte)'\n'];

    /// <exception cref="RunException">The file is not a summary of this format.</exception>
    public static RunSummary Read(byte[] json, string path)
    {
        try
        {
            Shape? s = JsonSerializer.Deserialize<Shape>(json, s_options);
            if (s?.Format != RunSummary.Format)
            {
                throw new RunException(
                    $"{path}: format is '{s?.Format}', not '{RunSummary.Format}'; make the record with this version of the suite.");
            }

            return new RunSummary
            {
                Complete = s.Complete,
                Device = s.Device,
                DeviceVersion = s.DeviceVersion,
                DeviceConfiguration = s.DeviceConfiguration,
                HighestLevel = s.HighestLevel,
                Features = s.Features,
                Notes = s.Notes,
                Seed = s.Seed,
                Only = s.Only,
                Sample = s.Sample,
                Counts = new VerdictCounts(s.Pass, s.Fail, s.Skip, s.Waived, s.Error),
                Seconds = s.Seconds,
                CasesPerSecond = s.CasesPerSecond,
                Coverage = s.Coverage,
                Waivers = s.Waivers,
                Leaks = s.Leaks ?? [],
                Attribution = s.Attribution,
            };
        }
        catch (JsonException e)
        {
            throw new RunException($"{path}: not the summary of a run ({FirstSentence(e)}); give the folder of a run (--out).");
        }
    }

    private static string FirstSentence(JsonException e) => e.Message.Split(". ")[0].Split(" Path:")[0].TrimEnd('.');

    /// <summary>The members of the file, in the order in which they stand there.</summary>
    private sealed record Shape
    {
        public required string Format { get; init; }

        public required bool Complete { get; init; }

        public required string Device { get; init; }

        public required string DeviceVersion { get; init; }

        public string DeviceConfiguration { get; init; } = "";

        public required int HighestLevel { get; init; }

        public required IReadOnlyList<string> Features { get; init; }

        public required IReadOnlyList<string> Notes { get; init; }

        public required ulong Seed { get; init; }

        public required IReadOnlyList<string> Only { get; init; }

        public int? Sample { get; init; }

        public required int Cases { get; init; }

        public required int Pass { get; init; }

        public required int Fail { get; init; }

        public required int Skip { get; init; }

        public required int Waived { get; init; }

        public required int Error { get; init; }

        public required double Seconds { get; init; }

        public required double CasesPerSecond { get; init; }

        public required IReadOnlyList<SuiteCoverage> Coverage { get; init; }

        public required IReadOnlyList<WaiverUse> Waivers { get; init; }

        public IReadOnlyList<LeakUse>? Leaks { get; init; }

        public AttributionSummary? Attribution { get; init; }
    }
}
