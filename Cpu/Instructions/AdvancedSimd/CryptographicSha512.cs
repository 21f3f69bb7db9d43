using Conformance.Cpu.Exceptions;

namespace Conformance.Cpu.Instructions.AdvancedSimd;

/// <summary>Cryptographic SHA512: hash update and schedule update, two rounds at a time.</summary>
/// <remarks>Source: DDI 0487, C7.2, SHA512H to SHA512SU1; FIPS 180-4, section 6.4.</remarks>
internal static unsafe class CryptographicSha512
{
    internal static readonly InsnRow[] Rows =
    [
        new("SHA512H_QQV_cryptosha512_3",    "1100 111 00 11 Rm:5 1 0 00 00 Rn:5 Rd:5", &Hash) { Feature = "FEAT_SHA512" },
        new("SHA512H2_QQV_cryptosha512_3",   "1100 111 00 11 Rm:5 1 0 00 01 Rn:5 Rd:5", &Hash2) { Feature = "FEAT_SHA512" },
        new("SHA512SU1_VVV2_cryptosha512_3", "1100 111 00 11 Rm:5 1 0 00 10 Rn:5 Rd:5", &ScheduleUpdate1) { Feature = "FEAT_SHA512" },
        new("SHA512SU0_VV2_cryptosha512_2",  "1100 111 01 1000 0001000 00 Rn:5 Rd:5",   &ScheduleUpdate0) { Feature = "FEAT_SHA512" },
    ];

    /// <summary>The sums to add to d and c: Vd holds h and g with schedule and constants added, Vn e's neighbours, Vm f and e.</summary>
    private static void Hash(Core core, in Operation op)
    {
        if (!FpAccess.Check(core))
        {
            return;
        }

        VectorValue w = VectorElements.Read(core, op.Rd);
        VectorValue x = VectorElements.Read(core, op.Rn);
        VectorValue y = VectorElements.Read(core, op.Rm);
        ulong first = w.High + BigSigma1(y.High) + Choose(y.High, x.Low, x.High);
        ulong e = first + y.Low;
        VectorElements.Write(core, op.Rd, new VectorValue(w.Low + BigSigma1(e) + Choose(e, y.High, x.Low), first));
    }

    private static void Hash2(Core core, in Operation op)
    {
        if (!FpAccess.Check(core))
        {
            return;
        }

        VectorValue w = VectorElements.Read(core, op.Rd);
        VectorValue x = VectorElements.Read(core, op.Rn);
        VectorValue y = VectorElements.Read(core, op.Rm);
        ulong first = w.High + BigSigma0(y.Low) + Majority(x.Low, y.High, y.Low);
        ulong second = w.Low + BigSigma0(first) + Majority(first, y.Low, y.High);
        VectorElements.Write(core, op.Rd, new VectorValue(second, first));
    }

    private static void ScheduleUpdate0(Core core, in Operation op)
    {
        if (FpAccess.Check(core))
        {
            VectorValue d = VectorElements.Read(core, op.Rd);
            ulong next = core.V[2 * op.Rn];
            VectorElements.Write(core, op.Rd, new VectorValue(d.Low + Small0(d.High), d.High + Small0(next)));
        }
    }

    private static void ScheduleUpdate1(Core core, in Operation op)
    {
        if (FpAccess.Check(core))
        {
            VectorValue d = VectorElements.Read(core, op.Rd);
            VectorValue n = VectorElements.Read(core, op.Rn);
            VectorValue m = VectorElements.Read(core, op.Rm);
            VectorElements.Write(core, op.Rd, new VectorValue(d.Low + Small1(n.Low) + m.Low, d.High + Small1(n.High) + m.High));
        }
    }

    private static ulong Choose(ulong x, ulong y, ulong z) => (x & y) | (~x & z);

    private static ulong Majority(ulong x, ulong y, ulong z) => (x & y) | (x & z) | (y & z);

    private static ulong BigSigma0(ulong x) => ulong.RotateRight(x, 28) ^ ulong.RotateRight(x, 34) ^ ulong.RotateRight(x, 39);

    private static ulong BigSigma1(ulong x) => ulong.RotateRight(x, 14) ^ ulong.RotateRight(x, 18) ^ ulong.RotateRight(x, 41);

    private static ulong Small0(ulong x) => ulong.RotateRight(x, 1) ^ ulong.RotateRight(x, 8) ^ x >> 7;

    private static ulong Small1(ulong x) => ulong.RotateRight(x, 19) ^ ulong.RotateRight(x, 61) ^ x >> 6;
}
