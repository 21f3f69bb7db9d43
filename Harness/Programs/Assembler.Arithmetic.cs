namespace Conformance.Harness.Programs;

/// <content>Integer arithmetic. C4.1.92 and C4.1.95: add/subtract, multiply, divide, conditional compare and select.</content>
public sealed partial class Assembler
{
    // Immediate: 0 to 4095, or a multiple of 4096 up to 0xFFF000. Number 31 is SP for rn, and for rd unless flags are set.
    public Assembler AddImm(int rd, int rn, long imm) => AddSubImmediate(1, 0, 0, rd, rn, imm);
    public Assembler AddImmW(int rd, int rn, long imm) => AddSubImmediate(0, 0, 0, rd, rn, imm);
    public Assembler AddsImm(int rd, int rn, long imm) => AddSubImmediate(1, 0, 1, rd, rn, imm);
    public Assembler AddsImmW(int rd, int rn, long imm) => AddSubImmediate(0, 0, 1, rd, rn, imm);
    public Assembler SubImm(int rd, int rn, long imm) => AddSubImmediate(1, 1, 0, rd, rn, imm);
    public Assembler SubImmW(int rd, int rn, long imm) => AddSubImmediate(0, 1, 0, rd, rn, imm);
    public Assembler SubsImm(int rd, int rn, long imm) => AddSubImmediate(1, 1, 1, rd, rn, imm);
    public Assembler SubsImmW(int rd, int rn, long imm) => AddSubImmediate(0, 1, 1, rd, rn, imm);
    public Assembler CmpImm(int rn, long imm) => SubsImm(Reg.XZR, rn, imm);
    public Assembler CmpImmW(int rn, long imm) => SubsImmW(Reg.XZR, rn, imm);
    public Assembler CmnImm(int rn, long imm) => AddsImm(Reg.XZR, rn, imm);
    public Assembler CmnImmW(int rn, long imm) => AddsImmW(Reg.XZR, rn, imm);

    /// <summary>MOV between a register and SP, or between registers: ADD rd, rn, #0.</summary>
    public Assembler MovSp(int rd, int rn) => AddImm(rd, rn, 0);
    public Assembler MovSpW(int rd, int rn) => AddImmW(rd, rn, 0);

    // Shifted register. Number 31 is XZR.
    public Assembler Add(int rd, int rn, int rm, Shift shift = Shift.Lsl, int amount = 0) =>
        AddSubShifted(1, 0, 0, rd, rn, rm, shift, amount);
    public Assembler AddW(int rd, int rn, int rm, Shift shift = Shift.Lsl, int amount = 0) =>
        AddSubShifted(0, 0, 0, rd, rn, rm, shift, amount);
    public Assembler Adds(int rd, int rn, int rm, Shift shift = Shift.Lsl, int amount = 0) =>
        AddSubShifted(1, 0, 1, rd, rn, rm, shift, amount);
    public Assembler AddsW(int rd, int rn, int rm, Shift shift = Shift.Lsl, int amount = 0) =>
        AddSubShifted(0, 0, 1, rd, rn, rm, shift, amount);
    public Assembler Sub(int rd, int rn, int rm, Shift shift = Shift.Lsl, int amount = 0) =>
        AddSubShifted(1, 1, 0, rd, rn, rm, shift, amount);
    public Assembler SubW(int rd, int rn, int rm, Shift shift = Shift.Lsl, int amount = 0) =>
        AddSubShifted(0, 1, 0, rd, rn, rm, shift, amount);
    public Assembler Subs(int rd, int rn, int rm, Shift shift = Shift.Lsl, int amount = 0) =>
        AddSubShifted(1, 1, 1, rd, rn, rm, shift, amount);
    public Assembler SubsW(int rd, int rn, int rm, Shift shift = Shift.Lsl, int amount = 0) =>
        AddSubShifted(0, 1, 1, rd, rn, rm, shift, amount);
    public Assembler Cmp(int rn, int rm, Shift shift = Shift.Lsl, int amount = 0) => Subs(Reg.XZR, rn, rm, shift, amount);
    public Assembler CmpW(int rn, int rm, Shift shift = Shift.Lsl, int amount = 0) => SubsW(Reg.XZR, rn, rm, shift, amount);
    public Assembler Cmn(int rn, int rm, Shift shift = Shift.Lsl, int amount = 0) => Adds(Reg.XZR, rn, rm, shift, amount);
    public Assembler CmnW(int rn, int rm, Shift shift = Shift.Lsl, int amount = 0) => AddsW(Reg.XZR, rn, rm, shift, amount);
    public Assembler Neg(int rd, int rm, Shift shift = Shift.Lsl, int amount = 0) => Sub(rd, Reg.XZR, rm, shift, amount);
    public Assembler NegW(int rd, int rm, Shift shift = Shift.Lsl, int amount = 0) => SubW(rd, Reg.XZR, rm, shift, amount);
    public Assembler Negs(int rd, int rm, Shift shift = Shift.Lsl, int amount = 0) => Subs(rd, Reg.XZR, rm, shift, amount);
    public Assembler NegsW(int rd, int rm, Shift shift = Shift.Lsl, int amount = 0) => SubsW(rd, Reg.XZR, rm, shift, amount);

