using Conformance.Harness.Programs;
using Conformance.Harness.Spec;

namespace Conformance.Suites.Access;

/// <summary>The instruction words of accessors, those without a system encoding included.</summary>
internal static class Instructions
{
    /// <summary>True for ERET, ERETAA and ERETAB.</summary>
    internal static bool IsReturn(Accessor accessor) => accessor is { Op: "INSN", Name: "ERET" or "ERETAA" or "ERETAB" };

    /// <summary>True for SMC and HVC, whose 16-bit immediate goes into the syndrome.</summary>
    internal static bool IsCall(Accessor accessor) => accessor is { Op: "INSN", Name: "SMC" or "HVC" };

    /// <summary>The word of an accessor.</summary>
    /// <param name="accessor">Any but those of IMPLEMENTATION DEFINED spaces.</param>
    /// <param name="register">The X register moved; the first of two, an even number, for 128-bit accesses.</param>
    /// <param name="index">Array index m.</param>
    /// <param name="immediate">Immediate of MSR (immediate), SMC or HVC.</param>
    internal static uint Word(Accessor accessor, int register, int index, int immediate) => accessor switch
    {
        { Op: "INSN", Name: "ERET" } => One(a => a.Eret()),
        { Op: "INSN", Name: "ERETAA" } => One(a => a.Eretaa()),
        { Op: "INSN", Name: "ERETAB" } => One(a => a.Eretab()),
        { Op: "INSN", Name: "SMC" } => One(a => a.Smc(immediate)),
        { Op: "INSN", Name: "HVC" } => One(a => a.Hvc(immediate)),
        _ => accessor.Word(register, index, immediate),
    };

    /// <summary>PACIA or PACIB of a general register with SP, as ERETAA or ERETAB authenticates.</summary>
    internal static uint Sign(Accessor authenticating, int register) =>
        One(a => authenticating.Name == "ERETAA" ? a.Pacia(register, Reg.SP) : a.Pacib(register, Reg.SP));

    /// <summary>The word of one instruction said with the assembler.</summary>
    internal static uint One(Func<Assembler, Assembler> emit) => emit(new Assembler(0)).Words()[0];
}
