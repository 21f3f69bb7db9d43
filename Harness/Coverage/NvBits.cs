using Conformance.Harness.Cases;
using Conformance.Harness.Spec;
using Conformance.Harness.Spec.Conditions;
using Conformance.Harness.Spec.Solving;

namespace Conformance.Harness.Coverage;

/// <summary>The patterns of HCR_EL2.{NV2,NV1,NV}: which one a case runs under, and what an access at EL1 does under each.</summary>
/// <remarks>Source: Arm Architecture Registers, HCR_EL2.NV, NV1, NV2. NV1 and NV2 without NV act as 000 here.</remarks>
internal sealed class NvBits(SuiteTarget target)
{
    private static readonly string[] s_patterns = ["000", "001", "011", "101", "111"];
    private static readonly int s_nv = Bit("HCR_EL2", "NV");
    private static readonly int s_nv1 = Bit("HCR_EL2", "NV1");
    private static readonly int s_nv2 = Bit("HCR_EL2", "NV2");
    private static readonly int s_ns = Bit("SCR_EL3", "NS");
    private static readonly int s_eel2 = Bit("SCR_EL3", "EEL2");

    private readonly bool _hasNv2 = target.Features.Has("FEAT_NV2");
    private readonly bool _hasSecureEl2 = target.Features.Has("FEAT_SEL2");

    /// <summary>The patterns that a device has; only 000 without FEAT_NV.</summary>
    internal IReadOnlyList<string> Patterns { get; } = !target.Features.Has("FEAT_NV") ? s_patterns[..1]
        : target.Features.Has("FEAT_NV2") ? s_patterns : s_patterns[..3];

    /// <summary>The pattern in force in the first step of a case.</summary>
    internal string PatternOf(Case @case)
    {
        ulong hcr = 0;
        bool enabled = true; // EL2 is, by the contract's baseline
        foreach (RegisterValue register in @case.Registers)
        {
            if (register.Name == "HCR_EL2")
            {
                hcr = register.Value;
            }
            else if (register.Name == "SCR_EL3")
            {
                enabled = Is(register.Value, s_ns) || (_hasSecureEl2 && Is(register.Value, s_eel2));
            }
        }

        return Patterns.Count == 1 || !enabled || !Is(hcr, s_nv) ? s_patterns[0]
            : s_patterns[1 + (Is(hcr, s_nv1) ? 1 : 0) + (_hasNv2 && Is(hcr, s_nv2) ? 2 : 0)];
    }

    /// <summary>
    /// What an access at EL1 does under each of <see cref="Patterns"/> with no trap control on: the outcome that is last in the
    /// reading order of the rule, for no check is in front of it.
    /// </summary>
    internal IReadOnlyList<RuleNode.End> Outcomes(Accessor accessor, Reach device)
    {
        Known known = device.KnownAt(1, accessor.Indices?.First ?? 0);
        return [.. Patterns.Select(pattern =>
        {
            Dictionary<int, ulong> given = Given(pattern);
            Known under = known with { Fixed = f => given.TryGetValue(f, out ulong value) ? value : known.Fixed(f) };
            return RulePaths.Of(accessor.Tree(1), under)[^1].End;
        })];
    }

    private Dictionary<int, ulong> Given(string pattern) => new()
    {
        [NameTable.Fields.Id("HCR_EL2.NV2")] = (ulong)(pattern[0] - '0'),
        [NameTable.Fields.Id("HCR_EL2.NV1")] = (ulong)(pattern[1] - '0'),
        [NameTable.Fields.Id("HCR_EL2.NV")] = (ulong)(pattern[2] - '0'),
        [NameTable.Fields.Id("HCR_EL2.E2H")] = target.Features.Has("FEAT_E2H0") ? 0UL : 1,
        [NameTable.Fields.Id("HCR_EL2.TGE")] = 0,
        [NameTable.Fields.Id("SCR_EL3.NS")] = 1,
    };

    private static bool Is(ulong value, int bit) => (value >> bit & 1) != 0;

    private static int Bit(string register, string field) =>
        RegisterFacts.Find(register)!.Layouts[0].Fields.First(f => f.Name == field).Lsb;
}
