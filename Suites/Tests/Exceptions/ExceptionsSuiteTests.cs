using System.Globalization;
using System.Text;
using Conformance.Harness.Cases;
using Conformance.Suites.Exceptions;

namespace Conformance.Suites.Tests.Exceptions;

public class ExceptionsSuiteTests
{
    private static readonly ExceptionsSuite s_suite = new();

    private static readonly Dictionary<string, (SuiteTarget Target, Lazy<IReadOnlyList<Case>> Cases)> s_targets = new()
    {
        ["nv2"] = Of(Targets.Nv2),
        ["max"] = Of(Targets.Max),
        ["v80"] = Of(Targets.V80),
        ["no-el3"] = Of(Targets.NoEl3),
        ["el1"] = Of(Targets.El1),
    };

    public static TheoryData<string> Names => [.. s_targets.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_case_has_its_own_id(string target) => Cases(target).Select(c => c.Id).ShouldBeUnique();

    [Theory]
    [MemberData(nameof(Names))]
    public void Ids_are_lower_case_and_belong_to_the_suite(string target) =>
        Cases(target).Where(c => c.Suite != "exceptions" || c.Id.Any(ch => char.IsUpper(ch) || char.IsWhiteSpace(ch))).Select(c => c.Id).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_reachable_rule_has_a_case(string target)
    {
        HashSet<string> covered = [.. Cases(target).SelectMany(c => c.Rules)];

        s_suite.Reachable(s_targets[target].Target).Where(r => !covered.Contains(r)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_rule_of_a_case_is_a_rule_of_the_document(string target) =>
        Cases(target).SelectMany(c => c.Rules).Distinct()
            .Where(r => !r.StartsWith("EX-", StringComparison.Ordinal) || !int.TryParse(r.AsSpan(3), CultureInfo.InvariantCulture, out int n) || n is < 1 or > 345)
            .ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_case_can_be_sent_to_its_target(string target)
    {
        SuiteTarget device = s_targets[target].Target;

        Cases(target).Select(c => Judge.CannotRun(c, device)).Where(reason => reason is not null).ShouldBeEmpty();
        Cases(target).SelectMany(c => c.Registers.Select(r => r.Name)).Distinct().Where(r => !Reach.CanSet(device, r)).ShouldBeEmpty();
    }

    [Fact]
    public void A_device_with_EL3_and_nested_virtualization_gets_many_cases() => Cases("nv2").Count.ShouldBeGreaterThan(6000);

    [Fact]
    public void The_same_seed_gives_the_same_cases() => Digest(s_suite.Generate(Targets.V80, 7)).ShouldBe(Digest(s_suite.Generate(Targets.V80, 7)));

    [Fact]
    public void Another_seed_gives_other_states() => Digest(s_suite.Generate(Targets.V80, 7)).ShouldNotBe(Digest(s_suite.Generate(Targets.V80, 8)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_expectation_can_be_met(string target)
    {
        // What a device would report that does just what the last allowed outcome says.
        foreach (Case c in Cases(target))
        {
            IReadOnlyList<StepObservation> echo =
                [.. c.Steps.Select(s => new StepObservation([.. s.Allowed[^1].Fields.Select(f => KeyValuePair.Create(f.Field, f.Any[0].Value))]))];

            Judge.Of(c, new Observation.Finished(echo)).Verdict.ShouldBe(Verdict.Pass, c.Id);
        }
    }

    private static IReadOnlyList<Case> Cases(string target) => s_targets[target].Cases.Value;

    private static (SuiteTarget, Lazy<IReadOnlyList<Case>>) Of(SuiteTarget target) => (target, new(() => [.. s_suite.Generate(target, 1)]));

    private static string Digest(IEnumerable<Case> cases)
    {
        StringBuilder text = new();
        foreach (Case c in cases)
        {
            text.Append(c.Id).AppendJoin(' ', c.Registers);
            foreach (Step step in c.Steps)
            {
                text.Append(step.Pstate).AppendJoin(' ', step.Code).AppendJoin(' ', step.General);
                text.AppendJoin(' ', step.Allowed.SelectMany(o => o.Fields.Select(f => $"{f.Field}={string.Join(',', f.Any)}")));
            }
        }

        return text.ToString();
    }
}
