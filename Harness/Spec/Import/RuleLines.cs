using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Conformance.Harness.Spec.Import.Translation;

namespace Conformance.Harness.Spec.Import;

/// <summary>Writes rules as lines of JSON (section 1 of the description of the facts).</summary>
internal static class RuleLines
{
    internal const string Format = "a64-access-rules/1";

    internal static string Head(int accessors, string release) => Line(json =>
    {
        json.WriteString("k"u8, "head"u8);
        json.WriteString("format"u8, Format);
        json.WriteNumber("accessors"u8, accessors);
        json.WriteString("basis"u8, $"A-profile system-register facts, {release} data; notation and file by this project");
    });

    internal static string Rule(TranslatedRule rule) => Line(json =>
    {
        json.WriteString("k"u8, "acc"u8);
        json.WriteString("id"u8, rule.Id);
        json.WriteString("op"u8, rule.Op);
        json.WriteString("name"u8, rule.Name);
        json.WriteString("reg"u8, rule.Register);
        json.WriteStartArray("enc"u8);
        foreach (string element in rule.Encoding)
        {
            if (int.TryParse(element, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            {
                json.WriteNumberValue(number);
            }
            else
            {
                json.WriteStringValue(element);
            }
        }

        json.WriteEndArray();
        if (rule.Also.Count > 0)
        {
            json.WriteStartArray("also"u8);
            foreach (string register in rule.Also)
            {
                json.WriteStringValue(register);
            }

            json.WriteEndArray();
        }

        if (rule.Indices is var (first, last, bits))
        {
            json.WriteNumber("mbits"u8, bits);
            json.WriteStartArray("m"u8);
            json.WriteNumberValue(first);
            json.WriteNumberValue(last);
            json.WriteEndArray();
        }

        if (rule.Trees.Guards.Count > 0)
        {
            json.WriteStartArray("g"u8);
            Pairs(json, rule.Trees.Guards);
            json.WriteEndArray();
        }

        json.WriteStartArray("e"u8);
        foreach (Tree tree in rule.Trees.Levels)
        {
            Node(json, tree);
        }

        json.WriteEndArray();
    });

    /// <summary>One object as one line.</summary>
    internal static string Line(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Node(Utf8JsonWriter json, Tree tree)
    {
        if (tree is Tree.Fork fork)
        {
            json.WriteStartArray();
            Pairs(json, fork.Arms);
            Node(json, fork.Otherwise);
            json.WriteEndArray();
        }
        else
        {
            json.WriteStringValue(((Tree.Leaf)tree).Text);
        }
    }

    private static void Pairs(Utf8JsonWriter json, IEnumerable<(string When, Tree Then)> arms)
    {
        foreach ((string when, Tree then) in arms)
        {
            json.WriteStringValue(when);
            Node(json, then);
        }
    }
}
