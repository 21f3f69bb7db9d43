using Conformance.Harness.Cases;

namespace Conformance.Suites.Registers;

/// <summary>What registers hold once an access is allowed: which bits keep a value, and values that follow from other state.</summary>
/// <remarks>
/// Source: the register facts (<c>Fixtures/spec/registers.jsonl</c>) for the bits; TM-001 to TM-047, EX-335 to EX-339 and the
/// pages of the registers (DDI 0601) for the rest. Who may access a register is the access suite's matter.
/// </remarks>
public sealed class RegistersSuite : ISuite
{
    public string Name => "registers";

    public string Title => "what system registers hold: the bits that keep a value, and values that follow from other state";

    public IEnumerable<Case> Generate(SuiteTarget target, ulong seed) =>
        Directed(target).Concat(LayoutCases.All(target, seed)).Concat(ReadOnlyCases.All(target)).Concat(ApartCases.All(target, seed));

    public IReadOnlyList<string> Reachable(SuiteTarget target) =>
        [.. Generate(target, 1).SelectMany(c => c.Rules).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static IEnumerable<Case> Directed(SuiteTarget target) =>
        ((IEnumerable<CaseBuilder>)
        [
            .. PmuCases.All(target), .. DebugCases.All(), .. TimerCases.All(), .. InterruptCases.All(target), .. IdCases.All(),
            .. KeyCases.All(), .. StackCases.All(), .. AddressTranslationCases.All(), .. ErrorCases.All(), .. EndianCases.All(), .. RegionCases.All(), .. ApartCases.Redirected(),
        ])
        .Select(sentence => sentence.Build())
        .Where(c => Judge.CannotRun(c, target) is null && c.Registers.All(r => LayoutCases.CanSet(r.Name, target)));
}
