namespace Conformance.Harness.Programs;

/// <content>Data processing with one, two and three sources, conditional select and compare. C4.1.95.</content>
public sealed partial class Assembler
{
    public Assembler Udiv(int rd, int rn, int rm) => TwoSource(1, 2, rd, rn, rm);
    public Assembler UdivW(int rd, int rn, int rm) => TwoSource(0, 2, rd, rn, rm);
    public Assembler Sdiv(int rd, int rn, int rm) => TwoSource(1, 3, rd, rn, rm);
    public Assembler SdivW(int rd, int rn, int rm) => TwoSource(0, 3, rd, rn, rm);
    public Assembler Lslv(int rd, int rn, int rm) => TwoSource(1, 8, rd, rn, rm);
    public Assembler LslvW(int rd, int rn, int rm) => TwoSource(0, 8, rd, rn, rm);
    public Assembler Lsrv(int rd, int rn, int rm) => TwoSource(1, 9, rd, rn, rm);
    public Assembler LsrvW(int rd, int rn, int rm) => TwoSource(0, 9, rd, rn, rm);
    public Assembler Asrv(int rd, int rn, int rm) => TwoSource(1, 10, rd, rn, rm);
    public Assembler AsrvW(int rd, int rn, int rm) => TwoSource(0, 10, rd, rn, rm);
    public Assembler Rorv(int rd, int rn, int rm) => TwoSource(1, 11, rd, rn, rm);
    public Assembler RorvW(int rd, int rn, int rm) => TwoSource(0, 11, rd, rn, rm);
    public Assembler Pacga(int rd, int rn, int rm) => TwoSource(1, 12, rd, rn, rm);
    public Assembler Crc32b(int rd, int rn, int rm) => TwoSource(0, 16, rd, rn, rm);
    public Assembler Crc32h(int rd, int rn, int rm) => TwoSource(0, 17, rd, rn, rm);
    public Assembler Crc32w(int rd, int rn, int rm) => TwoSource(0, 18, rd, rn, rm);
    public Assembler Crc32x(int rd, int rn, int rm) => TwoSource(1, 19, rd, rn, rm);
    public Assembler Crc32cb(int rd, int rn, int rm) => TwoSource(0, 20, rd, rn, rm);
    public Assembler Crc32ch(int rd, int rn, int rm) => TwoSource(0, 21, rd, rn, rm);
    public Assembler Crc32cw(int rd, int rn, int rm) => TwoSource(0, 22, rd, rn, rm);
    public Assembler Crc32cx(int rd, int rn, int rm) => TwoSource(1, 23, rd, rn, rm);

    public Assembler Rbit(int rd, int rn) => OneSource(1, 0, rd, rn);
    public Assembler RbitW(int rd, int rn) => OneSource(0, 0, rd, rn);
    public Assembler Rev16(int rd, int rn) => OneSource(1, 1, rd, rn);
    public Assembler Rev16W(int rd, int rn) => OneSource(0, 1, rd, rn);
    public Assembler Clz(int rd, int rn) => OneSource(1, 4, rd, rn);
    public Assembler ClzW(int rd, int rn) => OneSource(0, 4, rd, rn);
    public Assembler Cls(int rd, int rn) => OneSource(1, 5, rd, rn);
    public Assembler ClsW(int rd, int rn) => OneSource(0, 5, rd, rn);
    public Assembler Rev(int rd, int rn) => OneSource(1, 3, rd, rn);
    public Assembler RevW(int rd, int rn) => OneSource(0, 2, rd, rn);
    public Assembler Rev32(int rd, int rn) => OneSource(1, 2, rd, rn);

    public Assembler Madd(int rd, int rn, int rm, int ra) => ThreeSource(1, 0, 0, rd, rn, rm, ra);
    public Assembler MaddW(int rd, int rn, int rm, int ra) => ThreeSource(0, 0, 0, rd, rn, rm, ra);
    public Assembler Msub(int rd, int rn, int rm, int ra) => ThreeSource(1, 0, 1, rd, rn, rm, ra);
    public Assembler MsubW(int rd, int rn, int rm, int ra) => ThreeSource(0, 0, 1, rd, rn, rm, ra);
    public Assembler Mul(int rd, int rn, int rm) => Madd(rd, rn, rm, Reg.XZR);
    public Assembler Mneg(int rd, int rn, int rm) => Msub(rd, rn, rm, Reg.XZR);
    public Assembler MulW(int rd, int rn, int rm) => MaddW(rd, rn, rm, Reg.XZR);
    public Assembler MnegW(int rd, int rn, int rm) => MsubW(rd, rn, rm, Reg.XZR);
    public Assembler Smaddl(int rd, int rn, int rm, int ra) => ThreeSource(1, 1, 0, rd, rn, rm, ra);
    public Assembler Smsubl(int rd, int rn, int rm, int ra) => ThreeSource(1, 1, 1, rd, rn, rm, ra);
    public Assembler Umaddl(int rd, int rn, int rm, int ra) => ThreeSource(1, 5, 0, rd, rn, rm, ra);
    public Assembler Umsubl(int rd, int rn, int rm, int ra) => ThreeSource(1, 5, 1, rd, rn, rm, ra);
    public Assembler Smull(int rd, int rn, int rm) => Smaddl(rd, rn, rm, Reg.XZR);
    public Assembler Umull(int rd, int rn, int rm) => Umaddl(rd, rn, rm, Reg.XZR);
    public Assembler Smulh(int rd, int rn, int rm) => ThreeSource(1, 2, 0, rd, rn, rm, Reg.XZR);
    public Assembler Umulh(int rd, int rn, int rm) => ThreeSource(1, 6, 0, rd, rn, rm, Reg.XZR);

