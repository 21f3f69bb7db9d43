using Conformance.Harness.Cases;
using Conformance.Harness.Devices;
using Conformance.Harness.Runs;
using Conformance.Harness.Spec;

namespace Conformance.Reports.Tests;

/// <summary>A small run with every verdict, made by the runner and read back from its folder.</summary>
internal static class Sample
{
    private static readonly Waiver s_known = new(
        "QEMU-7", new CasePatterns(["nv2/names/*"]), "qemu", VersionRange.TryParse("10.0.*")!, "F071",
        "The name is not swapped; the architecture swaps it.", "nv2/names/elr", []);

    private static readonly Waiver s_stale = s_known with
    {
        Id = "QEMU-8",
        Cases = new CasePatterns(["exceptions/svc/*"]),
        Rule = "EX-152",
        Reason = "Was wrong once.",
        Smallest = "exceptions/svc/imm-1",
    };

    private static readonly Lazy<RunRecord> s_record = new(() => Of(Cases, s_known, s_stale));

    /// <summary>The run, with times that do not change.</summary>
    public static RunRecord Record => s_record.Value;

    private static (Case Case, Observation Answer)[] Cases =>
    [
        .. Enumerable.Range(0, 3).Select(i => (Svc(i), Taken(1, 0x400, 0x56000000 + (ulong)i, 0x0, 0x40200004))),
        (Trap("el0", 0x62300400), Taken(1, 0x400, 0x02000000, 0x3C0, 0x40200000)),
        (Trap("el1", 0x62300401), Taken(2, 0x400, 0x62300400, 0x3C5, 0x40200004)),
        (Trap("el1-tge", 0x62300401), Taken(2, 0x400, 0x62300400, 0x3C5, 0x40200004)),
        (Swap("elr"), Finished(("target", 0), ("X0", 0), ("mem@0x40300230", 0x1234))),
        (Swap("spsr"), Finished(("target", 0), ("X0", 0x1234), ("mem@0x40300230", 0))),
        (Choice("nv1-alone"), Finished(("target", 0), ("X0", 1))),
        (Choice("nv1-again"), Finished(("target", 2))),
        (Hang("loop"), new Observation.TimedOut("PC 0x40200000 at EL1 after 1 s; log: <none> & nothing\u0007")),
        (Hang("poweroff"), new Observation.Died("QEMU ended with exit code 0")),
        (Svc(9) with { Id = "exceptions/sme/el0", Needs = ["FEAT_SME"] }, Finished()),
        (Svc(9) with { Id = "exceptions/sme/el1", Needs = ["FEAT_SME"] }, Finished()),
    ];

