using System.Text.RegularExpressions;

namespace Conformance.Cli.Tests;

/// <summary>What the README shows is what happens.</summary>
public partial class ReadmeTests
{
    private static readonly string s_readme = File.ReadAllText(Path.Combine(SourceTree.Root, "README.md"));

    [Fact]
    public void The_case_file_that_is_shown_is_the_one_that_lies_there() =>
        s_readme.ShouldContain($"```json\n{File.ReadAllText(Path.Combine(SourceTree.Root, "docs/my-cases.jsonl"))}```");

    [Fact]
    public void The_case_file_passes_on_the_model()
    {
        using var session = new Session();
        session.RunStandard("run", "--cases", Path.Combine(SourceTree.Root, "docs/my-cases.jsonl")).ShouldBe(ExitCode.Ok);
        session.Out.ShouldContain("2 pass, 0 fail, 0 waived, 0 skip, 0 error");
    }

    [Fact]
    public void Every_exit_code_has_its_row()
    {
        foreach (ExitCode code in Enum.GetValues<ExitCode>())
        {
            s_readme.ShouldContain($"\n| {(int)code} | ");
        }
    }

    [Fact]
    public void Every_command_has_its_row()
    {
        using var session = new Session();
        session.Run("--help");
        MatchCollection commands = CommandOfHelp().Matches(session.Out[session.Out.IndexOf("Commands:", StringComparison.Ordinal)..]);
        commands.Count.ShouldBe(9);
        foreach (Match command in commands)
        {
            s_readme.ShouldContain($"| `{command.Groups[1].Value}");
        }
    }

    [Fact]
    public void Links_lead_to_files()
    {
        foreach (string page in (string[])["README.md", "CONTRIBUTING.md", "Harness/INTERPRETING.md", "docs/spec-import.md", "docs/access-cases.md", "docs/translation.md", "docs/booting.md"])
        {
            string path = Path.Combine(SourceTree.Root, page);
            foreach (Match link in Link().Matches(File.ReadAllText(path)))
            {
                string target = Path.Combine(Path.GetDirectoryName(path)!, link.Groups[1].Value);
                (File.Exists(target) || Directory.Exists(target)).ShouldBeTrue($"{page}: {link.Groups[1].Value}");
            }
        }
    }

    [GeneratedRegex(@"^  ([a-z]+) ", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex CommandOfHelp();

    [GeneratedRegex(@"\]\((?!http|#)([^)#]+)[^)]*\)", RegexOptions.CultureInvariant)]
    private static partial Regex Link();
}
