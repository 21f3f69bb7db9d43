using Conformance.Cpu.Exceptions;

namespace Conformance.Cpu.Instructions.AdvancedSimd;

/// <summary>Cryptographic SHA1: hash update, fixed rotate and schedule update.</summary>
/// <remarks>Source: DDI 0487, C7.2, SHA1C to SHA1SU1; FIPS 180-4, section 6.1.</remarks>
internal static unsafe class CryptographicSha1
{
    internal static readonly InsnRow[] Rows =
    [
        new("SHA1C_QSV_cryptosha3",   "0101 111 0 00 0 Rm:5 0 000 00 Rn:5 Rd:5", &Hash<Choose>) { Feature = "FEAT_SHA1" },
        new("SHA1P_QSV_cryptosha3",   "0101 111 0 00 0 Rm:5 0 001 00 Rn:5 Rd:5", &Hash<Parity>) { Feature = "FEAT_SHA1" },
        new("SHA1M_QSV_cryptosha3",   "0101 111 0 00 0 Rm:5 0 010 00 Rn:5 Rd:5", &Hash<Majority>) { Feature = "FEAT_SHA1" },
        new("SHA1SU0_VVV_cryptosha3", "0101 111 0 00 0 Rm:5 0 011 00 Rn:5 Rd:5", &ScheduleUpdate0) { Feature = "FEAT_SHA1" },
        new("SHA1H_SS_cryptosha2",    "0101 111 0 00 10100 00000 10 Rn:5 Rd:5",  &FixedRotate) { Feature = "FEAT_SHA1" },
        new("SHA1SU1_VV_cryptosha2",  "0101 111 0 00 10100 00001 10 Rn:5 Rd:5",  &ScheduleUpdate1) { Feature = "FEAT_SHA1" },
    ];

    private interface IRoundFunction
    {
        static abstract uint Of(uint b, uint c, uint d);
    }

    /// <summary>Four rounds: Vd holds a to d, Sn holds e, Vm the four words of the schedule with their constants added.</summary>
    private static void Hash<T>(Core core, in Operation op)
        where T : struct, IRoundFunction
    {
        if (!FpAccess.Check(core))
        {
            return;
        }

        VectorValue state = VectorElements.Read(core, op.Rd);
        VectorValue schedule = VectorElements.Read(core, op.Rm);
        (uint a, uint b, uint c, uint d) = state.Words;
        uint e = (uint)core.V[2 * op.Rn];
        for (int i = 0; i < 4; i++)
        {
            uint t = e + uint.RotateLeft(a, 5) + T.Of(b, c, d) + (uint)schedule.Get(i, 2);
            (a, b, c, d, e) = (t, a, uint.RotateLeft(b, 30), c, d);
        }

        VectorElements.Write(core, op.Rd, VectorValue.OfWords(a, b, c, d));
    }

    private static void FixedRotate(Core core, in Operation op)
    {
        if (FpAccess.Check(core))
        {
            VectorElements.Write(core, op.Rd, new VectorValue(uint.RotateLeft((uint)core.V[2 * op.Rn], 30), 0));
        }
    }

    private static void ScheduleUpdate0(Core core, in Operation op)
    {
        if (FpAccess.Check(core))
        {
            VectorValue d = VectorElements.Read(core, op.Rd);
            VectorValue n = VectorElements.Read(core, op.Rn);
            VectorValue m = VectorElements.Read(core, op.Rm);
            VectorElements.Write(core, op.Rd, new VectorValue(d.Low ^ d.High ^ m.Low, d.High ^ n.Low ^ m.High));
        }
    }

    /// <summary>The last of the four new words needs the first.</summary>
    private static void ScheduleUpdate1(Core core, in Operation op)
    {
        if (!FpAccess.Check(core))
        {
            return;
        }

        (uint d0, uint d1, uint d2, uint d3) = VectorElements.Read(core, op.Rd).Words;
        (_, uint n1, uint n2, uint n3) = VectorElements.Read(core, op.Rn).Words;
        uint first = uint.RotateLeft(d0 ^ n1, 1);
        VectorElements.Write(core, op.Rd, VectorValue.OfWords(
            first, uint.RotateLeft(d1 ^ n2, 1), uint.RotateLeft(d2 ^ n3, 1), uint.RotateLeft(d3 ^ first, 1)));
    }

    private readonly struct Choose : IRoundFunction
    {
        public static uint Of(uint b, uint c, uint d) => CryptographicSha256.Choose(b, c, d);
    }

    private readonly struct Parity : IRoundFunction
    {
        public static uint Of(uint b, uint c, uint d) => b ^ c ^ d;
    }

    private readonly struct Majority : IRoundFunction
    {
        public static uint Of(uint b, uint c, uint d) => CryptographicSha256.Majority(b, c, d);
    }
}
