using Conformance.Cli.Doctor;
using Conformance.Harness.Devices;
using Conformance.Harness.Spec;

namespace Conformance.Cli.Tests.Commands;

public class DoctorCommandTests
{
    [Fact]
    public void What_is_there_is_named_with_its_version()
    {
        IReadOnlyList<Finding> findings = Examine(_ => new StubDevice(["FEAT_NV2"]), program => $"{program} 1.2");
        findings.ShouldAllBe(f => f.State == FindingState.Ok);
        findings.ShouldContain(f => f.What.Contains(".NET", StringComparison.Ordinal));
        findings.ShouldContain(f => f.What == "device stub 3.4: EL3 and below, 1 features, FEAT_NV2");
        findings.ShouldContain(f => f.What == "gdb-multiarch: gdb-multiarch 1.2");
    }

    [Fact]
    public void A_device_without_nested_virtualization_says_so()
    {
        Examine(_ => new StubDevice([]), _ => "").ShouldContain(f => f.What.EndsWith("no nested virtualization", StringComparison.Ordinal));
        Examine(_ => new StubDevice(["FEAT_NV"]), _ => "").ShouldContain(f => f.What.EndsWith("FEAT_NV without FEAT_NV2", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_missing_comes_with_the_command_that_mends_it()
    {
        IReadOnlyList<Finding> findings = Examine(_ => throw new DeviceUnavailableException("It is not here.", "Run `get it`."), _ => null);
        findings.ShouldContain(new Finding(FindingState.Missing, "device stub: It is not here.", "Run `get it`."));
        findings.Where(f => f.State == FindingState.Optional).ShouldAllBe(f => f.Mend.Contains("apt-get install ", StringComparison.Ordinal));
        findings.Count(f => f.State == FindingState.Optional).ShouldBe(4);
    }

    [Fact]
    public void Without_QEMU_the_doctor_names_the_package_and_does_not_succeed()
    {
        using var session = new Session();
        session.RunStandard("doctor", "--qemu", "/nonexistent").ShouldBe(ExitCode.DeviceUnavailable);
        session.Out.ShouldContain("MISSING  device qemu");
        session.Out.ShouldContain("apt-get install -t bookworm-backports qemu-system-arm");
        session.Out.ShouldContain("ok       device model");
    }

    private static List<Finding> Examine(Func<DeviceChoice, IDevice> open, Func<string, string?> version) =>
        [.. new Examination(new Composition([], [new DeviceKind("stub", "", [], open)]), new DeviceChoice(), version).Findings()];

    private sealed class StubDevice(string[] features) : IDevice
    {
        public DeviceInfo Info { get; } = new("stub", "3.4", new FeatureSet(features), 3, []);

        public IEnumerable<Harness.Cases.Observation> Run(IEnumerable<Case> cases, CancellationToken cancellation) => [];

        public void Dispose()
        {
        }
    }
}
