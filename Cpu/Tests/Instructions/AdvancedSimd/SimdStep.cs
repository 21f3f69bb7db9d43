using Conformance.Cpu.Instructions;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Tests.Instructions.AdvancedSimd;

/// <summary>Executes words with access to the V registers open.</summary>
internal static class SimdStep
{
    internal static Core Run(uint word, Action<Core> setUp) => Given.Step(word, core =>
    {
        core.System[Slots.CPTR_EL3] = 0;
        setUp(core);
    });

    /// <summary>Executes one word on a PE as it is, with every optional instruction of Advanced SIMD.</summary>
    internal static void Execute(Core core, uint word)
    {
        A64.Predecode(word, AdvancedSimdRows.Features, out Operation op);
        Call(core, op);
    }

    internal static bool SaturationSet(Core core) => (core.System[Slots.FPSR] & 1ul << 27) != 0;

    private static unsafe void Call(Core core, Operation op) => op.Execute(core, in op);

    internal static UInt128 Q(this Core core, int n) => new(core.V[2 * n + 1], core.V[2 * n]);

    internal static void SetQ(this Core core, int n, UInt128 value)
    {
        core.V[2 * n] = (ulong)value;
        core.V[2 * n + 1] = (ulong)(value >> 64);
    }

    /// <summary>A word of the row: the pattern with given bits where it leaves them open.</summary>
    internal static uint Word(InsnRow row, uint open) => row.Pattern.Value | (open & ~row.Pattern.Mask);
}
