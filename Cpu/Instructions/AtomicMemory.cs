using Conformance.Cpu.Translation;

namespace Conformance.Cpu.Instructions;

/// <summary>Atomic memory operations: LDADD to LDUMIN and SWP; the ST forms are those with Rt 31.</summary>
/// <remarks>Source: DDI 0487, C6.2, LDADD and its neighbours. A and R order accesses, which changes nothing on one PE.</remarks>
internal static unsafe class AtomicMemory
{
    internal static readonly InsnRow[] Rows =
    [
        new("LDADD",  "size:2 111 0 00 A:1 R:1 1 Rs:5 0 000 00 Rn:5 Rt:5", &Execute<Add>) { Feature = "FEAT_LSE" },
        new("LDCLR",  "size:2 111 0 00 A:1 R:1 1 Rs:5 0 001 00 Rn:5 Rt:5", &Execute<Clear>) { Feature = "FEAT_LSE" },
        new("LDEOR",  "size:2 111 0 00 A:1 R:1 1 Rs:5 0 010 00 Rn:5 Rt:5", &Execute<ExclusiveOr>) { Feature = "FEAT_LSE" },
        new("LDSET",  "size:2 111 0 00 A:1 R:1 1 Rs:5 0 011 00 Rn:5 Rt:5", &Execute<Set>) { Feature = "FEAT_LSE" },
        new("LDSMAX", "size:2 111 0 00 A:1 R:1 1 Rs:5 0 100 00 Rn:5 Rt:5", &Execute<SignedMaximum>) { Feature = "FEAT_LSE" },
        new("LDSMIN", "size:2 111 0 00 A:1 R:1 1 Rs:5 0 101 00 Rn:5 Rt:5", &Execute<SignedMinimum>) { Feature = "FEAT_LSE" },
        new("LDUMAX", "size:2 111 0 00 A:1 R:1 1 Rs:5 0 110 00 Rn:5 Rt:5", &Execute<UnsignedMaximum>) { Feature = "FEAT_LSE" },
        new("LDUMIN", "size:2 111 0 00 A:1 R:1 1 Rs:5 0 111 00 Rn:5 Rt:5", &Execute<UnsignedMinimum>) { Feature = "FEAT_LSE" },
        new("SWP",    "size:2 111 0 00 A:1 R:1 1 Rs:5 1 000 00 Rn:5 Rt:5", &Execute<Swap>) { Feature = "FEAT_LSE" },
    ];

    /// <summary>The operation on values sign-extended to 64 bits, which keeps both orders and wraps like the width.</summary>
    private interface IAtomic
    {
        static abstract ulong Apply(ulong memory, ulong register);
    }

    private static void Execute<T>(Core core, in Operation op)
        where T : struct, IAtomic
    {
        int size = 1 << (int)op.Bits(30, 2);
        if (!Addressing.TryBase(core, op.Rn, out ulong address)
            || !MemoryAccess.TryRead(core, address, size, AccessKind.Atomic, out ulong old))
        {
            return;
        }

        int spare = 64 - size * 8;
        ulong result = T.Apply((ulong)((long)(old << spare) >> spare), (ulong)((long)(core.GetX(op.Rm) << spare) >> spare));
        if (MemoryAccess.TryWrite(core, address, size, AccessKind.Atomic, result))
        {
            core.SetX(op.Rd, old);
        }
    }

    private readonly struct Add : IAtomic
    {
        public static ulong Apply(ulong memory, ulong register) => memory + register;
    }

    private readonly struct Clear : IAtomic
    {
        public static ulong Apply(ulong memory, ulong register) => memory & ~register;
    }

    private readonly struct ExclusiveOr : IAtomic
    {
        public static ulong Apply(ulong memory, ulong register) => memory ^ register;
    }

    private readonly struct Set : IAtomic
    {
        public static ulong Apply(ulong memory, ulong register) => memory | register;
    }

    private readonly struct SignedMaximum : IAtomic
    {
        public static ulong Apply(ulong memory, ulong register) => (ulong)Math.Max((long)memory, (long)register);
    }

    private readonly struct SignedMinimum : IAtomic
    {
        public static ulong Apply(ulong memory, ulong register) => (ulong)Math.Min((long)memory, (long)register);
    }

    private readonly struct UnsignedMaximum : IAtomic
    {
        public static ulong Apply(ulong memory, ulong register) => Math.Max(memory, register);
    }

    private readonly struct UnsignedMinimum : IAtomic
    {
        public static ulong Apply(ulong memory, ulong register) => Math.Min(memory, register);
    }

    private readonly struct Swap : IAtomic
    {
        public static ulong Apply(ulong memory, ulong register) => register;
    }
}
