using System.Numerics;
using Conformance.Cpu.SystemRegisters;
using FsCheck;
using FsCheck.Fluent;

namespace Conformance.Cpu.Tests.Instructions.AdvancedSimd;

/// <summary>Element arithmetic against the same in unlimited integers, on 128-bit vectors of every size that is allocated.</summary>
public sealed class ElementArithmeticTests
{
    private static Arbitrary<(int Size, UInt128 D, UInt128 N, UInt128 M)> Vectors(string sizes) => Arb.From(
        from size in Gen.Elements(sizes.ToCharArray())
        from d in Vector()
        from n in Vector()
        from m in Vector()
        select (size - '0', d, n, m));

    /// <summary>A word with size 0, Rd 0, Rn 1, Rm 2; the sizes; whether elements are signed; the result before it is cut.</summary>
    private static readonly Dictionary<string, Operation> s_operations = new(StringComparer.Ordinal)
    {
        ["shadd"] = new(0x4e22_0420, "012", true, (e, d, n, m) => Floor(n + m, 1)),
        ["uhadd"] = new(0x6e22_0420, "012", false, (e, d, n, m) => Floor(n + m, 1)),
        ["srhadd"] = new(0x4e22_1420, "012", true, (e, d, n, m) => Floor(n + m + 1, 1)),
        ["uhsub"] = new(0x6e22_2420, "012", false, (e, d, n, m) => Floor(n - m, 1)),
        ["sqadd"] = new(0x4e22_0c20, "0123", true, (e, d, n, m) => e.Saturate(n + m)),
        ["uqadd"] = new(0x6e22_0c20, "0123", false, (e, d, n, m) => e.Saturate(n + m)),
        ["sqsub"] = new(0x4e22_2c20, "0123", true, (e, d, n, m) => e.Saturate(n - m)),
        ["uqsub"] = new(0x6e22_2c20, "0123", false, (e, d, n, m) => e.Saturate(n - m)),
        ["add"] = new(0x4e22_8420, "0123", true, (e, d, n, m) => n + m),
        ["sub"] = new(0x6e22_8420, "0123", true, (e, d, n, m) => n - m),
        ["mla"] = new(0x4e22_9420, "012", true, (e, d, n, m) => d + n * m),
        ["mls"] = new(0x6e22_9420, "012", true, (e, d, n, m) => d - n * m),
        ["cmgt"] = new(0x4e22_3420, "0123", true, (e, d, n, m) => n > m ? -1 : 0),
        ["cmhs"] = new(0x6e22_3c20, "0123", false, (e, d, n, m) => n >= m ? -1 : 0),
        ["cmtst"] = new(0x4e22_8c20, "0123", false, (e, d, n, m) => (n & m) != 0 ? -1 : 0),
        ["smax"] = new(0x4e22_6420, "012", true, (e, d, n, m) => BigInteger.Max(n, m)),
        ["umin"] = new(0x6e22_6c20, "012", false, (e, d, n, m) => BigInteger.Min(n, m)),
        ["sabd"] = new(0x4e22_7420, "012", true, (e, d, n, m) => BigInteger.Abs(n - m)),
        ["uaba"] = new(0x6e22_7c20, "012", false, (e, d, n, m) => d + BigInteger.Abs(n - m)),
        ["sshl"] = new(0x4e22_4420, "0123", true, (e, d, n, m) => Shift(n, m, round: false)),
        ["urshl"] = new(0x6e22_5420, "0123", false, (e, d, n, m) => Shift(n, m, round: true)),
        ["sqshl"] = new(0x4e22_4c20, "0123", true, (e, d, n, m) => e.Saturate(Shift(n, m, round: false))),
        ["uqshl"] = new(0x6e22_4c20, "0123", false, (e, d, n, m) => e.Saturate(Shift(n, m, round: false))),
        ["sqrshl"] = new(0x4e22_5c20, "0123", true, (e, d, n, m) => e.Saturate(Shift(n, m, round: true))),
        ["uqrshl"] = new(0x6e22_5c20, "0123", false, (e, d, n, m) => e.Saturate(Shift(n, m, round: true))),
        ["sqdmulh"] = new(0x4e22_b420, "12", true, (e, d, n, m) => e.Saturate(Floor(2 * n * m, e.Bits))),
        ["sqrdmulh"] = new(0x6e22_b420, "12", true, (e, d, n, m) => e.Saturate(Round(2 * n * m, e.Bits))),
        ["sqrdmlah"] = new(0x6e02_8420, "12", true, (e, d, n, m) => e.Saturate(Round((d << e.Bits) + 2 * n * m, e.Bits))),
        ["sqrdmlsh"] = new(0x6e02_8c20, "12", true, (e, d, n, m) => e.Saturate(Round((d << e.Bits) - 2 * n * m, e.Bits))),
        ["sqabs"] = new(0x4e20_7820, "0123", true, (e, d, n, m) => e.Saturate(BigInteger.Abs(n))),
        ["sqneg"] = new(0x6e20_7820, "0123", true, (e, d, n, m) => e.Saturate(-n)),
        ["suqadd"] = new(0x4e20_3820, "0123", true, (e, d, n, m) => e.Saturate(d + (n < 0 ? n + (BigInteger.One << e.Bits) : n))),
        ["usqadd"] = new(0x6e20_3820, "0123", false, (e, d, n, m) => e.Saturate(d + (n >> e.Bits - 1 != 0 ? n - (BigInteger.One << e.Bits) : n))),
        ["clz"] = new(0x6e20_4820, "012", false, (e, d, n, m) => e.Bits - (int)n.GetBitLength()),
        ["cls"] = new(0x4e20_4820, "012", true, (e, d, n, m) => e.Bits - (int)n.GetBitLength() - 1),
    };

