using Conformance.Mutation.Points;
using Conformance.Mutation.Results;

namespace Conformance.Mutation.Tests;

public sealed class MutationCommandTests
{
    [Theory]
    [InlineData("--root /nowhere", "mutate: --root: /nowhere has no folder Cpu; give the root of the source tree.")]
    [InlineData("--suites access,acess", "mutate: --suites: there is no suite 'acess'; the suites are exceptions, interrupts, access, nv2, registers, translation, timers, instructions, list-registers, guest-hypervisor.")]
    [InlineData("--only NoSuchFile", "mutate: no mutant is chosen: ")]
    [InlineData("--again /nowhere", "mutate: --again: there is no file /nowhere; give the mutants.jsonl of an earlier run.")]
    [InlineData("--count many", "mutate: Cannot parse argument 'many' for option '--count'")]
    [InlineData("--frob", "mutate: Unrecognized command or argument '--frob'; see `./mutate.sh --help`.")]
    public void A_mistake_on_the_command_line_is_one_line_that_says_what_to_do(string line, string message)
    {
        var error = new StringWriter();
        string[] root = line.StartsWith("--root", StringComparison.Ordinal) ? [] : ["--root", Repository.Root];
        MutationCommand.Run([.. root, .. line.Split(' ')], TextWriter.Null, error).ShouldBe(MutationCommand.Usage);
        error.ToString().ShouldStartWith(message);
        error.ToString().TrimEnd().ShouldNotContain("\n");
    }

    [Fact]
    public void Every_listed_equivalent_is_a_mutant_of_the_present_source()
    {
        string path = Path.Combine(Repository.Root, MutationRun.EquivalentsFile);
        var list = Equivalents.Parse(MutationRun.EquivalentsFile, File.ReadLines(path));
        IReadOnlyList<Mutant> all = MutationRun.Find(Repository.Model.Value);
        all.Count.ShouldBeGreaterThan(5000);
        all.DistinctBy(m => m.Kind).Count().ShouldBe(Enum.GetValues<MutationKind>().Length);
        list.Stale([.. all.Select(m => m.Key)]).ShouldBeEmpty();
    }
}
