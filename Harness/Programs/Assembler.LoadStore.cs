namespace Conformance.Harness.Programs;

/// <content>Loads and stores of one register. C4.1.94. Number 31 is SP for rn and XZR for rt; offsets are in bytes.</content>
public sealed partial class Assembler
{
    // Unsigned offset: a multiple of the access size.
    public Assembler Strb(int rt, int rn, int offset = 0) => LoadStoreUnsigned(0, 0, 0, rt, rn, offset);
    public Assembler Ldrb(int rt, int rn, int offset = 0) => LoadStoreUnsigned(0, 0, 1, rt, rn, offset);
    public Assembler Ldrsb(int rt, int rn, int offset = 0) => LoadStoreUnsigned(0, 0, 2, rt, rn, offset);
    public Assembler LdrsbW(int rt, int rn, int offset = 0) => LoadStoreUnsigned(0, 0, 3, rt, rn, offset);
    public Assembler Strh(int rt, int rn, int offset = 0) => LoadStoreUnsigned(1, 0, 0, rt, rn, offset);
    public Assembler Ldrh(int rt, int rn, int offset = 0) => LoadStoreUnsigned(1, 0, 1, rt, rn, offset);
    public Assembler Ldrsh(int rt, int rn, int offset = 0) => LoadStoreUnsigned(1, 0, 2, rt, rn, offset);
    public Assembler LdrshW(int rt, int rn, int offset = 0) => LoadStoreUnsigned(1, 0, 3, rt, rn, offset);
    public Assembler StrW(int rt, int rn, int offset = 0) => LoadStoreUnsigned(2, 0, 0, rt, rn, offset);
    public Assembler LdrW(int rt, int rn, int offset = 0) => LoadStoreUnsigned(2, 0, 1, rt, rn, offset);
    public Assembler Ldrsw(int rt, int rn, int offset = 0) => LoadStoreUnsigned(2, 0, 2, rt, rn, offset);
    public Assembler Str(int rt, int rn, int offset = 0) => LoadStoreUnsigned(3, 0, 0, rt, rn, offset);
    public Assembler Ldr(int rt, int rn, int offset = 0) => LoadStoreUnsigned(3, 0, 1, rt, rn, offset);
    public Assembler StrS(int vt, int rn, int offset = 0) => LoadStoreUnsigned(2, 1, 0, vt, rn, offset);
    public Assembler LdrS(int vt, int rn, int offset = 0) => LoadStoreUnsigned(2, 1, 1, vt, rn, offset);
    public Assembler StrD(int vt, int rn, int offset = 0) => LoadStoreUnsigned(3, 1, 0, vt, rn, offset);
    public Assembler LdrD(int vt, int rn, int offset = 0) => LoadStoreUnsigned(3, 1, 1, vt, rn, offset);
    public Assembler StrQ(int vt, int rn, int offset = 0) => LoadStoreUnsigned(0, 1, 2, vt, rn, offset);
    public Assembler LdrQ(int vt, int rn, int offset = 0) => LoadStoreUnsigned(0, 1, 3, vt, rn, offset);

    // Unscaled offset: -256 to 255.
    public Assembler Sturb(int rt, int rn, int offset = 0) => LoadStoreImmediate(0, 0, 0, rt, rn, offset);
    public Assembler Ldurb(int rt, int rn, int offset = 0) => LoadStoreImmediate(0, 1, 0, rt, rn, offset);
    public Assembler Ldursb(int rt, int rn, int offset = 0) => LoadStoreImmediate(0, 2, 0, rt, rn, offset);
    public Assembler LdursbW(int rt, int rn, int offset = 0) => LoadStoreImmediate(0, 3, 0, rt, rn, offset);
    public Assembler Sturh(int rt, int rn, int offset = 0) => LoadStoreImmediate(1, 0, 0, rt, rn, offset);
    public Assembler Ldurh(int rt, int rn, int offset = 0) => LoadStoreImmediate(1, 1, 0, rt, rn, offset);
    public Assembler Ldursh(int rt, int rn, int offset = 0) => LoadStoreImmediate(1, 2, 0, rt, rn, offset);
    public Assembler LdurshW(int rt, int rn, int offset = 0) => LoadStoreImmediate(1, 3, 0, rt, rn, offset);
    public Assembler SturW(int rt, int rn, int offset = 0) => LoadStoreImmediate(2, 0, 0, rt, rn, offset);
    public Assembler LdurW(int rt, int rn, int offset = 0) => LoadStoreImmediate(2, 1, 0, rt, rn, offset);
    public Assembler Ldursw(int rt, int rn, int offset = 0) => LoadStoreImmediate(2, 2, 0, rt, rn, offset);
    public Assembler Stur(int rt, int rn, int offset = 0) => LoadStoreImmediate(3, 0, 0, rt, rn, offset);
    public Assembler Ldur(int rt, int rn, int offset = 0) => LoadStoreImmediate(3, 1, 0, rt, rn, offset);

