using Conformance.Harness.Cases;
using Conformance.Suites.Nv2.Groups;

namespace Conformance.Suites.Nv2;

/// <summary>FEAT_NV2: EL1 accesses turned into loads and stores at VNCR_EL2, names that reach other registers, and what stays.</summary>
/// <remarks>Behaviours F050, F059, F065, F067 to F078; rules EX-007, EX-028, EX-063, EX-101, EX-197, EX-289 to EX-291.</remarks>
public sealed class Nv2Suite : ISuite
{
    public string Name => "nv2";

    public string Title => "register accesses under FEAT_NV2: the page at VNCR_EL2, swapped names, traps, byte order";

    public IEnumerable<Case> Generate(SuiteTarget target, ulong seed) => CanRun(target)
        ? ControlRegisterCases.All(target, seed)
            .Concat(SavedLevelCases.All(target))
            .Concat(SlotCases.All(target, seed))
            .Concat(PatternCases.All(target, seed))
            .Concat(OtherNameCases.All(target, seed))
            .Concat(PriorityCases.All(target, seed))
            .Concat(LevelCases.All(target, seed))
            .Concat(PageCases.All(target, seed))
            .Concat(SequenceCases.All(target, seed))
            .Concat(ByteOrderCases.All(target, seed))
            .Concat(TranslatedPageCases.All(target, seed))
        : [];

    public IReadOnlyList<string> Reachable(SuiteTarget target) => Nv2Rules.Reachable(target);

    /// <summary>True when cases can use EL2 and the device has FEAT_NV2.</summary>
    internal static bool CanRun(SuiteTarget target) => target.HighestLevel >= 2 && target.Features.Has("FEAT_NV2");
}
