using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Conformance.Harness.Devices.Kvm;

/// <summary>The monitor <c>vmm.c</c> as a static arm64 program, compiled once and kept.</summary>
internal static class MonitorProgram
{
    private const string Resource = "Devices/Kvm/vmm.c";

    private static readonly string[] s_arguments = ["-O2", "-static", "-s", "-Wall", "-Wextra", "-x", "c", "-"];

    /// <summary>The compiler for arm64 on this machine.</summary>
    internal static string Compiler => RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "gcc" : "aarch64-linux-gnu-gcc";

    private static string Packages => RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "gcc libc6-dev" : "gcc-aarch64-linux-gnu libc6-dev-arm64-cross";

    /// <summary>File of the compiled program, in the cache; made when there is none or its source has changed.</summary>
    /// <exception cref="DeviceUnavailableException">The compiler is missing or fails.</exception>
    internal static string Build(string cache, string? compiler = null)
    {
        string source = Source();
        string name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)))[..16];
        string kept = Path.Combine(cache, $"vmm-{name}");
        if (!File.Exists(kept))
        {
            Directory.CreateDirectory(cache);
            string fresh = Path.Combine(cache, Path.GetRandomFileName());
            Compile(compiler ?? Compiler, source, fresh);
            File.Move(fresh, kept, overwrite: true);
        }

        return kept;
    }

    private static string Source()
    {
        using Stream stream = typeof(MonitorProgram).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not embedded in the harness.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static void Compile(string compiler, string source, string output)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(compiler, [.. s_arguments, "-o", output])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardError = true,
            })!;
            process.StandardInput.Write(source);
            process.StandardInput.Close();
            string errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
            {
                throw new DeviceUnavailableException(
                    $"{compiler} does not compile the monitor of device kvm: {errors.Trim().Split('\n')[0]}.",
                    $"Install it with its C library: apt-get install {Packages}");
            }
        }
        catch (Win32Exception)
        {
            throw new DeviceUnavailableException(
                $"{compiler}, which compiles the monitor of device kvm, is not installed.", $"Install it with: apt-get install {Packages}");
        }
    }
}
