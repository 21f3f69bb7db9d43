using System.Runtime.CompilerServices;

namespace Conformance.Reports.Tests;

/// <summary>Compares output with an approved file beside the test, by Verify's convention for names.</summary>
internal static class Approve
{
    /// <summary>
    /// Passes when <paramref name="text"/> equals <c>TestClass.Method.verified.EXTENSION</c>. Otherwise writes
    /// <c>….received.…</c> and fails with the command that accepts it.
    /// </summary>
    public static void Matches(
        string text, string extension = "txt", [CallerFilePath] string file = "", [CallerMemberName] string method = "")
    {
        string source = Path.Combine(Root(), file.Replace("./", "", StringComparison.Ordinal));
        string name = Path.Combine(
            Path.GetDirectoryName(source)!, $"{Path.GetFileNameWithoutExtension(source)}.{method}");
        string verified = $"{name}.verified.{extension}";
        string received = $"{name}.received.{extension}";
        string approved = File.Exists(verified) ? File.ReadAllText(verified) : "";
        if (approved == text)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, text);
        string shortened = Path.GetRelativePath(Root(), received);
        Assert.Fail(
            $"The output differs from what was approved, first in line {FirstDifference(approved, text)}. Compare\n"
            + $"  git diff --no-index {shortened.Replace(".received.", ".verified.", StringComparison.Ordinal)} {shortened}\n"
            + $"and if the new output is right, accept it\n"
            + $"  mv {shortened} {shortened.Replace(".received.", ".verified.", StringComparison.Ordinal)}");
    }

    private static int FirstDifference(string a, string b)
    {
        string[] left = a.Split('\n');
        string[] right = b.Split('\n');
        int line = 0;
        while (line < Math.Min(left.Length, right.Length) && left[line] == right[line])
        {
            line++;
        }

        return line + 1;
    }

    /// <summary>The folder of the solution; paths of sources are relative to it (PathMap).</summary>
    private static string Root()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Conformance.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests do not run inside the source tree.");
    }
}
