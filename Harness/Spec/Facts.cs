using System.Text.Json;

namespace Conformance.Harness.Spec;

/// <summary>Reads the embedded files of <c>Fixtures/spec</c>; a name with a folder is below <c>Fixtures</c>.</summary>
internal static class Facts
{
    /// <summary>The objects of a JSON Lines file, without its head.</summary>
    internal static IEnumerable<JsonElement> Lines(string name)
    {
        using var reader = new StreamReader(Open(name));
        reader.ReadLine(); // the head
        while (reader.ReadLine() is { } line)
        {
            using var json = JsonDocument.Parse(line);
            yield return json.RootElement;
        }
    }

    /// <summary>The lines of a file as they stand.</summary>
    internal static IEnumerable<string> Text(string name)
    {
        using var reader = new StreamReader(Open(name));
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    internal static JsonDocument Document(string name)
    {
        using Stream stream = Open(name);
        return JsonDocument.Parse(stream);
    }

    private static Stream Open(string name) =>
        typeof(Facts).Assembly.GetManifestResourceStream(name.Contains('/', StringComparison.Ordinal) ? $"Fixtures/{name}" : $"Fixtures/spec/{name}")
        ?? throw new InvalidOperationException($"{name} of Fixtures is not embedded in the harness.");
}
