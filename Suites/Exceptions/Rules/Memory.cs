using Conformance.Harness.Programs;
using static Conformance.Suites.ControlBits;

namespace Conformance.Suites.Exceptions.Rules;

/// <summary>The stack pointer: loads through it, moves to it, and what does not check it.</summary>
internal static class Memory
{
    /// <summary>LDRB: no alignment of its own, so a fault is the stack pointer's.</summary>
    internal static readonly Instruction LdrbSp = Checked("LDRB W3, [SP]", Instruction.Encode(a => a.Ldrb(3, Reg.SP)));

    /// <summary>The offset has no part in the check (EX-191).</summary>
    internal static readonly Instruction LdrbSpOffset = Checked("LDRB W3, [SP, #1]", Instruction.Encode(a => a.Ldrb(3, Reg.SP, 1)));

    internal static readonly Instruction StrbSp = Checked("STRB W3, [SP]", Instruction.Encode(a => a.Strb(3, Reg.SP)));

    /// <summary>Prefetches and arithmetic do not check (EX-191).</summary>
    internal static readonly Instruction PrfmSp = Unchecked("PRFM PLDL1KEEP, [SP]", 0xF980_03E0);

    internal static readonly Instruction AddFromSp = Unchecked("ADD X3, SP, #16", 0x9100_43E3);

    internal static Instruction MovSp(int xn) =>
        Instruction.Of($"MOV SP, X{xn}", Instruction.Encode(a => a.MovSp(Reg.SP, xn)), s => Answer.Completes(s.Next().WithSp(s.X(xn))));

    /// <summary>The exception, or null when the stack pointer is aligned or not checked (EX-191).</summary>
    internal static Answer? SpAlignment(Situation s, params string[] rules) =>
        (s.Sp & 15) != 0 && s.Sctlr(s.Level == 0 ? Sctlr.SA0 : Sctlr.SA)
            ? Answer.Takes(s.BaseTarget, 0x26, 0, ["EX-191", "EX-128", "EX-087", "EX-150", .. rules])
            : null;

    private static Instruction Checked(string name, uint word) =>
        Instruction.Of(name, word, s => SpAlignment(s) ?? Answer.Completes(s.Next(), "EX-191"));

    private static Instruction Unchecked(string name, uint word) =>
        Instruction.Of(name, word, s => Answer.Completes(s.Next(), "EX-191"));
}
