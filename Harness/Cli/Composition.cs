using System.Diagnostics;
using Conformance.Harness.Cases;
using Conformance.Harness.Devices;
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
    /// <summary>What the program is shipped with.</summary>
    public static Composition Standard { get; } = new(AllSuites.All,
    [
        new DeviceKind("model", "the reference machine, in this process", ["--profile", "--path"], OpenModel),
        new DeviceKind("qemu", "QEMU 10.0 or newer, through the executive", ["--qemu", "--cpu"], OpenQemu),
        new DeviceKind("kvm", "Linux KVM inside QEMU: virtual EL2, through the executive", ["--qemu", "--cpu", "--kind", "--kernel"], OpenKvm),
    ]);

    /// <exception cref="UsageException">There is no such device, or an option does not apply to it.</exception>
    /// <exception cref="DeviceUnavailableException">It cannot be started.</exception>
    public IDevice Open(DeviceChoice choice)
    {
        DeviceKind kind = Devices.FirstOrDefault(d => d.Name == choice.Device) ?? throw new UsageException(
            $"--device: there is no device '{choice.Device}'; the devices are {string.Join(", ", Devices.Select(d => d.Name))}.");
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
        new(new QemuOptions { Executable = choice.Qemu, Cpu = choice.Cpu });

    private static KvmDevice OpenKvm(DeviceChoice choice)
    {
        var options = new KvmOptions { Qemu = choice.Qemu, Kernel = choice.Kernel };
        return new KvmDevice(options with
        {
            Cpu = choice.Given.Contains("--cpu") ? choice.Cpu : options.Cpu,
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
internal sealed record DeviceKind(string Name, string Title, IReadOnlyList<string> Options, Func<DeviceChoice, IDevice> Open);

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
        "--kind" => Kind,
        "--kernel" => Kernel!,
        _ => throw new UnreachableException($"{option} is not an option of a device"),
    }])];
}
