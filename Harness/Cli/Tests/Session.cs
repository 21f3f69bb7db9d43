using System.Globalization;
using Conformance.Harness.Cases;
using Conformance.Harness.Devices;
using Conformance.Harness.Spec;

namespace Conformance.Cli.Tests;

/// <summary>A folder of its own, devices and suites made for the test, and command lines run in this process.</summary>
internal sealed class Session : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<string> _errorLine = new();

    public Session() => Directory.CreateDirectory(Folder);

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), "conformance-cli-" + Path.GetRandomFileName());

    /// <summary>What the device does with a case; passes it when null.</summary>
    public Func<Case, Observation>? Behaviour { get; set; }

    public IReadOnlyList<ISuite> Suites { get; set; } = [new PlainSuite()];

    /// <summary>Called for each case that the device is given.</summary>
    public Action<Case> OnCase { get; set; } = static _ => { };

    public string Out { get; private set; } = "";

    public string Error { get; private set; } = "";

    /// <summary>The first message, while the command is still running.</summary>
    public Task<string> ErrorLine => _errorLine.Task;

    /// <summary>What a program wrote to its UART.</summary>
    public string Uart { get; private set; } = "";

    /// <summary>What a program gets at its UART; null for nothing.</summary>
    public string? Input { get; set; }

    public DeviceChoice? Opened { get; private set; }

    /// <summary>Runs a command line with the devices of the test.</summary>
    public ExitCode Run(params string[] arguments) => Run(new Composition(Suites, [new DeviceKind("model", "", ["--profile", "--path"], Open)]), arguments);

    /// <summary>Runs a command line with the devices and suites of the product.</summary>
    public ExitCode RunStandard(params string[] arguments) => Run(Composition.Standard, arguments);

    public ExitCode Run(Composition composition, params string[] arguments)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var error = new LineWriter(_errorLine);
        var uart = new List<byte>();
        using MemoryStream? input = Input is null ? null : new MemoryStream(System.Text.Encoding.ASCII.GetBytes(Input));
        var shell = new Shell { Out = output, Error = error, OutByte = uart.Add, In = input, Folder = Folder, Stop = _stop.Token };
        ExitCode code = CommandLine.Run(arguments, shell, composition);
        (Out, Error, Uart) = (output.ToString(), error.ToString(), System.Text.Encoding.ASCII.GetString([.. uart]));
        return code;
    }

    /// <summary>Bad input: one line that begins with the program's name, no stack trace, and the exit code.</summary>
    public void Refuses(ExitCode code, string saying, params string[] arguments) => Refuses(Run(arguments), code, saying);

    /// <summary>The same with the devices of the product.</summary>
    public void StandardRefuses(ExitCode code, string saying, params string[] arguments) => Refuses(RunStandard(arguments), code, saying);

    private void Refuses(ExitCode seen, ExitCode code, string saying)
    {
        Error.ShouldContain(saying);
        Error.ShouldStartWith("conformance: ");
        Error.ShouldEndWith("\n");
        Error.Count(c => c == '\n').ShouldBe(1, Error);
        Error.ShouldNotContain("   at ");
        seen.ShouldBe(code);
    }

    public string WriteFile(string name, string text)
    {
        File.WriteAllText(Path.Combine(Folder, name), text);
        return name;
    }

    public string ReadFile(string name) => File.ReadAllText(Path.Combine(Folder, name));

    public bool Has(string name) => File.Exists(Path.Combine(Folder, name));

    /// <summary>Does what Ctrl-C does.</summary>
    public void Interrupt() => _stop.Cancel();

    public void Dispose()
    {
        _stop.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>The device of the test.</summary>
    public IDevice Open(DeviceChoice choice)
    {
        Opened = choice;
        return new ScriptedDevice(c =>
        {
            OnCase(c);
            return Behaviour?.Invoke(c) ?? Seen(c, target: 1);
        });
    }

    /// <summary>Every step ended in an exception to this level.</summary>
    public static Observation Seen(Case c, ulong target) =>
        new Observation.Finished([.. c.Steps.Select(_ => new StepObservation([new(FieldNames.Target, target), new(FieldNames.Esr, 0x5600_0007)]))]);

    private sealed class LineWriter(TaskCompletionSource<string> first) : StringWriter(CultureInfo.InvariantCulture)
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            first.TrySetResult(value ?? "");
        }
    }

    private sealed class ScriptedDevice(Func<Case, Observation> behaviour) : IDevice
    {
        public DeviceInfo Info { get; } = new("model", "7.8.9", new FeatureSet(["FEAT_AA64"]), 2, []);

        public IEnumerable<Observation> Run(IEnumerable<Case> cases, CancellationToken cancellation)
        {
            foreach (Case c in cases)
            {
                cancellation.ThrowIfCancellationRequested();
                yield return behaviour(c);
            }
        }

        public void Dispose()
        {
        }
    }
}

/// <summary>A suite of SVCs that have to be taken to EL1; one needs a feature that the device has not.</summary>
internal sealed class PlainSuite(int generated = 3) : ISuite
{
    public string Name => "plain";

    public string Title => "Calls for the tests of the commands";

    public IEnumerable<Case> Generate(SuiteTarget target, ulong seed)
    {
        yield return Svc("plain/svc/one", []);
        yield return Svc("plain/svc/two", []);
        yield return Svc("plain/nested/needs-nv2", ["FEAT_NV2"]);
        for (int i = 0; i < generated; i++)
        {
            yield return Svc(string.Create(CultureInfo.InvariantCulture, $"plain/generated/{seed}-{i}"), []);
        }
    }

    public IReadOnlyList<string> Reachable(SuiteTarget target) => ["EX-001"];

    public static Case Svc(string id, IReadOnlyList<string> needs) => new()
    {
        Id = id,
        Title = "SVC at EL0 is taken to EL1",
        Rules = ["EX-001"],
        Needs = needs,
        Registers = [new RegisterValue("HCR_EL2", 0x8000_0000)],
        Memory = [new MemoryWord(0x4031_0000, 0x1234)],
        Steps =
        [
            new Step
            {
                Level = 0,
                Pstate = 0x3C0,
                Code = [0xD400_00E1],
                General = [new RegisterValue("X3", 0x33)],
                Allowed = [new Outcome("to EL1", [new FieldExpectation(FieldNames.Target, 1), new FieldExpectation(FieldNames.Esr, 0x5600_0007)])],
            },
        ],
    };
}
