using Conformance.Harness.Cases;
using Conformance.Harness.Devices;
using Conformance.Harness.Spec;
using Conformance.ModelDevice;
using Conformance.Suites.Access;
using Conformance.Suites.Access.Lines;

namespace Conformance.Suites.Tests.Access.Lines;

public class AccessLineCasesTests
{
    [Fact]
    public void The_baseline_of_the_contract_and_that_of_the_profile_agree_in_every_field_that_a_rule_asks_for()
    {
        var target = AccessTarget.Of(AccessGiven.Target);
        ArchState profile = Profile.Nv2.NewState();
        int[] asked = [.. AccessRules.Accessors.Where(a => !a.IsImplementationDefined)
            .SelectMany(a => Enumerable.Range(0, 4).SelectMany(l => target.Reach.FieldsAsked(a, l, a.Indices?.Last ?? 0))).Distinct()];

        asked.Length.ShouldBeGreaterThan(250);
        asked.Where(f => target.Baseline[f] != profile[f]).Select(NameTable.Fields.Name).ShouldBeEmpty();
    }

    [Fact]
    public void Random_lines_with_the_outcome_of_the_facts_pass_on_the_model()
    {
        Judgement[] judged = Judged(new RandomLines(1).Write(3_000, right: true));

        judged.Where(j => j.Verdict is not (Verdict.Pass or Verdict.Skip)).Select(j => $"{j.Case.Title}: {j.Reason}").ShouldBeEmpty();
        judged.Count(j => j.Verdict == Verdict.Skip).ShouldBeLessThan(60);
    }

    [Fact]
    public void Random_lines_with_an_outcome_that_the_facts_do_not_allow_never_pass()
    {
        Judgement[] judged = [.. Judged(new RandomLines(2).Write(3_000, right: false))
            .Where(j => j.Case.Skip is not null || j.Case.Title.Contains("(the facts say ", StringComparison.Ordinal))];

        judged.Where(j => j.Verdict is not (Verdict.Fail or Verdict.Skip)).Select(j => $"{j.Case.Title}: {j.Verdict} {j.Reason}").ShouldBeEmpty();
        judged.Count(j => j.Verdict == Verdict.Fail).ShouldBeGreaterThan(2_300);
    }

    [Theory]
    [InlineData(""" "access":"MRS VBAR_EL1","el":1,"set":{"HCR_EL2.TGE":1} """, "with HCR_EL2.TGE = 1 EL1 cannot be entered")]
    [InlineData(""" "access":"MRS VBAR_EL1","el":2,"set":{"SCR_EL3.NS":0} """, "EL2 runs only where it is enabled")]
    [InlineData(""" "access":"MRS VBAR_EL1","el":1,"set":{"HCR_EL2.NV1":1} """, "HCR_EL2.NV1 = 1 with NV = 0 is CONSTRAINED UNPREDICTABLE")]
    [InlineData(""" "access":"MRS VBAR_EL1","el":1,"set":{"HCR_EL2.VM":1} """, "stage 2 is on")]
    [InlineData(""" "access":"MRS VBAR_EL1","el":1,"set":{"SCTLR_EL1.M":1} """, "address translation is on")]
    [InlineData(""" "access":"MRS VBAR_EL1","el":1,"set":{"VBAR_EL1":"0x80000"} """, "VBAR_EL1 leads out of the case")]
    [InlineData(""" "access":"MRS VBAR_EL1","el":1,"set":{"HCRX_EL2.TALLINT":1} """, "HCRX_EL2.TALLINT is not there on this device")]
    [InlineData(""" "access":"MRS VBAR_EL1","el":1,"set":{"PSTATE.TCO":1} """, "PSTATE.TCO is not there on this device")]
    [InlineData(""" "access":"MRS VBAR_EL1","el":1,"set":{"MIDR_EL1.Revision":1} """, "MIDR_EL1 cannot be set from EL3")]
    [InlineData(""" "access":"MRS VBAR_EL1","el":1,"set":{"eff.TRFCR_EL2.EE":1} """, "eff.TRFCR_EL2.EE is an effective value")]
    [InlineData(""" "access":"MSR SCTLR_EL1","el":1,"x":1,"expect":"W:SCTLR_EL1" """, "x would change bits 0x")]
    [InlineData(""" "access":"DC CVAC","el":1,"x":0,"expect":"O:DC(Data,Clean,PoC)" """, "x is not an address in the data region")]
    [InlineData(""" "access":"MRS ICC_IAR0_EL1","el":1,"expect":"R:ICV_IAR0_EL1" """, "the facts say R:ICC_IAR0_EL1, and no observation tells")]
    [InlineData(""" "access":"MRS TRCIMSPEC1","el":1,"expect":"R:TRCIMSPEC[1]" """, "TRCIMSPEC<n> is there only with FEAT_TRC_SR")]
    public void What_cannot_be_set_or_told_is_skipped_with_the_reason(string members, string reason) =>
        Make(AccessGiven.Target, members).Skip.ShouldNotBeNull().ShouldContain(reason);

    [Fact]
    public void A_line_for_a_level_above_the_highest_is_skipped_by_its_level()
    {
        var target = new SuiteTarget(AccessGiven.Target.Features, 2);

        Judge.CannotRun(Make(target, """ "access":"MRS VBAR_EL3","el":3 """), target).ShouldBe("needs EL3, the device gives EL2 at most");
    }

