using System.Numerics;
using Conformance.Cpu.Instructions;
using FsCheck.Fluent;

namespace Conformance.Cpu.Tests.Instructions;

/// <summary>Instructions X1, X2, X4 → X3 against arithmetic of the test's own. The words come from the GNU assembler.</summary>
public sealed class DataProcessingTests
{
    private static readonly Dictionary<string, (uint Word, Func<Operands, ulong> Result)> s_results = new(StringComparer.Ordinal)
    {
        ["add w3, w1, w2, asr #31"] = (0x0b82_7c23, o => (uint)(o.W1 + ((int)o.W2 < 0 ? uint.MaxValue : 0))),
        ["sub x3, x1, x2, lsl #63"] = (0xcb02_fc23, o => o.X1 - (o.X2 % 2 << 63)),
        ["add w3, w1, w2, sxtb"] = (0x0b22_8023, o => (uint)((int)o.W1 + (sbyte)o.W2)),
        ["adc x3, x1, x2"] = (0x9a02_0023, o => (ulong)((UInt128)o.X1 + o.X2 + (o.C ? 1u : 0))),
        ["sbc w3, w1, w2"] = (0x5a02_0023, o => (uint)((long)o.W1 - o.W2 - (o.C ? 0 : 1))),
        ["and x3, x1, #0xaaaaaaaaaaaaaaaa"] = (0x9201_f023, o => o.X1 & 0xaaaa_aaaa_aaaa_aaaa),
        ["eor w3, w1, #0x80000001"] = (0x5201_0423, o => o.W1 ^ 0x8000_0001),
        ["eon w3, w1, w2, ror #7"] = (0x4ae2_1c23, o => o.W1 ^ ~(o.W2 / 128 | o.W2 * 0x200_0000)),
        ["orn x3, xzr, x2"] = (0xaa22_03e3, o => ulong.MaxValue - o.X2),
        ["movn w3, #0x1234, lsl #16"] = (0x12a2_4683, _ => 0xedcb_ffff),
        ["movz x3, #0xbeef, lsl #48"] = (0xd2f7_dde3, _ => 0xbeef_0000_0000_0000),
        ["movk x3, #0x5678, lsl #32"] = (0xf2ca_cf03, o => o.X3 & 0xffff_0000_ffff_ffff | 0x5678_0000_0000),
        ["movk w3, #0x5678"] = (0x728a_cf03, o => o.X3 & 0xffff_0000 | 0x5678),
        ["ubfx x3, x1, #13, #20"] = (0xd34d_8023, o => o.X1 / 8192 % 0x10_0000),
        ["ubfx w3, w1, #0, #32"] = (0x5300_7c23, o => o.W1),
        ["sbfx x3, x1, #60, #4"] = (0x937c_fc23, o => (ulong)((long)o.X1 >> 60)),
        ["sbfiz x3, x1, #50, #10"] = (0x934e_2423, o => (ulong)(((long)(o.X1 % 1024) - ((o.X1 & 512) != 0 ? 1024 : 0)) * (1L << 50))),
        ["bfi x3, x1, #8, #16"] = (0xb378_3c23, o => o.X3 - (o.X3 & 0xff_ff00) + o.X1 % 0x1_0000 * 256),
        ["bfxil w3, w1, #5, #9"] = (0x3305_3423, o => (uint)(o.X3 - o.X3 % 512 + o.W1 / 32 % 512)),
        ["asr x3, x1, #63"] = (0x937f_fc23, o => (long)o.X1 < 0 ? ulong.MaxValue : 0),
        ["lsl w3, w1, #31"] = (0x5301_0023, o => o.W1 % 2 << 31),
        ["extr x3, x1, x2, #17"] = (0x93c2_4423, o => (ulong)((((UInt128)o.X1 << 64) + o.X2) >> 17)),
        ["extr w3, w1, w2, #9"] = (0x1382_2423, o => (uint)((((ulong)o.W1 << 32) + o.W2) >> 9)),
        ["extr x3, x1, x2, #0"] = (0x93c2_0023, o => o.X2),
        ["rbit x3, x1"] = (0xdac0_0023, o => Reversed(o.X1, 64, 1)),
        ["rbit w3, w1"] = (0x5ac0_0023, o => Reversed(o.W1, 32, 1)),
        ["rev x3, x1"] = (0xdac0_0c23, o => Reversed(o.X1, 64, 8)),
        ["rev w3, w1"] = (0x5ac0_0823, o => Reversed(o.W1, 32, 8)),
        ["rev32 x3, x1"] = (0xdac0_0823, o => Reversed(o.X1 >> 32, 32, 8) << 32 | Reversed(o.W1, 32, 8)),
        ["rev16 x3, x1"] = (0xdac0_0423, o => Reversed(Reversed(o.X1, 64, 16), 64, 8)),
        ["rev16 w3, w1"] = (0x5ac0_0423, o => Reversed(Reversed(o.W1, 32, 16), 32, 8)),
        ["clz x3, x1"] = (0xdac0_1023, o => LeadingZeros(o.X1, 64)),
        ["clz w3, w1"] = (0x5ac0_1023, o => LeadingZeros(o.W1, 32)),
        ["cls x3, x1"] = (0xdac0_1423, o => LeadingZeros((long)o.X1 < 0 ? ~o.X1 : o.X1, 64) - 1),
        ["cls w3, w1"] = (0x5ac0_1423, o => LeadingZeros((int)o.W1 < 0 ? ~o.W1 : o.W1, 32) - 1),
        ["udiv x3, x1, x2"] = (0x9ac2_0823, o => o.X2 == 0 ? 0 : (ulong)((BigInteger)o.X1 / o.X2)),
        ["udiv w3, w1, w2"] = (0x1ac2_0823, o => o.W2 == 0 ? 0 : (uint)((BigInteger)o.W1 / o.W2)),
        ["sdiv x3, x1, x2"] = (0x9ac2_0c23, o => o.X2 == 0 ? 0 : (ulong)((BigInteger)(long)o.X1 / (long)o.X2 & ulong.MaxValue)),
        ["sdiv w3, w1, w2"] = (0x1ac2_0c23, o => o.W2 == 0 ? 0 : (uint)((BigInteger)(int)o.W1 / (int)o.W2 & uint.MaxValue)),
        ["lslv x3, x1, x2"] = (0x9ac2_2023, o => (ulong)(((BigInteger)o.X1 << (int)(o.X2 % 64)) & ulong.MaxValue)),
        ["lsrv w3, w1, w2"] = (0x1ac2_2423, o => (ulong)((BigInteger)o.W1 >> (int)(o.W2 % 32))),
        ["asrv w3, w1, w2"] = (0x1ac2_2823, o => (uint)(((BigInteger)(int)o.W1 >> (int)(o.W2 % 32)) & uint.MaxValue)),
        ["rorv x3, x1, x2"] = (0x9ac2_2c23, o => (ulong)((((BigInteger)o.X1 << 64) + o.X1 >> (int)(o.X2 % 64)) & ulong.MaxValue)),
        ["rorv w3, w1, w2"] = (0x1ac2_2c23, o => (uint)((((BigInteger)o.W1 << 32) + o.W1 >> (int)(o.W2 % 32)) & uint.MaxValue)),
        ["madd x3, x1, x2, x4"] = (0x9b02_1023, o => (ulong)(((BigInteger)o.X1 * o.X2 + o.X4) & ulong.MaxValue)),
        ["msub w3, w1, w2, w4"] = (0x1b02_9023, o => (ulong)((o.W4 - (BigInteger)o.W1 * o.W2) & uint.MaxValue)),
        ["smaddl x3, w1, w2, x4"] = (0x9b22_1023, o => (ulong)((o.X4 + (BigInteger)(int)o.W1 * (int)o.W2) & ulong.MaxValue)),
        ["smsubl x3, w1, w2, x4"] = (0x9b22_9023, o => (ulong)((o.X4 - (BigInteger)(int)o.W1 * (int)o.W2) & ulong.MaxValue)),
        ["umaddl x3, w1, w2, x4"] = (0x9ba2_1023, o => (ulong)((o.X4 + (BigInteger)o.W1 * o.W2) & ulong.MaxValue)),
        ["umsubl x3, w1, w2, x4"] = (0x9ba2_9023, o => (ulong)((o.X4 - (BigInteger)o.W1 * o.W2) & ulong.MaxValue)),
        ["smulh x3, x1, x2"] = (0x9b42_7c23, o => (ulong)(((BigInteger)(long)o.X1 * (long)o.X2 >> 64) & ulong.MaxValue)),
        ["umulh x3, x1, x2"] = (0x9bc2_7c23, o => (ulong)((BigInteger)o.X1 * o.X2 >> 64)),
        ["csel x3, x1, x2, gt"] = (0x9a82_c023, o => (o.Nzcv & 4) == 0 && (o.Nzcv & 8) != 0 == ((o.Nzcv & 1) != 0) ? o.X1 : o.X2),
        ["csinc w3, w1, w2, ls"] = (0x1a82_9423, o => !o.C || (o.Nzcv & 4) != 0 ? o.W1 : o.W2 + 1),
        ["csinv x3, x1, x2, vc"] = (0xda82_7023, o => (o.Nzcv & 1) == 0 ? o.X1 : ~o.X2),
        ["csneg w3, w1, w2, mi"] = (0x5a82_4423, o => (o.Nzcv & 8) != 0 ? o.W1 : 0 - o.W2),
    };

