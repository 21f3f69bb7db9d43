namespace Conformance.Harness.Programs;

/// <content>Logical instructions, moves, shifts and bitfields. C4.1.92 and C4.1.95.</content>
public sealed partial class Assembler
{
    public Assembler And(int rd, int rn, int rm, Shift shift = Shift.Lsl, int amount = 0) =>
        LogicalShifted(1, 0, 0, rd, rn, rm, shift, amount);
    public Assembler AndW(int rd, int rn, int rm, Shift shift = Shift.Lsl, int amount = 0) =>
        LogicalShifted(0, 0, 0, rd, rn, rm, shift, amount);
    public Assembler Bic(int rd, int rn, int rm, Shift shift = Shift.Lsl, int amount = 0) =>
        LogicalShifted(1, 0, 1, rd, rn, rm, shift, amount);
    public Assembler BicW(int rd, int rn, int rm, Shift shift = Shift.Lsl, int amount = 0) =>
        LogicalShifted(0, 0, 1, rd, rn, rm, shift, amount);
    public Assembler Orr(int rd, int rn, int rm, Shift shift = Shift.Lsl, int amount = 0) =>
        LogicalShifted(1, 1, 0, rd, rn, rm, shift, amount);
    public Assembler OrrW(int rd, int rn, int rm, Shift shift = Shift.Lsl, int amount = 0) =>
        LogicalShifted(0, 1, 0, rd, rn, rm, shift, amount);
    public Assembler Orn(int rd, int rn, int rm, Shift shift = Shift.Lsl, int amount = 0) =>
        LogicalShifted(1, 1, 1, rd, rn, rm, shift, amount);
    public Assembler OrnW(int rd, int rn, int rm, Shift shift = Shift.Lsl, int amount = 0) =>
        LogicalShifted(0, 1, 1, rd, rn, rm, shift, amount);
    public Assembler Eor(int rd, int rn, int rm, Shift shift = Shift.Lsl, int amount = 0) =>
        LogicalShifted(1, 2, 0, rd, rn, rm, shift, amount);
    public Assembler EorW(int rd, int rn, int rm, Shift shift = Shift.Lsl, int amount = 0) =>
        LogicalShifted(0, 2, 0, rd, rn, rm, shift, amount);
    public Assembler Eon(int rd, int rn, int rm, Shift shift = Shift.Lsl, int amount = 0) =>
        LogicalShifted(1, 2, 1, rd, rn, rm, shift, amount);
    public Assembler EonW(int rd, int rn, int rm, Shift shift = Shift.Lsl, int amount = 0) =>
        LogicalShifted(0, 2, 1, rd, rn, rm, shift, amount);
    public Assembler Ands(int rd, int rn, int rm, Shift shift = Shift.Lsl, int amount = 0) =>
        LogicalShifted(1, 3, 0, rd, rn, rm, shift, amount);
    public Assembler AndsW(int rd, int rn, int rm, Shift shift = Shift.Lsl, int amount = 0) =>
        LogicalShifted(0, 3, 0, rd, rn, rm, shift, amount);
    public Assembler Bics(int rd, int rn, int rm, Shift shift = Shift.Lsl, int amount = 0) =>
        LogicalShifted(1, 3, 1, rd, rn, rm, shift, amount);
    public Assembler BicsW(int rd, int rn, int rm, Shift shift = Shift.Lsl, int amount = 0) =>
        LogicalShifted(0, 3, 1, rd, rn, rm, shift, amount);
    public Assembler Mov(int rd, int rm) => Orr(rd, Reg.XZR, rm);
    public Assembler Mvn(int rd, int rm, Shift shift = Shift.Lsl, int amount = 0) => Orn(rd, Reg.XZR, rm, shift, amount);
    public Assembler Tst(int rn, int rm, Shift shift = Shift.Lsl, int amount = 0) => Ands(Reg.XZR, rn, rm, shift, amount);
    public Assembler MovW(int rd, int rm) => OrrW(rd, Reg.XZR, rm);
    public Assembler MvnW(int rd, int rm, Shift shift = Shift.Lsl, int amount = 0) => OrnW(rd, Reg.XZR, rm, shift, amount);
    public Assembler TstW(int rn, int rm, Shift shift = Shift.Lsl, int amount = 0) => AndsW(Reg.XZR, rn, rm, shift, amount);

