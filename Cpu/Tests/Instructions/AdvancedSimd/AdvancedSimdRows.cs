using Conformance.Cpu.Instructions;
using Conformance.Cpu.Instructions.AdvancedSimd;

namespace Conformance.Cpu.Tests.Instructions.AdvancedSimd;

/// <summary>The rows of Advanced SIMD, for tests that walk them all.</summary>
internal static class AdvancedSimdRows
{
    internal static readonly InsnRow[] All = [.. AdvancedSimdGroups.Groups.SelectMany(group => group)];

    internal static bool AccessesMemory(InsnRow row) => row.Name.Contains("_asisdls", StringComparison.Ordinal);
}
