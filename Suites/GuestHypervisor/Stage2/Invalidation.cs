using Conformance.Harness.Cases;
using Conformance.Harness.Programs;
using static Conformance.Harness.Programs.Reg;

namespace Conformance.Suites.GuestHypervisor.Stage2;

/// <summary>One way of a hypervisor to invalidate what it changed in a stage 2.</summary>
/// <param name="Name">For ids and titles.</param>
/// <param name="Reach">What it reaches.</param>
/// <param name="Rules">The rules of it.</param>
/// <param name="Needs">Feature; empty for none.</param>
/// <param name="Emit">Its code, for an address. Uses X0.</param>
internal sealed record Invalidation(string Name, Reach Reach, IReadOnlyList<string> Rules, string Needs, Action<Assembler, ulong> Emit)
{
    private static readonly Invalidation[] s_all = [.. Make()];

    internal static Invalidation Everything { get; } = s_all.First(i => i.Name == "alle1");

    internal static Invalidation OfVmid { get; } = s_all.First(i => i.Name == "vmalls12e1");

    /// <summary>Those that a target has.</summary>
    internal static IReadOnlyList<Invalidation> Of(SuiteTarget target) => [.. s_all.Where(i => i.Needs.Length == 0 || target.Features.Has(i.Needs))];

    private static IEnumerable<Invalidation> Make()
    {
        foreach ((string scope, string feature) in ((string, string)[])[("", ""), ("IS", ""), ("OS", "FEAT_TLBIOS")])
        {
            yield return All("VMALLS12E1" + scope, Reach.Vmid, feature);
            yield return All("ALLE1" + scope, Reach.Everything, feature);
            yield return Page("IPAS2E1" + scope, scope, feature, Reach.Page, "TR-150", ipa => ipa >> 12);
            yield return Page("IPAS2LE1" + scope, scope, feature, Reach.LastLevelOfPage, "TR-150", ipa => ipa >> 12);
            yield return Page("RIPAS2E1" + scope, scope, "FEAT_TLBIRANGE", Reach.Page, "TR-152", Range);
            yield return Page("RIPAS2LE1" + scope, scope, "FEAT_TLBIRANGE", Reach.LastLevelOfPage, "TR-152", Range);
        }
    }

    /// <summary>Eight granules of 4 KiB that end with those behind the page: NUM 3, SCALE 0.</summary>
    private static ulong Range(ulong ipa) => 1UL << 46 | 3UL << 39 | ((ipa >> 12) - 3);

    private static Invalidation All(string name, Reach reach, string feature) =>
        new(name.ToLowerInvariant(), reach, ["TR-149"], feature, (a, _) => a.Dsb().Tlbi(name).Dsb().Isb());

    /// <summary>By address, and then stage 1 of the VMID, which may hold both stages in one (TR-150).</summary>
    private static Invalidation Page(string name, string scope, string feature, Reach reach, string rule, Func<ulong, ulong> operand) =>
        new(name.ToLowerInvariant(), reach, [rule], feature, (a, ipa) =>
            a.Dsb().MovImm(X0, operand(ipa)).Tlbi(name, X0).Dsb().Tlbi("VMALLE1" + scope).Dsb().Isb());
}

/// <summary>What an invalidation reaches.</summary>
internal enum Reach
{
    /// <summary>Last levels of one address, in the current VMID.</summary>
    LastLevelOfPage,

    /// <summary>All levels of one address, in the current VMID.</summary>
    Page,

    /// <summary>The current VMID.</summary>
    Vmid,

    /// <summary>All VMIDs.</summary>
    Everything,
}
