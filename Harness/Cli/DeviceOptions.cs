using System.CommandLine;

namespace Conformance.Cli;

/// <summary>The options that choose a device, the same for every command that has one.</summary>
internal sealed class DeviceOptions
{
    private const string ShortForm = "gdb:";

    private static readonly DeviceChoice s_default = new();

    private readonly Option<string?> _device = new("--device", "-d")
    {
        Description = $"Device under test: model, qemu, kvm or gdb. [default: {s_default.Device}]",
        HelpName = "DEVICE",
    };

    private readonly Option<string?> _profile = new("--profile")
    {
        Description = $"What the model implements: a profile, or one with changes (nv2,-FEAT_ECV). [default: {s_default.Profile}]",
        HelpName = "PROFILE",
    };

    private readonly Option<string?> _path = new("--path")
    {
        Description = $"How cases reach the model: direct, or executive (as on QEMU). [default: {s_default.Path}]",
        HelpName = "PATH",
    };

    private readonly Option<string?> _qemu = new("--qemu")
    {
        Description = $"Name or path of QEMU. [default: {s_default.Qemu}]",
        HelpName = "PROGRAM",
    };

    private readonly Option<string?> _cpu = new("--cpu")
    {
        Description = $"CPU that QEMU emulates, as its -cpu takes it. [default: {s_default.Cpu}]",
        HelpName = "CPU",
    };

    private readonly Option<string?> _level = new("--level")
    {
        Description = "Exception level that QEMU starts the executive at: 1, 2 or 3. [default: the highest there is]",
        HelpName = "N",
    };

    private readonly Option<string?> _accel = new("--accel")
    {
        Description = "Let QEMU run the guest on the host's own AArch64 CPU, at EL2 or else EL1: kvm or hvf. [default: emulate]",
        HelpName = "kvm|hvf",
    };

    private readonly Option<string?> _target = new("--target")
    {
        Description = "Description of a target with a GDB stub (docs/gdb-device.md); --device gdb:FILE says the same.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _kind = new("--kind")
    {
        Description = $"Virtual EL2 that KVM is asked for: vhe (E2H is 1) or e2h0 (E2H is 0). [default: {s_default.Kind}; run takes both]",
        HelpName = "KIND",
    };

    private readonly Option<string?> _kernel = new("--kernel")
    {
        Description = "Kernel image with KVM to boot inside QEMU, or 'host' for the KVM of this machine (arm64 with FEAT_NV2). [default: the newest that doctor has fetched]",
        HelpName = "FILE",
    };

    /// <summary>Adds the options to a command.</summary>
    public DeviceOptions(Command command)
    {
        foreach (Option option in (Option[])[_device, _profile, _path, _qemu, _cpu, _level, _accel, _kind, _kernel, _target])
        {
            command.Add(option);
        }
    }

    public DeviceChoice Choice(ParseResult parsed, Shell shell)
    {
        List<string> given = [];
        string Value(Option<string?> option, string otherwise)
        {
            if (parsed.GetValue(option) is not { } value)
            {
                return otherwise;
            }

            given.Add(option.Name);
            return value;
        }

        string device = parsed.GetValue(_device) ?? s_default.Device;
        string target = Value(_target, s_default.Target);
        if (device.StartsWith(ShortForm, StringComparison.Ordinal) && target.Length == 0)
        {
            (device, target) = (ShortForm[..^1], device[ShortForm.Length..]);
            given.Add(_target.Name);
        }

        return new DeviceChoice
        {
            Device = device,
            Target = target,
            Folder = shell.Folder,
            Profile = Value(_profile, s_default.Profile),
            Path = Value(_path, s_default.Path),
            Qemu = Value(_qemu, s_default.Qemu),
            Cpu = Value(_cpu, s_default.Cpu),
            Level = Value(_level, s_default.Level),
            Accelerator = Value(_accel, s_default.Accelerator),
            Kind = Value(_kind, s_default.Kind),
            Kernel = Value(_kernel, "") is { Length: > 0 } kernel ? kernel : null,
            Given = given,
        };
    }
}
