using Conformance.Harness.Spec;

namespace Conformance.Harness.Programs;

/// <content>System registers and system instructions, barriers, hints, pointer authentication. C4.1.93.</content>
public sealed partial class Assembler
{
    /// <summary>Reads a system register by architectural name.</summary>
    public Assembler Mrs(int rt, string register) => Mrs(rt, Encodings.Register(register));

    /// <summary>Reads a system register by encoding; op0 is 2 or 3.</summary>
    public Assembler Mrs(int rt, SystemEncoding encoding) => Word(0xD5200000 | RegisterBits(encoding) | R(rt));

    /// <summary>Writes a system register by architectural name.</summary>
    public Assembler Msr(string register, int rt) => Msr(Encodings.Register(register), rt);

    /// <summary>Writes a system register by encoding; op0 is 2 or 3.</summary>
    public Assembler Msr(SystemEncoding encoding, int rt) => Word(0xD5000000 | RegisterBits(encoding) | R(rt));

    /// <summary>Writes a PSTATE field: SPSel, DAIFSet, DAIFClr, UAO, PAN, DIT, SSBS, TCO, ALLINT.</summary>
    public Assembler MsrImm(string field, int imm4) => field switch
    {
        "UAO" => MsrImm(0, 3, imm4),
        "PAN" => MsrImm(0, 4, imm4),
        "SPSel" => MsrImm(0, 5, imm4),
        "ALLINT" => MsrImm(1, 0, (int)U(imm4, 1)),
        "SSBS" => MsrImm(3, 1, imm4),
        "DIT" => MsrImm(3, 2, imm4),
        "TCO" => MsrImm(3, 4, imm4),
        "DAIFSet" => MsrImm(3, 6, imm4),
        "DAIFClr" => MsrImm(3, 7, imm4),
        _ => throw new ArgumentOutOfRangeException(
            nameof(field), field, "MSR (immediate) knows SPSel, DAIFSet, DAIFClr, UAO, PAN, DIT, SSBS, TCO and ALLINT."),
    };

    /// <summary>MSR (immediate) by encoding: CRm is the immediate.</summary>
    public Assembler MsrImm(int op1, int op2, int imm4) =>
        Word(0xD500401F | U(op1, 3) << 16 | U(imm4, 4) << 8 | U(op2, 3) << 5);

    public Assembler Cfinv() => MsrImm(0, 0, 0);

    public Assembler Sys(int op1, int crn, int crm, int op2, int rt = Reg.XZR) =>
        Word(0xD5080000 | U(op1, 3) << 16 | U(crn, 4) << 12 | U(crm, 4) << 8 | U(op2, 3) << 5 | R(rt));

    public Assembler Sysl(int rt, int op1, int crn, int crm, int op2) =>
        Word(0xD5280000 | U(op1, 3) << 16 | U(crn, 4) << 12 | U(crm, 4) << 8 | U(op2, 3) << 5 | R(rt));

    public Assembler At(string op, int rt) => Sys("AT", op, rt);
    public Assembler Dc(string op, int rt) => Sys("DC", op, rt);
    public Assembler Ic(string op, int rt = Reg.XZR) => Sys("IC", op, rt);
    public Assembler Tlbi(string op, int rt = Reg.XZR) => Sys("TLBI", op, rt);

    /// <summary>Any system instruction of the specification that takes one register: <c>("CFP", "RCTX")</c>.</summary>
    public Assembler Sys(string op, string name, int rt = Reg.XZR)
    {
        SystemEncoding e = Encodings.Instruction(op, name);
        return Sys(e.Op1, e.CRn, e.CRm, e.Op2, rt);
    }

    public Assembler Isb() => Word(0xD50330DF | 15 << 8);
    public Assembler Dsb(Barrier barrier = Barrier.Sy) => Word(0xD503309F | U((int)barrier, 4) << 8);
    public Assembler Dmb(Barrier barrier = Barrier.Sy) => Word(0xD50330BF | U((int)barrier, 4) << 8);
    public Assembler Sb() => Word(0xD50330FF);
    public Assembler Clrex(int imm4 = 15) => Word(0xD503305F | U(imm4, 4) << 8);

    public Assembler Hint(int imm7) => Word(0xD503201F | U(imm7, 7) << 5);
    public Assembler Nop() => Hint(0);
    public Assembler Yield() => Hint(1);
    public Assembler Wfe() => Hint(2);
    public Assembler Wfi() => Hint(3);
    public Assembler Sev() => Hint(4);
    public Assembler Sevl() => Hint(5);
    public Assembler Dgh() => Hint(6);
    public Assembler Xpaclri() => Hint(7);
    public Assembler Pacia1716() => Hint(8);
    public Assembler Pacib1716() => Hint(10);
    public Assembler Autia1716() => Hint(12);
    public Assembler Autib1716() => Hint(14);
    public Assembler Esb() => Hint(16);
    public Assembler Psb() => Hint(17);
    public Assembler Tsb() => Hint(18);
    public Assembler Csdb() => Hint(20);
    public Assembler Paciaz() => Hint(24);
    public Assembler Paciasp() => Hint(25);
    public Assembler Pacibz() => Hint(26);
    public Assembler Pacibsp() => Hint(27);
    public Assembler Autiaz() => Hint(28);
    public Assembler Autiasp() => Hint(29);
    public Assembler Autibz() => Hint(30);
    public Assembler Autibsp() => Hint(31);
    public Assembler Bti() => Hint(32);

    // Pointer authentication: rd is signed or checked with rn (SP when 31) as the modifier.
    public Assembler Pacia(int rd, int rn) => Word(0xDAC10000 | R(rn) << 5 | R(rd));
    public Assembler Pacib(int rd, int rn) => Word(0xDAC10400 | R(rn) << 5 | R(rd));
    public Assembler Pacda(int rd, int rn) => Word(0xDAC10800 | R(rn) << 5 | R(rd));
    public Assembler Pacdb(int rd, int rn) => Word(0xDAC10C00 | R(rn) << 5 | R(rd));
    public Assembler Autia(int rd, int rn) => Word(0xDAC11000 | R(rn) << 5 | R(rd));
    public Assembler Autib(int rd, int rn) => Word(0xDAC11400 | R(rn) << 5 | R(rd));
    public Assembler Autda(int rd, int rn) => Word(0xDAC11800 | R(rn) << 5 | R(rd));
    public Assembler Autdb(int rd, int rn) => Word(0xDAC11C00 | R(rn) << 5 | R(rd));
    public Assembler Xpaci(int rd) => Word(0xDAC143E0 | R(rd));
    public Assembler Xpacd(int rd) => Word(0xDAC147E0 | R(rd));

    // Between general and FP registers.
    public Assembler FmovXD(int xd, int dn) => Word(0x9E660000 | R(dn) << 5 | R(xd));
    public Assembler FmovDX(int dd, int xn) => Word(0x9E670000 | R(xn) << 5 | R(dd));

    private static uint RegisterBits(SystemEncoding e)
    {
        if (e.Op0 is not (2 or 3))
        {
            throw new ArgumentOutOfRangeException(nameof(e), e, "MRS and MSR reach encodings with op0 2 or 3.");
        }

        return (uint)(e.Op0 & 1) << 19 | 1u << 20
            | U(e.Op1, 3) << 16 | U(e.CRn, 4) << 12 | U(e.CRm, 4) << 8 | U(e.Op2, 3) << 5;
    }
}
