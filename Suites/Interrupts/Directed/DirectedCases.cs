using Conformance.Harness.Cases;

namespace Conformance.Suites.Interrupts.Directed;

/// <summary>Cases written by hand, with literal expectations.</summary>
internal static class DirectedCases
{
    internal static IEnumerable<Case> All(SuiteTarget target) =>
        ((IEnumerable<CaseBuilder>)[.. MaskCases.All(target), .. VirtualCases.All(target), .. WaitCases.All(target), .. SourceCases.All(target), .. NmiCases.All(target)])
        .Select(s => s.Build()).Where(c => Judge.CannotRun(c, target) is null);
}
