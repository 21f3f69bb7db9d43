using System.Numerics;
using Conformance.Cpu.Exceptions;

namespace Conformance.Cpu.Instructions.AdvancedSimd;

/// <summary>Cryptographic SM4: SM4E and SM4EKEY, four rounds at a time.</summary>
/// <remarks>Source: DDI 0487, C7.2, the pages of these; GB/T 32907.</remarks>
internal static unsafe class CryptographicSm4
{
    internal static readonly InsnRow[] Rows =
    [
        new("SM4E_VV4_cryptosha512_2",     "1100 111 01 1000 0001000 01 Rn:5 Rd:5",   &Encrypt) { Feature = "FEAT_SM4" },
        new("SM4EKEY_VVV4_cryptosha512_3", "1100 111 00 11 Rm:5 1 1 00 10 Rn:5 Rd:5", &ExpandKey) { Feature = "FEAT_SM4" },
    ];

    private static readonly byte[] s_substitution = Substitution();

    private static void Encrypt(Core core, in Operation op)
    {
        if (FpAccess.Check(core))
        {
            VectorValue keys = VectorElements.Read(core, op.Rn);
            VectorElements.Write(core, op.Rd, Rounds(VectorElements.Read(core, op.Rd), keys, SpreadData));
        }
    }

    private static void ExpandKey(Core core, in Operation op)
    {
        if (FpAccess.Check(core))
        {
            VectorValue constants = VectorElements.Read(core, op.Rm);
            VectorElements.Write(core, op.Rd, Rounds(VectorElements.Read(core, op.Rn), constants, SpreadKey));
        }
    }

    private static VectorValue Rounds(VectorValue state, VectorValue keys, Func<uint, uint> spread)
    {
        (uint w0, uint w1, uint w2, uint w3) = state.Words;
        for (int i = 0; i < 4; i++)
        {
            uint next = w0 ^ spread(Substituted(w1 ^ w2 ^ w3 ^ (uint)keys.Get(i, 2)));
            (w0, w1, w2, w3) = (w1, w2, w3, next);
        }

        return VectorValue.OfWords(w0, w1, w2, w3);
    }

    private static uint SpreadData(uint x) =>
        x ^ uint.RotateLeft(x, 2) ^ uint.RotateLeft(x, 10) ^ uint.RotateLeft(x, 18) ^ uint.RotateLeft(x, 24);

    private static uint SpreadKey(uint x) => x ^ uint.RotateLeft(x, 13) ^ uint.RotateLeft(x, 23);

    private static uint Substituted(uint x) =>
        (uint)(s_substitution[x >> 24] << 24 | s_substitution[(byte)(x >> 16)] << 16 | s_substitution[(byte)(x >> 8)] << 8 | s_substitution[(byte)x]);

    /// <summary>An affine map, the inverse in GF(2^8) modulo x^8 + x^7 + x^6 + x^5 + x^4 + x^2 + 1, and the map again.</summary>
    private static byte[] Substitution()
    {
        byte[] box = new byte[256];
        for (int x = 0; x < 256; x++)
        {
            int mapped = Affine(x);
            box[x] = (byte)Affine(Enumerable.Range(0, 256).FirstOrDefault(y => Product(mapped, y) == 1));
        }

        return box;
    }

    /// <summary>Row i of the matrix is 0xa7 rotated left by i; the constant is 0xd3.</summary>
    private static int Affine(int x)
    {
        int result = 0;
        for (int i = 0; i < 8; i++)
        {
            int row = (0xa7 << i | 0xa7 >> (8 - i)) & 0xff;
            result |= (BitOperations.PopCount((uint)(row & x)) & 1) << i;
        }

        return result ^ 0xd3;
    }

    private static int Product(int x, int y)
    {
        int product = 0;
        for (; y != 0; y >>= 1)
        {
            product ^= (y & 1) * x;
            x = (x << 1) ^ ((x >> 7) * 0x1f5);
        }

        return product;
    }
}
