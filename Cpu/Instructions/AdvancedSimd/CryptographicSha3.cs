using Conformance.Cpu.Exceptions;

namespace Conformance.Cpu.Instructions.AdvancedSimd;

/// <summary>Cryptographic SHA3: EOR3, BCAX, RAX1 and XAR.</summary>
/// <remarks>Source: DDI 0487, C7.2, the pages of these.</remarks>
internal static unsafe class CryptographicSha3
{
    internal static readonly InsnRow[] Rows =
    [
        new("EOR3_VVV16_crypto4",       "1100 111 00 00 Rm:5 0 Ra:5 Rn:5 Rd:5",    &Map<ExclusiveOrThree>) { Feature = "FEAT_SHA3" },
        new("BCAX_VVV16_crypto4",       "1100 111 00 01 Rm:5 0 Ra:5 Rn:5 Rd:5",    &Map<BitClearExclusiveOr>) { Feature = "FEAT_SHA3" },
        new("RAX1_VVV2_cryptosha512_3", "1100 111 00 11 Rm:5 1 0 00 11 Rn:5 Rd:5", &Map<RotateExclusiveOr>) { Feature = "FEAT_SHA3" },
        new("XAR_VVV2_crypto3_imm6",    "1100 111 01 00 Rm:5 imm6:6 Rn:5 Rd:5",    &Map<ExclusiveOrRotate>,   &Amount) { Feature = "FEAT_SHA3" },
    ];

    private interface IDoubleword
    {
        static abstract ulong Of(ulong n, ulong m, ulong a, int amount);
    }

    private static void Amount(ref Operation op) => op.Imm = op.Bits(10, 6);

    private static void Map<T>(Core core, in Operation op)
        where T : struct, IDoubleword
    {
        if (FpAccess.Check(core))
        {
            VectorValue n = VectorElements.Read(core, op.Rn);
            VectorValue m = VectorElements.Read(core, op.Rm);
            VectorValue a = VectorElements.Read(core, op.Ra);
            int amount = (int)op.Imm;
            VectorElements.Write(core, op.Rd, new VectorValue(T.Of(n.Low, m.Low, a.Low, amount), T.Of(n.High, m.High, a.High, amount)));
        }
    }

    private readonly struct ExclusiveOrThree : IDoubleword
    {
        public static ulong Of(ulong n, ulong m, ulong a, int amount) => n ^ m ^ a;
    }

    private readonly struct BitClearExclusiveOr : IDoubleword
    {
        public static ulong Of(ulong n, ulong m, ulong a, int amount) => n ^ (m & ~a);
    }

    private readonly struct RotateExclusiveOr : IDoubleword
    {
        public static ulong Of(ulong n, ulong m, ulong a, int amount) => n ^ ulong.RotateLeft(m, 1);
    }

    private readonly struct ExclusiveOrRotate : IDoubleword
    {
        public static ulong Of(ulong n, ulong m, ulong a, int amount) => ulong.RotateRight(n ^ m, amount);
    }
}
