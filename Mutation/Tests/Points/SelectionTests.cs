using Conformance.Mutation.Points;

namespace Conformance.Mutation.Tests.Points;

public sealed class SelectionTests
{
    private static readonly Mutant[] s_mutants =
    [
        .. Enumerable.Range(0, 90).Select(i => Of($"common {i}", "A.cs", MutationKind.Bit)),
        .. Enumerable.Range(0, 6).Select(i => Of($"rare {i}", "A.cs", MutationKind.Order)),
        .. Enumerable.Range(0, 10).Select(i => Of($"elsewhere {i}", "B.cs", MutationKind.Bit)),
    ];

    [Fact]
    public void Kinds_and_files_take_turns_so_that_rare_ones_are_not_drowned()
    {
        Mutant[] first = [.. Selection.Order(s_mutants, 7).Take(12)];
        first.Count(m => m.Kind == MutationKind.Order).ShouldBe(6);
        first.Count(m => m.File == "B.cs").ShouldBe(3);
    }

    [Fact]
    public void A_seed_gives_one_order_of_all_mutants_and_another_seed_another()
    {
        IReadOnlyList<Mutant> order = Selection.Order(s_mutants, 7);
        order.Select(m => m.Key).ShouldBe(Selection.Order(s_mutants, 7).Select(m => m.Key));
        order.Select(m => m.Key).ShouldBe(s_mutants.Select(m => m.Key), ignoreOrder: true);
        order.Select(m => m.Key).ShouldNotBe(Selection.Order(s_mutants, 8).Select(m => m.Key));
    }

    private static Mutant Of(string key, string file, MutationKind kind) => new(key, file, 1, "M", kind, "a", "b", 0, 1, "b", Declares: false);
}
