using System.Text.Json;
using Conformance.Harness.Cases;
using Conformance.Harness.Coverage;
using Conformance.Harness.Spec;

namespace Conformance.Harness.Tests.Coverage;

/// <summary>Two small accessors in the notation of the facts, and what a run has to say of them.</summary>
internal static class Synthetic
{
    /// <summary>Trapped by a bit and by a fine-grained trap, redirected under NV2; UNDEFINED at EL0 and for a feature.</summary>
    public static readonly Accessor Read = Accessor("""
        {"id":"MRS DEMO_EL1","op":"MRS","name":"DEMO_EL1","reg":"DEMO_EL1","enc":[3,0,1,0,7],"g":["!(FEAT_VHE & FEAT_AA64)","U"],
         "e":["U",
              ["EL2en & HCR_EL2.TRVM=1","T2:18","EL2en & FEAT_FGT & (!HaveEL3 | SCR_EL3.FGTEn=1) & HFGRTR_EL2.SCTLR_EL1=1","T2:18","NVx~1x1","N:110","R:DEMO_EL1"],
              ["FEAT_SRMASK & Host2","R:OTHER_EL1","R:DEMO_EL1"],
              ["HaveEL3 & SDDpri & SCR_EL3.TERR=1","U","R:DEMO_EL1"]]}
        """);

    /// <summary>Not there without a feature.</summary>
    public static readonly Accessor Absent = Accessor("""
        {"id":"MSR GONE_EL1","op":"MSR","name":"GONE_EL1","reg":"GONE_EL1","enc":[3,0,1,0,6],"g":["!(FEAT_SRMASK & FEAT_AA64)","U"],
         "e":["U","W:GONE_EL1","W:GONE_EL1","W:GONE_EL1"]}
        """);

    public static readonly SuiteTarget Target = new(
        new FeatureSet(["FEAT_AA64", "FEAT_AA64EL0", "FEAT_AA64EL1", "FEAT_AA64EL2", "FEAT_AA64EL3", "FEAT_E2H0", "FEAT_VHE", "FEAT_FGT", "FEAT_NV", "FEAT_NV2"]), 3);

    public static LeafTable Table { get; } = LeafTable.Of([Read, Absent], Target);

    public const string Trapped = "MRS DEMO_EL1@EL1#1:T2:18";
    public const string FineGrained = "MRS DEMO_EL1@EL1#2:T2:18";
    public const string ToMemory = "MRS DEMO_EL1@EL1#3:N:110";
    public const string Done = "MRS DEMO_EL1@EL1#4:R:DEMO_EL1";

    /// <summary>What the target can reach of <see cref="Read"/> at EL1, as a suite says it.</summary>
    public static IReadOnlyList<string> Reachable { get; } = [Trapped, FineGrained, ToMemory, Done];

    public static Case Case(string id, string rule, params RegisterValue[] registers) => new()
    {
        Id = $"access/{id}",
        Rules = [rule],
        Registers = registers,
        Steps = [Runs.Given.Step()],
    };

    public static Judgement Judged(Case @case, Verdict verdict, string reason = "") => new(@case, verdict, Runs.Given.AsExpected, [], -1, reason);

    private static Accessor Accessor(string json)
    {
        using var row = JsonDocument.Parse(json);
        return new Accessor(row.RootElement, LeafParser.Parse);
    }
}
