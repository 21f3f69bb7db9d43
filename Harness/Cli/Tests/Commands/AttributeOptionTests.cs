using Conformance.Harness.Cases;
using Conformance.Harness.Devices;
using Conformance.Harness.Runs;
using Conformance.ModelDevice;

namespace Conformance.Cli.Tests.Commands;

/// <summary>Failures of a broken device that stands on the model are run again there.</summary>
public sealed class AttributeOptionTests
{
    private const string Broken = "plain/svc/one";

    [Fact]
    public void A_broken_device_on_the_model_is_found_to_be_the_broken_one()
    {
        using var session = new Session();

        session.Run(On("shaky"), "run", "--device", "shaky", "--out", "r").ShouldBe(ExitCode.Failures);

        var record = RunRecord.Read(Path.Combine(session.Folder, "r"));
        RecordedCase failed = record.Cases.Single(c => c.Verdict == Verdict.Fail);
        failed.Id.ShouldBe(Broken);
        failed.Attribution!.Fault.ShouldBe(Fault.Device);
        record.Summary.Attribution!.Below.ShouldBe("model");
        session.Out.ShouldContain("fault     shaky: model below it passes");
        session.ReadFile("r/report.html").ShouldContain("shaky: model below it passes");
    }

    [Fact]
    public void A_device_on_the_broken_one_only_shows_what_that_does()
    {
        using var session = new Session();

        session.Run(On("shaky"), "run", "--device", "shaky", "--attribute", "shaky", "--out", "r").ShouldBe(ExitCode.Failures);

        session.Out.ShouldContain("fault     shaky below it: shaky below it does the same");
    }

    [Fact]
    public void None_is_asked_on_request_and_one_that_is_not_there_is_refused()
    {
        using var session = new Session();

        session.Run(On("shaky"), "run", "--device", "shaky", "--attribute", "none", "--out", "r").ShouldBe(ExitCode.Failures);
        session.Has("r/attribution.jsonl").ShouldBeFalse();
        session.Run(On("shaky"), "run", "--device", "shaky", "--attribute", "board").ShouldBe(ExitCode.Usage);
        session.Error.ShouldContain("--attribute: there is no device 'board'; the devices are model, shaky.");
    }

    [Fact]
    public void Options_go_to_the_device_that_has_them()
    {
        DeviceChoice choice = new() { Device = "shaky", Given = ["--profile", "--shake"] };

        (DeviceChoice own, DeviceChoice? below) = On("shaky").Attribution(choice, "model");

        own.Given.ShouldBe(["--shake"]);
        below!.Given.ShouldBe(["--profile"]);
        On("shaky").Attribution(new DeviceChoice(), null).Below.ShouldBeNull();
    }

    /// <summary>The model, and a device that is the model but for one case.</summary>
    private static Composition On(string name) => new([new PlainSuite()],
    [
        new DeviceKind("model", "", ["--profile"], c => Model.Direct(c.Profile)),
        new DeviceKind(name, "", ["--shake"], c => new Shaky(name, Model.Direct(c.Profile))) { Below = c => c with { Device = "model" } },
    ]);

    private sealed class Shaky(string name, Model model) : IDevice
    {
        public DeviceInfo Info => model.Info with { Name = name };

        public IEnumerable<Observation> Run(IEnumerable<Case> cases, CancellationToken cancellation)
        {
            List<Case> all = [.. cases];
            return all.Zip(model.Run(all, cancellation), (c, seen) => c.Id == Broken ? Session.Seen(c, 3) : seen);
        }

        public void Dispose() => model.Dispose();
    }
}
