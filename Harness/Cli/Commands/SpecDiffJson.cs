using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Conformance.Harness.Spec.Compare;

namespace Conformance.Cli.Commands;

/// <summary>The comparison of two versions of the facts as one JSON object.</summary>
internal static class SpecDiffJson
{
    /// <summary>Name and version of the format.</summary>
    public const string Format = "conformance-spec-diff/1";

    public static void Write(TextWriter to, string old, string changed, SpecDiff diff)
    {
        using var buffer = new MemoryStream();
        var options = new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            json.WriteStartObject();
            json.WriteString("format"u8, Format);
            json.WriteString("old"u8, old);
            json.WriteString("new"u8, changed);
            json.WriteBoolean("same"u8, diff.Same);
            json.WriteStartObject("accessors"u8);
            json.WriteNumber("compared"u8, diff.Compared);
            Texts(json, "added"u8, diff.Added);
            Texts(json, "removed"u8, diff.Removed);
            json.WriteStartArray("changed"u8);
            foreach (RuleChange change in diff.Changed.Where(c => c.Differs))
            {
                Rule(json, change);
            }

            json.WriteEndArray();
            Texts(json, "rewritten"u8, diff.Changed.Where(c => !c.Differs).Select(c => c.Id));
            json.WriteNumber("states"u8, diff.States);
            json.WriteNumber("leavesReached"u8, diff.LeavesReached);
            json.WriteNumber("leaves"u8, diff.Leaves);
            json.WriteEndObject();
            json.WriteStartObject("registers"u8);
            Texts(json, "added"u8, diff.RegistersAdded);
            Texts(json, "removed"u8, diff.RegistersRemoved);
            json.WriteStartArray("changed"u8);
            foreach (RegisterChange change in diff.RegistersChanged)
            {
                json.WriteStartObject();
                json.WriteString("name"u8, change.Name);
                Texts(json, "what"u8, change.What);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
            Texts(json, "notCompared"u8, diff.NotCompared);
            json.WriteEndObject();
        }

        to.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    private static void Rule(Utf8JsonWriter json, RuleChange change)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, change.Id);
        Texts(json, "what"u8, change.What);
        json.WriteStartArray("levels"u8);
        foreach ((int level, Counterexample example) in change.Levels)
        {
            json.WriteStartObject();
            json.WriteNumber("el"u8, level);
            json.WriteString("old"u8, example.Old);
            json.WriteString("new"u8, example.New);
            State(json, example.State);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void State(Utf8JsonWriter json, Sample state)
    {
        json.WriteStartObject("state"u8);
        Texts(json, "features"u8, state.Features);
        Texts(json, "choices"u8, state.Choices);
        json.WriteStartObject("constants"u8);
        foreach ((string name, long value) in state.Constants)
        {
            json.WriteNumber(name, value);
        }

        json.WriteEndObject();
        json.WriteStartObject("fields"u8);
        foreach ((string name, ulong value) in state.Fields)
        {
            json.WriteNumber(name, value);
        }

        json.WriteEndObject();
        json.WriteNumber("m"u8, state.Index);
        json.WriteEndObject();
    }

    private static void Texts(Utf8JsonWriter json, ReadOnlySpan<byte> name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
