using System.Text.Json;
using System.Text.Json.Serialization;
using Conformance.Mutation.Points;
using Conformance.Mutation.Rules;
using Conformance.Mutation.Trials;

namespace Conformance.Mutation.Results;

/// <summary>How mutants and results are written, one on a line.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.General, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(Mutant))]
[JsonSerializable(typeof(TrialResult))]
[JsonSerializable(typeof(MutationRecord))]
[JsonSerializable(typeof(EquivalentMutant))]
[JsonSerializable(typeof(RuleRow))]
internal sealed partial class MutationJson : JsonSerializerContext;

/// <summary>The same, with characters as they are: the files are read by people, not put into web pages.</summary>
internal static class PlainJson
{
    internal static MutationJson Context { get; } = new(new JsonSerializerOptions(MutationJson.Default.Options)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
