using System.Globalization;
using Conformance.Harness.Cases;
using Conformance.Suites.Nv2.Groups;

namespace Conformance.Suites.Nv2;

/// <summary>Ids of the rules that the suite checks.</summary>
/// <remarks>
/// Besides the F- and EX-numbers each accessor has one rule per pattern of the NV bits:
/// <c>VNCR+0x040 MRS VTCR_EL2 NVx=101</c> where it goes to memory, <c>MRS VTCR_EL2 NVx=001</c> where it does not.
/// </remarks>
internal static class Nv2Rules
{
    /// <summary>The rule of an access.</summary>
    internal static string Of(string accessor, NestedName name, Nvx nvx, IReadOnlyList<Effect> allowed) =>
        allowed[0] is Effect.Memory
            ? string.Create(CultureInfo.InvariantCulture, $"VNCR+0x{name.Offset:x3} {accessor} NVx={nvx.Label}")
            : $"{accessor} NVx={nvx.Label}";

    /// <summary>The behaviour that an offset belongs to.</summary>
    internal static string Behaviour(NestedName name) => name.Offset switch
    {
        < 0x100 => "F074",
        < 0x168 => "F075",
        < 0x200 => "F076",
        >= 0x400 and < 0x500 => "F078",
        _ => "F077",
    };

    /// <summary>The accesses of a name: MRS, and MSR where it exists.</summary>
    internal static IReadOnlyList<bool> Directions(NestedName name) => name.ReadOnly ? [false] : [false, true];

    /// <summary>Everything that the suite can check on a device, in ordinal order.</summary>
    internal static IReadOnlyList<string> Reachable(SuiteTarget target)
    {
        if (!Nv2Suite.CanRun(target))
        {
            return [];
        }

        SortedSet<string> rules = new(StringComparer.Ordinal)
        {
            "F050", "F059", "F067", "F068", "F069", "F070", "F071", "F072", "F073", "F065",
            "EX-007", "EX-028", "EX-063", "EX-101", "EX-130", "EX-151", "EX-197", "EX-289", "EX-290", "EX-291",
            "TR-120", "TR-121", "TR-123", "TR-125",
        };
        if (target.Features.Has("FEAT_VHE"))
        {
            rules.Add("TR-122");
        }

        foreach (NestedName name in VncrNames.For(target))
        {
            rules.Add(Behaviour(name));
        }

        foreach (NestedName name in Named(target))
        {
            foreach (bool write in Directions(name))
            {
                foreach (Nvx nvx in Nvx.Defined)
                {
                    rules.UnionWith(Of(target, name, write, nvx));
                }
            }
        }

        return [.. rules];
    }

    private static IEnumerable<string> Of(SuiteTarget target, NestedName name, bool write, Nvx nvx)
    {
        string accessor = $"{(write ? "MSR" : "MRS")} {name.Name}";
        IReadOnlyList<Effect> allowed = NestedOracle.AtEl1(name, nvx.InForce());
        if (SecureNames.OnlySecure(name))
        {
            yield return $"{accessor} NVx={nvx.Label}"; // UNDEFINED in Non-secure state
            if (allowed[0] is Effect.Memory && LevelCases.CanBeSecure(target))
            {
                yield return Of(accessor, name, nvx, allowed);
            }
        }
        else if (allowed[0] is Effect.Memory || RealRegisters.MayAccess(target, name, write, allowed))
        {
            yield return Of(accessor, name, nvx, allowed);
        }
    }

    /// <summary>Every name that the suite uses on a device.</summary>
    internal static IEnumerable<NestedName> Named(SuiteTarget target) =>
        VncrNames.For(target)
            .Concat(OtherNames.For(target, OtherNames.Swapped))
            .Concat(OtherNames.For(target, OtherNames.Trapped))
            .Concat(OtherNames.For(target, OtherNames.Plain))
            .Concat(OtherNames.For(target, OtherNames.Higher));
}
