namespace Conformance.Harness.Tests.Schemas;

/// <summary>The validator itself: every keyword can fail, and none is skipped.</summary>
public static class MiniJsonSchemaTests
{
    [Theory]
    [InlineData("""{"type":"string"}""", "\"a\"", "1")]
    [InlineData("""{"type":["string","null"]}""", "null", "1")]
    [InlineData("""{"type":"integer"}""", "1.0", "1.5")]
    [InlineData("""{"properties":{"a":{"type":"string"}}}""", """{"a":"x","b":1}""", """{"a":1}""")]
    [InlineData("""{"required":["a"]}""", """{"a":1}""", """{"b":1}""")]
    [InlineData("""{"properties":{"a":true},"additionalProperties":false}""", """{"a":1}""", """{"b":1}""")]
    [InlineData("""{"patternProperties":{"^x":{"type":"string"}},"additionalProperties":{"type":"null"}}""", """{"xy":"","y":null}""", """{"xy":1}""")]
    [InlineData("""{"propertyNames":{"pattern":"^x"}}""", """{"x":1}""", """{"y":1}""")]
    [InlineData("""{"minProperties":1}""", """{"y":1}""", "{}")]
    [InlineData("""{"items":{"type":"string"}}""", """["a","b"]""", """["a",1]""")]
    [InlineData("""{"prefixItems":[{"const":1}],"items":{"const":2}}""", "[1,2,2]", "[1,2,1]")]
    [InlineData("""{"prefixItems":[{"const":1}]}""", "[1,7]", "[2]")]
    [InlineData("""{"minItems":1}""", "[1]", "[]")]
    [InlineData("""{"maxItems":1}""", "[1]", "[1,2]")]
    [InlineData("""{"enum":[1,"a"]}""", "\"a\"", "2")]
    [InlineData("""{"const":{"a":1}}""", """{"a":1}""", """{"a":2}""")]
    [InlineData("""{"pattern":"^a$"}""", "\"a\"", "\"ab\"")]
    [InlineData("""{"minLength":2}""", "\"ab\"", "\"a\"")]
    [InlineData("""{"minimum":2}""", "2", "1")]
    [InlineData("""{"maximum":18446744073709551615}""", "18446744073709551615", "18446744073709551616")]
    [InlineData("""{"anyOf":[{"const":1},{"type":"integer"}]}""", "1", "\"\"")]
    [InlineData("""{"oneOf":[{"const":1},{"type":"integer"}]}""", "2", "1")]
    [InlineData("""{"allOf":[{"minimum":1},{"maximum":2}]}""", "2", "3")]
    [InlineData("""{"$ref":"#/$defs/a","$defs":{"a":{"const":1}}}""", "1", "2")]
    public static void Every_keyword_accepts_and_rejects(string schema, string valid, string invalid)
    {
        var mini = MiniJsonSchema.Parse(schema);

        mini.Violations(valid).ShouldBeEmpty();
        mini.Violations(invalid).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"uniqueItems":true}""")]
    [InlineData("""{"properties":{"a":{"items":{"format":"date"}}}}""")]
    [InlineData("""{"anyOf":[{"multipleOf":2}]}""")]
    [InlineData("""{"$ref":"#/$defs/none"}""")]
    [InlineData("""{"type":"text"}""")]
    public static void A_schema_that_it_does_not_know_in_full_is_refused(string schema) =>
        Should.Throw<NotSupportedException>(() => MiniJsonSchema.Parse(schema));

    [Theory]
    [InlineData("access-case.schema.json")]
    [InlineData("case.schema.json")]
    [InlineData("run-record.schema.json")]
    [InlineData("summary.schema.json")]
    [InlineData("waiver.schema.json")]
    public static void The_published_schemas_are_known_in_full(string name) => MiniJsonSchema.Embedded(name).ShouldNotBeNull();
}
