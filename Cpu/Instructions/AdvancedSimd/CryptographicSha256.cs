using Conformance.Cpu.Exceptions;

namespace Conformance.Cpu.Instructions.AdvancedSimd;

/// <summary>Cryptographic SHA256: hash update and schedule update.</summary>
/// <remarks>Source: DDI 0487, C7.2, SHA256H to SHA256SU1; FIPS 180-4, section 6.2.</remarks>
internal static unsafe class CryptographicSha256
{
    internal static readonly InsnRow[] Rows =
    [
        new("SHA256H_QQV_cryptosha3",   "0101 111 0 00 0 Rm:5 0 10 0 00 Rn:5 Rd:5", &Hash) { Feature = "FEAT_SHA256" },
        new("SHA256H2_QQV_cryptosha3",  "0101 111 0 00 0 Rm:5 0 10 1 00 Rn:5 Rd:5", &Hash2) { Feature = "FEAT_SHA256" },
        new("SHA256SU1_VVV_cryptosha3", "0101 111 0 00 0 Rm:5 0 110 00 Rn:5 Rd:5",  &ScheduleUpdate1) { Feature = "FEAT_SHA256" },
        new("SHA256SU0_VV_cryptosha2",  "0101 111 0 00 10100 00010 10 Rn:5 Rd:5",   &ScheduleUpdate0) { Feature = "FEAT_SHA256" },
    ];

    internal static uint Choose(uint x, uint y, uint z) => (x & y) | (~x & z);

    internal static uint Majority(uint x, uint y, uint z) => (x & y) | (x & z) | (y & z);

    private static void Hash(Core core, in Operation op)
    {
        if (FpAccess.Check(core))
        {
            (VectorValue abcd, _) = FourRounds(core, abcd: op.Rd, efgh: op.Rn, op.Rm);
            VectorElements.Write(core, op.Rd, abcd);
        }
    }

    private static void Hash2(Core core, in Operation op)
    {
        if (FpAccess.Check(core))
        {
            (_, VectorValue efgh) = FourRounds(core, abcd: op.Rn, efgh: op.Rd, op.Rm);
            VectorElements.Write(core, op.Rd, efgh);
        }
    }

    /// <summary>Vm holds four words of the schedule with their constants added.</summary>
    private static (VectorValue Abcd, VectorValue Efgh) FourRounds(Core core, int abcd, int efgh, int schedule)
    {
        (uint a, uint b, uint c, uint d) = VectorElements.Read(core, abcd).Words;
        (uint e, uint f, uint g, uint h) = VectorElements.Read(core, efgh).Words;
        VectorValue words = VectorElements.Read(core, schedule);
        for (int i = 0; i < 4; i++)
        {
            uint sigma1 = uint.RotateRight(e, 6) ^ uint.RotateRight(e, 11) ^ uint.RotateRight(e, 25);
            uint sigma0 = uint.RotateRight(a, 2) ^ uint.RotateRight(a, 13) ^ uint.RotateRight(a, 22);
            uint t1 = h + sigma1 + Choose(e, f, g) + (uint)words.Get(i, 2);
            uint t2 = sigma0 + Majority(a, b, c);
            (a, b, c, d, e, f, g, h) = (t1 + t2, a, b, c, d + t1, e, f, g);
        }

        return (VectorValue.OfWords(a, b, c, d), VectorValue.OfWords(e, f, g, h));
    }

    private static void ScheduleUpdate0(Core core, in Operation op)
    {
        if (FpAccess.Check(core))
        {
            (uint d0, uint d1, uint d2, uint d3) = VectorElements.Read(core, op.Rd).Words;
            uint n0 = (uint)core.V[2 * op.Rn];
            VectorElements.Write(core, op.Rd, VectorValue.OfWords(d0 + Small0(d1), d1 + Small0(d2), d2 + Small0(d3), d3 + Small0(n0)));
        }
    }

    /// <summary>The last two of the four new words need the first two.</summary>
    private static void ScheduleUpdate1(Core core, in Operation op)
    {
        if (!FpAccess.Check(core))
        {
            return;
        }

        (uint d0, uint d1, uint d2, uint d3) = VectorElements.Read(core, op.Rd).Words;
        (_, uint n1, uint n2, uint n3) = VectorElements.Read(core, op.Rn).Words;
        (uint m0, _, uint m2, uint m3) = VectorElements.Read(core, op.Rm).Words;
        uint first = d0 + n1 + Small1(m2);
        uint second = d1 + n2 + Small1(m3);
        VectorElements.Write(core, op.Rd, VectorValue.OfWords(first, second, d2 + n3 + Small1(first), d3 + m0 + Small1(second)));
    }

    private static uint Small0(uint x) => uint.RotateRight(x, 7) ^ uint.RotateRight(x, 18) ^ x >> 3;

    private static uint Small1(uint x) => uint.RotateRight(x, 17) ^ uint.RotateRight(x, 19) ^ x >> 10;
}