    public Assembler Csel(int rd, int rn, int rm, Cond cond) => ConditionalSelect(1, 0, 0, rd, rn, rm, cond);
    public Assembler CselW(int rd, int rn, int rm, Cond cond) => ConditionalSelect(0, 0, 0, rd, rn, rm, cond);
    public Assembler Csinc(int rd, int rn, int rm, Cond cond) => ConditionalSelect(1, 0, 1, rd, rn, rm, cond);
    public Assembler CsincW(int rd, int rn, int rm, Cond cond) => ConditionalSelect(0, 0, 1, rd, rn, rm, cond);
    public Assembler Csinv(int rd, int rn, int rm, Cond cond) => ConditionalSelect(1, 1, 0, rd, rn, rm, cond);
    public Assembler CsinvW(int rd, int rn, int rm, Cond cond) => ConditionalSelect(0, 1, 0, rd, rn, rm, cond);
    public Assembler Csneg(int rd, int rn, int rm, Cond cond) => ConditionalSelect(1, 1, 1, rd, rn, rm, cond);
    public Assembler CsnegW(int rd, int rn, int rm, Cond cond) => ConditionalSelect(0, 1, 1, rd, rn, rm, cond);
    public Assembler Cset(int rd, Cond cond) => Csinc(rd, Reg.XZR, Reg.XZR, Inverse(cond));
    public Assembler Csetm(int rd, Cond cond) => Csinv(rd, Reg.XZR, Reg.XZR, Inverse(cond));
    public Assembler CsetW(int rd, Cond cond) => CsincW(rd, Reg.XZR, Reg.XZR, Inverse(cond));
    public Assembler CsetmW(int rd, Cond cond) => CsinvW(rd, Reg.XZR, Reg.XZR, Inverse(cond));
    public Assembler Ccmn(int rn, int rm, int nzcv, Cond cond) => ConditionalCompare(1, 0, 0, rn, R(rm), nzcv, cond);
    public Assembler CcmnW(int rn, int rm, int nzcv, Cond cond) => ConditionalCompare(0, 0, 0, rn, R(rm), nzcv, cond);
    public Assembler CcmnImm(int rn, int imm5, int nzcv, Cond cond) => ConditionalCompare(1, 0, 1, rn, U(imm5, 5), nzcv, cond);
    public Assembler CcmnImmW(int rn, int imm5, int nzcv, Cond cond) => ConditionalCompare(0, 0, 1, rn, U(imm5, 5), nzcv, cond);
    public Assembler Ccmp(int rn, int rm, int nzcv, Cond cond) => ConditionalCompare(1, 1, 0, rn, R(rm), nzcv, cond);
    public Assembler CcmpW(int rn, int rm, int nzcv, Cond cond) => ConditionalCompare(0, 1, 0, rn, R(rm), nzcv, cond);
    public Assembler CcmpImm(int rn, int imm5, int nzcv, Cond cond) => ConditionalCompare(1, 1, 1, rn, U(imm5, 5), nzcv, cond);
    public Assembler CcmpImmW(int rn, int imm5, int nzcv, Cond cond) => ConditionalCompare(0, 1, 1, rn, U(imm5, 5), nzcv, cond);

    private Assembler TwoSource(uint sf, uint opcode, int rd, int rn, int rm) =>
        Word(sf << 31 | 0x1AC00000 | R(rm) << 16 | opcode << 10 | R(rn) << 5 | R(rd));

    private Assembler OneSource(uint sf, uint opcode, int rd, int rn) =>
        Word(sf << 31 | 0x5AC00000 | opcode << 10 | R(rn) << 5 | R(rd));

    private Assembler ThreeSource(uint sf, uint op31, uint o0, int rd, int rn, int rm, int ra) =>
        Word(sf << 31 | 0x1B000000 | op31 << 21 | R(rm) << 16 | o0 << 15 | R(ra) << 10 | R(rn) << 5 | R(rd));

    private Assembler ConditionalSelect(uint sf, uint op, uint op2, int rd, int rn, int rm, Cond cond) =>
        Word(sf << 31 | op << 30 | 0x1A800000 | R(rm) << 16 | (uint)cond << 12 | op2 << 10 | R(rn) << 5 | R(rd));

    private Assembler ConditionalCompare(uint sf, uint op, uint immediate, int rn, uint second, int nzcv, Cond cond) =>
        Word(sf << 31 | op << 30 | 0x3A400000 | second << 16 | (uint)cond << 12 | immediate << 11 | R(rn) << 5 | U(nzcv, 4));

    private static Cond Inverse(Cond cond) => cond < Cond.Al
        ? (Cond)((int)cond ^ 1)
        : throw new ArgumentOutOfRangeException(nameof(cond), cond, "AL and NV have no inverse.");
}
