using System.ComponentModel;
using System.Diagnostics;

namespace Conformance.Cli.Tests.Programs;

/// <summary>The C programs of <c>Fixtures/programs</c>, built once for a class of tests.</summary>
public sealed class CompilerFixture : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "conformance-programs-" + Path.GetRandomFileName());
    private readonly Lazy<string> _built;

    public CompilerFixture() => _built = new Lazy<string>(Build);

    /// <summary>Path of a program: <c>aes-plain</c>.</summary>
    internal string Program(string name) => Path.Combine(_built.Value, name + ".elf");

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    internal static bool CompilerIsInstalled()
    {
        try
        {
            return Output("aarch64-linux-gnu-gcc", "--version").Code == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    /// <summary>Runs a command to its end.</summary>
    internal static (int Code, string Output, string Error) Output(string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    private string Build()
    {
        (int code, _, string error) = Output(Path.Combine(SourceTree.Root, "Fixtures/programs/build.sh"), _folder);
        (code, error).ShouldBe((0, ""));
        return _folder;
    }
}
