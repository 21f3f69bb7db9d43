using Conformance.Harness.Programs;
using Conformance.Harness.Spec;
using static Conformance.Harness.Programs.Reg;

namespace Conformance.Harness.Tests.Programs;

public static class AssemblerTests
{
    private const ulong Origin = 0x4000_0000;

    [Fact]
    public static void Labels_resolve_forward_and_backward()
    {
        var a = new Assembler(Origin);
        Label start = a.NewLabel("start");
        Label end = a.NewLabel("end");
        a.Bind(start).Cbz(X0, end).Nop().B(start).Bind(end).Ret();

        a.Words().ShouldBe([0xB4000060, 0xD503201F, 0x17FFFFFE, 0xD65F03C0]);
        a.AddressOf(end).ShouldBe(Origin + 12);
        a.Here.ShouldBe(Origin + 16);
    }

    [Fact]
    public static void A_quad_can_hold_the_address_of_a_later_label()
    {
        var a = new Assembler(0x1_0000_0000);
        Label later = a.NewLabel();
        a.Quad(later).Quad(0x0123_4567_89AB_CDEF).Align(64).Bind(later).Word(7);

        uint[] words = a.Words();
        words[..4].ShouldBe([0x40, 1, 0x89ABCDEF, 0x01234567]);
        words.Length.ShouldBe(17);
        words[16].ShouldBe(7u);
        a.ToBytes()[8..12].ShouldBe([0xEF, 0xCD, 0xAB, 0x89]);
    }

    [Fact]
    public static void A_label_that_is_never_placed_is_named()
    {
        var a = new Assembler(Origin);
        a.Nop().B(a.NewLabel("nowhere"));

        Should.Throw<InvalidOperationException>(() => a.Words()).Message.ShouldBe(
            "nowhere is used at 0x40000004 but never placed; Bind it.");
    }

    [Fact]
    public static void A_label_has_one_place()
    {
        var a = new Assembler(Origin);
        Label twice = a.NewLabel("twice");
        a.Bind(twice);

        Should.Throw<InvalidOperationException>(() => a.Bind(twice)).Message.ShouldContain("twice is already placed at 0x40000000");
        Should.Throw<InvalidOperationException>(() => a.AddressOf(a.NewLabel("unplaced"))).Message.ShouldContain("unplaced");
    }

    [Theory]
    [InlineData(32764, true)]
    [InlineData(32768, false)]
    public static void A_branch_reaches_its_range_and_no_further(long distance, bool reached)
    {
        var a = new Assembler(Origin);
        Label far = Label.At(Origin + (ulong)distance, "far");

        if (reached)
        {
            a.Tbz(X3, 63, far).Words().ShouldBe([0xB6F80003 | 0x1FFF << 5]);
        }
        else
        {
            Should.Throw<ArgumentOutOfRangeException>(() => a.Tbz(X3, 63, far)).Message
                .ShouldContain("32768 bytes from 0x40000000; the instruction there reaches -32768 to 32764, a multiple of 4");
        }
    }

    [Fact]
    public static void A_forward_branch_out_of_range_is_told_when_the_label_is_placed()
    {
        var a = new Assembler(Origin);
        Label far = a.NewLabel("far");
        a.Tbz(X0, 0, far).Space(32764);

        Should.Throw<ArgumentOutOfRangeException>(() => a.Bind(far)).Message.ShouldContain("far");
    }

    [Theory]
    [InlineData(0UL, 1)]
    [InlineData(ulong.MaxValue, 1)]
    [InlineData(0xFFFF_FFFF_FFFF_0000UL, 1)]
    [InlineData(0x1234_0000_0000_0000UL, 1)]
    [InlineData(0x1234_0000_5678_0000UL, 2)]
    [InlineData(0xFFFF_1234_FFFF_5678UL, 2)]
    [InlineData(0x0001_0002_0003_0004UL, 4)]
    [InlineData(0xFFFF_0000_FFFF_0001UL, 2)]
    public static void MovImm_builds_the_value_in_the_fewest_moves(ulong value, int words)
    {
        uint[] code = new Assembler(Origin).MovImm(X5, value).Words();

        code.Length.ShouldBe(words);
        Interpret(code, X5).ShouldBe(value);
    }

