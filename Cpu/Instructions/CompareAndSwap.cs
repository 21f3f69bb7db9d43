using Conformance.Cpu.Translation;

namespace Conformance.Cpu.Instructions;

/// <summary>Compare and swap: CAS, CASB, CASH, CASP in all orderings.</summary>
/// <remarks>Source: DDI 0487, C6.2, CAS and CASP. Memory is written only when the comparison holds.</remarks>
internal static unsafe class CompareAndSwap
{
    internal static readonly InsnRow[] Rows =
    [
        new("CASB",          "00 001000 1 L:1 1 Rs:5 o0:1 11111 Rn:5 Rt:5", &Single<Byte>) { Feature = "FEAT_LSE" },
        new("CASH",          "01 001000 1 L:1 1 Rs:5 o0:1 11111 Rn:5 Rt:5", &Single<Halfword>) { Feature = "FEAT_LSE" },
        new("CAS (32-bit)",  "10 001000 1 L:1 1 Rs:5 o0:1 11111 Rn:5 Rt:5", &Single<Word>) { Feature = "FEAT_LSE" },
        new("CAS (64-bit)",  "11 001000 1 L:1 1 Rs:5 o0:1 11111 Rn:5 Rt:5", &Single<Doubleword>) { Feature = "FEAT_LSE" },
        new("CASP (32-bit)", "00 001000 0 L:1 1 Rs:5 o0:1 11111 Rn:5 Rt:5", &Pair<Word>, &EvenRegisters) { Feature = "FEAT_LSE" },
        new("CASP (64-bit)", "01 001000 0 L:1 1 Rs:5 o0:1 11111 Rn:5 Rt:5", &Pair<Doubleword>, &EvenRegisters)
        {
            Feature = "FEAT_LSE",
        },
    ];

    private static void EvenRegisters(ref Operation op)
    {
        if (((op.Rm | op.Rd) & 1) != 0)
        {
            op.MakeUndefined();
        }
    }

    private static void Single<T>(Core core, in Operation op)
        where T : struct, ITransfer
    {
        if (!Addressing.TryBase(core, op.Rn, out ulong address)
            || !MemoryAccess.TryRead(core, address, T.Size, AccessKind.Atomic, out ulong old))
        {
            return;
        }

        ulong compared = core.GetX(op.Rm) & (ulong.MaxValue >> (64 - T.Size * 8));
        if (old != compared || Addressing.TryStore<T>(core, address, AccessKind.Atomic, op.Rd))
        {
            core.SetX(op.Rm, old);
        }
    }

    private static void Pair<T>(Core core, in Operation op)
        where T : struct, ITransfer
    {
        if (!Addressing.TryBase(core, op.Rn, out ulong address))
        {
            return;
        }

        if (!MemoryAccess.TryAlign(core, address, T.Size * 2, AccessKind.Atomic, AccessPurpose.ReadWrite))
        {
            return;
        }

        ulong second = address + (ulong)T.Size;
        if (!MemoryAccess.TryRead(core, address, T.Size, AccessKind.Atomic, out ulong oldFirst)
            || !MemoryAccess.TryRead(core, second, T.Size, AccessKind.Atomic, out ulong oldSecond))
        {
            return;
        }

        ulong mask = ulong.MaxValue >> (64 - T.Size * 8);
        bool equal = oldFirst == (core.GetX(op.Rm) & mask) && oldSecond == (core.GetX(op.Rm + 1) & mask);
        if (!equal
            || (Addressing.TryStore<T>(core, address, AccessKind.Atomic, op.Rd)
                && Addressing.TryStore<T>(core, second, AccessKind.Atomic, op.Rd + 1)))
        {
            core.SetX(op.Rm, oldFirst);
            core.SetX(op.Rm + 1, oldSecond);
        }
    }
}
