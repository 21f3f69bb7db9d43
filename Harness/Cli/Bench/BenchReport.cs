using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Conformance.Harness.Devices;

namespace Conformance.Cli.Bench;

/// <summary>Measurements as a table and as JSON.</summary>
internal sealed record BenchReport(IReadOnlyList<DeviceInfo> Devices, int Runs, IReadOnlyList<Measurement> Measurements)
{
    public const string Format = "conformance-bench/1";

    public string Table()
    {
        List<string[]> rows = [["", .. Devices.Select(d => $"{d.Name} {d.Version}")]];
        if (Devices.Count > 1)
        {
            rows[0] = [.. rows[0], $"{Devices[0].Name} / {Devices[1].Name}"];
        }

        bool allocations = Measurements.Any(m => m.Allocated(Devices[0].Name) is not null);
        if (allocations)
        {
            rows[0] = [.. rows[0], $"{Devices[0].Name} allocates"];
        }

        foreach (Measurement measurement in Measurements)
        {
            IEnumerable<string> values = Devices.Select(d => measurement.Median(d.Name) is { } median ? Number(median) : "not measured");
            string[] row = [measurement.Name, .. values];
            if (Devices.Count > 1)
            {
                row = [.. row, measurement.Ratio(Devices[0].Name, Devices[1].Name) is { } ratio ? ratio.ToString("0.00", CultureInfo.InvariantCulture) : ""];
            }

            rows.Add(allocations ? [.. row, measurement.Allocated(Devices[0].Name) is { } bytes ? Bytes(bytes) : ""] : row);
        }

        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(r => r[column].Length))];
        var text = new StringBuilder();
        foreach (string[] row in rows)
        {
            IEnumerable<string> cells = row.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]));
            text.Append(string.Join("  ", cells).TrimEnd()).Append('\n');
        }

        return text.Append(CultureInfo.InvariantCulture, $"Per second; medians of {Runs} runs, the devices in turn.\n").ToString();
    }

    public string Json()
    {
        using var buffer = new MemoryStream();
        var options = new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            json.WriteStartObject();
            json.WriteString("format"u8, Format);
            json.WriteNumber("runs"u8, Runs);
            json.WriteStartArray("devices"u8);
            foreach (DeviceInfo device in Devices)
            {
                json.WriteStartObject();
                json.WriteString("device"u8, device.Name);
                json.WriteString("deviceVersion"u8, device.Version);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("figures"u8);
            foreach (Measurement measurement in Measurements)
            {
                WriteFigure(json, measurement);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    private void WriteFigure(Utf8JsonWriter json, Measurement measurement)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, measurement.Name);
        json.WriteString("unit"u8, measurement.Unit);
        json.WriteStartObject("perSecond"u8);
        foreach (DeviceInfo device in Devices.Where(d => measurement.Median(d.Name) is not null))
        {
            json.WriteStartObject(device.Name);
            json.WriteNumber("median"u8, Math.Round(measurement.Median(device.Name)!.Value));
            if (measurement.Allocated(device.Name) is { } bytes)
            {
                json.WriteNumber("allocatedBytesEach"u8, Math.Round(bytes, 4));
            }

            json.WriteStartArray("runs"u8);
            foreach (double run in measurement.Runs(device.Name))
            {
                json.WriteNumberValue(Math.Round(run));
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Bytes for each thing counted; setting a case up takes some kilobytes, so nothing reads exactly 0.</summary>
    private static string Bytes(double each) => each.ToString("0.000 B", CultureInfo.InvariantCulture);

    /// <summary>Three digits that say something: 12,300 or 1.23 million.</summary>
    private static string Number(double perSecond) => perSecond >= 1e6
        ? string.Create(CultureInfo.InvariantCulture, $"{perSecond / 1e6:0.00} million")
        : perSecond.ToString("#,0", CultureInfo.InvariantCulture);
}
