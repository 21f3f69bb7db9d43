using Conformance.Mutation.Workers;

namespace Conformance.Mutation;

/// <summary>What a run of the tool does.</summary>
internal sealed record MutationPlan
{
    /// <summary>Root of the source tree.</summary>
    public required string Root { get; init; }

    /// <summary>How many mutants shall count; <see cref="int.MaxValue"/> for all.</summary>
    public int Count { get; init; } = 300;

    /// <summary>Decides which mutants are taken.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Part of a file name, with <c>*</c>; null for everything with access logic and declarations.</summary>
    public string? Only { get; init; }

    /// <summary>Part of a mutant's key.</summary>
    public string? Matching { get; init; }

    /// <summary>Take the mutants that are listed as equivalent, all of them, and no others.</summary>
    public bool KnownEquivalents { get; init; }

    /// <summary>A record of an earlier run: take the mutants that survived there, all of them, and no others.</summary>
    public string? Again { get; init; }

    /// <summary>Say the keys of the mutants and try none.</summary>
    public bool ListOnly { get; init; }

    /// <summary>How many mutants at a time.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    public IReadOnlyList<string> Suites { get; init; } = [];

    public IReadOnlyList<string> Profiles { get; init; } = [];

    /// <summary>Folder of the record.</summary>
    public string Out { get; init; } = "out/mutation";

    internal WorkerOptions Worker => new(Root, Suites, Profiles, CaseSeed: 1);
}
