using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Conformance.Cpu.Tests.Instructions.AdvancedSimd;

/// <summary>The examples of FIPS 197 and FIPS 180, computed with the instructions made for them.</summary>
public sealed class CryptographyTests
{
    private const uint Aese = 0x4e28_4800;
    private const uint Aesd = 0x4e28_5800;
    private const uint Aesmc = 0x4e28_6800;
    private const uint Aesimc = 0x4e28_7800;

    /// <summary>The key schedule of FIPS 197, A.1, as words of the standard: the first byte is the highest.</summary>
    private static readonly string[] s_keys =
    [
        "2b7e151628aed2a6abf7158809cf4f3c", "a0fafe1788542cb123a339392a6c7605", "f2c295f27a96b9435935807a7359f67f",
        "3d80477d4716fe3e1e237e446d7a883b", "ef44a541a8525b7fb671253bdb0bad00", "d4d1c6f87c839d87caf2b8bc11f915bc",
        "6d88a37a110b3efddbf98641ca0093fd", "4e54f70e5f5fc9f384a64fb24ea6dc4f", "ead27321b58dbad2312bf5607f8d292f",
        "ac7766f319fadc2128d12941575c006e", "d014f9a8c9ee2589e13f0cc8b6630ca6",
    ];

    [Fact]
    public void Aes_encrypts_the_example_of_FIPS_197_appendix_B()
    {
        Core core = Start();
        core.SetQ(0, Block("3243f6a8885a308d313198a2e0370734"));
        for (int round = 0; round < 9; round++)
        {
            Execute(core, Aese | 1 << 5, c => c.SetQ(1, Block(s_keys[round])));
            Execute(core, Aesmc, _ => { });
        }

        Execute(core, Aese | 1 << 5, c => c.SetQ(1, Block(s_keys[9])));
        (core.Q(0) ^ Block(s_keys[10])).ShouldBe(Block("3925841d02dc09fbdc118597196a0b32"));
    }

    [Fact]
    public void Aes_decrypts_what_it_encrypted()
    {
        Core core = Start();
        core.SetQ(0, Block("3925841d02dc09fbdc118597196a0b32"));
        Execute(core, Aesd | 1 << 5, c => c.SetQ(1, Block(s_keys[10])));
        for (int round = 9; round > 0; round--)
        {
            Execute(core, Aesimc, _ => { });
            Execute(core, Aesimc | 1 << 5 | 1, c => c.SetQ(1, Block(s_keys[round])));
            Execute(core, Aesd | 1 << 5, _ => { });
        }

        (core.Q(0) ^ Block(s_keys[0])).ShouldBe(Block("3243f6a8885a308d313198a2e0370734"));
    }

    [Theory]
    [InlineData("abc", "a9993e364706816aba3e25717850c26c9cd0d89d")]
    [InlineData("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "84983e441c3bd26ebaae4aa1f95129e5e54670f1")]
    public void Sha1_digests_the_examples_of_FIPS_180(string message, string digest)
    {
        Core core = Start();
        uint[] h = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
        uint[] constants = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6];
        uint[] functions = [0x5e00_0000, 0x5e00_1000, 0x5e00_2000, 0x5e00_1000];   // SHA1C, SHA1P, SHA1M, SHA1P
        foreach (uint[] block in Blocks(message))
        {
            LoadSchedule(core, block);
            core.SetQ(0, Quad(h));
            core.SetQ(1, h[4]);
            for (int step = 0; step < 20; step++)
            {
                int first = 4 + step % 4;
                Execute(core, 0x5e28_0800 | 0u << 5 | 2, _ => { });                               // sha1h s2, s0: the next e
                core.SetQ(3, Plus(core.Q(first), constants[step / 5]));
                Execute(core, functions[step / 5] | 3 << 16 | 1 << 5 | 0, _ => { });              // sha1x q0, s1, v3.4s
                core.SetQ(1, core.Q(2));
                if (step < 16)
                {
                    (uint w1, uint w2, uint w3) = (W(first, 1), W(first, 2), W(first, 3));
                    Execute(core, 0x5e00_3000 | w2 << 16 | w1 << 5 | (uint)first, _ => { });       // sha1su0
                    Execute(core, 0x5e28_1800 | w3 << 5 | (uint)first, _ => { });                  // sha1su1
                }
            }

            uint[] words = [.. Words(core.Q(0)), (uint)core.V[2]];
            h = [.. h.Zip(words, (x, y) => x + y)];
        }

        Hex(h).ShouldBe(digest);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")]
    [InlineData("")]
    public void Sha256_digests_as_the_library_does(string message)
    {
        Core core = Start();
        uint[] h = Sha256Start();
        uint[] k = Sha256Constants();
        foreach (uint[] block in Blocks(message))
        {
            LoadSchedule(core, block);
            core.SetQ(0, Quad(h));
            core.SetQ(1, Quad(h[4..]));
            for (int step = 0; step < 16; step++)
            {
                int first = 4 + step % 4;
                core.SetQ(2, core.Q(0));
                core.SetQ(3, Sum(core.Q(first), Quad(k[(4 * step)..])));
                Execute(core, 0x5e00_4000 | 3 << 16 | 1 << 5 | 0, _ => { });                       // sha256h q0, q1, v3.4s
                Execute(core, 0x5e00_5000 | 3 << 16 | 2 << 5 | 1, _ => { });                       // sha256h2 q1, q2, v3.4s
                if (step < 12)
                {
                    (uint w1, uint w2, uint w3) = (W(first, 1), W(first, 2), W(first, 3));
                    Execute(core, 0x5e28_2800 | w1 << 5 | (uint)first, _ => { });                  // sha256su0
                    Execute(core, 0x5e00_6000 | w3 << 16 | w2 << 5 | (uint)first, _ => { });       // sha256su1
                }
            }

            h = [.. h.Zip([.. Words(core.Q(0)), .. Words(core.Q(1))], (uint x, uint y) => x + y)];
        }

        Hex(h).ShouldBe(Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(message))));
        if (message == "abc")
        {
            Hex(h).ShouldBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        }
    }

