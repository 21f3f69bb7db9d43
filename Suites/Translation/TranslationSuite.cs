using Conformance.Harness.Cases;
using Conformance.Suites.Translation.Directed;
using Conformance.Suites.Translation.Faults;
using Conformance.Suites.Translation.Generated;
using Conformance.Suites.Translation.Oracle;

namespace Conformance.Suites.Translation;

/// <summary>Address translation: stage 1 and stage 2 walks, permissions, attributes, faults and their reports, updates of descriptors, AT and TLBI.</summary>
/// <remarks>Rules TR-001 to TR-157; behaviours F062 to F065, F072, F073, and F017 to F027 as far as they are architecture.</remarks>
public sealed class TranslationSuite : ISuite
{
    public string Name => "translation";

    public string Title => "address translation: both stages, permissions, attributes, faults, hardware updates, AT and TLBI";

    public IEnumerable<Case> Generate(SuiteTarget target, ulong seed)
    {
        var facts = new Facts(target);
        return Generate(facts, seed);
    }

    public IReadOnlyList<string> Reachable(SuiteTarget target) => ReachableRules.For(target);

    public IReadOnlyList<UnreachedRule> Unreached(SuiteTarget target) => ReachableRules.Unreached(target);

    /// <summary>The cases for what a device is known to be; directed ones first.</summary>
    internal static IEnumerable<Case> Generate(Facts facts, ulong seed) =>
        DirectedCases.All(facts, seed)
            .Concat(FaultCases.All(facts, seed))
            .Concat(RandomAt.Cases(facts, seed))
            .Concat(RandomAccesses.Cases(facts, seed))
            .Concat(RandomAtFromEl1.Cases(facts, seed))
            .Concat(RandomVncr.Cases(facts, seed))
            .Concat(RandomEl3.Cases(facts, seed));
}
