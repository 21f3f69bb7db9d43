using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Conformance.Harness.Tests.Schemas;

/// <summary>
/// Checks JSON against the part of JSON Schema 2020-12 that the published schemas use. A keyword that it does not know is an
/// error when the schema is loaded, so that no part of a schema goes unchecked.
/// </summary>
internal sealed class MiniJsonSchema
{
    private static readonly string[] s_annotations = ["$schema", "$id", "$comment", "title", "description", "examples", "default"];

    private static readonly string[] s_types = ["object", "array", "string", "integer", "number", "boolean", "null"];

    private readonly JsonElement _root;

    private MiniJsonSchema(JsonElement root)
    {
        _root = root;
        CheckKeywords(root, "#");
    }

    /// <exception cref="NotSupportedException">The schema has a keyword or reference that this does not know.</exception>
    internal static MiniJsonSchema Parse(string text)
    {
        using var json = JsonDocument.Parse(text);
        return new MiniJsonSchema(json.RootElement.Clone());
    }

    /// <summary>A schema that is embedded in the harness: <c>case.schema.json</c>.</summary>
    internal static MiniJsonSchema Embedded(string name)
    {
        using Stream stream = typeof(Conformance.Harness.Cases.Case).Assembly.GetManifestResourceStream($"Fixtures/schemas/{name}")
            ?? throw new InvalidOperationException($"Fixtures/schemas/{name} is not embedded in the harness.");
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd());
    }

    /// <summary>Every violation, with the place in the instance in front; empty for a valid one.</summary>
    internal IReadOnlyList<string> Violations(string instance)
    {
        using var json = JsonDocument.Parse(instance);
        return [.. Violations(_root, json.RootElement, "$")];
    }

    internal bool Accepts(string instance) => Violations(instance).Count == 0;

    private IEnumerable<string> Violations(JsonElement schema, JsonElement value, string at)
    {
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return schema.GetBoolean() ? [] : [$"{at}: nothing is allowed here"];
        }

        return schema.EnumerateObject().SelectMany(keyword => Keyword(schema, keyword.Name, keyword.Value, value, at));
    }

    private IEnumerable<string> Keyword(JsonElement schema, string keyword, JsonElement operand, JsonElement value, string at)
    {
        bool isObject = value.ValueKind == JsonValueKind.Object;
        bool isArray = value.ValueKind == JsonValueKind.Array;
        bool isText = value.ValueKind == JsonValueKind.String;
        bool isNumber = value.ValueKind == JsonValueKind.Number;
        return keyword switch
        {
            "$ref" => Violations(Resolve(operand.GetString()!), value, at),
            "type" => Unless(Types(operand).Any(t => Is(value, t)), $"{at}: is not {operand.GetRawText()}"),
            "enum" => Unless(operand.EnumerateArray().Any(e => JsonElement.DeepEquals(e, value)), $"{at}: is none of {operand.GetRawText()}"),
            "const" => Unless(JsonElement.DeepEquals(operand, value), $"{at}: is not {operand.GetRawText()}"),
            "anyOf" => Unless(Count(operand, value, at) > 0, $"{at}: matches none of anyOf"),
            "oneOf" => Unless(Count(operand, value, at) == 1, $"{at}: matches {Count(operand, value, at)} of oneOf"),
            "allOf" => operand.EnumerateArray().SelectMany(s => Violations(s, value, at)),
            "required" when isObject => operand.EnumerateArray().Where(n => !value.TryGetProperty(n.GetString()!, out _))
                .Select(n => $"{at}: {n.GetString()} is missing"),
            "properties" when isObject => value.EnumerateObject()
                .SelectMany(p => operand.TryGetProperty(p.Name, out JsonElement s) ? Violations(s, p.Value, $"{at}.{p.Name}") : []),
            "patternProperties" when isObject => value.EnumerateObject().SelectMany(p => operand.EnumerateObject()
                .Where(s => Matches(p.Name, s.Name)).SelectMany(s => Violations(s.Value, p.Value, $"{at}.{p.Name}"))),
            "additionalProperties" when isObject => value.EnumerateObject().Where(p => !IsNamed(schema, p.Name))
                .SelectMany(p => Violations(operand, p.Value, $"{at}.{p.Name}")),
            "propertyNames" when isObject => value.EnumerateObject()
                .SelectMany(p => Violations(operand, JsonSerializer.SerializeToElement(p.Name), $"{at}: name {p.Name}")),
            "minProperties" when isObject => Unless(value.EnumerateObject().Count() >= operand.GetInt32(), $"{at}: has too few members"),
            "items" when isArray => value.EnumerateArray().Skip(Prefix(schema))
                .SelectMany((v, i) => Violations(operand, v, $"{at}[{i + Prefix(schema)}]")),
            "prefixItems" when isArray => value.EnumerateArray().Zip(operand.EnumerateArray())
                .SelectMany((pair, i) => Violations(pair.Second, pair.First, $"{at}[{i}]")),
            "minItems" when isArray => Unless(value.GetArrayLength() >= operand.GetInt32(), $"{at}: has too few items"),
            "maxItems" when isArray => Unless(value.GetArrayLength() <= operand.GetInt32(), $"{at}: has too many items"),
            "pattern" when isText => Unless(Matches(value.GetString()!, operand.GetString()!), $"{at}: does not match {operand.GetString()}"),
            "minLength" when isText => Unless(value.GetString()!.Length >= operand.GetInt32(), $"{at}: is too short"),
            "minimum" when isNumber => Unless(value.GetDecimal() >= operand.GetDecimal(), $"{at}: is below {operand.GetRawText()}"),
            "maximum" when isNumber => Unless(value.GetDecimal() <= operand.GetDecimal(), $"{at}: is above {operand.GetRawText()}"),
            _ => [],
        };
    }

    private static string[] Unless(bool holds, string violation) => holds ? [] : [violation];

    private static IEnumerable<string> Types(JsonElement operand) =>
        operand.ValueKind == JsonValueKind.Array ? operand.EnumerateArray().Select(t => t.GetString()!) : [operand.GetString()!];

    private static bool Is(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out decimal d) && d == decimal.Truncate(d),
        "number" => value.ValueKind == JsonValueKind.Number,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => value.ValueKind == JsonValueKind.Null,
    };

    private int Count(JsonElement schemas, JsonElement value, string at) =>
        schemas.EnumerateArray().Count(s => !Violations(s, value, at).Any());

    private static bool Matches(string text, string pattern) =>
        Regex.IsMatch(text, pattern, RegexOptions.ECMAScript, TimeSpan.FromSeconds(1));

    /// <summary>True when the name is for <c>properties</c> or <c>patternProperties</c>, so not an additional one.</summary>
    private static bool IsNamed(JsonElement schema, string name) =>
        (schema.TryGetProperty("properties", out JsonElement named) && named.TryGetProperty(name, out _))
        || (schema.TryGetProperty("patternProperties", out JsonElement patterns)
            && patterns.EnumerateObject().Any(p => Matches(name, p.Name)));

    private static int Prefix(JsonElement schema) =>
        schema.TryGetProperty("prefixItems", out JsonElement prefix) ? prefix.GetArrayLength() : 0;

    private JsonElement Resolve(string reference)
    {
        JsonElement at = _root;
        foreach (string part in reference.Split('/'))
        {
            if (part != "#" && !at.TryGetProperty(part, out at))
            {
                throw new NotSupportedException($"$ref {reference} leads nowhere in this schema.");
            }
        }

        return at;
    }

    /// <summary>Walks every schema in the schema, so that an unknown keyword is found even where no instance leads.</summary>
    private void CheckKeywords(JsonElement schema, string at)
    {
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return;
        }

        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            string below = $"{at}/{keyword.Name}";
            switch (keyword.Name)
            {
                case "properties" or "patternProperties" or "$defs":
                    foreach (JsonProperty member in keyword.Value.EnumerateObject())
                    {
                        CheckKeywords(member.Value, $"{below}/{member.Name}");
                    }

                    break;
                case "anyOf" or "oneOf" or "allOf" or "prefixItems":
                    foreach (JsonElement item in keyword.Value.EnumerateArray())
                    {
                        CheckKeywords(item, string.Create(CultureInfo.InvariantCulture, $"{below}/*"));
                    }

                    break;
                case "items" or "additionalProperties" or "propertyNames":
                    CheckKeywords(keyword.Value, below);
                    break;
                case "$ref":
                    Resolve(keyword.Value.GetString()!);
                    break;
                case "type":
                    if (Types(keyword.Value).FirstOrDefault(t => !s_types.Contains(t)) is { } type)
                    {
                        throw new NotSupportedException($"{below}: there is no type {type}.");
                    }

                    break;
                case "required" or "enum" or "const" or "pattern" or "minimum" or "maximum":
                case "minItems" or "maxItems" or "minLength" or "minProperties":
                    break;
                default:
                    if (!s_annotations.Contains(keyword.Name))
                    {
                        throw new NotSupportedException($"{below}: this validator does not know the keyword.");
                    }

                    break;
            }
        }
    }
}
