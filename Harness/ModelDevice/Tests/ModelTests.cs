using Conformance.Harness.Cases;
using Conformance.Harness.Devices;
using Conformance.Suites;
using Case = Conformance.Harness.Cases.Case;

namespace Conformance.ModelDevice.Tests;

/// <summary>The two paths of the model: whatever both can run, they see alike.</summary>
public class ModelTests
{
    [Theory]
    [InlineData("nv2")]
    [InlineData("nv2,-FEAT_AA64EL3")] // the executive at EL2: what it changes there for itself comes back
    public void The_direct_path_and_the_executive_agree_on_every_case_both_can_run(string profile)
    {
        using Model direct = Model.Direct(profile);
        using Model executive = Model.WithExecutive(profile);
        direct.Info.Features.Names.ShouldBe(executive.Info.Features.Names);
        direct.Info.HighestLevel.ShouldBe(executive.Info.HighestLevel);

        var target = new SuiteTarget(direct.Info.Features, direct.Info.HighestLevel);
        IReadOnlyList<Case> cases = [.. AllSuites.All.SelectMany(s => s.Generate(target, 1))];
        List<string> differences = [];
        int compared = 0;
        using IEnumerator<Observation> other = executive.Run(cases, CancellationToken.None).GetEnumerator();
        foreach ((Case c, Observation left) in cases.Zip(direct.Run(cases, CancellationToken.None)))
        {
            other.MoveNext().ShouldBeTrue();
            if (left is not Observation.Refused && other.Current is not Observation.Refused)
            {
                compared++;
                differences.AddRange(Differences(c, left, other.Current));
            }
        }

        differences.ShouldBeEmpty();
        compared.ShouldBeGreaterThan(cases.Count * 9 / 10);
    }

    [Fact]
    public void An_unknown_profile_is_one_clear_sentence_that_names_the_profiles()
    {
        DeviceUnavailableException unknown = Should.Throw<DeviceUnavailableException>(() => Model.Direct("armv99"));

        unknown.Message.ShouldContain("armv99");
        unknown.Message.ShouldContain("nv2");
    }

    /// <summary>
    /// The executive's own instructions move the system counter on, and what is derived from it; and an earlier case may have
    /// left something in PMCR_EL0, which the baseline does not hold.
    /// </summary>
    private static ulong DependsOnTime(Case c, string field) => field switch
    {
        "X2" when c.Id.StartsWith("registers/pmu/pmcr-n-", StringComparison.Ordinal) => ~0xF800UL,
        // A count that was read, or a compare value that was made from one: the highest byte is that of the offset alone.
        _ when (c.Id.EndsWith("/offsets", StringComparison.Ordinal)
                || c.Rules.Any(r => r.Contains("PHYSCOUNT", StringComparison.Ordinal) || r.Contains(":W:TVAL(", StringComparison.Ordinal)))
            && (field[0] == 'X' || field.Contains("_CVAL_", StringComparison.Ordinal)) => ulong.MaxValue >> 8,
        _ when field.StartsWith("CNT", StringComparison.Ordinal) && field.Contains("_CTL_", StringComparison.Ordinal) => 1 << 2, // ISTATUS
        _ when field.StartsWith("CNT", StringComparison.Ordinal) && field.Contains("_TVAL_", StringComparison.Ordinal) => ulong.MaxValue,
        "CNTPCT_EL0" or "CNTVCT_EL0" or "CNTPCTSS_EL0" or "CNTVCTSS_EL0" or "PMCCNTR_EL0" => ulong.MaxValue,
        _ => 0,
    };

    private static IEnumerable<string> Differences(Case c, Observation direct, Observation executive)
    {
        if (direct is not Observation.Finished left || executive is not Observation.Finished right)
        {
            if (direct.GetType() != executive.GetType())
            {
                yield return $"{c.Id}: {direct} against {executive}";
            }

            yield break;
        }

        foreach ((StepObservation l, StepObservation r) in left.Steps.Zip(right.Steps))
        {
            foreach (KeyValuePair<string, ulong> field in l.Fields)
            {
                if (r.TryGet(field.Key, out ulong value) && ((value ^ field.Value) & ~DependsOnTime(c, field.Key)) != 0)
                {
                    yield return $"{c.Id}: {field.Key} is 0x{field.Value:x} directly and 0x{value:x} through the executive";
                }
            }
        }
    }
}
