using System.CommandLine;

namespace Conformance.Cli.Commands;

/// <summary><c>conformance spec import DIR</c>, <c>conformance spec diff OLD NEW</c>: the facts of the architecture.</summary>
internal static class SpecCommand
{
    public static Command Create(Shell shell) =>
        new("spec", "The facts of the architecture that the suite judges by: make them from Arm's XML, compare two releases.")
        {
            SpecImportCommand.Create(shell),
            SpecImportInstructionsCommand.Create(shell),
            SpecDiffCommand.Create(shell),
        };
}
