namespace Conformance.Harness.Programs;

/// <content>Pairs, exclusives, ordered loads and stores, and atomics. C4.1.94. Number 31 is SP for rn.</content>
public sealed partial class Assembler
{
    // Pairs: the offset is a multiple of the register size.
    public Assembler Stp(int rt, int rt2, int rn, int offset = 0) => Pair(2, 0, 0, 2, rt, rt2, rn, offset);
    public Assembler StpPost(int rt, int rt2, int rn, int offset) => Pair(2, 0, 0, 1, rt, rt2, rn, offset);
    public Assembler StpPre(int rt, int rt2, int rn, int offset) => Pair(2, 0, 0, 3, rt, rt2, rn, offset);
    public Assembler Ldp(int rt, int rt2, int rn, int offset = 0) => Pair(2, 0, 1, 2, rt, rt2, rn, offset);
    public Assembler LdpPost(int rt, int rt2, int rn, int offset) => Pair(2, 0, 1, 1, rt, rt2, rn, offset);
    public Assembler LdpPre(int rt, int rt2, int rn, int offset) => Pair(2, 0, 1, 3, rt, rt2, rn, offset);
    public Assembler StpW(int rt, int rt2, int rn, int offset = 0) => Pair(0, 0, 0, 2, rt, rt2, rn, offset);
    public Assembler StpWPost(int rt, int rt2, int rn, int offset) => Pair(0, 0, 0, 1, rt, rt2, rn, offset);
    public Assembler StpWPre(int rt, int rt2, int rn, int offset) => Pair(0, 0, 0, 3, rt, rt2, rn, offset);
    public Assembler LdpW(int rt, int rt2, int rn, int offset = 0) => Pair(0, 0, 1, 2, rt, rt2, rn, offset);
    public Assembler LdpWPost(int rt, int rt2, int rn, int offset) => Pair(0, 0, 1, 1, rt, rt2, rn, offset);
    public Assembler LdpWPre(int rt, int rt2, int rn, int offset) => Pair(0, 0, 1, 3, rt, rt2, rn, offset);
    public Assembler Ldpsw(int rt, int rt2, int rn, int offset = 0) => Pair(1, 0, 1, 2, rt, rt2, rn, offset);
    public Assembler LdpswPost(int rt, int rt2, int rn, int offset) => Pair(1, 0, 1, 1, rt, rt2, rn, offset);
    public Assembler LdpswPre(int rt, int rt2, int rn, int offset) => Pair(1, 0, 1, 3, rt, rt2, rn, offset);
    public Assembler StpD(int vt, int vt2, int rn, int offset = 0) => Pair(1, 1, 0, 2, vt, vt2, rn, offset);
    public Assembler LdpD(int vt, int vt2, int rn, int offset = 0) => Pair(1, 1, 1, 2, vt, vt2, rn, offset);
    public Assembler StpQ(int vt, int vt2, int rn, int offset = 0) => Pair(2, 1, 0, 2, vt, vt2, rn, offset);
    public Assembler LdpQ(int vt, int vt2, int rn, int offset = 0) => Pair(2, 1, 1, 2, vt, vt2, rn, offset);

