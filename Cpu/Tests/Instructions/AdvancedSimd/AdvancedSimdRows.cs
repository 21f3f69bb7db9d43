using Conformance.Cpu.Features;
using Conformance.Cpu.Instructions;
using Conformance.Cpu.Instructions.AdvancedSimd;

namespace Conformance.Cpu.Tests.Instructions.AdvancedSimd;

/// <summary>The rows of Advanced SIMD, for tests that walk them all.</summary>
internal static class AdvancedSimdRows
{
    internal static readonly InsnRow[] All = [.. AdvancedSimdGroups.Groups.SelectMany(group => group)];

    /// <summary>The profile, and what of Advanced SIMD it has not got.</summary>
    internal static readonly FeatureSet Features = FeatureSet.Parse("nv2,+FEAT_SHA512,+FEAT_SHA3,+FEAT_SM3,+FEAT_SM4");

    internal static bool AccessesMemory(InsnRow row) => row.Name.Contains("_asisdls", StringComparison.Ordinal);
}