    // Post-index, then pre-index: -256 to 255.
    public Assembler StrbPost(int rt, int rn, int offset) => LoadStoreImmediate(0, 0, 1, rt, rn, offset);
    public Assembler LdrbPost(int rt, int rn, int offset) => LoadStoreImmediate(0, 1, 1, rt, rn, offset);
    public Assembler LdrsbPost(int rt, int rn, int offset) => LoadStoreImmediate(0, 2, 1, rt, rn, offset);
    public Assembler LdrsbWPost(int rt, int rn, int offset) => LoadStoreImmediate(0, 3, 1, rt, rn, offset);
    public Assembler StrhPost(int rt, int rn, int offset) => LoadStoreImmediate(1, 0, 1, rt, rn, offset);
    public Assembler LdrhPost(int rt, int rn, int offset) => LoadStoreImmediate(1, 1, 1, rt, rn, offset);
    public Assembler LdrshPost(int rt, int rn, int offset) => LoadStoreImmediate(1, 2, 1, rt, rn, offset);
    public Assembler LdrshWPost(int rt, int rn, int offset) => LoadStoreImmediate(1, 3, 1, rt, rn, offset);
    public Assembler StrWPost(int rt, int rn, int offset) => LoadStoreImmediate(2, 0, 1, rt, rn, offset);
    public Assembler LdrWPost(int rt, int rn, int offset) => LoadStoreImmediate(2, 1, 1, rt, rn, offset);
    public Assembler LdrswPost(int rt, int rn, int offset) => LoadStoreImmediate(2, 2, 1, rt, rn, offset);
    public Assembler StrPost(int rt, int rn, int offset) => LoadStoreImmediate(3, 0, 1, rt, rn, offset);
    public Assembler LdrPost(int rt, int rn, int offset) => LoadStoreImmediate(3, 1, 1, rt, rn, offset);
    public Assembler StrbPre(int rt, int rn, int offset) => LoadStoreImmediate(0, 0, 3, rt, rn, offset);
    public Assembler LdrbPre(int rt, int rn, int offset) => LoadStoreImmediate(0, 1, 3, rt, rn, offset);
    public Assembler LdrsbPre(int rt, int rn, int offset) => LoadStoreImmediate(0, 2, 3, rt, rn, offset);
    public Assembler LdrsbWPre(int rt, int rn, int offset) => LoadStoreImmediate(0, 3, 3, rt, rn, offset);
    public Assembler StrhPre(int rt, int rn, int offset) => LoadStoreImmediate(1, 0, 3, rt, rn, offset);
    public Assembler LdrhPre(int rt, int rn, int offset) => LoadStoreImmediate(1, 1, 3, rt, rn, offset);
    public Assembler LdrshPre(int rt, int rn, int offset) => LoadStoreImmediate(1, 2, 3, rt, rn, offset);
    public Assembler LdrshWPre(int rt, int rn, int offset) => LoadStoreImmediate(1, 3, 3, rt, rn, offset);
    public Assembler StrWPre(int rt, int rn, int offset) => LoadStoreImmediate(2, 0, 3, rt, rn, offset);
    public Assembler LdrWPre(int rt, int rn, int offset) => LoadStoreImmediate(2, 1, 3, rt, rn, offset);
    public Assembler LdrswPre(int rt, int rn, int offset) => LoadStoreImmediate(2, 2, 3, rt, rn, offset);
    public Assembler StrPre(int rt, int rn, int offset) => LoadStoreImmediate(3, 0, 3, rt, rn, offset);
    public Assembler LdrPre(int rt, int rn, int offset) => LoadStoreImmediate(3, 1, 3, rt, rn, offset);

    // Unprivileged: as EL0 would do it.
    public Assembler Sttrb(int rt, int rn, int offset = 0) => LoadStoreImmediate(0, 0, 2, rt, rn, offset);
    public Assembler Ldtrb(int rt, int rn, int offset = 0) => LoadStoreImmediate(0, 1, 2, rt, rn, offset);
    public Assembler Ldtrsb(int rt, int rn, int offset = 0) => LoadStoreImmediate(0, 2, 2, rt, rn, offset);
    public Assembler LdtrsbW(int rt, int rn, int offset = 0) => LoadStoreImmediate(0, 3, 2, rt, rn, offset);
    public Assembler Sttrh(int rt, int rn, int offset = 0) => LoadStoreImmediate(1, 0, 2, rt, rn, offset);
    public Assembler Ldtrh(int rt, int rn, int offset = 0) => LoadStoreImmediate(1, 1, 2, rt, rn, offset);
    public Assembler Ldtrsh(int rt, int rn, int offset = 0) => LoadStoreImmediate(1, 2, 2, rt, rn, offset);
    public Assembler LdtrshW(int rt, int rn, int offset = 0) => LoadStoreImmediate(1, 3, 2, rt, rn, offset);
    public Assembler SttrW(int rt, int rn, int offset = 0) => LoadStoreImmediate(2, 0, 2, rt, rn, offset);
    public Assembler LdtrW(int rt, int rn, int offset = 0) => LoadStoreImmediate(2, 1, 2, rt, rn, offset);
    public Assembler Ldtrsw(int rt, int rn, int offset = 0) => LoadStoreImmediate(2, 2, 2, rt, rn, offset);
    public Assembler Sttr(int rt, int rn, int offset = 0) => LoadStoreImmediate(3, 0, 2, rt, rn, offset);
    public Assembler Ldtr(int rt, int rn, int offset = 0) => LoadStoreImmediate(3, 1, 2, rt, rn, offset);