    // Exclusives; rs receives 0 when the store was done.
    public Assembler Ldxrb(int rt, int rn) => Exclusive(0, 0, 1, 0, 0, Reg.XZR, Reg.XZR, rt, rn);
    public Assembler Ldxrh(int rt, int rn) => Exclusive(1, 0, 1, 0, 0, Reg.XZR, Reg.XZR, rt, rn);
    public Assembler LdxrW(int rt, int rn) => Exclusive(2, 0, 1, 0, 0, Reg.XZR, Reg.XZR, rt, rn);
    public Assembler Ldxr(int rt, int rn) => Exclusive(3, 0, 1, 0, 0, Reg.XZR, Reg.XZR, rt, rn);
    public Assembler Ldaxrb(int rt, int rn) => Exclusive(0, 0, 1, 0, 1, Reg.XZR, Reg.XZR, rt, rn);
    public Assembler Ldaxrh(int rt, int rn) => Exclusive(1, 0, 1, 0, 1, Reg.XZR, Reg.XZR, rt, rn);
    public Assembler LdaxrW(int rt, int rn) => Exclusive(2, 0, 1, 0, 1, Reg.XZR, Reg.XZR, rt, rn);
    public Assembler Ldaxr(int rt, int rn) => Exclusive(3, 0, 1, 0, 1, Reg.XZR, Reg.XZR, rt, rn);
    public Assembler Stxrb(int rs, int rt, int rn) => Exclusive(0, 0, 0, 0, 0, rs, Reg.XZR, rt, rn);
    public Assembler Stxrh(int rs, int rt, int rn) => Exclusive(1, 0, 0, 0, 0, rs, Reg.XZR, rt, rn);
    public Assembler StxrW(int rs, int rt, int rn) => Exclusive(2, 0, 0, 0, 0, rs, Reg.XZR, rt, rn);
    public Assembler Stxr(int rs, int rt, int rn) => Exclusive(3, 0, 0, 0, 0, rs, Reg.XZR, rt, rn);
    public Assembler Stlxrb(int rs, int rt, int rn) => Exclusive(0, 0, 0, 0, 1, rs, Reg.XZR, rt, rn);
    public Assembler Stlxrh(int rs, int rt, int rn) => Exclusive(1, 0, 0, 0, 1, rs, Reg.XZR, rt, rn);
    public Assembler StlxrW(int rs, int rt, int rn) => Exclusive(2, 0, 0, 0, 1, rs, Reg.XZR, rt, rn);
    public Assembler Stlxr(int rs, int rt, int rn) => Exclusive(3, 0, 0, 0, 1, rs, Reg.XZR, rt, rn);
    public Assembler LdxpW(int rt, int rt2, int rn) => Exclusive(2, 0, 1, 1, 0, Reg.XZR, rt2, rt, rn);
    public Assembler Ldxp(int rt, int rt2, int rn) => Exclusive(3, 0, 1, 1, 0, Reg.XZR, rt2, rt, rn);
    public Assembler LdaxpW(int rt, int rt2, int rn) => Exclusive(2, 0, 1, 1, 1, Reg.XZR, rt2, rt, rn);
    public Assembler Ldaxp(int rt, int rt2, int rn) => Exclusive(3, 0, 1, 1, 1, Reg.XZR, rt2, rt, rn);
    public Assembler StxpW(int rs, int rt, int rt2, int rn) => Exclusive(2, 0, 0, 1, 0, rs, rt2, rt, rn);
    public Assembler Stxp(int rs, int rt, int rt2, int rn) => Exclusive(3, 0, 0, 1, 0, rs, rt2, rt, rn);
    public Assembler StlxpW(int rs, int rt, int rt2, int rn) => Exclusive(2, 0, 0, 1, 1, rs, rt2, rt, rn);
    public Assembler Stlxp(int rs, int rt, int rt2, int rn) => Exclusive(3, 0, 0, 1, 1, rs, rt2, rt, rn);

    // Load-acquire, store-release.
    public Assembler Ldarb(int rt, int rn) => Exclusive(0, 1, 1, 0, 1, Reg.XZR, Reg.XZR, rt, rn);
    public Assembler Ldarh(int rt, int rn) => Exclusive(1, 1, 1, 0, 1, Reg.XZR, Reg.XZR, rt, rn);
    public Assembler LdarW(int rt, int rn) => Exclusive(2, 1, 1, 0, 1, Reg.XZR, Reg.XZR, rt, rn);
    public Assembler Ldar(int rt, int rn) => Exclusive(3, 1, 1, 0, 1, Reg.XZR, Reg.XZR, rt, rn);
    public Assembler Stlrb(int rt, int rn) => Exclusive(0, 1, 0, 0, 1, Reg.XZR, Reg.XZR, rt, rn);
    public Assembler Stlrh(int rt, int rn) => Exclusive(1, 1, 0, 0, 1, Reg.XZR, Reg.XZR, rt, rn);
    public Assembler StlrW(int rt, int rn) => Exclusive(2, 1, 0, 0, 1, Reg.XZR, Reg.XZR, rt, rn);
    public Assembler Stlr(int rt, int rn) => Exclusive(3, 1, 0, 0, 1, Reg.XZR, Reg.XZR, rt, rn);