    // Logical immediate: a rotated run of ones, repeated. Number 31 is SP for rd, except for ANDS.
    public Assembler AndImm(int rd, int rn, ulong imm) => LogicalImmediate(1, 0, rd, rn, imm);
    public Assembler AndImmW(int rd, int rn, uint imm) => LogicalImmediate(0, 0, rd, rn, imm);
    public Assembler OrrImm(int rd, int rn, ulong imm) => LogicalImmediate(1, 1, rd, rn, imm);
    public Assembler OrrImmW(int rd, int rn, uint imm) => LogicalImmediate(0, 1, rd, rn, imm);
    public Assembler EorImm(int rd, int rn, ulong imm) => LogicalImmediate(1, 2, rd, rn, imm);
    public Assembler EorImmW(int rd, int rn, uint imm) => LogicalImmediate(0, 2, rd, rn, imm);
    public Assembler AndsImm(int rd, int rn, ulong imm) => LogicalImmediate(1, 3, rd, rn, imm);
    public Assembler AndsImmW(int rd, int rn, uint imm) => LogicalImmediate(0, 3, rd, rn, imm);
    public Assembler TstImm(int rn, ulong imm) => AndsImm(Reg.XZR, rn, imm);
    public Assembler TstImmW(int rn, uint imm) => AndsImmW(Reg.XZR, rn, imm);

    // Move wide: 16 bits, shifted by a multiple of 16.
    public Assembler Movn(int rd, int imm16, int shift = 0) => MoveWide(1, 0, rd, imm16, shift);
    public Assembler MovnW(int rd, int imm16, int shift = 0) => MoveWide(0, 0, rd, imm16, shift);
    public Assembler Movz(int rd, int imm16, int shift = 0) => MoveWide(1, 2, rd, imm16, shift);
    public Assembler MovzW(int rd, int imm16, int shift = 0) => MoveWide(0, 2, rd, imm16, shift);
    public Assembler Movk(int rd, int imm16, int shift = 0) => MoveWide(1, 3, rd, imm16, shift);
    public Assembler MovkW(int rd, int imm16, int shift = 0) => MoveWide(0, 3, rd, imm16, shift);

    /// <summary>Any 64-bit value in the fewest MOVZ, MOVN and MOVK, 1 to 4 words.</summary>
    public Assembler MovImm(int rd, ulong value)
    {
        Span<int> parts = [(int)(value & 0xFFFF), (int)(value >> 16 & 0xFFFF), (int)(value >> 32 & 0xFFFF), (int)(value >> 48)];
        bool inverted = parts.Count(0xFFFF) > parts.Count(0);
        int rest = inverted ? 0xFFFF : 0;
        bool started = false;
        for (int i = 0; i < 4; i++)
        {
            if (parts[i] == rest)
            {
                continue;
            }

            _ = started ? Movk(rd, parts[i], 16 * i)
                : inverted ? Movn(rd, ~parts[i] & 0xFFFF, 16 * i)
                : Movz(rd, parts[i], 16 * i);
            started = true;
        }

        return started ? this : inverted ? Movn(rd, 0) : Movz(rd, 0);
    }