    /// <summary>x^63 squared is x^126; (x + 1) squared is x^2 + 1, for addition is exclusive OR.</summary>
    [Theory]
    [InlineData(0x0ee0_e000, 0x8000_0000_0000_0000, 1, 0x4000_0000_0000_0000, 0)]     // pmull v0.1q, v0.1d, v0.1d
    [InlineData(0x0ee0_e000, 3, 99, 0, 5)]
    [InlineData(0x4ee0_e000, 99, 3, 0, 5)]                                             // pmull2
    [InlineData(0x0e20_e000, 0x8003, 99, 0, 0x4000_0005)]                              // pmull v0.8h, v0.8b, v0.8b
    public void Polynomials_multiply_without_carries(uint word, ulong low, ulong high, ulong productHigh, ulong productLow)
    {
        Core core = SimdStep.Run(word, c => c.SetQ(0, new UInt128(high, low)));
        core.Q(0).ShouldBe(new UInt128(productHigh, productLow));
    }

    private static uint W(int first, int on) => (uint)(4 + (first - 4 + on) % 4);

    private static Core Start() => SimdStep.Run(0xd503_201f, _ => { });   // nop

    private static void Execute(Core core, uint word, Action<Core> setUp)
    {
        setUp(core);
        SimdStep.Execute(core, word);
        core.ExceptionCount.ShouldBe(0ul, $"0x{word:x8}");
    }

    private static UInt128 Block(string hex) => BinaryPrimitives.ReadUInt128LittleEndian(Convert.FromHexString(hex));

    private static IEnumerable<uint[]> Blocks(string message)
    {
        byte[] padded = new byte[(message.Length + 8) / 64 * 64 + 64];
        Encoding.ASCII.GetBytes(message, padded);
        padded[message.Length] = 0x80;
        BinaryPrimitives.WriteInt64BigEndian(padded.AsSpan(padded.Length - 8), message.Length * 8);
        return padded.Chunk(64).Select(block => block.Chunk(4).Select(w => BinaryPrimitives.ReadUInt32BigEndian(w)).ToArray());
    }

    /// <summary>V4 to V7.</summary>
    private static void LoadSchedule(Core core, uint[] block)
    {
        for (int i = 0; i < 4; i++)
        {
            core.SetQ(4 + i, Quad(block[(4 * i)..]));
        }
    }

    private static UInt128 Quad(uint[] words) => new((ulong)words[3] << 32 | words[2], (ulong)words[1] << 32 | words[0]);

    private static uint[] Words(UInt128 q) => [.. Enumerable.Range(0, 4).Select(i => (uint)(q >> 32 * i))];

    private static UInt128 Sum(UInt128 x, UInt128 y) => Quad([.. Words(x).Zip(Words(y), (a, b) => a + b)]);

    private static UInt128 Plus(UInt128 x, uint constant) => Sum(x, Quad([constant, constant, constant, constant]));

    private static string Hex(uint[] words) => string.Concat(words.Select(w => w.ToString("x8")));

    /// <summary>The fractions of the square roots of the first eight primes.</summary>
    private static uint[] Sha256Start() => [.. Primes().Take(8).Select(p => Fraction(Math.Sqrt(p)))];

    /// <summary>The fractions of the cube roots of the first 64 primes.</summary>
    private static uint[] Sha256Constants() => [.. Primes().Take(64).Select(p => Fraction(Math.Cbrt(p)))];

    private static uint Fraction(double root) => (uint)((root - Math.Floor(root)) * 4294967296.0);

    private static IEnumerable<int> Primes() =>
        Enumerable.Range(2, 400).Where(n => Enumerable.Range(2, n - 2).All(d => n % d != 0));
}
