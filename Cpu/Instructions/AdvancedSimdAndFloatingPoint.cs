using Conformance.Cpu.Exceptions;

namespace Conformance.Cpu.Instructions;

/// <summary>The encoding space of Advanced SIMD and floating-point, as far as it is not modelled yet.</summary>
/// <remarks>
/// Source: DDI 0487, C4.1, op0 x1x1 and x1x0 with bit 26 set. Every word here checks the access first, as an allocated one
/// does (EX-178), and is UNDEFINED behind that. Two things are wrong by this: arithmetic is UNDEFINED where it should
/// execute, and unallocated words trap where they should be UNDEFINED at once.
/// </remarks>
internal static unsafe class AdvancedSimdAndFloatingPoint
{
    internal static readonly InsnRow[] Rows =
    [
        new("Advanced SIMD and floating-point, not modelled", "xxxx 11 xxxxxxxxxxxxxxxxxxxxxxxxxx", &CheckOnly),
    ];

    private static void CheckOnly(Core core, in Operation op)
    {
        if (FpAccess.Check(core))
        {
            core.MetUnmodelled = true;
            Raise.Undefined(core);
        }
    }
}