    // Bitfields.
    public Assembler Sbfm(int rd, int rn, int immr, int imms) => Bitfield(1, 0, rd, rn, immr, imms);
    public Assembler SbfmW(int rd, int rn, int immr, int imms) => Bitfield(0, 0, rd, rn, immr, imms);
    public Assembler Bfm(int rd, int rn, int immr, int imms) => Bitfield(1, 1, rd, rn, immr, imms);
    public Assembler BfmW(int rd, int rn, int immr, int imms) => Bitfield(0, 1, rd, rn, immr, imms);
    public Assembler Ubfm(int rd, int rn, int immr, int imms) => Bitfield(1, 2, rd, rn, immr, imms);
    public Assembler UbfmW(int rd, int rn, int immr, int imms) => Bitfield(0, 2, rd, rn, immr, imms);
    public Assembler Lsr(int rd, int rn, int amount) => Ubfm(rd, rn, amount, 63);
    public Assembler Asr(int rd, int rn, int amount) => Sbfm(rd, rn, amount, 63);
    public Assembler Lsl(int rd, int rn, int amount) => Ubfm(rd, rn, -Below(amount, 64) & 63, 63 - amount);
    public Assembler Ror(int rd, int rn, int amount) => Extr(rd, rn, rn, amount);
    public Assembler Ubfx(int rd, int rn, int lsb, int width) => Ubfm(rd, rn, lsb, Last(lsb, width, 64));
    public Assembler Sbfx(int rd, int rn, int lsb, int width) => Sbfm(rd, rn, lsb, Last(lsb, width, 64));
    public Assembler Bfxil(int rd, int rn, int lsb, int width) => Bfm(rd, rn, lsb, Last(lsb, width, 64));
    public Assembler Ubfiz(int rd, int rn, int lsb, int width) => Ubfm(rd, rn, -lsb & 63, Last(lsb, width, 64) - lsb);
    public Assembler Sbfiz(int rd, int rn, int lsb, int width) => Sbfm(rd, rn, -lsb & 63, Last(lsb, width, 64) - lsb);
    public Assembler Bfi(int rd, int rn, int lsb, int width) => Bfm(rd, rn, -lsb & 63, Last(lsb, width, 64) - lsb);
    public Assembler Sxtb(int rd, int rn) => Sbfm(rd, rn, 0, 7);
    public Assembler Sxth(int rd, int rn) => Sbfm(rd, rn, 0, 15);
    public Assembler LsrW(int rd, int rn, int amount) => UbfmW(rd, rn, amount, 31);
    public Assembler AsrW(int rd, int rn, int amount) => SbfmW(rd, rn, amount, 31);
    public Assembler LslW(int rd, int rn, int amount) => UbfmW(rd, rn, -Below(amount, 32) & 31, 31 - amount);
    public Assembler RorW(int rd, int rn, int amount) => ExtrW(rd, rn, rn, amount);
    public Assembler UbfxW(int rd, int rn, int lsb, int width) => UbfmW(rd, rn, lsb, Last(lsb, width, 32));
    public Assembler SbfxW(int rd, int rn, int lsb, int width) => SbfmW(rd, rn, lsb, Last(lsb, width, 32));
    public Assembler BfxilW(int rd, int rn, int lsb, int width) => BfmW(rd, rn, lsb, Last(lsb, width, 32));
    public Assembler UbfizW(int rd, int rn, int lsb, int width) => UbfmW(rd, rn, -lsb & 31, Last(lsb, width, 32) - lsb);
    public Assembler SbfizW(int rd, int rn, int lsb, int width) => SbfmW(rd, rn, -lsb & 31, Last(lsb, width, 32) - lsb);
    public Assembler BfiW(int rd, int rn, int lsb, int width) => BfmW(rd, rn, -lsb & 31, Last(lsb, width, 32) - lsb);
    public Assembler SxtbW(int rd, int rn) => SbfmW(rd, rn, 0, 7);
    public Assembler SxthW(int rd, int rn) => SbfmW(rd, rn, 0, 15);
    public Assembler Sxtw(int rd, int rn) => Sbfm(rd, rn, 0, 31);
    public Assembler UxtbW(int rd, int rn) => UbfmW(rd, rn, 0, 7);
    public Assembler UxthW(int rd, int rn) => UbfmW(rd, rn, 0, 15);
    public Assembler Extr(int rd, int rn, int rm, int lsb) => Extract(1, rd, rn, rm, lsb);
    public Assembler ExtrW(int rd, int rn, int rm, int lsb) => Extract(0, rd, rn, rm, lsb);

    private Assembler LogicalShifted(uint sf, uint opc, uint n, int rd, int rn, int rm, Shift shift, int amount) =>
        Word(sf << 31 | opc << 29 | 0x0A000000 | (uint)shift << 22 | n << 21
            | R(rm) << 16 | Amount(sf, amount) << 10 | R(rn) << 5 | R(rd));

    private Assembler LogicalImmediate(uint sf, uint opc, int rd, int rn, ulong imm) =>
        LogicalImmediates.TryEncode(imm, sf == 1, out uint field)
            ? Word(sf << 31 | opc << 29 | 0x12000000 | field << 10 | R(rn) << 5 | R(rd))
            : throw new ArgumentOutOfRangeException(
                nameof(imm), $"0x{imm:x}", "A logical immediate is a rotated run of ones, repeated; not 0 and not all ones.");

    private Assembler MoveWide(uint sf, uint opc, int rd, int imm16, int shift)
    {
        uint hw = UScaled(shift, sf == 1 ? 2 : 1, 16);
        return Word(sf << 31 | opc << 29 | 0x12800000 | hw << 21 | U(imm16, 16) << 5 | R(rd));
    }

    private Assembler Bitfield(uint sf, uint opc, int rd, int rn, int immr, int imms) =>
        Word(sf << 31 | opc << 29 | 0x13000000 | sf << 22
            | Amount(sf, immr) << 16 | Amount(sf, imms) << 10 | R(rn) << 5 | R(rd));

    private Assembler Extract(uint sf, int rd, int rn, int rm, int lsb) =>
        Word(sf << 31 | 0x13800000 | sf << 22 | R(rm) << 16 | Amount(sf, lsb) << 10 | R(rn) << 5 | R(rd));

    private static int Below(int amount, int width) => amount >= 0 && amount < width
        ? amount
        : throw new ArgumentOutOfRangeException(nameof(amount), amount, $"A shift amount is 0 to {width - 1}.");

    /// <summary>The number of the last bit of a bitfield that lies within the register.</summary>
    private static int Last(int lsb, int width, int size) => lsb >= 0 && width >= 1 && lsb + width <= size
        ? lsb + width - 1
        : throw new ArgumentOutOfRangeException(
            nameof(width), $"lsb {lsb}, width {width}", $"A bitfield has at least one bit and lies within {size} bits.");
}
