using Conformance.Harness.Cases;
using Conformance.Suites.ListRegisters;

namespace Conformance.Suites.Tests.ListRegisters;

/// <summary>The reference machine, written by others from the same documents, agrees with the oracle.</summary>
public class ReferenceMachineTests
{
    private const int OneIn = 7;

    [Theory]
    [InlineData("nv2")]
    [InlineData("nv2,lrs=1")]
    [InlineData("nv2,lrs=16,pribits=7,prebits=6")]
    [InlineData("nv2,lrs=2,pribits=7")]
    [InlineData("nv2,-FEAT_AA64EL3,pribits=6,prebits=5")]
    public void It_passes_what_it_is_given(string profile)
    {
        using var model = ModelDevice.Model.Direct(profile);
        var target = new SuiteTarget(model.Info.Features, model.Info.HighestLevel);
        List<Case> cases = [.. new ListRegistersSuite().Generate(target, 1).Where((_, n) => n % OneIn == 0)];

        cases.Count.ShouldBeGreaterThan(3000);
        cases.Zip(model.Run(cases, CancellationToken.None)).Select(p => Judge.Of(p.First, p.Second))
            .Where(j => j.Verdict != Verdict.Pass).Select(j => $"{j.Case.Id}: {j.Reason}").Take(5).ShouldBeEmpty();
    }

    [Fact]
    public void It_passes_through_the_executive_as_well()
    {
        using var model = ModelDevice.Model.WithExecutive("nv2");
        var target = new SuiteTarget(model.Info.Features, model.Info.HighestLevel);
        List<Case> cases = [.. new ListRegistersSuite().Generate(target, 1).Where((_, n) => n % 23 == 0)];

        cases.Zip(model.Run(cases, CancellationToken.None)).Select(p => Judge.Of(p.First, p.Second))
            .Where(j => j.Verdict != Verdict.Pass).Select(j => $"{j.Case.Id}: {j.Reason}").Take(5).ShouldBeEmpty();
    }
}