    private static readonly Dictionary<string, (uint Word, Func<Operands, (ulong Result, byte Nzcv)> After)> s_withFlags =
        new(StringComparer.Ordinal)
        {
            ["adds x3, x1, x2"] = (0xab02_0023, o => Sum(o.X1, o.X2, 0, 64)),
            ["adds w3, w1, w2"] = (0x2b02_0023, o => Sum(o.W1, o.W2, 0, 32)),
            ["subs x3, x1, x2"] = (0xeb02_0023, o => Sum(o.X1, ~o.X2, 1, 64)),
            ["subs w3, w1, w2"] = (0x6b02_0023, o => Sum(o.W1, ~o.W2, 1, 32)),
            ["adcs x3, x1, x2"] = (0xba02_0023, o => Sum(o.X1, o.X2, o.C ? 1u : 0, 64)),
            ["adcs w3, w1, w2"] = (0x3a02_0023, o => Sum(o.W1, o.W2, o.C ? 1u : 0, 32)),
            ["sbcs x3, x1, x2"] = (0xfa02_0023, o => Sum(o.X1, ~o.X2, o.C ? 1u : 0, 64)),
            ["sbcs w3, w1, w2"] = (0x7a02_0023, o => Sum(o.W1, ~o.W2, o.C ? 1u : 0, 32)),
            ["ands wzr, w1, #0xff"] = (0x7200_1c3f, o => (o.X3, (byte)(o.W1 % 256 == 0 ? 4 : 0))),
            ["bics x3, x1, x2, ror #13"] = (0xeae2_3423, o => Logical(o.X1 & ~(o.X2 >> 13 | o.X2 << 51), 64)),
            ["ccmp x1, x2, #5, eq"] = (0xfa42_0025, o => (o.X3, (o.Nzcv & 4) != 0 ? Sum(o.X1, ~o.X2, 1, 64).Nzcv : (byte)5)),
            ["ccmn w1, #31, #10, ne"] = (0x3a5f_182a, o => (o.X3, (o.Nzcv & 4) == 0 ? Sum(o.W1, 31, 0, 32).Nzcv : (byte)10)),
            ["ccmp x1, #3, #0, al"] = (0xfa43_e820, o => (o.X3, Sum(o.X1, ~3ul, 1, 64).Nzcv)),
            ["rmif x1, #63, #15"] = (0xba1f_842f, o => (o.X3, (byte)(((o.X1 << 1) + (o.X1 >> 63)) & 15))),
            ["rmif x1, #3, #5"] = (0xba01_8425, o => (o.X3, (byte)((o.X1 >> 3 & 5) | (o.Nzcv & 10u)))),
            ["setf8 w1"] = (0x3a00_082d, o => (o.X3, Evaluated(o.W1, 8, o.Nzcv))),
            ["setf16 w1"] = (0x3a00_482d, o => (o.X3, Evaluated(o.W1, 16, o.Nzcv))),
        };

