using Conformance.Cpu.Exceptions;

namespace Conformance.Cpu.Instructions.AdvancedSimd;

/// <summary>Cryptographic AES: AESE, AESD, AESMC and AESIMC.</summary>
/// <remarks>
/// Source: DDI 0487, C7.2, the pages of these; FIPS 197, sections 4 and 5. Byte r + 4c of a register is row r, column c of the state.
/// </remarks>
internal static unsafe class CryptographicAes
{
    internal static readonly InsnRow[] Rows =
    [
        new("AESE_B_cryptoaes",   "0100 111 0 00 10100 0010 0 10 Rn:5 Rd:5", &Encrypt) { Feature = "FEAT_AES" },
        new("AESD_B_cryptoaes",   "0100 111 0 00 10100 0010 1 10 Rn:5 Rd:5", &Decrypt) { Feature = "FEAT_AES" },
        new("AESMC_B_cryptoaes",  "0100 111 0 00 10100 0011 0 10 Rn:5 Rd:5", &MixColumns) { Feature = "FEAT_AES" },
        new("AESIMC_B_cryptoaes", "0100 111 0 00 10100 0011 1 10 Rn:5 Rd:5", &InverseMixColumns) { Feature = "FEAT_AES" },
    ];

    private static readonly byte[] s_substitution = Substitution();
    private static readonly byte[] s_inverse = Inverse(s_substitution);
    private static readonly uint[] s_mix = Contributions(2, 1, 1, 3);
    private static readonly uint[] s_inverseMix = Contributions(14, 9, 13, 11);

    private static void Encrypt(Core core, in Operation op) => Round(core, op, s_substitution, shift: 1);

    private static void Decrypt(Core core, in Operation op) => Round(core, op, s_inverse, shift: -1);

    private static void MixColumns(Core core, in Operation op) => Mix(core, op, s_mix);

    private static void InverseMixColumns(Core core, in Operation op) => Mix(core, op, s_inverseMix);

    /// <summary>Adds the key, rotates row r by r columns, and replaces each byte.</summary>
    private static void Round(Core core, in Operation op, byte[] box, int shift)
    {
        if (!FpAccess.Check(core))
        {
            return;
        }

        VectorValue d = VectorElements.Read(core, op.Rd);
        VectorValue n = VectorElements.Read(core, op.Rn);
        var state = new VectorValue(d.Low ^ n.Low, d.High ^ n.High);
        var result = default(VectorValue);
        for (int i = 0; i < 16; i++)
        {
            int row = i & 3;
            result.Set(i, 0, box[state.Get((i + 4 * row * shift) & 15, 0)]);
        }

        VectorElements.Write(core, op.Rd, result);
    }

    /// <summary>Each column becomes the sum of what its four bytes contribute; a byte one row down contributes one byte further.</summary>
    private static void Mix(Core core, in Operation op, uint[] contributions)
    {
        if (!FpAccess.Check(core))
        {
            return;
        }

        VectorValue n = VectorElements.Read(core, op.Rn);
        var result = default(VectorValue);
        for (int column = 0; column < 4; column++)
        {
            uint mixed = 0;
            for (int row = 0; row < 4; row++)
            {
                mixed ^= uint.RotateLeft(contributions[n.Get(4 * column + row, 0)], 8 * row);
            }

            result.Set(column, 2, mixed);
        }

        VectorElements.Write(core, op.Rd, result);
    }

    /// <summary>What a byte of row 0 contributes to its column: its products with the first column of the matrix, lowest row lowest.</summary>
    private static uint[] Contributions(params byte[] firstColumn) =>
        [.. Enumerable.Range(0, 256).Select(x => (uint)firstColumn.Select((m, row) => Product((byte)x, m) << 8 * row).Aggregate(0, (sum, product) => sum | product))];

    /// <summary>The product in GF(2^8) modulo x^8 + x^4 + x^3 + x + 1.</summary>
    private static int Product(byte x, byte y)
    {
        int product = 0;
        for (int shifted = x; y != 0; y >>= 1)
        {
            product ^= (y & 1) * shifted;
            shifted = (shifted << 1) ^ ((shifted >> 7) * 0x11b);
        }

        return product;
    }

    /// <summary>The inverse in the field, then the affine transformation.</summary>
    private static byte[] Substitution()
    {
        byte[] box = new byte[256];
        for (int x = 0; x < 256; x++)
        {
            int inverse = Enumerable.Range(0, 256).FirstOrDefault(y => Product((byte)x, (byte)y) == 1);
            int repeated = inverse * 0x101;
            box[x] = (byte)(inverse ^ repeated >> 4 ^ repeated >> 5 ^ repeated >> 6 ^ repeated >> 7 ^ 0x63);
        }

        return box;
    }

    private static byte[] Inverse(byte[] box)
    {
        byte[] inverse = new byte[256];
        for (int x = 0; x < 256; x++)
        {
            inverse[box[x]] = (byte)x;
        }

        return inverse;
    }
}