    // Extended register. Number 31 is SP for rn, and for rd unless flags are set; XZR for rm.
    public Assembler AddExt(int rd, int rn, int rm, Extend extend, int amount = 0) =>
        AddSubExtended(1, 0, 0, rd, rn, rm, extend, amount);
    public Assembler AddExtW(int rd, int rn, int rm, Extend extend, int amount = 0) =>
        AddSubExtended(0, 0, 0, rd, rn, rm, extend, amount);
    public Assembler AddsExt(int rd, int rn, int rm, Extend extend, int amount = 0) =>
        AddSubExtended(1, 0, 1, rd, rn, rm, extend, amount);
    public Assembler AddsExtW(int rd, int rn, int rm, Extend extend, int amount = 0) =>
        AddSubExtended(0, 0, 1, rd, rn, rm, extend, amount);
    public Assembler SubExt(int rd, int rn, int rm, Extend extend, int amount = 0) =>
        AddSubExtended(1, 1, 0, rd, rn, rm, extend, amount);
    public Assembler SubExtW(int rd, int rn, int rm, Extend extend, int amount = 0) =>
        AddSubExtended(0, 1, 0, rd, rn, rm, extend, amount);
    public Assembler SubsExt(int rd, int rn, int rm, Extend extend, int amount = 0) =>
        AddSubExtended(1, 1, 1, rd, rn, rm, extend, amount);
    public Assembler SubsExtW(int rd, int rn, int rm, Extend extend, int amount = 0) =>
        AddSubExtended(0, 1, 1, rd, rn, rm, extend, amount);

    // With carry.
    public Assembler Adc(int rd, int rn, int rm) => AddSubCarry(1, 0, 0, rd, rn, rm);
    public Assembler AdcW(int rd, int rn, int rm) => AddSubCarry(0, 0, 0, rd, rn, rm);
    public Assembler Adcs(int rd, int rn, int rm) => AddSubCarry(1, 0, 1, rd, rn, rm);
    public Assembler AdcsW(int rd, int rn, int rm) => AddSubCarry(0, 0, 1, rd, rn, rm);
    public Assembler Sbc(int rd, int rn, int rm) => AddSubCarry(1, 1, 0, rd, rn, rm);
    public Assembler SbcW(int rd, int rn, int rm) => AddSubCarry(0, 1, 0, rd, rn, rm);
    public Assembler Sbcs(int rd, int rn, int rm) => AddSubCarry(1, 1, 1, rd, rn, rm);
    public Assembler SbcsW(int rd, int rn, int rm) => AddSubCarry(0, 1, 1, rd, rn, rm);

    private Assembler AddSubImmediate(uint sf, uint op, uint s, int rd, int rn, long imm)
    {
        bool high = imm > 0xFFF && (imm & 0xFFF) == 0;
        uint field = high ? UScaled(imm, 12, 4096) : U(imm, 12);
        return Word(sf << 31 | op << 30 | s << 29 | 0x11000000 | (high ? 1u : 0) << 22 | field << 10 | R(rn) << 5 | R(rd));
    }

    private Assembler AddSubShifted(uint sf, uint op, uint s, int rd, int rn, int rm, Shift shift, int amount)
    {
        if (shift == Shift.Ror)
        {
            throw new ArgumentOutOfRangeException(nameof(shift), shift, "ADD and SUB shift by LSL, LSR or ASR.");
        }

        return Word(sf << 31 | op << 30 | s << 29 | 0x0B000000 | (uint)shift << 22
            | R(rm) << 16 | Amount(sf, amount) << 10 | R(rn) << 5 | R(rd));
    }

    private Assembler AddSubExtended(uint sf, uint op, uint s, int rd, int rn, int rm, Extend extend, int amount)
    {
        if (amount is < 0 or > 4)
        {
            throw new ArgumentOutOfRangeException(nameof(amount), amount, "An extended register is shifted by 0 to 4.");
        }

        return Word(sf << 31 | op << 30 | s << 29 | 0x0B200000
            | R(rm) << 16 | (uint)extend << 13 | (uint)amount << 10 | R(rn) << 5 | R(rd));
    }

    private Assembler AddSubCarry(uint sf, uint op, uint s, int rd, int rn, int rm) =>
        Word(sf << 31 | op << 30 | s << 29 | 0x1A000000 | R(rm) << 16 | R(rn) << 5 | R(rd));

    /// <summary>A shift amount below the register width.</summary>
    private static uint Amount(uint sf, int amount) => U(amount, sf == 1 ? 6 : 5);
}
