using Conformance.Harness.Cases;
using Conformance.Suites.ListRegisters.Cases;
using Conformance.Suites.ListRegisters.Directed;
using Conformance.Suites.ListRegisters.Enumerated;
using Conformance.Suites.ListRegisters.Oracle;
using Conformance.Suites.ListRegisters.Sequences;

namespace Conformance.Suites.ListRegisters;

/// <summary>The virtual CPU interface of GICv3: list registers, virtual acknowledge and end of interrupt, maintenance, controls and traps.</summary>
/// <remarks>
/// Rules GV-001 to GV-157; behaviours F029 to F034, F049, F078 and F117 as far as they are architecture. Expectations come from
/// <see cref="VirtualInterface"/>, a state machine that shares nothing with the model.
/// </remarks>
public sealed class ListRegistersSuite : ISuite
{
    /// <summary>How many sequences of either kind are drawn from a seed.</summary>
    private const int Sequenced = 2000;

    public string Name => CaseMaker.Suite;

    public string Title => "GICv3 virtualization: list registers, virtual interrupts, priorities, maintenance interrupts and traps";

    public IEnumerable<Case> Generate(SuiteTarget target, ulong seed) =>
        Sizes.Of(target) is { } sizes ? Generate(new CaseMaker(new VirtualInterface(sizes)), target, seed) : [];

    public IReadOnlyList<string> Reachable(SuiteTarget target) => ReachableRules.For(target);

    public IReadOnlyList<UnreachedRule> Unreached(SuiteTarget target) => ReachableRules.Unreached(target);

    /// <summary>The cases that an oracle makes.</summary>
    internal static IEnumerable<Case> Generate(CaseMaker make, SuiteTarget target, ulong seed) =>
        DirectedCases.All(make, target).Concat(LrStateCases.All(make)).Concat(WinnerCases.All(make)).Concat(PriorityCases.All(make)).Concat(MaintenanceCases.All(make, seed))
            .Concat(ControlCases.All(make)).Concat(ReservedBitCases.All(make)).Concat(RoundTripCases.All(make)).Concat(SequenceMaker.All(make, seed, Sequenced))
            .Concat(SequenceMaker.Runs(make, seed, Sequenced));
}
