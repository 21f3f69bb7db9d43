using Conformance.Harness.Cases;
using Conformance.Suites.GuestHypervisor.Levels;
using Conformance.Suites.GuestHypervisor.Merged;
using Conformance.Suites.GuestHypervisor.Stage2;
using Conformance.Suites.GuestHypervisor.Switches;
using Conformance.Suites.GuestHypervisor.Virtual;
using Conformance.Suites.ListRegisters.Oracle;

namespace Conformance.Suites.GuestHypervisor;

/// <summary>Stories of a hypervisor at EL2 and its guest, who take turns: what a machine that provides EL2 has to keep apart and hand over.</summary>
/// <remarks>
/// The other suites show one situation per case. Here state is written on one side of a world switch and looked for on the
/// other, controls change between turns, and tables and list registers are filled anew. Rules: behaviours F002 to F046, and
/// those of the exception model, the timers, the GIC and translation that a story rests on. Nothing is judged without EL2.
/// </remarks>
public sealed class GuestHypervisorSuite : ISuite
{
    public string Name => "guest-hypervisor";

    public string Title => "a hypervisor and its guest take turns: world switches, levels, traps, stage 2, virtual interrupts and timers";

    public IEnumerable<Case> Generate(SuiteTarget target, ulong seed) =>
        Hypervisor.Of(target).SelectMany(h => Sentences(h, seed)).Select(s => s.Build()).Where(c => Judge.CannotRun(c, target) is null);

    public IReadOnlyList<string> Reachable(SuiteTarget target) => ReachableRules.For(target);

    private static IEnumerable<CaseBuilder> Sentences(Hypervisor h, ulong seed) =>
        OneByOne.All(h, seed).Concat(RandomSwitches.All(h, seed)).Concat(LevelCases.All(h, seed)).Concat(MergedCases.All(h, seed))
            .Concat(StageCases.All(h)).Concat(MappingCases.All(h, seed)).Concat(Interrupts(h, seed)).Concat(TimerStories.All(h, seed));

    private static IEnumerable<CaseBuilder> Interrupts(Hypervisor h, ulong seed) =>
        Sizes.Of(h.Target) is { } sizes ? InterruptCases.All(h, sizes).Concat(DrawnInterrupts.All(h, sizes, seed)) : [];
}
