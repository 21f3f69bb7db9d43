using Conformance.Cpu.Exceptions;

namespace Conformance.Cpu.Instructions.AdvancedSimd;

/// <summary>Cryptographic SM3: SM3PARTW1, SM3PARTW2, SM3SS1 and the SM3TT instructions.</summary>
/// <remarks>Source: DDI 0487, C7.2, the pages of these; GB/T 32905.</remarks>
internal static unsafe class CryptographicSm3
{
    internal static readonly InsnRow[] Rows =
    [
        new("SM3PARTW1_VVV4_cryptosha512_3", "1100 111 00 11 Rm:5 1 1 00 00 Rn:5 Rd:5",    &Part1) { Feature = "FEAT_SM3" },
        new("SM3PARTW2_VVV4_cryptosha512_3", "1100 111 00 11 Rm:5 1 1 00 01 Rn:5 Rd:5",    &Part2) { Feature = "FEAT_SM3" },
        new("SM3SS1_VVV4_crypto4",           "1100 111 00 10 Rm:5 0 Ra:5 Rn:5 Rd:5",       &Ss1) { Feature = "FEAT_SM3" },
        new("SM3TT1A_VVV4_crypto3_imm2",     "1100 111 00 10 Rm:5 10 imm2:2 00 Rn:5 Rd:5", &First<Parity>,   &Word) { Feature = "FEAT_SM3" },
        new("SM3TT1B_VVV4_crypto3_imm2",     "1100 111 00 10 Rm:5 10 imm2:2 01 Rn:5 Rd:5", &First<Majority>, &Word) { Feature = "FEAT_SM3" },
        new("SM3TT2A_VVV4_crypto3_imm2",     "1100 111 00 10 Rm:5 10 imm2:2 10 Rn:5 Rd:5", &Second<Parity>,  &Word) { Feature = "FEAT_SM3" },
        new("SM3TT2B_VVV_crypto3_imm2",      "1100 111 00 10 Rm:5 10 imm2:2 11 Rn:5 Rd:5", &Second<Choose>,  &Word) { Feature = "FEAT_SM3" },
    ];

    /// <summary>Imm: which word of Vm is the one of the schedule.</summary>
    private static void Word(ref Operation op) => op.Imm = op.Bits(12, 2);

    private interface IRoundFunction
    {
        static abstract uint Of(uint x, uint y, uint z);
    }

    private static void Part1(Core core, in Operation op)
    {
        if (!FpAccess.Check(core))
        {
            return;
        }

        (uint d0, uint d1, uint d2, uint d3) = VectorElements.Read(core, op.Rd).Words;
        (uint n0, uint n1, uint n2, uint n3) = VectorElements.Read(core, op.Rn).Words;
        (_, uint m1, uint m2, uint m3) = VectorElements.Read(core, op.Rm).Words;
        uint first = Spread(d0 ^ n0 ^ uint.RotateLeft(m1, 15));
        VectorElements.Write(core, op.Rd, VectorValue.OfWords(
            first,
            Spread(d1 ^ n1 ^ uint.RotateLeft(m2, 15)),
            Spread(d2 ^ n2 ^ uint.RotateLeft(m3, 15)),
            Spread(d3 ^ n3 ^ uint.RotateLeft(first, 15))));
    }

    private static void Part2(Core core, in Operation op)
    {
        if (!FpAccess.Check(core))
        {
            return;
        }

        (uint d0, uint d1, uint d2, uint d3) = VectorElements.Read(core, op.Rd).Words;
        (uint n0, uint n1, uint n2, uint n3) = VectorElements.Read(core, op.Rn).Words;
        (uint m0, uint m1, uint m2, uint m3) = VectorElements.Read(core, op.Rm).Words;
        uint first = n0 ^ uint.RotateLeft(m0, 7);
        VectorElements.Write(core, op.Rd, VectorValue.OfWords(
            d0 ^ first,
            d1 ^ n1 ^ uint.RotateLeft(m1, 7),
            d2 ^ n2 ^ uint.RotateLeft(m2, 7),
            d3 ^ n3 ^ uint.RotateLeft(m3, 7) ^ Spread(uint.RotateLeft(first, 15))));
    }

    /// <summary>P1 of the standard.</summary>
    private static uint Spread(uint x) => x ^ uint.RotateLeft(x, 15) ^ uint.RotateLeft(x, 23);

    private static void Ss1(Core core, in Operation op)
    {
        if (FpAccess.Check(core))
        {
            (_, _, _, uint n) = VectorElements.Read(core, op.Rn).Words;
            (_, _, _, uint m) = VectorElements.Read(core, op.Rm).Words;
            (_, _, _, uint a) = VectorElements.Read(core, op.Ra).Words;
            VectorElements.Write(core, op.Rd, VectorValue.OfWords(0, 0, 0, uint.RotateLeft(uint.RotateLeft(n, 12) + m + a, 7)));
        }
    }

    /// <summary>TT1: Vd holds d, c, b and a from the lowest word up.</summary>
    private static void First<T>(Core core, in Operation op)
        where T : struct, IRoundFunction
    {
        if (!FpAccess.Check(core))
        {
            return;
        }

        (uint d, uint c, uint b, uint a) = VectorElements.Read(core, op.Rd).Words;
        (_, _, _, uint ss1) = VectorElements.Read(core, op.Rn).Words;
        uint word = (uint)VectorElements.Get(core, op.Rm, (int)op.Imm, 2);
        uint tt = T.Of(a, b, c) + d + (ss1 ^ uint.RotateLeft(a, 12)) + word;
        VectorElements.Write(core, op.Rd, VectorValue.OfWords(c, uint.RotateLeft(b, 9), a, tt));
    }

    /// <summary>TT2: Vd holds h, g, f and e from the lowest word up.</summary>
    private static void Second<T>(Core core, in Operation op)
        where T : struct, IRoundFunction
    {
        if (!FpAccess.Check(core))
        {
            return;
        }

        (uint h, uint g, uint f, uint e) = VectorElements.Read(core, op.Rd).Words;
        (_, _, _, uint ss1) = VectorElements.Read(core, op.Rn).Words;
        uint word = (uint)VectorElements.Get(core, op.Rm, (int)op.Imm, 2);
        uint tt = T.Of(e, f, g) + h + ss1 + word;
        VectorElements.Write(core, op.Rd, VectorValue.OfWords(
            g, uint.RotateLeft(f, 19), e, tt ^ uint.RotateLeft(tt, 9) ^ uint.RotateLeft(tt, 17)));
    }

    private readonly struct Parity : IRoundFunction
    {
        public static uint Of(uint x, uint y, uint z) => x ^ y ^ z;
    }

    private readonly struct Majority : IRoundFunction
    {
        public static uint Of(uint x, uint y, uint z) => CryptographicSha256.Majority(x, y, z);
    }

    private readonly struct Choose : IRoundFunction
    {
        public static uint Of(uint x, uint y, uint z) => CryptographicSha256.Choose(x, y, z);
    }
}
