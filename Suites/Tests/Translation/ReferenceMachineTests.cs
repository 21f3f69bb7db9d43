using Conformance.Harness.Cases;
using Conformance.Suites.Translation;

namespace Conformance.Suites.Tests.Translation;

/// <summary>The reference machine, written by others from the same documents, agrees.</summary>
public class ReferenceMachineTests
{
    private const int OneIn = 8;

    [Theory]
    [InlineData("nv2")]
    [InlineData("nv2,-FEAT_AA64EL3")]
    public void It_passes_what_it_is_given(string profile)
    {
        using var model = ModelDevice.Model.Direct(profile);
        var target = new SuiteTarget(model.Info.Features, model.Info.HighestLevel);
        List<Case> cases = [.. new TranslationSuite().Generate(target, 1).Where((_, n) => n % OneIn == 0)];

        cases.Count.ShouldBeGreaterThan(3000);
        cases.Zip(model.Run(cases, CancellationToken.None)).Select(p => Judge.Of(p.First, p.Second))
            .Where(j => j.Verdict != Verdict.Pass).Select(j => $"{j.Case.Id}: {j.Reason}").Take(5).ShouldBeEmpty();
    }
}
