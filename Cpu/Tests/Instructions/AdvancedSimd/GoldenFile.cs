namespace Conformance.Cpu.Tests.Instructions.AdvancedSimd;

/// <summary>Finds the files of <c>Fixtures/golden</c>.</summary>
internal static class GoldenFile
{
    internal static string Path(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "Conformance.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("Conformance.sln is in no folder above the tests.");
        }

        return System.IO.Path.Combine(folder.FullName, "Fixtures", "golden", name);
    }
}
