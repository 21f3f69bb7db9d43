using Conformance.Harness.Cases;
using Conformance.Suites.Instructions;

namespace Conformance.Suites.Tests.Instructions;

public class InstructionsSuiteTests
{
    private static readonly ModelDevice.Model s_model = ModelDevice.Model.Direct("nv2");
    private static readonly SuiteTarget s_target = new(s_model.Info.Features, s_model.Info.HighestLevel);
    private static readonly Case[] s_cases = [.. new InstructionsSuite().Generate(s_target, 1)];

    /// <summary>Faults of a device: cases that show them, what is seen wrong, which bits, and how many cases fail at least.</summary>
    public static TheoryData<string, string, string, ulong, int> Faults => new()
    {
        { "the carry flag is inverted", "dpreg/adcs_", FieldNames.Pstate, Spsr.C, 4 },
        { "the overflow flag is stuck", "dpimm/subs_", FieldNames.Pstate, Spsr.V, 2 },
        { "32-bit results are sign-extended", "dpreg/add_32_", "X", 0xffff_ffff_0000_0000, 2 },
        { "Inexact is not accumulated", "simd-dp/fsqrt", "FPSR", 1 << 4, 8 },
        { "sums are rounded to another neighbour", "simd-dp/fadd_", "mem@0x40310400", 1, 6 },
        { "the upper half of a V register is kept", "simd-dp/fmul_", "mem@0x40310408", 1, 6 },
        { "a store goes to another byte", "ldst/strb_", "mem@0x4031", 0xff, 4 },
        { "write-back is left out", "ldst/ldr_64_ldst_immpost", "X", 8, 2 },
        { "a Store-Exclusive reports success", "ldst/stxr_", "X", 1, 3 },
        { "an atomic returns the new value", "ldst/ldadd_", "X", 1, 2 },
        { "SVC reports another immediate", "control/svc_", FieldNames.Esr, 1, 2 },
        { "a branch is taken against its condition", "control/b_only_condbranch", "X", 1, 2 },
        { "an unallocated word is a NOP", "unallocated-simd-dp/", FieldNames.Target, 1, 50 },
        { "an UNDEFINED instruction is reported as a trap", "unallocated-ldst/", FieldNames.Esr, 0x18ul << 26, 50 },
    };

    [Fact]
    public void Every_case_passes_on_the_model_and_has_an_id_of_its_own()
    {
        s_cases.Select(c => c.Id).ShouldBeUnique();
        s_cases.Length.ShouldBeGreaterThan(4000);
        Failures(s_model, s_cases).ShouldBeEmpty();
    }

    [Fact]
    public void Every_case_can_be_written_to_a_case_file() => s_cases.Select(CaseCheck.FirstProblem).OfType<string>().ShouldBeEmpty();

    [Fact]
    public void Every_encoding_that_the_model_has_is_judged_or_has_a_cause()
    {
        var suite = new InstructionsSuite();
        IReadOnlyList<string> reachable = suite.Reachable(s_target);
        reachable.ShouldBeUnique();
        HashSet<string> judged = [.. s_cases.SelectMany(c => c.Rules)];
        string[] missing = [.. reachable.Where(r => !judged.Contains(r))];
        missing.Order().ShouldBe(suite.Unreached(s_target).Select(u => u.Rule).Order());
        missing.Length.ShouldBeLessThan(10);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_device_with_a_fault_in_an_instruction_fails(string fault, string cases, string field, ulong flip, int atLeast)
    {
        Case[] concerned = [.. s_cases.Where(c => c.Id.StartsWith($"instructions/{cases}", StringComparison.Ordinal))];
        using var mutant = new MutantDevice(s_model, sight =>
        {
            foreach (string name in sight.Step.Fields.Where(f => field == "X" ? FieldNames.TryGeneral(f, out _) : f.StartsWith(field, StringComparison.Ordinal)))
            {
                sight[name] ^= flip;
            }
        });
        concerned.Zip(mutant.Run(concerned, CancellationToken.None)).Count(r => Judge.Of(r.First, r.Second).Verdict == Verdict.Fail)
            .ShouldBeGreaterThanOrEqualTo(atLeast, fault);
    }

    [Theory]
    [InlineData("armv8.0", 3500)]
    [InlineData("nv2,-FEAT_AA64EL3", 4000)]
    [InlineData("nv2,-FEAT_AA64EL3,-FEAT_AA64EL2", 4000)]
    [InlineData("nv2,+FEAT_EPAC,+FEAT_PAuth2,+FEAT_FPAC,+FEAT_FPACCOMBINE", 4000)]
    public void It_passes_on_other_machines_as_well(string profile, int atLeast)
    {
        using var model = ModelDevice.Model.Direct(profile);
        Case[] cases = [.. new InstructionsSuite().Generate(new SuiteTarget(model.Info.Features, model.Info.HighestLevel), 1)];
        cases.Length.ShouldBeGreaterThan(atLeast);
        Failures(model, cases).ShouldBeEmpty();
    }

    [Fact]
    public void A_vector_is_read_as_it_was_written() =>
        VectorFile.All.ShouldAllBe(v => InstructionVector.Read(v.Text()).Text() == v.Text());

    private static IEnumerable<string> Failures(ModelDevice.Model model, Case[] cases) =>
        cases.Zip(model.Run(cases, CancellationToken.None)).Select(r => Judge.Of(r.First, r.Second))
            .Where(j => j.Verdict != Verdict.Pass).Select(j => $"{j.Case.Id}: {j.Reason}");
}
