using Conformance.Cpu.Translation;

namespace Conformance.Cpu.Instructions;

/// <summary>Load register (literal): LDR, LDRSW and PRFM.</summary>
/// <remarks>Source: DDI 0487, C6.2, "LDR (literal)", "LDRSW (literal)", "PRFM (literal)".</remarks>
internal static unsafe class LoadLiteral
{
    internal static readonly InsnRow[] Rows =
    [
        new("LDR (literal, 32-bit)", "00 011 0 00 imm19:19 Rt:5", &Load<Word>,          &Offset),
        new("LDR (literal, 64-bit)", "01 011 0 00 imm19:19 Rt:5", &Load<Doubleword>,    &Offset),
        new("LDRSW (literal)",       "10 011 0 00 imm19:19 Rt:5", &Load<SignedWordToX>, &Offset),
        new("PRFM (literal)",        "11 011 0 00 imm19:19 Rt:5", &Prefetch.Nothing),
    ];

    private static void Offset(ref Operation op) => op.Imm = (ulong)(op.Signed(5, 19) << 2);

    private static void Load<T>(Core core, in Operation op)
        where T : struct, ITransfer =>
        Addressing.TryLoad<T>(core, core.Pc + op.Imm, AccessKind.Normal, op.Rd);
}
