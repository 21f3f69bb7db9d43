using Conformance.Harness.Cases;
using Conformance.Harness.Spec;
using Conformance.ModelDevice;
using Conformance.Suites.Access;

namespace Conformance.Suites.Tests.Access;

public class AccessSuiteTests
{
    [Fact]
    public void Every_reachable_leaf_has_a_plain_and_a_noisy_case()
    {
        ILookup<string, Case> byRule = AccessGiven.Cases.ToLookup(c => c.Rules.Single(), StringComparer.Ordinal);

        IReadOnlyList<string> reachable = new AccessSuite().Reachable(AccessGiven.Target);
        reachable.Count.ShouldBe(8453);
        new AccessSuite().Unreached(AccessGiven.Target).ShouldBeEmpty();
        reachable.Where(r => byRule[r].Count() < 2).ShouldBeEmpty();
        byRule.Select(r => r.Key).Except(reachable).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("armv8.0", 7064)]
    [InlineData("nv1-only", 8305)]
    [InlineData("nv2-noecv", 8402)]
    public void Every_leaf_of_the_other_profiles_has_cases_too(string profile, int leaves)
    {
        using var model = Model.Direct(profile);
        var target = new SuiteTarget(model.Info.Features, model.Info.HighestLevel);
        ILookup<string, Case> byRule = new AccessSuite().Generate(target, 1).ToLookup(c => c.Rules.Single(), StringComparer.Ordinal);

        IReadOnlyList<string> reachable = new AccessSuite().Reachable(target);
        reachable.Count.ShouldBe(leaves);
        reachable.Where(r => byRule[r].Count() < 2).ShouldBeEmpty();
    }

    [Fact]
    public void A_leaf_without_a_case_is_listed_with_its_cause()
    {
        var target = new SuiteTarget(AccessGiven.Target.Features, 2); // an executive that starts at EL2 of a PE with EL3
        var suite = new AccessSuite();
        HashSet<string> made = [.. suite.Generate(target, 1).SelectMany(c => c.Rules)];
        IReadOnlyList<UnreachedRule> unreached = suite.Unreached(target);

        suite.Reachable(target).Except(made).ShouldBe(unreached.Select(u => u.Rule), ignoreOrder: true);
        unreached.Single(u => u.Rule == "MRS SCR_EL3@EL3#1:R:SCR_EL3").Cause.ShouldBe("EL3 is above EL2, where cases start");
        unreached.Single(u => u.Rule == "MRS MDCR_EL2@EL2#3:T3:18").Cause.ShouldBe("MDCR_EL3.TDA cannot be set from EL2");
        unreached.Single(u => u.Rule == "INSN SMC@EL2#2:T3:17").Cause.ShouldBe("an exception to a level above EL2 is not seen there");
    }

    [Fact]
    public void Every_case_is_a_state_that_leads_to_its_leaf_when_read_back_from_the_register_values()
    {
        var implementation = new Implementation(AccessGiven.Target.Features);
        Dictionary<(ulong, ulong), ArchState> starts = []; // layouts follow from SCR_EL3 and HCR_EL2
        foreach (Case c in AccessGiven.Cases)
        {
            (ulong scr, ulong hcr) = (Value(c, "SCR_EL3"), Value(c, "HCR_EL2"));
            if (!starts.TryGetValue((scr, hcr), out ArchState? start))
            {
                starts[(scr, hcr)] = start = new ArchState(implementation);
                RegisterValues.Load(start, "SCR_EL3", scr);
                RegisterValues.Load(start, "HCR_EL2", hcr);
                foreach (Baseline.Row row in Baseline.Rows.Where(r => r.Register is not ("SCR_EL3" or "HCR_EL2")))
                {
                    RegisterValues.Load(start, row.Register, row.Value);
                }
            }

            ArchState state = start.Clone();
            foreach (RegisterValue register in c.Registers)
            {
                RegisterValues.Load(state, register.Name, register.Value);
            }

            state["PSTATE.SP"] = c.Steps[0].Pstate & 1;
            state["OSLSR_EL1.OSLK"] = Value(c, "OSLAR_EL1");
            (string id, int level) = (c.Rules[0].Split("@EL")[0], c.Steps[0].Level);
            Accessor accessor = AccessRules.Find(id);
            int index = !accessor.HasEncoding ? 0 : Enumerable.Range(0, (accessor.Indices?.Last ?? 0) + 1)
                .First(m => c.Steps[0].Code.Any(w => accessor.Encode(m, (int)(w >> 8 & 15)) == SystemEncoding.OfWord(w)));

            accessor.LeafId(level, accessor.Tree(level).Evaluate(state, level, index)).ShouldBe(c.Rules[0], c.Id);
        }
    }

    [Fact]
    public void Ids_are_unique_lower_case_and_the_same_for_every_seed()
    {
        string[] ids = [.. AccessGiven.Cases.Select(c => c.Id)];
        ids.ShouldBeUnique();
        ids.ShouldAllBe(i => i.StartsWith("access/", StringComparison.Ordinal) && !i.Any(char.IsUpper) && !i.Contains(' '));
        new AccessSuite().Generate(AccessGiven.Target, 99).Select(c => c.Id).ShouldBe(ids);
    }

    [Fact]
    public void The_same_seed_gives_the_same_cases()
    {
        Case[] again = [.. new AccessSuite().Generate(AccessGiven.Target, 1).Take(500)];

        again.Select(Text).ShouldBe(AccessGiven.Cases.Take(500).Select(Text));

        static string Text(Case c) =>
            $"{c.Id} {c.Title} {string.Join(',', c.Registers)} {c.Steps[0].Pstate:x} {c.Steps[0].Code[0]:x} {string.Join(',', c.Steps[0].General)}";
    }

    [Fact]
    public void Code_at_el0_and_el1_never_runs_under_stage_2_and_no_case_turns_a_translation_on()
    {
        foreach (Case c in AccessGiven.Cases)
        {
            ulong hcr = Value(c, "HCR_EL2");
            if (c.Steps[0].Level < 2)
            {
                (hcr & 0x1001).ShouldBe(0UL, c.Id); // DC, VM
            }

            foreach (int level in new[] { 1, 2, 3 })
            {
                (Value(c, $"SCTLR_EL{level}") & 1).ShouldBe(0UL, c.Id);
                (WrittenTo(c, $"MSR SCTLR_EL{level}") & 1).ShouldBe(0UL, c.Id);
            }
        }
    }

    [Theory]
    [InlineData("access/mrs-sctlr_el1/el1-3-n-110", 0xD538_1000u)]
    [InlineData("access/msr-vbar_el12/el1-1-n-250", 0xD51D_C000u)]
    [InlineData("access/mrs-pmevcntr0_el0/el1-10-r-pmevcntr_el0-m", 0xD53B_E800u)]
    public void Published_ids_name_the_instruction_they_always_named(string id, uint word) =>
        (AccessGiven.Cases.Single(c => c.Id == id).Steps[0].Code[0] & ~0x1Fu).ShouldBe(word);

    private static ulong Value(Case c, string register) =>
        c.Registers.Where(r => r.Name == register).Select(r => (ulong?)r.Value).FirstOrDefault() ?? Baseline.Of(register);

    private static ulong WrittenTo(Case c, string accessor) =>
        c.Rules[0].StartsWith(accessor + "@", StringComparison.Ordinal) ? c.Steps[0].General[0].Value : 0;
}