    public static TheoryData<string> Results => [.. s_results.Keys];

    public static TheoryData<string> WithFlags => [.. s_withFlags.Keys];

    [Theory]
    [MemberData(nameof(Results))]
    public void An_instruction_that_keeps_the_flags_gives_its_result(string assembly)
    {
        (uint word, Func<Operands, ulong> result) = s_results[assembly];
        Core core = Given.Program(word);

        Quick.Check(Prop.ForAll(Quick.AnyOperands, operands =>
        {
            operands.Put(core);
            core.Pc = Given.Base;
            _ = RunLoop.Run(core, 1);
            return (core.GetX(3) == result(operands)).Label($"X3 is 0x{core.GetX(3):x}, not 0x{result(operands):x}")
                .And((core.Pstate.Nzcv == operands.Nzcv).Label("flags untouched"))
                .And((core.GetX(1) == operands.X1 && core.GetX(2) == operands.X2).Label("sources untouched"));
        }));
    }

    [Theory]
    [MemberData(nameof(WithFlags))]
    public void An_instruction_that_sets_the_flags_gives_them_and_its_result(string assembly)
    {
        (uint word, Func<Operands, (ulong Result, byte Nzcv)> after) = s_withFlags[assembly];
        Core core = Given.Program(word);

        Quick.Check(Prop.ForAll(Quick.AnyOperands, operands =>
        {
            operands.Put(core);
            core.Pc = Given.Base;
            _ = RunLoop.Run(core, 1);
            (ulong result, byte nzcv) = after(operands);
            return (core.GetX(3) == result).Label($"X3 is 0x{core.GetX(3):x}, not 0x{result:x}")
                .And((core.Pstate.Nzcv == nzcv).Label($"NZCV is {core.Pstate.Nzcv:x}, not {nzcv:x}"));
        }));
    }