    [Fact]
    public static void System_registers_are_written_by_name()
    {
        new Assembler(Origin).Mrs(X0, "HCR_EL2").Msr("HCR_EL2", X1).Mrs(X2, new SystemEncoding(3, 3, 14, 8, 3))
            .MsrImm("DAIFSet", 15).Tlbi("ALLE2").At("S1E1R", X3).Words()
            .ShouldBe([0xD53C1100, 0xD51C1101, 0xD53BE862, 0xD5034FDF, 0xD50C871F, 0xD5087803]);
        Should.Throw<ArgumentException>(() => new Assembler(0).Mrs(X0, "HCR_EL4")).Message.ShouldContain("did you mean HCR_EL2?");
    }

    public static TheoryData<string, Action<Assembler>> OutOfRange() => new()
    {
        { "rn", a => a.Add(X0, 32, X1) },
        { "rd", a => a.Mov(-1, X1) },
        { "imm", a => a.AddImm(X0, X0, 4097) },
        { "imm", a => a.AddImm(X0, X0, -1) },
        { "imm", a => a.SubImm(X0, X0, 0x100_0000) },
        { "imm", a => a.AndImm(X0, X0, 0) },
        { "imm", a => a.AndImm(X0, X0, 5) },
        { "amount", a => a.Lsl(X0, X0, 64) },
        { "amount", a => a.LslW(X0, X0, 32) },
        { "amount", a => a.AddW(X0, X0, X0, Shift.Lsl, 32) },
        { "amount", a => a.AddExt(X0, X0, X0, Extend.Uxtb, 5) },
        { "shift", a => a.Add(X0, X0, X0, Shift.Ror, 1) },
        { "shift", a => a.Movz(X0, 0, 8) },
        { "shift", a => a.MovzW(X0, 0, 32) },
        { "imm16", a => a.Movz(X0, 0x10000) },
        { "imm16", a => a.Svc(0x10000) },
        { "width", a => a.Ubfx(X0, X0, 60, 5) },
        { "offset", a => a.Ldr(X0, X0, 4) },
        { "offset", a => a.Ldr(X0, X0, 32768) },
        { "offset", a => a.Ldur(X0, X0, 256) },
        { "offset", a => a.StrPre(X0, X0, -257) },
        { "offset", a => a.Ldp(X0, X1, X2, 512) },
        { "offset", a => a.Ldp(X0, X1, X2, 4) },
        { "extend", a => a.LdrReg(X0, X1, X2, Extend.Sxth) },
        { "imm4", a => a.MsrImm("SPSel", 16) },
        { "field", a => a.MsrImm("SPSEL", 1) },
        { "imm7", a => a.Hint(128) },
        { "nzcv", a => a.Ccmp(X0, X1, 16, Cond.Eq) },
        { "cond", a => a.Cset(X0, Cond.Al) },
        { "bit", a => a.Tbz(X0, 64, Label.At(Origin)) },
        { "bytes", a => a.Align(12) },
        { "bytes", a => a.Space(3) },
        { "e", a => a.Mrs(X0, new SystemEncoding(1, 0, 0, 0, 0)) },
    };

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public static void An_operand_out_of_range_is_named(string parameter, Action<Assembler> emit)
    {
        var a = new Assembler(Origin);

        Should.Throw<ArgumentOutOfRangeException>(() => emit(a)).ParamName.ShouldBe(parameter);
        a.Words().ShouldBeEmpty();
    }

    /// <summary>Executes MOVZ, MOVN and MOVK, which is all that MovImm may use.</summary>
    private static ulong Interpret(uint[] code, int rd)
    {
        ulong x = 0xDEAD_DEAD_DEAD_DEAD;
        foreach (uint word in code)
        {
            ((int)(word & 31)).ShouldBe(rd);
            int shift = (int)(word >> 21 & 3) * 16;
            ulong part = (ulong)(word >> 5 & 0xFFFF) << shift;
            x = (word & 0xFF800000) switch
            {
                0xD2800000 => part,
                0x92800000 => ~part,
                0xF2800000 => x & ~(0xFFFFUL << shift) | part,
                _ => throw new InvalidOperationException($"0x{word:x8} is not a wide move."),
            };
        }

        return x;
    }
}
