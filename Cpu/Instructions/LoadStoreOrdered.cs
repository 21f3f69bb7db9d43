using Conformance.Cpu.Translation;

namespace Conformance.Cpu.Instructions;

/// <summary>Load/store ordered: LDAR, STLR, LDLAR, STLLR, LDAPR, LDAPUR and STLUR. One PE in program order has nothing to order.</summary>
/// <remarks>
/// Source: DDI 0487, C6.2, those pages. The manual writes (1) for the bits of Rs and Rt2: other values are CONSTRAINED
/// UNPREDICTABLE, and of the allowed outcomes the model has UNDEFINED.
/// </remarks>
internal static unsafe class LoadStoreOrdered
{
    internal static readonly InsnRow[] Rows =
    [
        new("STLLRB",         "00 001000 1 0 0 11111 0 11111 Rn:5 Rt:5", &Store<Byte>) { Feature = "FEAT_LOR" },
        new("STLLRH",         "01 001000 1 0 0 11111 0 11111 Rn:5 Rt:5", &Store<Halfword>) { Feature = "FEAT_LOR" },
        new("STLLR (32-bit)", "10 001000 1 0 0 11111 0 11111 Rn:5 Rt:5", &Store<Word>) { Feature = "FEAT_LOR" },
        new("STLLR (64-bit)", "11 001000 1 0 0 11111 0 11111 Rn:5 Rt:5", &Store<Doubleword>) { Feature = "FEAT_LOR" },
        new("LDLARB",         "00 001000 1 1 0 11111 0 11111 Rn:5 Rt:5", &Load<Byte>) { Feature = "FEAT_LOR" },
        new("LDLARH",         "01 001000 1 1 0 11111 0 11111 Rn:5 Rt:5", &Load<Halfword>) { Feature = "FEAT_LOR" },
        new("LDLAR (32-bit)", "10 001000 1 1 0 11111 0 11111 Rn:5 Rt:5", &Load<Word>) { Feature = "FEAT_LOR" },
        new("LDLAR (64-bit)", "11 001000 1 1 0 11111 0 11111 Rn:5 Rt:5", &Load<Doubleword>) { Feature = "FEAT_LOR" },

        new("STLRB",          "00 001000 1 0 0 11111 1 11111 Rn:5 Rt:5", &Store<Byte>),
        new("STLRH",          "01 001000 1 0 0 11111 1 11111 Rn:5 Rt:5", &Store<Halfword>),
        new("STLR (32-bit)",  "10 001000 1 0 0 11111 1 11111 Rn:5 Rt:5", &Store<Word>),
        new("STLR (64-bit)",  "11 001000 1 0 0 11111 1 11111 Rn:5 Rt:5", &Store<Doubleword>),
        new("LDARB",          "00 001000 1 1 0 11111 1 11111 Rn:5 Rt:5", &Load<Byte>),
        new("LDARH",          "01 001000 1 1 0 11111 1 11111 Rn:5 Rt:5", &Load<Halfword>),
        new("LDAR (32-bit)",  "10 001000 1 1 0 11111 1 11111 Rn:5 Rt:5", &Load<Word>),
        new("LDAR (64-bit)",  "11 001000 1 1 0 11111 1 11111 Rn:5 Rt:5", &Load<Doubleword>),

        new("LDAPRB",         "00 111 0 00 1 0 1 11111 1 100 00 Rn:5 Rt:5", &Load<Byte>) { Feature = "FEAT_LRCPC" },
        new("LDAPRH",         "01 111 0 00 1 0 1 11111 1 100 00 Rn:5 Rt:5", &Load<Halfword>) { Feature = "FEAT_LRCPC" },
        new("LDAPR (32-bit)", "10 111 0 00 1 0 1 11111 1 100 00 Rn:5 Rt:5", &Load<Word>) { Feature = "FEAT_LRCPC" },
        new("LDAPR (64-bit)", "11 111 0 00 1 0 1 11111 1 100 00 Rn:5 Rt:5", &Load<Doubleword>) { Feature = "FEAT_LRCPC" },

        new("STLURB",           "00 011001 00 0 imm9:9 00 Rn:5 Rt:5", &Store<Byte>,             &Offset) { Feature = "FEAT_LRCPC2" },
        new("LDAPURB",          "00 011001 01 0 imm9:9 00 Rn:5 Rt:5", &Load<Byte>,              &Offset) { Feature = "FEAT_LRCPC2" },
        new("LDAPURSB (64-bit)", "00 011001 10 0 imm9:9 00 Rn:5 Rt:5", &Load<SignedByteToX>,     &Offset) { Feature = "FEAT_LRCPC2" },
        new("LDAPURSB (32-bit)", "00 011001 11 0 imm9:9 00 Rn:5 Rt:5", &Load<SignedByteToW>,     &Offset) { Feature = "FEAT_LRCPC2" },
        new("STLURH",           "01 011001 00 0 imm9:9 00 Rn:5 Rt:5", &Store<Halfword>,         &Offset) { Feature = "FEAT_LRCPC2" },
        new("LDAPURH",          "01 011001 01 0 imm9:9 00 Rn:5 Rt:5", &Load<Halfword>,          &Offset) { Feature = "FEAT_LRCPC2" },
        new("LDAPURSH (64-bit)", "01 011001 10 0 imm9:9 00 Rn:5 Rt:5", &Load<SignedHalfwordToX>, &Offset) { Feature = "FEAT_LRCPC2" },
        new("LDAPURSH (32-bit)", "01 011001 11 0 imm9:9 00 Rn:5 Rt:5", &Load<SignedHalfwordToW>, &Offset) { Feature = "FEAT_LRCPC2" },
        new("STLUR (32-bit)",   "10 011001 00 0 imm9:9 00 Rn:5 Rt:5", &Store<Word>,             &Offset) { Feature = "FEAT_LRCPC2" },
        new("LDAPUR (32-bit)",  "10 011001 01 0 imm9:9 00 Rn:5 Rt:5", &Load<Word>,              &Offset) { Feature = "FEAT_LRCPC2" },
        new("LDAPURSW",         "10 011001 10 0 imm9:9 00 Rn:5 Rt:5", &Load<SignedWordToX>,     &Offset) { Feature = "FEAT_LRCPC2" },
        new("STLUR (64-bit)",   "11 011001 00 0 imm9:9 00 Rn:5 Rt:5", &Store<Doubleword>,       &Offset) { Feature = "FEAT_LRCPC2" },
        new("LDAPUR (64-bit)",  "11 011001 01 0 imm9:9 00 Rn:5 Rt:5", &Load<Doubleword>,        &Offset) { Feature = "FEAT_LRCPC2" },
    ];

    private static void Offset(ref Operation op) => op.Imm = (ulong)op.Signed(12, 9);

    /// <summary>The forms without an offset leave Imm at 0.</summary>
    private static void Load<T>(Core core, in Operation op)
        where T : struct, ITransfer
    {
        if (Addressing.TryBase(core, op.Rn, out ulong address))
        {
            _ = Addressing.TryLoad<T>(core, address + op.Imm, AccessKind.Ordered, op.Rd);
        }
    }

    private static void Store<T>(Core core, in Operation op)
        where T : struct, ITransfer
    {
        if (Addressing.TryBase(core, op.Rn, out ulong address))
        {
            _ = Addressing.TryStore<T>(core, address + op.Imm, AccessKind.Ordered, op.Rd);
        }
    }
}
