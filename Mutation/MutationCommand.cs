using System.CommandLine;
using Conformance.Mutation.Rules;
using Conformance.Suites;

namespace Conformance.Mutation;

/// <summary>The command line of <c>./mutate.sh</c>.</summary>
internal static class MutationCommand
{
    internal const int Good = 0;
    internal const int Survivors = 1;
    internal const int Usage = 2;

    /// <summary>Those that are about access logic and declarations; the others hardly see these, so they are tried last.</summary>
    private const string StandardSuites = "exceptions,interrupts,access,nv2,registers";

    /// <summary>The profiles of the model, and some that have what these lack: no EL3, no E2H = 0, only one of features that stand side by side, Secure EL2; at last the suites that are left, and the path by the executive.</summary>
    private const string StandardProfiles =
        "nv2;armv8.0;nv1-only;nv2-noecv;nv2-nmi;nv2,-FEAT_AA64EL3;nv2,-FEAT_E2H0,-FEAT_FP,-FEAT_AdvSIMD,-FEAT_UAO,-FEAT_SSBS,-FEAT_SSBS2,-FEAT_LPA,-FEAT_TTST;nv2,+FEAT_SEL2,+FEAT_RASv2,+FEAT_DoubleLock,+FEAT_FPAC;nv2@others;nv2-nmi@others;nv2,+FEAT_SEL2@others;nv2@executive";

    internal static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        Option<string> root = new("--root") { Description = "Root of the source tree.", DefaultValueFactory = _ => "." };
        Option<int> count = new("--count") { Description = "How many mutants are tried; 0 for all.", DefaultValueFactory = _ => 300 };
        Option<int> seed = new("--seed") { Description = "Decides which mutants are taken.", DefaultValueFactory = _ => 1 };
        Option<string?> only = new("--only") { Description = "Only files whose path holds this; * stands for anything.", HelpName = "FILE" };
        Option<string?> match = new("--match") { Description = "Only mutants whose key (see the record) holds this text.", HelpName = "TEXT" };
        Option<bool> known = new("--equivalents") { Description = "Try all mutants that are listed as equivalent, to see that they are." };
        Option<string?> again = new("--again") { Description = "Try all mutants that survived in this record (mutants.jsonl) once more.", HelpName = "RECORD" };
        Option<bool> list = new("--list") { Description = "Say the keys of the mutants, in the order of their places, and try none." };
        Option<string?> rules = new("--rules") { Description = "In place of all that: break these rules one by one (GV-060, 'GV-*'; see Mutation/rule-mutants.jsonl), and see that cases of the rule fail and no others.", HelpName = "RULE" };
        Option<string> suites = new("--suites") { Description = "Suites, by name, with commas.", DefaultValueFactory = _ => StandardSuites };
        Option<string> profiles = new("--profiles") { Description = "Profiles of the model, with semicolons; a mutant must pass on all to survive. With @executive behind it: by the executive; with @others: the suites that --suites leaves out.", DefaultValueFactory = _ => StandardProfiles };
        Option<int> jobs = new("--jobs") { Description = "How many mutants at a time.", DefaultValueFactory = _ => Environment.ProcessorCount };
        Option<string> folder = new("--out") { Description = "Folder of the record, mutants.jsonl.", DefaultValueFactory = _ => "out/mutation" };
        var command = new RootCommand(
            "Changes the model in one place, runs the suites, and sees whether a case fails. Exit codes: 0 every mutant was caught or "
            + "is known to be equivalent; 1 some survived, or with --rules other cases failed as well, or the list of equivalents is wrong; 2 bad command line.")
        {
            root, count, seed, only, match, known, again, list, rules, suites, profiles, jobs, folder,
        };
        int code = Good;
        command.SetAction(parsed =>
        {
            var plan = new MutationPlan
            {
                Root = Path.GetFullPath(parsed.GetValue(root)!),
                Count = parsed.GetValue(count) is > 0 and int n ? n : int.MaxValue,
                Seed = parsed.GetValue(seed),
                Only = parsed.GetValue(only),
                Matching = parsed.GetValue(match),
                KnownEquivalents = parsed.GetValue(known),
                Again = parsed.GetValue(again),
                ListOnly = parsed.GetValue(list),
                Suites = parsed.GetValue(suites)!.Split(','),
                Profiles = parsed.GetValue(profiles)!.Split(';'),
                Jobs = Math.Max(1, parsed.GetValue(jobs)),
                Out = parsed.GetValue(folder)!,
            };
            Check(plan);
            if (parsed.GetValue(rules) is { } pattern)
            {
                code = RuleRun.Run(plan.Root, pattern, plan.Jobs, output) ? Good : Survivors;
                return;
            }

            code = MutationRun.Run(plan, output) ? Good : Survivors;
        });
        ParseResult line = command.Parse(arguments);
        try
        {
            if (line.Errors is [var first, ..])
            {
                throw new MutationException($"{first.Message.TrimEnd('.')}; see `./mutate.sh --help`.");
            }

            line.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output, Error = error });
            return code;
        }
        catch (MutationException e)
        {
            error.WriteLine($"mutate: {e.Message}");
            return Usage;
        }
    }

    private static void Check(MutationPlan plan)
    {
        if (!Directory.Exists(Path.Combine(plan.Root, "Cpu")))
        {
            throw new MutationException($"--root: {plan.Root} has no folder Cpu; give the root of the source tree.");
        }

        if (plan.Again is { } record && !File.Exists(record))
        {
            throw new MutationException($"--again: there is no file {record}; give the mutants.jsonl of an earlier run.");
        }

        if (plan.Suites.FirstOrDefault(name => AllSuites.All.All(s => s.Name != name)) is { } unknown)
        {
            throw new MutationException(
                $"--suites: there is no suite '{unknown}'; the suites are {string.Join(", ", AllSuites.All.Select(s => s.Name))}.");
        }
    }
}