    // Compare and swap, FEAT_LSE: compare with rs, store rt, old value to rs.
    public Assembler Casb(int rs, int rt, int rn) => Exclusive(0, 1, 0, 1, 0, rs, Reg.XZR, rt, rn);
    public Assembler Cash(int rs, int rt, int rn) => Exclusive(1, 1, 0, 1, 0, rs, Reg.XZR, rt, rn);
    public Assembler CasW(int rs, int rt, int rn) => Exclusive(2, 1, 0, 1, 0, rs, Reg.XZR, rt, rn);
    public Assembler Cas(int rs, int rt, int rn) => Exclusive(3, 1, 0, 1, 0, rs, Reg.XZR, rt, rn);
    public Assembler Casab(int rs, int rt, int rn) => Exclusive(0, 1, 1, 1, 0, rs, Reg.XZR, rt, rn);
    public Assembler Casah(int rs, int rt, int rn) => Exclusive(1, 1, 1, 1, 0, rs, Reg.XZR, rt, rn);
    public Assembler CasaW(int rs, int rt, int rn) => Exclusive(2, 1, 1, 1, 0, rs, Reg.XZR, rt, rn);
    public Assembler Casa(int rs, int rt, int rn) => Exclusive(3, 1, 1, 1, 0, rs, Reg.XZR, rt, rn);
    public Assembler Caslb(int rs, int rt, int rn) => Exclusive(0, 1, 0, 1, 1, rs, Reg.XZR, rt, rn);
    public Assembler Caslh(int rs, int rt, int rn) => Exclusive(1, 1, 0, 1, 1, rs, Reg.XZR, rt, rn);
    public Assembler CaslW(int rs, int rt, int rn) => Exclusive(2, 1, 0, 1, 1, rs, Reg.XZR, rt, rn);
    public Assembler Casl(int rs, int rt, int rn) => Exclusive(3, 1, 0, 1, 1, rs, Reg.XZR, rt, rn);
    public Assembler Casalb(int rs, int rt, int rn) => Exclusive(0, 1, 1, 1, 1, rs, Reg.XZR, rt, rn);
    public Assembler Casalh(int rs, int rt, int rn) => Exclusive(1, 1, 1, 1, 1, rs, Reg.XZR, rt, rn);
    public Assembler CasalW(int rs, int rt, int rn) => Exclusive(2, 1, 1, 1, 1, rs, Reg.XZR, rt, rn);
    public Assembler Casal(int rs, int rt, int rn) => Exclusive(3, 1, 1, 1, 1, rs, Reg.XZR, rt, rn);

