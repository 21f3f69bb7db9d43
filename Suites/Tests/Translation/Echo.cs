using Conformance.Harness.Cases;

namespace Conformance.Suites.Tests.Translation;

/// <summary>What a device reports that does just what a case allows.</summary>
internal static class Echo
{
    /// <summary>The first value of each field of the first outcome; bits that do not count are 0.</summary>
    internal static Observation.Finished Of(Case c) => new([.. c.Steps.Select(Of)]);

    private static StepObservation Of(Step step) =>
        new([.. step.Allowed[0].Fields.Select(f => KeyValuePair.Create(f.Field, f.Any[0].Value & f.Any[0].Mask))]);
}