    [Theory]
    [InlineData(0x9100_43ff, 0x4001_0010)]   // add sp, sp, #16
    [InlineData(0xb204_cc3f, 0xf0f0_f0f0_f0f0_f0f3)]   // orr sp, x1, #0xf0f0f0f0f0f0f0f0
    [InlineData(0xcb22_a83f, 0x7)]   // sub sp, x1, w2, sxth #2
    public void Register_31_is_the_stack_pointer_as_destination_of_forms_that_keep_the_flags(uint word, ulong sp)
    {
        Core core = Given.Step(word, c =>
        {
            c.SetX(1, 3);
            c.SetX(2, 0xffff);
        });

        core.Sp.ShouldBe(sp);
    }

    [Theory]
    [InlineData(0x9140_07e3, 0x4001_1000)]   // add x3, sp, #1, lsl #12
    [InlineData(0x5100_07e3, 0x4000_ffff)]   // sub w3, wsp, #1
    [InlineData(0x8b22_13e3, 0x4001_0ff0)]   // add x3, sp, w2, uxtb #4
    public void Register_31_is_the_stack_pointer_as_base(uint word, ulong x3) =>
        Given.Step(word, c => c.SetX(2, 0xffff)).GetX(3).ShouldBe(x3);

    [Theory]
    [InlineData(0xf100_43ff, 2)]   // subs xzr, sp, #16
    [InlineData(0xab22_efff, 6)]   // adds xzr, sp, x2, sxtx #3
    public void Register_31_is_zero_as_destination_of_forms_that_set_the_flags(uint word, byte nzcv)
    {
        Core core = Given.Step(word, c => c.SetX(2, unchecked((ulong)(-0x4001_0000L / 8))));

        core.Sp.ShouldBe(0x4001_0000ul);
        core.Pstate.Nzcv.ShouldBe(nzcv);
    }

    [Theory]
    [InlineData(0x3009_1a23, 0x4001_2345)]   // adr x3, .+0x12345
    [InlineData(0x70ff_ffe3, 0x3fff_ffff)]   // adr x3, .-1
    [InlineData(0xf000_0023, 0x4000_7000)]   // adrp x3, .+0x7000
    [InlineData(0x9080_0003, 0xffff_ffff_4000_0000)]   // adrp x3, .-0x100000000
    public void An_address_is_relative_to_PC_or_its_page(uint word, ulong x3) =>
        Given.Step(word, _ => { }).GetX(3).ShouldBe(x3);

