using System.CommandLine;
using System.Globalization;
using Conformance.Cli.Progress;
using Conformance.Harness.Spec.Compare;

namespace Conformance.Cli.Commands;

/// <summary><c>conformance spec diff built-in SysReg_xml_A_profile-2025-06 --format json</c></summary>
internal static class SpecDiffCommand
{
    private const int DefaultStates = 250;
    private const int MaxStates = 1_000_000;

    public static Command Create(Shell shell)
    {
        Argument<string> old = new("OLD")
        {
            Description = $"Facts: a file or folder that `conformance spec import` wrote, a folder of Arm's XML, or {FactSet.BuiltIn}.",
        };
        Argument<string> changed = new("NEW") { Description = "The facts to compare with them." };
        Option<string?> format = new("--format") { Description = "text or json. [default: text]", HelpName = "FORMAT" };
        Option<int?> states = new("--states")
        {
            Description = $"Random states in which each accessor is evaluated at each level. [default: {DefaultStates}]",
            HelpName = "N",
        };
        Option<int?> seed = new("--seed") { Description = "Seed of the states. [default: 1]", HelpName = "N" };
        Command diff = new("diff", "Say what another version of the facts changes, by evaluating both. Exits with 0 if nothing differs, with 1 if something does.")
        {
            old, changed, format, states, seed,
        };
        diff.SetAction(parsed =>
        {
            string kind = parsed.GetValue(format) ?? "text";
            if (kind is not ("text" or "json"))
            {
                throw new UsageException($"--format: there is no format '{kind}'; the formats are text, json.");
            }

            int count = parsed.GetValue(states) ?? DefaultStates;
            if (count is < 1 or > MaxStates)
            {
                throw new UsageException($"--states: {count} is out of range; give 1 to {MaxStates}.");
            }

            FactSet Read(string path)
            {
                var pages = new CountLine(shell, "pages read");
                FactSet facts = FactSet.Read(path == FactSet.BuiltIn ? path : shell.At(path), pages.Report, shell.Stop);
                pages.Done();
                return facts with { Name = path };
            }

            FactSet before = Read(parsed.GetValue(old)!);
            FactSet after = Read(parsed.GetValue(changed)!);
            var accessors = new CountLine(shell, "accessors compared");
            SpecDiff result = SpecDiff.Of(before, after, count, parsed.GetValue(seed) ?? 1, accessors.Report, shell.Stop);
            accessors.Done();
            if (kind == "json")
            {
                SpecDiffJson.Write(shell.Out, before.Name, after.Name, result);
            }
            else
            {
                WriteText(shell.Out, result);
            }

            return (int)(result.Same ? ExitCode.Ok : ExitCode.Failures);
        });
        return diff;
    }

    private static void WriteText(TextWriter to, SpecDiff diff)
    {
        List(to, "accessor added", diff.Added);
        List(to, "accessor removed", diff.Removed);
        foreach (RuleChange change in diff.Changed.Where(c => c.Differs))
        {
            to.WriteLine($"accessor changed: {change.Id}");
            foreach (string what in change.What)
            {
                to.WriteLine($"  {what}");
            }

            foreach ((int level, Counterexample example) in change.Levels)
            {
                to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  EL{level}: {example.Old} becomes {example.New} with {example.State}"));
            }
        }

        List(to, "register added", diff.RegistersAdded);
        List(to, "register removed", diff.RegistersRemoved);
        foreach (RegisterChange change in diff.RegistersChanged)
        {
            to.WriteLine($"register changed: {change.Name}");
            foreach (string what in change.What)
            {
                to.WriteLine($"  {what}");
            }
        }

        foreach (string note in diff.NotCompared)
        {
            to.WriteLine($"note: {note}");
        }

        int differ = diff.Changed.Count(c => c.Differs);
        int rewritten = diff.Changed.Count - differ;
        to.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"accessors: {diff.Compared} compared, {differ} changed, {diff.Added.Count} added, {diff.Removed.Count} removed"));
        if (rewritten > 0)
        {
            to.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  {rewritten} more are written differently and gave the same outcome in every state"));
        }

        to.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {diff.States} states evaluated, which reached {diff.LeavesReached} of {diff.Leaves} leaves"));
        to.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"registers: {diff.RegistersChanged.Count} changed, {diff.RegistersAdded.Count} added, {diff.RegistersRemoved.Count} removed"));
        to.WriteLine(diff.Same ? "the same" : "different");
    }

    private static void List(TextWriter to, string what, IReadOnlyList<string> names)
    {
        foreach (string name in names)
        {
            to.WriteLine($"{what}: {name}");
        }
    }
}
