using System.CommandLine;
using System.Globalization;
using Conformance.Cli.Progress;
using Conformance.Harness.Spec.Import;
using Conformance.Harness.Spec.Import.Instructions;

namespace Conformance.Cli.Commands;

/// <summary><c>conformance spec import-a64 ISA_A64_xml_A_profile-2025-03</c></summary>
internal static class SpecImportInstructionsCommand
{
    public static Command Create(Shell shell)
    {
        Argument<string> folder = new("DIR")
        {
            Description = "Folder of Arm's A64 instruction XML (the unpacked ISA_A64_xml_A_profile download).",
        };
        Option<string?> output = new("--out") { Description = "Table of encodings to write. [default: a64-encodings.jsonl]", HelpName = "FILE" };
        Option<string?> release = new("--release") { Description = "Name of the release. [default: as in the folder's name]", HelpName = "NAME" };
        Command import = new("import-a64", "Make the table of instruction encodings from Arm's XML.") { folder, output, release };
        import.SetAction(parsed =>
        {
            string file = shell.At(parsed.GetValue(output) ?? "a64-encodings.jsonl");
            var progress = new CountLine(shell, "pages read");
            InstructionImportResult result = InstructionImport.Read(
                shell.At(parsed.GetValue(folder)!), parsed.GetValue(release), progress.Report, shell.Stop);
            progress.Done();
            SpecImportCommand.Write(file, result.Lines);
            foreach (ImportGap gap in result.Gaps)
            {
                shell.Out.WriteLine($"rule by hand: {gap}");
            }

            shell.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"release {result.Release}: {result.Pages} pages\n  {file}: {result.Lines.Count - 1} encodings\n  conditions that need a rule by hand: {result.Gaps.Count}"));
            return (int)ExitCode.Ok;
        });
        return import;
    }
}