    [Theory]
    [InlineData(0x1ac2_4023, 0xcbf4_3926)]   // crc32b w3, w1, w2
    [InlineData(0x1ac2_5023, 0xe306_9283)]   // crc32cb w3, w1, w2
    public void A_checksum_over_the_digits_1_to_9_is_the_published_check_value(uint word, uint check)
    {
        uint crc = uint.MaxValue;
        foreach (byte digit in "123456789"u8)
        {
            crc = (uint)Given.Step(word, c =>
            {
                c.SetX(1, crc);
                c.SetX(2, digit | 0xabcd_ef00ul);
            }).GetX(3);
        }

        (~crc).ShouldBe(check);
    }

    [Theory]
    [InlineData(0x1ac2_4423, 0x1ac2_4023, 2)]   // crc32h, crc32b
    [InlineData(0x1ac2_4823, 0x1ac2_4023, 4)]   // crc32w
    [InlineData(0x9ac2_4c23, 0x1ac2_4023, 8)]   // crc32x
    [InlineData(0x1ac2_5423, 0x1ac2_5023, 2)]   // crc32ch, crc32cb
    [InlineData(0x1ac2_5823, 0x1ac2_5023, 4)]   // crc32cw
    [InlineData(0x9ac2_5c23, 0x1ac2_5023, 8)]   // crc32cx
    public void A_wide_checksum_is_that_of_its_bytes_from_the_lowest(uint wide, uint byteWise, int bytes)
    {
        const ulong data = 0x0123_4567_89ab_cdef;
        ulong crc = 0x1122_3344;
        for (int i = 0; i < bytes; i++)
        {
            ulong next = data >> (i * 8);
            crc = Given.Step(byteWise, c =>
            {
                c.SetX(1, crc);
                c.SetX(2, next);
            }).GetX(3);
        }

        Given.Step(wide, c =>
        {
            c.SetX(1, 0x1122_3344);
            c.SetX(2, data);
        }).GetX(3).ShouldBe(crc);
    }

    private static (ulong Result, byte Nzcv) Sum(ulong x, ulong y, uint carry, int width)
    {
        BigInteger mask = (BigInteger.One << width) - 1;
        BigInteger unsigned = (x & mask) + (y & mask) + carry;
        BigInteger signed = Signed(x & mask, width) + Signed(y & mask, width) + carry;
        var result = (ulong)(unsigned & mask);
        BigInteger read = Signed(result, width);
        int nzcv = (read.Sign < 0 ? 8 : 0) | (result == 0 ? 4 : 0) | (unsigned > mask ? 2 : 0) | (read != signed ? 1 : 0);
        return (result, (byte)nzcv);
    }

    private static BigInteger Signed(BigInteger value, int width) =>
        value >= BigInteger.One << (width - 1) ? value - (BigInteger.One << width) : value;

    private static (ulong Result, byte Nzcv) Logical(ulong result, int width) =>
        (result, (byte)((Signed(result, width).Sign < 0 ? 8 : 0) | (result == 0 ? 4 : 0)));

    private static byte Evaluated(uint value, int width, byte nzcv)
    {
        bool sign = (value >> (width - 1)) % 2 == 1;
        bool above = (value >> width) % 2 == 1;
        bool zero = value % (1u << width) == 0;
        return (byte)((sign ? 8 : 0) | (zero ? 4 : 0) | (nzcv & 2) | (sign != above ? 1 : 0));
    }

    private static ulong Reversed(ulong value, int width, int unit)
    {
        ulong reversed = 0;
        for (int i = 0; i < width; i += unit)
        {
            reversed = (reversed << unit) + (value >> i) % (1ul << unit);
        }

        return reversed;
    }

    private static ulong LeadingZeros(ulong value, int width)
    {
        ulong count = 0;
        while (count < (ulong)width && (value >> (width - 1 - (int)count)) % 2 == 0)
        {
            count++;
        }

        return count;
    }
}
