using System.CommandLine;
using Conformance.Cli.Doctor;
using Conformance.Harness.Devices.Kvm;

namespace Conformance.Cli.Commands;

/// <summary><c>conformance doctor</c></summary>
internal static class DoctorCommand
{
    public static Command Create(Shell shell, Composition composition) => Create(shell, composition, Programs.Version);

    /// <param name="shell">Where the findings go.</param>
    /// <param name="composition">The devices to try.</param>
    /// <param name="version">First line of a program's <c>--version</c>, or null when it is not there.</param>
    internal static Command Create(Shell shell, Composition composition, Func<string, string?> version)
    {
        Option<string?> qemu = new("--qemu") { Description = "Name or path of QEMU. [default: qemu-system-aarch64]", HelpName = "PROGRAM" };
        Option<bool> fetch = new("--fetch") { Description = "Fetch the kernel that device kvm boots into the cache first; nothing is installed." };
        Command doctor = new("doctor", "Say what is installed, what is missing, and the command that mends it.") { qemu, fetch };
        doctor.SetAction(parsed =>
        {
            var choice = new DeviceChoice();
            choice = choice with { Qemu = parsed.GetValue(qemu) ?? choice.Qemu };
            ExitCode code = ExitCode.Ok;
            if (parsed.GetValue(fetch))
            {
                shell.Out.WriteLine($"{"fetched",-9}{KernelFetch.Fetch()}");
            }

            foreach (Finding finding in new Examination(composition, choice, version).Findings())
            {
                shell.Out.WriteLine($"{Word(finding.State),-9}{finding.What}");
                if (finding.Mend.Length > 0)
                {
                    shell.Out.WriteLine($"{"",-9}{finding.Mend}");
                }

                code = finding.State == FindingState.Missing ? ExitCode.DeviceUnavailable : code;
            }

            return (int)code;
        });
        return doctor;
    }

    private static string Word(FindingState state) => state switch
    {
        FindingState.Ok => "ok",
        FindingState.Optional => "optional",
        FindingState.Missing => "MISSING",
    };
}
