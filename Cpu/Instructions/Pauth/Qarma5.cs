namespace Conformance.Cpu.Instructions.Pauth;

/// <summary>QARMA5-64 with S-box sigma 2: the architected algorithm of pointer authentication (FEAT_PACQARMA5).</summary>
/// <remarks>
/// Source: R. Avanzi, "The QARMA Block Cipher Family" (2017); DDI 0487, "The QARMA5 algorithm". A cell is 4 bits; cell 0 is
/// bits 3:0 here, so the tables of the paper, which counts from the top, stand reversed.
/// </remarks>
internal static class Qarma5
{
    private const int Rounds = 5;
    private const ulong Alpha = 0xc0ac29b7c97c50dd;

    private static readonly ulong[] s_roundConstants =
        [0, 0x13198a2e03707344, 0xa4093822299f31d0, 0x082efa98ec4e6c89, 0x452821e638d01377];

    /// <summary>Output cell i is input cell s_shuffle[i].</summary>
    private static readonly byte[] s_shuffle = [13, 6, 11, 0, 7, 12, 1, 10, 8, 3, 14, 5, 2, 9, 4, 15];
    private static readonly byte[] s_unshuffle = Inverse(s_shuffle);
    private static readonly byte[] s_tweakShuffle = [4, 5, 6, 7, 11, 2, 3, 8, 12, 13, 14, 15, 0, 1, 10, 9];
    private static readonly byte[] s_tweakUnshuffle = Inverse(s_tweakShuffle);

    /// <summary>Input cells of the tweak that pass the linear feedback shift register.</summary>
    private const int RotatedTweakCells = 1 << 6 | 1 << 11 | 1 << 8 | 1 << 15 | 1 << 0 | 1 << 10 | 1 << 9;

    private static readonly byte[] s_substitute = [11, 6, 8, 15, 12, 0, 9, 14, 3, 7, 4, 5, 13, 2, 1, 10];
    private static readonly byte[] s_unsubstitute = Inverse(s_substitute);

    /// <summary>Encrypts a block.</summary>
    /// <param name="text">Plaintext: the pointer.</param>
    /// <param name="tweak">The modifier.</param>
    /// <param name="whitening">w0: bits 127:64 of the key.</param>
    /// <param name="core">k0: bits 63:0 of the key.</param>
    internal static ulong Encrypt(ulong text, ulong tweak, ulong whitening, ulong core)
    {
        ulong lastWhitening = (whitening << 63) | ((whitening >> 1) ^ (whitening >> 63));
        ulong state = text ^ whitening;
        for (int round = 0; round < Rounds; round++)
        {
            state ^= core ^ tweak ^ s_roundConstants[round];
            if (round > 0)
            {
                state = Mix(Permute(state, s_shuffle));
            }

            state = Substitute(state, s_substitute);
            tweak = NextTweak(tweak);
        }

        state = Substitute(Mix(Permute(state ^ lastWhitening ^ tweak, s_shuffle)), s_substitute);
        state = Mix(Permute(state, s_shuffle)) ^ core;
        state = Substitute(Permute(state, s_unshuffle), s_unsubstitute);
        state = Permute(Mix(state), s_unshuffle) ^ whitening ^ tweak;

        for (int round = Rounds - 1; round >= 0; round--)
        {
            state = Substitute(state, s_unsubstitute);
            if (round > 0)
            {
                state = Permute(Mix(state), s_unshuffle);
            }

            tweak = PreviousTweak(tweak);
            state ^= core ^ tweak ^ s_roundConstants[round] ^ Alpha;
        }

        return state ^ lastWhitening;
    }

    private static ulong Permute(ulong state, byte[] from)
    {
        ulong result = 0;
        for (int i = 0; i < 16; i++)
        {
            result |= Cell(state, from[i]) << (4 * i);
        }

        return result;
    }

    private static ulong Substitute(ulong state, byte[] table)
    {
        ulong result = 0;
        for (int i = 0; i < 16; i++)
        {
            result |= (ulong)table[Cell(state, i)] << (4 * i);
        }

        return result;
    }

    /// <summary>Multiplies each column by the involutory circulant matrix (0, rho, rho squared, rho).</summary>
    private static ulong Mix(ulong state)
    {
        ulong result = 0;
        for (int column = 0; column < 4; column++)
        {
            for (int row = 0; row < 4; row++)
            {
                ulong sum = Rotate(Cell(state, (((row + 1) & 3) * 4) + column), 1)
                    ^ Rotate(Cell(state, (((row + 2) & 3) * 4) + column), 2)
                    ^ Rotate(Cell(state, (((row + 3) & 3) * 4) + column), 1);
                result |= sum << (4 * ((row * 4) + column));
            }
        }

        return result;
    }

    private static ulong NextTweak(ulong tweak)
    {
        ulong stepped = 0;
        for (int i = 0; i < 16; i++)
        {
            ulong cell = Cell(tweak, i);
            stepped |= ((RotatedTweakCells >> i & 1) != 0 ? (cell >> 1) | (((cell ^ (cell >> 1)) & 1) << 3) : cell) << (4 * i);
        }

        return Permute(stepped, s_tweakShuffle);
    }

    private static ulong PreviousTweak(ulong tweak)
    {
        ulong permuted = Permute(tweak, s_tweakUnshuffle);
        ulong result = 0;
        for (int i = 0; i < 16; i++)
        {
            ulong cell = Cell(permuted, i);
            result |= ((RotatedTweakCells >> i & 1) != 0 ? ((cell << 1) & 15) | ((cell ^ (cell >> 3)) & 1) : cell) << (4 * i);
        }

        return result;
    }

    private static ulong Cell(ulong state, int i) => state >> (4 * i) & 15;

    private static ulong Rotate(ulong cell, int n) => ((cell << n) | (cell >> (4 - n))) & 15;

    private static byte[] Inverse(byte[] table)
    {
        byte[] inverse = new byte[table.Length];
        for (int i = 0; i < table.Length; i++)
        {
            inverse[table[i]] = (byte)i;
        }

        return inverse;
    }
}