    // Register offset, shifted by the access size when scaled.
    public Assembler StrbReg(int rt, int rn, int rm, Extend extend = Extend.Uxtx, bool scaled = false) =>
        LoadStoreRegister(0, 0, rt, rn, rm, extend, scaled);
    public Assembler LdrbReg(int rt, int rn, int rm, Extend extend = Extend.Uxtx, bool scaled = false) =>
        LoadStoreRegister(0, 1, rt, rn, rm, extend, scaled);
    public Assembler LdrsbReg(int rt, int rn, int rm, Extend extend = Extend.Uxtx, bool scaled = false) =>
        LoadStoreRegister(0, 2, rt, rn, rm, extend, scaled);
    public Assembler LdrsbWReg(int rt, int rn, int rm, Extend extend = Extend.Uxtx, bool scaled = false) =>
        LoadStoreRegister(0, 3, rt, rn, rm, extend, scaled);
    public Assembler StrhReg(int rt, int rn, int rm, Extend extend = Extend.Uxtx, bool scaled = false) =>
        LoadStoreRegister(1, 0, rt, rn, rm, extend, scaled);
    public Assembler LdrhReg(int rt, int rn, int rm, Extend extend = Extend.Uxtx, bool scaled = false) =>
        LoadStoreRegister(1, 1, rt, rn, rm, extend, scaled);
    public Assembler LdrshReg(int rt, int rn, int rm, Extend extend = Extend.Uxtx, bool scaled = false) =>
        LoadStoreRegister(1, 2, rt, rn, rm, extend, scaled);
    public Assembler LdrshWReg(int rt, int rn, int rm, Extend extend = Extend.Uxtx, bool scaled = false) =>
        LoadStoreRegister(1, 3, rt, rn, rm, extend, scaled);
    public Assembler StrWReg(int rt, int rn, int rm, Extend extend = Extend.Uxtx, bool scaled = false) =>
        LoadStoreRegister(2, 0, rt, rn, rm, extend, scaled);
    public Assembler LdrWReg(int rt, int rn, int rm, Extend extend = Extend.Uxtx, bool scaled = false) =>
        LoadStoreRegister(2, 1, rt, rn, rm, extend, scaled);
    public Assembler LdrswReg(int rt, int rn, int rm, Extend extend = Extend.Uxtx, bool scaled = false) =>
        LoadStoreRegister(2, 2, rt, rn, rm, extend, scaled);
    public Assembler StrReg(int rt, int rn, int rm, Extend extend = Extend.Uxtx, bool scaled = false) =>
        LoadStoreRegister(3, 0, rt, rn, rm, extend, scaled);
    public Assembler LdrReg(int rt, int rn, int rm, Extend extend = Extend.Uxtx, bool scaled = false) =>
        LoadStoreRegister(3, 1, rt, rn, rm, extend, scaled);

    // Literal: within 1 MiB of the PC.
    public Assembler LdrLiteral(int rt, Label label) => Literal(1, rt, label);
    public Assembler LdrLiteralW(int rt, Label label) => Literal(0, rt, label);
    public Assembler LdrswLiteral(int rt, Label label) => Literal(2, rt, label);

    private Assembler LoadStoreUnsigned(uint size, uint v, uint opc, int rt, int rn, int offset)
    {
        int scale = v == 1 && opc >= 2 ? 16 : 1 << (int)size;
        return Word(size << 30 | 0x39000000 | v << 26 | opc << 22 | UScaled(offset, 12, scale) << 10 | R(rn) << 5 | R(rt));
    }

    private Assembler LoadStoreImmediate(uint size, uint opc, uint mode, int rt, int rn, int offset) =>
        Word(size << 30 | 0x38000000 | opc << 22 | S(offset, 9, 1) << 12 | mode << 10 | R(rn) << 5 | R(rt));

    private Assembler LoadStoreRegister(uint size, uint opc, int rt, int rn, int rm, Extend extend, bool scaled)
    {
        if (extend is not (Extend.Uxtw or Extend.Uxtx or Extend.Sxtw or Extend.Sxtx))
        {
            throw new ArgumentOutOfRangeException(nameof(extend), extend, "An address index is UXTW, UXTX (LSL), SXTW or SXTX.");
        }

        return Word(size << 30 | 0x38200800 | opc << 22
            | R(rm) << 16 | (uint)extend << 13 | (scaled ? 1u : 0) << 12 | R(rn) << 5 | R(rt));
    }

    private Assembler Literal(uint opc, int rt, Label label)
    {
        uint register = R(rt);
        return Reference(label, (pc, target) => opc << 30 | 0x18000000 | Offset(pc, target, 19, label) << 5 | register);
    }
}
