using System.CommandLine;
using System.Globalization;
using Conformance.Cli.Progress;
using Conformance.Harness.Spec.Import;

namespace Conformance.Cli.Commands;

/// <summary><c>conformance spec import SysReg_xml_A_profile-2025-03</c></summary>
internal static class SpecImportCommand
{
    public static Command Create(Shell shell)
    {
        Argument<string> folder = new("DIR")
        {
            Description = "Folder of Arm's A-profile System Register XML (the unpacked SysReg_xml_A_profile download).",
        };
        Option<string?> rules = new("--out") { Description = "Access rules to write. [default: access-rules.jsonl]", HelpName = "FILE" };
        Option<string?> registers = new("--registers")
        {
            Description = "Register facts to write. [default: registers.jsonl in the folder of the access rules]",
            HelpName = "FILE",
        };
        Command import = new("import", "Make the access facts and register facts from Arm's XML. Exits with 1 if something has no form in the notation.")
        {
            folder, rules, registers,
        };
        import.SetAction(parsed =>
        {
            string rulesFile = shell.At(parsed.GetValue(rules) ?? "access-rules.jsonl");
            string registersFile = parsed.GetValue(registers) is { } given
                ? shell.At(given)
                : Path.Combine(Path.GetDirectoryName(rulesFile)!, "registers.jsonl");
            var progress = new CountLine(shell, "pages read");
            ImportResult result = SpecImport.Read(shell.At(parsed.GetValue(folder)!), progress.Report, shell.Stop);
            progress.Done();
            Write(rulesFile, result.Rules);
            Write(registersFile, result.Registers);
            Report(shell, result, rulesFile, registersFile);
            return (int)(result.Gaps.Any(g => g.Kind == GapKind.AccessorMissing) ? ExitCode.Failures : ExitCode.Ok);
        });
        return import;
    }

    private static void Report(Shell shell, ImportResult result, string rulesFile, string registersFile)
    {
        TextWriter to = shell.Out;
        List<ImportGap> missing = [.. result.Gaps.Where(g => g.Kind == GapKind.AccessorMissing)];
        List<ImportGap> open = [.. result.Gaps.Where(g => g.Kind == GapKind.ConditionOpen)];
        foreach (ImportGap gap in missing)
        {
            to.WriteLine($"not translated: {gap}");
        }

        foreach (ImportGap gap in open)
        {
            to.WriteLine($"open condition: {gap}");
        }

        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"release {result.Release}: {result.Pages} pages"));
        to.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {rulesFile}: {result.Accessors} accessors with {result.Leaves} leaves, and {result.HandWritten} rules written by hand"));
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {registersFile}: {Math.Max(0, result.Registers.Count - 1)} registers"));
        to.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  not translated: {missing.Count} accessors; register conditions without a plain form, written as ?: {open.Count}"));
    }

    internal static void Write(string path, IReadOnlyList<string> lines)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, string.Join('\n', lines) + "\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path}: cannot be written ({e.Message.TrimEnd('.')}); choose another file with --out.");
        }
    }
}
