using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Conformance.Harness.Cases;
using Conformance.Harness.Devices;
using Conformance.Harness.Runs;

namespace Conformance.Cli.Commands;

/// <summary><c>conformance list --only 'nv2/*' --format json</c></summary>
internal static class ListCommand
{
    /// <summary>Name and version of what <c>--format json</c> writes.</summary>
    public const string Format = "conformance-list/1";

    public static Command Create(Shell shell, Composition composition)
    {
        Option<string?> format = new("--format") { Description = "text or json. [default: text]", HelpName = "FORMAT" };
        Command list = new("list", "List suites and cases as a run with the same options would run them.") { format };
        var device = new DeviceOptions(list);
        var cases = new CaseOptions(list);
        list.SetAction(parsed =>
        {
            CasePatterns only = cases.Only(parsed);
            ulong seed = cases.Seed(parsed);
            string kind = parsed.GetValue(format) ?? "text";
            if (kind is not ("text" or "json"))
            {
                throw new UsageException($"--format: there is no format '{kind}'; the formats are text, json.");
            }

            using IDevice target = composition.Open(device.Choice(parsed, shell));
            var listing = new Listing(target.Info, composition.Suites, only, seed);
            int count = kind == "json" ? WriteJson(shell.Out, listing, shell.Stop) : WriteText(shell.Out, listing, shell.Stop);
            if (count == 0)
            {
                shell.Out.Flush();
                shell.Error.WriteLine(only.Patterns.Count > 0
                    ? $"conformance: no case matches --only {string.Join(", ", only.Patterns)}; `conformance list` shows the ids."
                    : "conformance: the suites have no case for this device.");
                return (int)ExitCode.NothingRan;
            }

            return (int)ExitCode.Ok;
        });
        return list;
    }

    private sealed record Listing(DeviceInfo Device, IReadOnlyList<ISuite> Suites, CasePatterns Only, ulong Seed)
    {
        public IEnumerable<(ISuite Suite, List<Case> Cases)> BySuite()
        {
            var target = new SuiteTarget(Device.Features, Device.HighestLevel);
            foreach (ISuite suite in Suites.Where(s => Only.CanMatchSuite(s.Name)))
            {
                List<Case> cases = [.. suite.Generate(target, Seed).Where(c => Only.Matches(c.Id))];
                if (cases.Count > 0)
                {
                    yield return (suite, cases);
                }
            }
        }
    }

    private static int WriteText(TextWriter to, Listing listing, CancellationToken stop)
    {
        int total = 0;
        foreach ((ISuite suite, List<Case> cases) in listing.BySuite())
        {
            stop.ThrowIfCancellationRequested();
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{suite.Name}: {suite.Title} ({cases.Count} cases)"));
            foreach (Case c in cases)
            {
                to.WriteLine(c.Title.Length == 0 ? $"  {c.Id}" : $"  {c.Id}  {c.Title}");
            }

            total += cases.Count;
        }

        return total;
    }

    private static int WriteJson(TextWriter to, Listing listing, CancellationToken stop)
    {
        int total = 0;
        using var buffer = new MemoryStream();
        var options = new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            json.WriteStartObject();
            json.WriteString("format"u8, Format);
            json.WriteString("device"u8, listing.Device.Name);
            json.WriteString("deviceVersion"u8, listing.Device.Version);
            json.WriteNumber("seed"u8, listing.Seed);
            json.WriteStartArray("suites"u8);
            foreach ((ISuite suite, List<Case> cases) in listing.BySuite())
            {
                stop.ThrowIfCancellationRequested();
                json.WriteStartObject();
                json.WriteString("name"u8, suite.Name);
                json.WriteString("title"u8, suite.Title);
                json.WriteStartArray("cases"u8);
                foreach (Case c in cases)
                {
                    WriteCase(json, c);
                }

                json.WriteEndArray();
                json.WriteEndObject();
                total += cases.Count;
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        to.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
        return total;
    }

    private static void WriteCase(Utf8JsonWriter json, Case c)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, c.Id);
        json.WriteString("title"u8, c.Title);
        Texts("rules"u8, c.Rules);
        Texts("needs"u8, c.Needs);
        json.WriteEndObject();

        void Texts(ReadOnlySpan<byte> name, IReadOnlyList<string> texts)
        {
            json.WriteStartArray(name);
            foreach (string text in texts)
            {
                json.WriteStringValue(text);
            }

            json.WriteEndArray();
        }
    }
}
