namespace Conformance.Harness.Programs;

/// <content>Branches, addresses relative to the PC, and exception generation and return. C4.1.93.</content>
public sealed partial class Assembler
{
    public Assembler B(Label label) =>
        Reference(label, (pc, target) => 0x14000000 | Offset(pc, target, 26, label));

    public Assembler Bl(Label label) =>
        Reference(label, (pc, target) => 0x94000000 | Offset(pc, target, 26, label));

    public Assembler BCond(Cond cond, Label label) =>
        Reference(label, (pc, target) => 0x54000000 | Offset(pc, target, 19, label) << 5 | (uint)cond);

    public Assembler Cbz(int rt, Label label) => CompareBranch(1, 0, rt, label);
    public Assembler CbzW(int rt, Label label) => CompareBranch(0, 0, rt, label);
    public Assembler Cbnz(int rt, Label label) => CompareBranch(1, 1, rt, label);
    public Assembler CbnzW(int rt, Label label) => CompareBranch(0, 1, rt, label);
    public Assembler Tbz(int rt, int bit, Label label) => TestBranch(0, rt, bit, label);
    public Assembler Tbnz(int rt, int bit, Label label) => TestBranch(1, rt, bit, label);
    public Assembler Br(int rn) => Word(0xD61F0000 | R(rn) << 5);
    public Assembler Blr(int rn) => Word(0xD63F0000 | R(rn) << 5);
    public Assembler Ret(int rn = Reg.LR) => Word(0xD65F0000 | R(rn) << 5);
    public Assembler Retaa() => Word(0xD65F0BFF);
    public Assembler Retab() => Word(0xD65F0FFF);

    /// <summary>The address of a label within 1 MiB.</summary>
    public Assembler Adr(int rd, Label label)
    {
        uint register = R(rd);
        return Reference(label, (pc, target) => 0x10000000 | SplitOffset(Range(target - pc, 21, 1, pc, label)) | register);
    }

    /// <summary>The 4 KiB page of a label within 4 GiB.</summary>
    public Assembler Adrp(int rd, Label label)
    {
        uint register = R(rd);
        return Reference(label, (pc, target) =>
            0x90000000 | SplitOffset(Range((target & ~0xFFFUL) - (pc & ~0xFFFUL), 21, 4096, pc, label)) | register);
    }

    public Assembler Svc(int imm16 = 0) => Word(0xD4000001 | U(imm16, 16) << 5);
    public Assembler Hvc(int imm16 = 0) => Word(0xD4000002 | U(imm16, 16) << 5);
    public Assembler Smc(int imm16 = 0) => Word(0xD4000003 | U(imm16, 16) << 5);
    public Assembler Brk(int imm16 = 0) => Word(0xD4200000 | U(imm16, 16) << 5);
    public Assembler Hlt(int imm16 = 0) => Word(0xD4400000 | U(imm16, 16) << 5);

    /// <summary>Permanently UNDEFINED.</summary>
    public Assembler Udf(int imm16 = 0) => Word(U(imm16, 16));
    public Assembler Eret() => Word(0xD69F03E0);
    public Assembler Eretaa() => Word(0xD69F0BFF);
    public Assembler Eretab() => Word(0xD69F0FFF);

    private Assembler CompareBranch(uint sf, uint op, int rt, Label label)
    {
        uint register = R(rt);
        return Reference(label, (pc, target) =>
            sf << 31 | 0x34000000 | op << 24 | Offset(pc, target, 19, label) << 5 | register);
    }

    private Assembler TestBranch(uint op, int rt, int bit, Label label)
    {
        uint register = R(rt);
        uint number = U(bit, 6);
        return Reference(label, (pc, target) =>
            number >> 5 << 31 | 0x36000000 | op << 24 | (number & 31) << 19 | Offset(pc, target, 14, label) << 5 | register);
    }

    /// <summary>Words from the PC to a target.</summary>
    private static uint Offset(ulong pc, ulong target, int width, Label label) => Range(target - pc, width, 4, pc, label);

    /// <summary>immlo and immhi of ADR and ADRP.</summary>
    private static uint SplitOffset(uint offset) => (offset & 3) << 29 | offset >> 2 << 5;

    private static uint Range(ulong distance, int width, int scale, ulong pc, Label label)
    {
        long signed = (long)distance;
        long limit = 1L << width - 1;
        return signed % scale == 0 && signed / scale >= -limit && signed / scale < limit
            ? (uint)(signed / scale) & (uint)((1L << width) - 1)
            : throw new ArgumentOutOfRangeException(
                nameof(label), label.Name, $"The label is {signed} bytes from 0x{pc:x}; the instruction there reaches "
                    + $"{-limit * scale} to {(limit - 1) * scale}{Multiple(scale)}.");
    }
}
