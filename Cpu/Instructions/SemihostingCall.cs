using Conformance.Cpu.Exceptions;

namespace Conformance.Cpu.Instructions;

/// <summary>HLT #0xF000, which debuggers and models agree to take as a semihosting call.</summary>
/// <remarks>
/// Source: Semihosting for AArch32 and AArch64, "The semihosting interface". Without semihosting it is as any other HLT:
/// halting debug is not allowed here, so it is UNDEFINED.
/// </remarks>
internal static unsafe class SemihostingCall
{
    internal static readonly InsnRow[] Rows =
    [
        new("HLT (semihosting)", "11010100 010 1111000000000000 00000", &Call),
    ];

    private static void Call(Core core, in Operation op)
    {
        if (core.Semihosting is null)
        {
            Raise.Undefined(core);
            return;
        }

        core.Semihosting.Call(core);
    }
}
