using Conformance.Harness.Cases;
using Conformance.Harness.Spec;
using Conformance.Suites.Tests.Exceptions;

namespace Conformance.Suites.Tests.Timers;

/// <summary>The devices of the exceptions suite's tests, with FEAT_ECV.</summary>
internal static class TimerTargets
{
    internal static SuiteTarget Nv2 { get; } = WithEcv(Targets.Nv2);

    internal static SuiteTarget Max { get; } = WithEcv(Targets.Max);

    private static SuiteTarget WithEcv(SuiteTarget target) =>
        new(new FeatureSet([.. target.Features.Names, "FEAT_ECV", "FEAT_ECV_POFF"]), target.HighestLevel);
}