    [Fact]
    public void A_line_that_is_right_for_the_profile_alone_is_skipped_on_a_device_with_other_features()
    {
        var target = new SuiteTarget(new FeatureSet([.. AccessGiven.Target.Features.Names, "FEAT_XS"], AccessGiven.Target.Features.Numbers), 3);

        Make(target, """ "access":"TLBI VMALLE1NXS","el":2,"expect":"U" """).Skip
            .ShouldBe("the facts say U for profile nv2, and not for a device with FEAT_XS");
        Make(target, """ "access":"TLBI VMALLE1NXS","el":2,"expect":"T3:18" """).Skip.ShouldBeNull();
    }

    [Fact]
    public void Fields_bits_and_whole_registers_come_together()
    {
        Case made = Make(
            AccessGiven.Target,
            """ "access":"MRS TPIDR_EL1","el":1,"set":{"TPIDR_EL1[7:4]":15,"MDCR_EL2.HPMN":2,"CPTR_EL2":"0x33ff","CPTR_EL2.TAM":0,"HCR_EL2.NV":1,"PSTATE.NZCV":"0b1010","PSTATE.SP":0} """);

        ulong Value(string register) => made.Registers.Single(r => r.Name == register).Value;
        Value("TPIDR_EL1").ShouldBe(0xF0UL);
        Value("MDCR_EL2").ShouldBe(2UL);
        Value("CPTR_EL2").ShouldBe(0x33FFUL);
        Value("HCR_EL2").ShouldBe(Baseline.Of("HCR_EL2") | 1UL << 42);
        (made.Steps[0].Pstate & 0xF000_0001).ShouldBe(0xA000_0000UL);
    }

    [Fact]
    public void With_E2H_registers_of_the_other_layout_are_open_unless_the_line_closes_them()
    {
        Case made = Make(AccessGiven.Target, """ "access":"MRS FPCR","el":2,"set":{"HCR_EL2.E2H":1,"CPTR_EL2.TFP":1},"expect":"R:FPCR" """);

        made.Skip.ShouldBeNull();
        (made.Registers.Single(r => r.Name == "CPTR_EL2").Value >> 20 & 3).ShouldBe(3UL);
        made.Title.ShouldEndWith("(CPTR_EL2.TFP has no place in the layout in force)");
    }

    [Fact]
    public void The_case_has_the_rule_of_the_leaf_and_the_id_of_the_case_of_the_suite_that_is_waived_with_it()
    {
        Case made = Make(AccessGiven.Target, """ "access":"MRS SCTLR_EL1","el":1,"set":{"HCR_EL2.TRVM":1},"expect":"T2:18" """);

        made.Rules.ShouldBe(["MRS SCTLR_EL1@EL1#1:T2:18"]);
        made.Like.ShouldBe("access/mrs-sctlr_el1/el1-1-t2-18-noise");
        CaseCheck.FirstProblem(made).ShouldBeNull();
        Make(AccessGiven.Target, """ "access":"MRS SCTLR_EL1","el":1,"expect":"T2:18" """).Like.ShouldBeNull();
    }

    [Fact]
    public void Without_an_outcome_the_facts_decide() =>
        Make(AccessGiven.Target, """ "access":"MRS SCTLR_EL1","el":1,"set":{"HCR_EL2.TRVM":1} """)
            .Steps[0].Allowed.ShouldHaveSingleItem().Name.ShouldBe("trap to EL2, EC 0x18");

    [Theory]
    [InlineData(31, "XZR")]
    [InlineData(28, "X28")]
    public void Nothing_is_expected_of_a_register_that_no_device_reports(int register, string why)
    {
        Case made = Make(AccessGiven.Target, $$""" "word":{{0xD538_1000u | (uint)register}},"el":1,"set":{"HCR_EL2.TRVM":1},"expect":"T2:18" """);

        made.Steps[0].Allowed.SelectMany(o => o.Fields).Select(f => f.Field).ShouldNotContain($"X{register}", why);
    }

    private static Case Make(SuiteTarget target, string members) =>
        new AccessLineCases(target, 1).Make(((CaseEntry.Access)CaseFile
            .Entries(new StringReader($"{CaseFile.Head}\n{{{members}}}"), "lines.jsonl").Single()).Line);

    private static Judgement[] Judged(IEnumerable<string> lines)
    {
        using IDevice model = Model.Direct("nv2");
        var target = new SuiteTarget(model.Info.Features, model.Info.HighestLevel);
        var maker = new AccessLineCases(target, 1);
        Case[] cases = [.. CaseFile.Entries(new StringReader(string.Join('\n', lines)), "lines.jsonl")
            .Select(e => maker.Make(((CaseEntry.Access)e).Line))];
        Case[] runnable = [.. cases.Where(c => Judge.CannotRun(c, target) is null)];
        return
        [
            .. cases.Except(runnable).Select(c => Judge.Of(c, new Observation.Refused(c.Skip ?? ""))),
            .. model.Run(runnable, CancellationToken.None).Zip(runnable, (o, c) => Judge.Of(c, o)),
        ];
    }
}
