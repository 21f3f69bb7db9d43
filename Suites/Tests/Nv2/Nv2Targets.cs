using Conformance.Harness.Cases;
using Conformance.Harness.Spec;
using Conformance.Suites.Nv2;

namespace Conformance.Suites.Tests.Nv2;

/// <summary>Devices as the suite sees them.</summary>
internal static class Nv2Targets
{
    /// <summary>The profile nv2.</summary>
    internal static SuiteTarget Profile { get; } = new(Harness.Spec.Profile.Nv2.Implementation.Features, 3);

    /// <summary>The same, started at EL2.</summary>
    internal static SuiteTarget WithoutEl3 { get; } =
        new(new FeatureSet(Profile.Features.Names.Where(f => f != "FEAT_AA64EL3")), 2);

    /// <summary>Every feature that a slot or a name asks for, Secure EL2 and AArch32 included.</summary>
    internal static SuiteTarget Everything { get; } = new(
        new FeatureSet(
        [
            .. Profile.Features.Names, "FEAT_SEL2", "FEAT_AA32EL1", "FEAT_MTE",
            .. VncrNames.All.Concat(OtherNames.Swapped).Concat(OtherNames.Trapped).SelectMany(n => n.Required),
        ]), 3);

    /// <summary>EL1 alone.</summary>
    internal static SuiteTarget Guest { get; } = new(Profile.Features, 1);

    /// <summary>True for a case that sends one more value through a slot, other than the named ones.</summary>
    internal static bool IsValueCase(Case c, params IReadOnlyList<string> kept) =>
        Values.All.Any(v => !kept.Contains(v.Label) && c.Id.EndsWith($"-{v.Label}", StringComparison.Ordinal));

    internal static SuiteTarget Of(string name) => name switch
    {
        "profile" => Profile,
        "without-el3" => WithoutEl3,
        "everything" => Everything,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such target"),
    };
}