    /// <summary>A run of any cases with the answers of a device to them.</summary>
    public static RunRecord Of(IReadOnlyList<(Case Case, Observation Answer)> cases, params Waiver[] waivers)
    {
        string folder = Directory.CreateTempSubdirectory("conformance-test-").FullName;
        try
        {
            using var device = new RecordedDevice(cases.ToDictionary(c => c.Case.Id, c => c.Answer, StringComparer.Ordinal));
            Runner.Run(new RunPlan
            {
                Device = device,
                Suites = [.. cases.Select(c => c.Case.Suite).Distinct(StringComparer.Ordinal).Select(name => new RecordedSuite(name, cases))],
                Seed = 1,
                Out = folder,
                Waivers = new WaiverSet(waivers),
            });
            var record = RunRecord.Read(folder);
            return record with
            {
                Summary = record.Summary with { Seconds = 1.5, CasesPerSecond = 12_345 },
            };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Case Svc(int imm) => new()
    {
        Id = $"exceptions/svc/imm-{imm}",
        Title = "SVC at EL0 is taken to EL1 with its immediate in the syndrome",
        Rules = ["EX-152", "EX-081"],
        Steps = [Step(0, 0x0, [0xD4000001 | (uint)imm << 5], Exception("taken to EL1", 1, 0x400, 0x56000000 + (ulong)imm, 0x0, 0x40200004))],
    };

    private static Case Trap(string name, ulong esr) => new()
    {
        Id = $"exceptions/trap/{name}",
        Title = "MSR SCTLR_EL1 traps to EL2 <with> HCR_EL2.TVM & 1",
        Rules = ["EX-122"],
        Registers = [new("HCR_EL2", 0x8400_0000), new("SPSR_EL1", 0x3C5)],
        Steps =
        [
            Step(1, 0x3C5, [0xD503201F, 0xD5181000], Exception("trap to EL2", 2, 0x400, esr, 0x3C5, 0x40200004)) with
            {
                General = [new("X0", 0x30D00800)], Observe = ["X0"],
            },
        ],
    };

    private static Case Swap(string name) => new()
    {
        Id = $"nv2/names/{name}",
        Title = "The name reads the other register",
        Rules = ["F071"],
        Needs = ["FEAT_NV2"],
        Memory = [new(0x40300230, 0)],
        Steps = [Step(1, 0x3C5, [0xD5384020], new Outcome("swapped", [new("target", 0), new("X0", 0x1234, 0xFFFF)]))],
    };

    private static Case Choice(string name) => new()
    {
        Id = $"nv2/choice/{name}",
        Title = "NV1 without NV is CONSTRAINED UNPREDICTABLE",
        Rules = ["EX-007"],
        Steps = [Step(1, 0x3C5, [0xD5384020], new("reads the register", [new("target", 0), new("X0", 1)]), new("traps", [new("target", 2)]))],
    };

    private static Case Hang(string name) => new()
    {
        Id = $"nv2/hang/{name}",
        Rules = ["EX-150"],
        Steps = [Step(1, 0x3C5, [0x14000000], new Outcome("ends", [new("target", 0)]))],
    };

    private static Step Step(int level, ulong pstate, IReadOnlyList<uint> code, params Outcome[] allowed) =>
        new() { Level = level, Pstate = pstate, Code = code, Allowed = allowed };

    private static Outcome Exception(string name, ulong target, ulong vector, ulong esr, ulong spsr, ulong elr) => new(
        name, [new("target", target), new("vector", vector), new("ESR", esr), new("SPSR", spsr), new("ELR", elr)]);

    private static Observation Taken(ulong target, ulong vector, ulong esr, ulong spsr, ulong elr) => Finished(
        ("target", target), ("vector", vector), ("ESR", esr), ("SPSR", spsr), ("ELR", elr), ("X0", 0x30D00800));

    private static Observation.Finished Finished(params (string Name, ulong Value)[] fields) =>
        new([new StepObservation([.. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))])]);

    private sealed class RecordedDevice(IReadOnlyDictionary<string, Observation> answers) : IDevice
    {
        public DeviceInfo Info { get; } = new(
            "qemu", "10.0.2", new FeatureSet(["FEAT_VHE", "FEAT_NV", "FEAT_NV2"]), 2, ["EL3 is not there, so SMC is not observed."])
        {
            Configuration = "-cpu max",
        };

        public IEnumerable<Observation> Run(IEnumerable<Case> cases, CancellationToken cancellation) => cases.Select(c => answers[c.Id]);

        public void Dispose()
        {
        }
    }

    private sealed class RecordedSuite(string name, IReadOnlyList<(Case Case, Observation Answer)> cases) : ISuite
    {
        public string Name => name;

        public string Title => $"Cases of {name}";

        public IEnumerable<Case> Generate(SuiteTarget target, ulong seed) => cases.Select(c => c.Case).Where(c => c.Suite == name);

        public IReadOnlyList<string> Reachable(SuiteTarget target) =>
            [.. cases.Where(c => c.Case.Suite == name).SelectMany(c => c.Case.Rules).Distinct(StringComparer.Ordinal), "EX-999"];
    }
}