    // Atomic memory operations, FEAT_LSE: memory op rs, old value to rt.
    public Assembler LdaddW(int rs, int rt, int rn) => Atomic(2, 0, 0, 0, rs, rt, rn);
    public Assembler Ldadd(int rs, int rt, int rn) => Atomic(3, 0, 0, 0, rs, rt, rn);
    public Assembler LdaddalW(int rs, int rt, int rn) => Atomic(2, 1, 1, 0, rs, rt, rn);
    public Assembler Ldaddal(int rs, int rt, int rn) => Atomic(3, 1, 1, 0, rs, rt, rn);
    public Assembler LdclrW(int rs, int rt, int rn) => Atomic(2, 0, 0, 1, rs, rt, rn);
    public Assembler Ldclr(int rs, int rt, int rn) => Atomic(3, 0, 0, 1, rs, rt, rn);
    public Assembler LdclralW(int rs, int rt, int rn) => Atomic(2, 1, 1, 1, rs, rt, rn);
    public Assembler Ldclral(int rs, int rt, int rn) => Atomic(3, 1, 1, 1, rs, rt, rn);
    public Assembler LdeorW(int rs, int rt, int rn) => Atomic(2, 0, 0, 2, rs, rt, rn);
    public Assembler Ldeor(int rs, int rt, int rn) => Atomic(3, 0, 0, 2, rs, rt, rn);
    public Assembler LdeoralW(int rs, int rt, int rn) => Atomic(2, 1, 1, 2, rs, rt, rn);
    public Assembler Ldeoral(int rs, int rt, int rn) => Atomic(3, 1, 1, 2, rs, rt, rn);
    public Assembler LdsetW(int rs, int rt, int rn) => Atomic(2, 0, 0, 3, rs, rt, rn);
    public Assembler Ldset(int rs, int rt, int rn) => Atomic(3, 0, 0, 3, rs, rt, rn);
    public Assembler LdsetalW(int rs, int rt, int rn) => Atomic(2, 1, 1, 3, rs, rt, rn);
    public Assembler Ldsetal(int rs, int rt, int rn) => Atomic(3, 1, 1, 3, rs, rt, rn);
    public Assembler LdsmaxW(int rs, int rt, int rn) => Atomic(2, 0, 0, 4, rs, rt, rn);
    public Assembler Ldsmax(int rs, int rt, int rn) => Atomic(3, 0, 0, 4, rs, rt, rn);
    public Assembler LdsmaxalW(int rs, int rt, int rn) => Atomic(2, 1, 1, 4, rs, rt, rn);
    public Assembler Ldsmaxal(int rs, int rt, int rn) => Atomic(3, 1, 1, 4, rs, rt, rn);
    public Assembler LdsminW(int rs, int rt, int rn) => Atomic(2, 0, 0, 5, rs, rt, rn);
    public Assembler Ldsmin(int rs, int rt, int rn) => Atomic(3, 0, 0, 5, rs, rt, rn);
    public Assembler LdsminalW(int rs, int rt, int rn) => Atomic(2, 1, 1, 5, rs, rt, rn);
    public Assembler Ldsminal(int rs, int rt, int rn) => Atomic(3, 1, 1, 5, rs, rt, rn);
    public Assembler LdumaxW(int rs, int rt, int rn) => Atomic(2, 0, 0, 6, rs, rt, rn);
    public Assembler Ldumax(int rs, int rt, int rn) => Atomic(3, 0, 0, 6, rs, rt, rn);
    public Assembler LdumaxalW(int rs, int rt, int rn) => Atomic(2, 1, 1, 6, rs, rt, rn);
    public Assembler Ldumaxal(int rs, int rt, int rn) => Atomic(3, 1, 1, 6, rs, rt, rn);
    public Assembler LduminW(int rs, int rt, int rn) => Atomic(2, 0, 0, 7, rs, rt, rn);
    public Assembler Ldumin(int rs, int rt, int rn) => Atomic(3, 0, 0, 7, rs, rt, rn);
    public Assembler LduminalW(int rs, int rt, int rn) => Atomic(2, 1, 1, 7, rs, rt, rn);
    public Assembler Lduminal(int rs, int rt, int rn) => Atomic(3, 1, 1, 7, rs, rt, rn);
    public Assembler SwpW(int rs, int rt, int rn) => Atomic(2, 0, 0, 8, rs, rt, rn);
    public Assembler Swp(int rs, int rt, int rn) => Atomic(3, 0, 0, 8, rs, rt, rn);
    public Assembler SwpalW(int rs, int rt, int rn) => Atomic(2, 1, 1, 8, rs, rt, rn);
    public Assembler Swpal(int rs, int rt, int rn) => Atomic(3, 1, 1, 8, rs, rt, rn);

    private Assembler Pair(uint opc, uint v, uint load, uint mode, int rt, int rt2, int rn, int offset)
    {
        int scale = v == 1 ? 4 << (int)opc : opc == 2 ? 8 : 4;
        return Word(opc << 30 | 0x28000000 | v << 26 | mode << 23 | load << 22
            | S(offset, 7, scale) << 15 | R(rt2) << 10 | R(rn) << 5 | R(rt));
    }

    private Assembler Exclusive(uint size, uint o2, uint load, uint o1, uint o0, int rs, int rt2, int rt, int rn) =>
        Word(size << 30 | 0x08000000 | o2 << 23 | load << 22 | o1 << 21
            | R(rs) << 16 | o0 << 15 | R(rt2) << 10 | R(rn) << 5 | R(rt));

    /// <param name="size">log2 of the access size.</param>
    /// <param name="acquire">1: with acquire semantics.</param>
    /// <param name="release">1: with release semantics.</param>
    /// <param name="opcode">o3:opc.</param>
    /// <param name="rs">Operand.</param>
    /// <param name="rt">Receives the old value.</param>
    /// <param name="rn">Address.</param>
    private Assembler Atomic(uint size, uint acquire, uint release, uint opcode, int rs, int rt, int rn) =>
        Word(size << 30 | 0x38200000 | acquire << 23 | release << 22 | R(rs) << 16 | opcode << 12 | R(rn) << 5 | R(rt));
}
