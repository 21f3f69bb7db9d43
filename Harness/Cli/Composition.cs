using System.Diagnostics;
using Conformance.Harness.Cases;
using Conformance.Harness.Devices;
using Conformance.Harness.Devices.Gdb;
using Conformance.Harness.Devices.Kvm;
using Conformance.Harness.Devices.Qemu;
using Conformance.ModelDevice;
using Conformance.Suites;

namespace Conformance.Cli;

/// <summary>Everything that the commands are put together from: the suites, and the devices by name.</summary>
/// <param name="Suites">All suites, in the order of a run.</param>
/// <param name="Devices">All devices, the default first.</param>
internal sealed record Composition(IReadOnlyList<ISuite> Suites, IReadOnlyList<DeviceKind> Devices)
{
    private static readonly string[] s_kvmKinds = ["vhe", "e2h0"];

    /// <summary>What the program is shipped with.</summary>
    public static Composition Standard { get; } = new(AllSuites.All,
    [
        new DeviceKind("model", "the reference machine, in this process", ["--profile", "--path"], OpenModel),
        new DeviceKind("qemu", "QEMU 10.0 or newer, through the executive", ["--qemu", "--cpu", "--level", "--accel"], OpenQemu),
        new DeviceKind("gdb", "any target with a GDB stub, through the executive", ["--target"], OpenGdb) { NeedsOptions = true },
        new DeviceKind("kvm", "Linux KVM inside QEMU: virtual EL2, through the executive", ["--qemu", "--cpu", "--kind", "--kernel"], OpenKvm)
        {
            // What KVM shows of its QEMU is seen there at real EL2 as well, without EL3 as KVM's guest has none.
            Below = c => c.Kernel == KvmOptions.OwnKernel ? null : c with { Device = "qemu", Level = "2", Cpu = KvmCpu(c) },
            Parts = c => [.. s_kvmKinds.Select(kind => (kind, c with { Kind = kind, Given = [.. c.Given, "--kind"] }))],
            PartOption = "--kind",
            Sample = 800,

            // A stage 2 of a guest hypervisor costs KVM a second under emulation: it empties the one that it keeps for it.
            SmallerSamples = new Dictionary<string, int> { ["translation"] = 40, ["guest-hypervisor"] = 60 },
        },
    ]);

    /// <summary>The device that failures are to be run on again, and the choice without the options that only that one has.</summary>
    /// <param name="choice">The device under test.</param>
    /// <param name="named">The device below as the user names it, <c>none</c>, or null for the one that the device stands on.</param>
    /// <exception cref="UsageException">There is no such device.</exception>
    public (DeviceChoice Choice, DeviceChoice? Below) Attribution(DeviceChoice choice, string? named)
    {
        DeviceChoice? below = named switch
        {
            "none" => null,
            null => Devices.FirstOrDefault(d => d.Name == choice.Device)?.Below?.Invoke(choice),
            _ => choice with { Device = Kind(named, "--attribute").Name },
        };
        if (below is null)
        {
            return (choice, null);
        }

        IReadOnlyList<string> own = Kind(choice.Device, "--device").Options;
        IReadOnlyList<string> others = Kind(below.Device, "--attribute").Options;
        return (
            choice with { Given = [.. choice.Given.Where(o => own.Contains(o) || !others.Contains(o))] },
            below with { Given = [.. below.Given.Where(others.Contains)] });
    }

    /// <summary>What a run takes one after the other: the choice itself, or each of its parts when the user names none.</summary>
    public IReadOnlyList<(string Name, DeviceChoice Choice)> Parts(DeviceChoice choice) =>
        Kind(choice.Device, "--device") is { Parts: { } parts, PartOption: { } option } && !choice.Given.Contains(option) ? parts(choice) : [("", choice)];

    /// <summary>What a run of all suites takes of each when the user does not say.</summary>
    public (int? Most, IReadOnlyDictionary<string, int> Smaller) SampleOf(DeviceChoice choice) =>
        (Kind(choice.Device, "--device").Sample, Kind(choice.Device, "--device").SmallerSamples);

    private DeviceKind Kind(string name, string option) => Devices.FirstOrDefault(d => d.Name == name) ?? throw new UsageException(
        $"{option}: there is no device '{name}'; the devices are {string.Join(", ", Devices.Select(d => d.Name))}.");

    /// <exception cref="UsageException">There is no such device, or an option does not apply to it.</exception>
    /// <exception cref="DeviceUnavailableException">It cannot be started.</exception>
    public IDevice Open(DeviceChoice choice)
    {
        DeviceKind kind = Kind(choice.Device, "--device");
        string? stray = choice.Given.FirstOrDefault(o => !kind.Options.Contains(o));
        return stray is null ? kind.Open(choice) : throw new UsageException(
            $"{stray}: does not apply to --device {kind.Name}; leave it out"
            + (Devices.FirstOrDefault(d => d.Options.Contains(stray)) is { } other ? $", or use --device {other.Name}." : "."));
    }

    private static Model OpenModel(DeviceChoice choice)
    {
        try
        {
            return choice.Path switch
            {
                "direct" => Model.Direct(choice.Profile),
                "executive" => Model.WithExecutive(choice.Profile),
                _ => throw new UsageException($"--path: there is no path '{choice.Path}'; the paths are direct, executive."),
            };
        }
        catch (FormatException e)
        {
            throw new UsageException($"--profile: {e.Message}");
        }
    }

