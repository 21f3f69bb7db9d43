using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Conformance.Harness.Runs;

namespace Conformance.Harness.Coverage;

/// <summary><c>coverage.jsonl</c>: a head, a line for each leaf, a line for each accessor and pattern of the NV bits.</summary>
/// <remarks>As in <c>Fixtures/schemas/coverage.schema.json</c>. Members that are empty or 0 are left out.</remarks>
internal static class CoverageFile
{
    /// <summary>Name and version of the format.</summary>
    internal const string Format = "conformance-coverage/1";

    private static readonly JsonWriterOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // the file is not pasted into HTML
        SkipValidation = true,
    };

    internal static byte[] Write(CoverageMap map)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 22);
        using var json = new Utf8JsonWriter(buffer, s_options);
        json.WriteStartObject();
        json.WriteString("format"u8, Format);
        json.WriteString("suite"u8, map.Suite);
        json.WriteNumber("leaves"u8, map.Leaves.Count);
        json.WriteNumber("nvBits"u8, map.NvBits.Count);
        EndLine(buffer, json);
        foreach (LeafRow row in map.Leaves)
        {
            json.WriteStartObject();
            json.WriteString("rule"u8, row.Rule);
            json.WriteString("accessor"u8, row.Accessor);
            json.WriteNumber("level"u8, row.Level);
            json.WriteString("kind"u8, row.Kind);
            WriteState(json, row.State, row.Cases);
            WriteNames(json, "controls"u8, row.Controls);
            WriteNames(json, "features"u8, row.Features);
            if (row.Reason.Length > 0)
            {
                json.WriteString("reason"u8, row.Reason);
            }

            EndLine(buffer, json);
        }

        foreach (NvRow row in map.NvBits)
        {
            json.WriteStartObject();
            json.WriteString("accessor"u8, row.Accessor);
            json.WriteString("nv"u8, row.Pattern);
            json.WriteString("leaf"u8, row.Leaf);
            WriteState(json, row.State, row.Cases);
            EndLine(buffer, json);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="RunException">The file is not of this format, or was cut.</exception>
    internal static CoverageMap Read(ReadOnlySpan<byte> file, string path)
    {
        CoverageReader? reader = null;
        for (int number = 1; !file.IsEmpty; number++)
        {
            int end = file.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? file : file[..end];
            file = end < 0 ? default : file[(end + 1)..];
            try
            {
                if (reader is null)
                {
                    reader = CoverageReader.AtHead(line, path);
                }
                else
                {
                    reader.Read(line);
                }
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
            {
                throw new RunException($"{path}:{number}: not a line of format {Format}; the file was changed or cut, run again.");
            }
        }

        return reader?.Map() ?? throw new RunException($"{path}: empty; the file was cut, run again.");
    }

    internal static string Text(LeafState state) => state switch
    {
        LeafState.Pass => "pass",
        LeafState.Waived => "waived",
        LeafState.Fail => "fail",
        LeafState.Skip => "skip",
        LeafState.Missing => "missing",
        LeafState.Unreachable => "unreachable",
    };

    private static void WriteState(Utf8JsonWriter json, LeafState state, VerdictCounts cases)
    {
        json.WriteString("state"u8, Text(state));
        Count("pass"u8, cases.Pass);
        Count("fail"u8, cases.Fail);
        Count("skip"u8, cases.Skip);
        Count("waived"u8, cases.Waived);
        Count("error"u8, cases.Error);

        void Count(ReadOnlySpan<byte> name, int count)
        {
            if (count > 0)
            {
                json.WriteNumber(name, count);
            }
        }
    }

    private static void WriteNames(Utf8JsonWriter json, ReadOnlySpan<byte> member, IReadOnlyList<string> names)
    {
        if (names.Count == 0)
        {
            return;
        }

        json.WriteStartArray(member);
        foreach (string name in names)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
    }

    private static void EndLine(ArrayBufferWriter<byte> buffer, Utf8JsonWriter json)
    {
        json.WriteEndObject();
        json.Flush();
        json.Reset();
        buffer.Write("\n"u8);
    }
}
