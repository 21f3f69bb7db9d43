using Conformance.Harness.Cases;
using Conformance.Harness.Devices;
using Conformance.Harness.Runs;
using Conformance.Harness.Spec;

namespace Conformance.Harness.Tests.Runs;

/// <summary>Small cases, devices and suites for the tests of judging, running and recording.</summary>
internal static class Given
{
    public const string Trap = "trap to EL2";

    public static readonly DeviceInfo Device = new("qemu", "10.0.2 (made up)", new FeatureSet(["FEAT_NV", "FEAT_NV2"]), 2, []);

    /// <summary>A case of one step that is to trap to EL2 with ESR 0x62000000, unless other outcomes are given.</summary>
    public static Case Case(string id, params Outcome[] allowed) => new()
    {
        Id = id,
        Title = "An access at EL1 traps to EL2",
        Rules = ["EX-153"],
        Steps = [Step(allowed)],
    };

    public static Step Step(params Outcome[] allowed) => new()
    {
        Level = 1,
        Pstate = 0x3C5,
        Code = [0xD503201F],
        Allowed = allowed.Length > 0 ? allowed : [Expect(Trap, ("target", 2), ("ESR", 0x62000000))],
    };

    public static Outcome Expect(string name, params (string Field, ulong Value)[] fields) =>
        new(name, [.. fields.Select(f => new FieldExpectation(f.Field, f.Value))]);

    public static StepObservation Saw(params (string Field, ulong Value)[] fields) =>
        new([.. fields.Select(f => KeyValuePair.Create(f.Field, f.Value))]);

    public static Observation Finished(params (string Field, ulong Value)[] fields) => new Observation.Finished([Saw(fields)]);

    /// <summary>What <see cref="Case"/> expects.</summary>
    public static Observation AsExpected => Finished(("target", 2), ("ESR", 0x62000000));

    public static Observation Wrong => Finished(("target", 1), ("ESR", 0x02000000));

    public static RunPlan Plan(Func<Case, Observation> answers, params IEnumerable<Case> cases) => new()
    {
        Device = new FakeDevice(answers),
        Suites = [new FakeSuite([.. cases])],
        Seed = 7,
        Waivers = WaiverSet.None,
    };
}

/// <summary>A device that answers what the test says.</summary>
internal sealed class FakeDevice(Func<Case, Observation> answers) : IDevice
{
    public DeviceInfo Info { get; init; } = Given.Device;

    public IEnumerable<Observation> Run(IEnumerable<Case> cases, CancellationToken cancellation)
    {
        foreach (Case @case in cases)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return answers(@case);
        }
    }

    public void Dispose()
    {
    }
}

/// <summary>A suite named <c>nv</c> with the cases the test gives it; every rule EX-153 to EX-155 can be reached.</summary>
internal sealed class FakeSuite(Func<SuiteTarget, IReadOnlyList<Case>> cases) : ISuite
{
    public FakeSuite(IReadOnlyList<Case> cases)
        : this(_ => cases)
    {
    }

    public string Name => "nv";

    public string Title => "Nested virtualization";

    public bool Generated { get; private set; }

    public IEnumerable<Case> Generate(SuiteTarget target, ulong seed)
    {
        Generated = true;
        return cases(target);
    }

    public IReadOnlyList<string> Reachable(SuiteTarget target) => ["EX-153", "EX-154", "EX-155"];
}

/// <summary>A folder that goes away with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("conformance-test-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