    public static TheoryData<string> Names => [.. s_operations.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_operation_does_the_same_to_every_element_as_to_integers(string name)
    {
        Operation operation = s_operations[name];
        Core core = SimdStep.Run(0xd503_201f, _ => { });    // nop
        Quick.Check(Prop.ForAll(Vectors(operation.Sizes), v =>
        {
            core.System[Slots.FPSR] = 0;
            core.SetQ(0, v.D);
            core.SetQ(1, v.N);
            core.SetQ(2, v.M);
            SimdStep.Execute(core, operation.Word | (uint)v.Size << 22);

            var e = new Element(8 << v.Size, operation.Signed);
            UInt128 expected = 0;
            for (int i = 0; i < 128 / e.Bits; i++)
            {
                BigInteger result = operation.Of(e, e.Of(v.D, i), e.Of(v.N, i), e.Of(v.M, i));
                expected |= (UInt128)(result & ((BigInteger.One << e.Bits) - 1)) << (i * e.Bits);
            }

            core.Q(0).ShouldBe(expected, $"{name} size {v.Size}: {v.D:x32} {v.N:x32} {v.M:x32}");
            SimdStep.SaturationSet(core).ShouldBe(e.Saturated, $"QC of {name} size {v.Size}: {v.D:x32} {v.N:x32} {v.M:x32}");
        }));
    }

    [Fact]
    public void FPSR_QC_stays_when_nothing_saturates()
    {
        Core core = SimdStep.Run(0x4e22_0c20, c => c.System[Slots.FPSR] = 1ul << 27 | 1);    // sqadd v0.16b
        core.System[Slots.FPSR].ShouldBe(1ul << 27 | 1);
    }

    private static Gen<UInt128> Vector() =>
        from high in Quick.Register
        from low in Quick.Register
        select new UInt128(high, low);

    private static BigInteger Floor(BigInteger value, int bits) => value >> bits;

    private static BigInteger Round(BigInteger value, int bits) => (value + (BigInteger.One << bits - 1)) >> bits;

    private static BigInteger Shift(BigInteger value, BigInteger by, bool round)
    {
        int amount = (sbyte)(byte)(by & 255);
        return amount >= 0 ? value << amount : round ? Round(value, -amount) : Floor(value, -amount);
    }

    private sealed record Operation(uint Word, string Sizes, bool Signed, Func<Element, BigInteger, BigInteger, BigInteger, BigInteger> Of);

    private sealed class Element(int bits, bool signed)
    {
        internal int Bits => bits;

        internal bool Saturated { get; private set; }

        internal BigInteger Of(UInt128 vector, int index)
        {
            BigInteger value = (BigInteger)(vector >> (index * bits)) & ((BigInteger.One << bits) - 1);
            return signed && value >> bits - 1 != 0 ? value - (BigInteger.One << bits) : value;
        }

        internal BigInteger Saturate(BigInteger value)
        {
            BigInteger least = signed ? -(BigInteger.One << bits - 1) : 0;
            BigInteger most = (BigInteger.One << (signed ? bits - 1 : bits)) - 1;
            BigInteger result = BigInteger.Clamp(value, least, most);
            Saturated |= result != value;
            return result;
        }
    }
}
