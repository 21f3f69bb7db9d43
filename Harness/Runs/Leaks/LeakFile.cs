using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Conformance.Harness.Cases;

namespace Conformance.Harness.Runs.Leaks;

/// <summary>Reads leaks from JSON Lines: one object per line, as in <c>Fixtures/schemas/leak.schema.json</c>.</summary>
public static class LeakFile
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <exception cref="RunException">A line is not a leak; the message starts with <c>file:line</c>.</exception>
    public static IReadOnlyList<Leak> Read(TextReader reader, string file)
    {
        List<Leak> leaks = [];
        int number = 0;
        while (reader.ReadLine() is { } line)
        {
            string place = string.Create(CultureInfo.InvariantCulture, $"{file}:{++number}");
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            Leak leak = Parse(line, place);
            leaks.Add(leaks.Any(l => l.Id == leak.Id)
                ? throw new RunException($"{place}: the id '{leak.Id}' is used twice; put what it allows into one line.")
                : leak);
        }

        return leaks;
    }

    private static Leak Parse(string line, string place)
    {
        Shape shape;
        try
        {
            shape = JsonSerializer.Deserialize<Shape>(line, s_options)!;
        }
        catch (JsonException e)
        {
            throw new RunException($"{place}: not a leak ({e.Message.Split(". ")[0].TrimEnd('.')}); see Fixtures/schemas/leak.schema.json.");
        }

        return new Leak(shape.Leak, shape.Says, shape.ClosedBy ?? [], [.. (shape.Allows ?? []).Select(a => Allowance(a, place))]);
    }

    private static LeakAllowance Allowance(AllowanceShape shape, string place) => new(
        new CasePatterns([shape.Cases]), shape.Rules ?? [], shape.Levels ?? [],
        [.. shape.Fields.Select(f => Field(f.Key, f.Value, place))]);

    private static FieldAllowance Field(string name, string value, string place) => value switch
    {
        "written" => new FieldAllowance(name, true, 0),
        ['~', .. string bits] when ValueNotation.TryParse(bits, out MaskedValue mask) => new FieldAllowance(name, false, mask.Value),
        _ => throw new RunException($"{place}: the value of field '{name}' must be \"written\" or \"~0xbits\"."),
    };

    private sealed record Shape(string Leak, string Says, IReadOnlyList<string>? ClosedBy = null, IReadOnlyList<AllowanceShape>? Allows = null);

    private sealed record AllowanceShape(
        string Cases, IReadOnlyDictionary<string, string> Fields, IReadOnlyList<string>? Rules = null, IReadOnlyList<int>? Levels = null);
}
