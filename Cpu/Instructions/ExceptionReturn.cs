using Conformance.Cpu.Exceptions;
using Conformance.Cpu.Instructions.Pauth;
using Conformance.Cpu.Nested;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Instructions;

/// <summary>ERET, ERETAA, ERETAB.</summary>
/// <remarks>Source: DDI 0602, "ERET", "ERETAA, ERETAB"; EX-182 to EX-184, EX-230 to EX-272.</remarks>
internal static unsafe class ExceptionReturn
{
    internal static readonly InsnRow[] Rows =
    [
        new("ERET",   "1101011 0 100 11111 0000 0 0 11111 00000", &Eret),
        new("ERETAA", "1101011 0 100 11111 0000 1 0 11111 11111", &EretWithA) { Feature = "FEAT_PAuth" },
        new("ERETAB", "1101011 0 100 11111 0000 1 1 11111 11111", &EretWithB) { Feature = "FEAT_PAuth" },
    ];

    private static void Eret(Core core, in Operation op)
    {
        if (Allowed(core, 0))
        {
            Exceptions.ExceptionReturn.Return(core, Address(core));
        }
    }

    private static void EretWithA(Core core, in Operation op) => EretAuthenticated(core, PointerKey.IA, 2);

    private static void EretWithB(Core core, in Operation op) => EretAuthenticated(core, PointerKey.IB, 3);

    private static void EretAuthenticated(Core core, PointerKey key, uint iss)
    {
        if (Allowed(core, iss)
            && PointerAuthentication.TryAuthenticate(core, key, Address(core), core.Sp, combined: true, out ulong address))
        {
            Exceptions.ExceptionReturn.Return(core, address);
        }
    }

    private static ulong Address(Core core) => core.System[Slots.ELR_EL1 + core.Pstate.EL - 1];

    /// <summary>UNDEFINED at EL0, then the traps, before anything of the return happens.</summary>
    private static bool Allowed(Core core, uint iss)
    {
        if (core.Pstate.EL == 0)
        {
            Raise.Undefined(core);
            return false;
        }

        if (NestedVirtualization.TrapsEret(core))
        {
            Raise.AtThis(core, 2, Syndrome.Of(ExceptionClass.EretTrap, iss));
            return false;
        }

        return true;
    }
}
