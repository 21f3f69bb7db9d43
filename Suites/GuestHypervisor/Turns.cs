using Conformance.Harness.Cases;
using Conformance.Harness.Programs;
using static Conformance.Harness.Programs.Reg;

namespace Conformance.Suites.GuestHypervisor;

/// <summary>The steps of a story: the hypervisor at EL2 and its guest take turns.</summary>
/// <remarks>
/// In a turn the code at EL2 does what a hypervisor does before it enters its guest, by instructions, and enters it with an
/// ERET of its own; the turn ends with the exception that brings the guest back. X27 is used for that, X28 by nobody.
/// </remarks>
internal static class Turns
{
    /// <summary>Scratch for the way into the guest.</summary>
    private const int Way = X27;

    /// <summary>The syndrome of HVC with an immediate (EX-156).</summary>
    internal static ulong Called(int immediate) => 0x16UL << 26 | 1UL << 25 | (uint)immediate;

    /// <summary>One turn: the hypervisor's code, the guest's code, and the guest's HVC, which is what the turn ends with.</summary>
    internal static CaseBuilder Turn(
        this CaseBuilder says, Action<Assembler> hypervisor, Action<Assembler> guest, int immediate, Spsr? pstate = null)
    {
        Spsr entered = pstate ?? Spsr.At(1);
        (uint[] code, ulong behind) = Code(hypervisor, entered, a =>
        {
            guest(a);
            a.Hvc(immediate);
        });
        return says.At(2).Code(code).Outcome($"the guest calls with HVC #{immediate}").Takes(2, vector: 0x400, esr: Called(immediate), elr: behind, spsr: entered);
    }

    /// <summary>The hypervisor alone, at the end.</summary>
    internal static CaseBuilder Alone(this CaseBuilder says, Action<Assembler> hypervisor)
    {
        Assembler a = new(GuestMemory.Code);
        hypervisor(a);
        return says.At(2).Code(a.Words()).Completes();
    }

    /// <summary>The words of a turn, and the address behind the last.</summary>
    internal static (uint[] Words, ulong Behind) Code(Action<Assembler> hypervisor, Spsr entered, Action<Assembler> guest)
    {
        Assembler a = new(GuestMemory.Code);
        hypervisor(a);
        EnterGuest(a, entered, guest);
        return (a.Words(), a.Here);
    }

    /// <summary>ERET to code that follows.</summary>
    internal static void EnterGuest(Assembler a, Spsr entered, Action<Assembler> guest)
    {
        Label begins = a.NewLabel("guest");
        a.Adr(Way, begins).Msr("ELR_EL2", Way).MovImm(Way, entered).Msr("SPSR_EL2", Way).Isb().Eret().Bind(begins);
        guest(a);
    }
}