    private static QemuDevice OpenQemu(DeviceChoice choice) =>
        new(new QemuOptions
        {
            Executable = choice.Qemu,
            Cpu = choice.Cpu,
            Accelerator = choice.Accelerator switch
            {
                "" => null,
                "kvm" or "hvf" => choice.Accelerator,
                string other => throw new UsageException($"--accel: there is no accelerator '{other}'; the accelerators are kvm, hvf."),
            },
            StartLevel = choice.Level switch
            {
                "" => null,
                "1" => 1,
                "2" => 2,
                "3" => 3,
                string other => throw new UsageException($"--level: '{other}' is no level to start at; give 1, 2 or 3."),
            },
        });

    private static GdbDevice OpenGdb(DeviceChoice choice) => choice.Target is { Length: > 0 } file
        ? new GdbDevice(GdbTargetFile.Read(Path.GetFullPath(file, choice.Folder), file))
        : throw new UsageException("--device gdb: it needs --target FILE.json, the description of the target (docs/gdb-device.md).");

    /// <summary>The CPU that QEMU emulates below KVM, which has a default of its own.</summary>
    private static string KvmCpu(DeviceChoice choice) => choice.Given.Contains("--cpu") ? choice.Cpu : new KvmOptions().Cpu;

    private static KvmDevice OpenKvm(DeviceChoice choice)
    {
        var options = new KvmOptions { Qemu = choice.Qemu, Kernel = choice.Kernel };
        return new KvmDevice(options with
        {
            Cpu = KvmCpu(choice),
            Kind = choice.Kind switch
            {
                "vhe" => KvmKind.Vhe,
                "e2h0" => KvmKind.E2h0,
                _ => throw new UsageException($"--kind: there is no kind '{choice.Kind}'; the kinds are vhe, e2h0."),
            },
        });
    }
}

/// <summary>A device that the program knows.</summary>
/// <param name="Name">Name on the command line.</param>
/// <param name="Title">One line for help and doctor.</param>
/// <param name="Options">The options that only some devices have, and this one has.</param>
/// <param name="Open">Starts it.</param>
internal sealed record DeviceKind(string Name, string Title, IReadOnlyList<string> Options, Func<DeviceChoice, IDevice> Open)
{
    /// <summary>It cannot be started without its options, so nobody tries it to see what is there.</summary>
    public bool NeedsOptions { get; init; }

    /// <summary>The choices that together are the device, with their names; null for one alone.</summary>
    public Func<DeviceChoice, IReadOnlyList<(string Name, DeviceChoice Choice)>>? Parts { get; init; }

    /// <summary>The option that names one of <see cref="Parts"/>.</summary>
    public string? PartOption { get; init; }

    /// <summary>Most cases of each suite in a run of all suites, on a device on which all take too long; null for all.</summary>
    public int? Sample { get; init; }

    /// <summary>Suites of which a sample has to be smaller, with its size.</summary>
    public IReadOnlyDictionary<string, int> SmallerSamples { get; init; } = new Dictionary<string, int>();

    /// <summary>The device that this one stands on, which its failures are run on again; null when there is none.</summary>
    public Func<DeviceChoice, DeviceChoice?>? Below { get; init; }
}

/// <summary>The device that the user asks for.</summary>
internal sealed record DeviceChoice
{
    public string Device { get; init; } = "model";

    /// <summary>What the model implements: a profile, or features.</summary>
    public string Profile { get; init; } = "nv2";

    /// <summary>How cases reach the model: <c>direct</c>, or through the <c>executive</c>.</summary>
    public string Path { get; init; } = "direct";

    /// <summary>Program name or path of QEMU.</summary>
    public string Qemu { get; init; } = "qemu-system-aarch64";

    /// <summary>QEMU's <c>-cpu</c>.</summary>
    public string Cpu { get; init; } = "max";

    /// <summary>Level that QEMU starts the executive at; empty for the highest.</summary>
    public string Level { get; init; } = "";

    /// <summary>How QEMU runs the guest: <c>kvm</c>, <c>hvf</c>, or empty for emulation.</summary>
    public string Accelerator { get; init; } = "";

    /// <summary>File that describes a target with a GDB stub.</summary>
    public string Target { get; init; } = "";

    /// <summary>The folder that relative paths count from.</summary>
    public string Folder { get; init; } = Environment.CurrentDirectory;

    /// <summary>Which virtual EL2 KVM is asked for: <c>vhe</c> or <c>e2h0</c>.</summary>
    public string Kind { get; init; } = "vhe";

    /// <summary>Kernel image with KVM; null for the newest in the cache.</summary>
    public string? Kernel { get; init; }

    /// <summary>The device options that stood on the command line.</summary>
    public IReadOnlyList<string> Given { get; init; } = [];

    /// <summary>Those options with their values, as they have to stand on a command line that means the same device.</summary>
    public IReadOnlyList<string> Options => [.. Given.SelectMany(option => (string[])[option, option switch
    {
        "--profile" => Profile,
        "--path" => Path,
        "--qemu" => Qemu,
        "--cpu" => Cpu,
        "--level" => Level,
        "--accel" => Accelerator,
        "--target" => Target,
        "--kind" => Kind,
        "--kernel" => Kernel!,
        _ => throw new UnreachableException($"{option} is not an option of a device"),
    }])];
}
