using Conformance.Harness.Cases;

namespace Conformance.Suites.Nv2;

/// <summary>The values that HCR_EL2.E2H can have on a target.</summary>
internal static class Layouts
{
    /// <summary>0 first. Without FEAT_VHE it is RES0; without FEAT_E2H0 it is RES1.</summary>
    internal static IReadOnlyList<bool> Of(SuiteTarget target) =>
        !target.Features.Has("FEAT_VHE") ? [false] : target.Features.Has("FEAT_E2H0") ? [false, true] : [true];

    /// <summary>One of them, drawn.</summary>
    internal static bool Any(SuiteTarget target, Dice dice) =>
        target.Features.Has("FEAT_VHE") && (dice.OneIn(2) || !target.Features.Has("FEAT_E2H0"));
}
