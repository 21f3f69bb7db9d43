using static Conformance.Suites.ControlBits;

namespace Conformance.Suites.Exceptions.Rules;

/// <summary>CurrentEL and the instructions that read and write PSTATE: section 11, and the DAIF trap of EX-185, EX-186.</summary>
internal static class PstateAccess
{
    /// <summary>MRS Xt, CurrentEL.</summary>
    internal static Instruction CurrentEl(int rt) => Read("CurrentEL", rt, s => s.Level == 0
        ? Instruction.Undefined(s, "EX-280")
        : Done(s, rt, s.CurrentElAt(s.Level), s.Level == 1 && s.Nv ? "EX-281" : s.Hcr(Hcr.NV2) ? "EX-282" : "EX-280"));

    internal static Instruction SpSel(int rt) => Read("SPSel", rt, s => s.Level == 0
        ? Instruction.Undefined(s, "EX-283")
        : Done(s, rt, s.Pstate & Spsr.Sp, "EX-283", "EX-288"));

    internal static Instruction Daif(int rt) => Read("DAIF", rt, s => DaifTrap(s, $"DAIF", rt, read: true)
        ?? Done(s, rt, s.Pstate & Spsr.Daif, "EX-284", "EX-285"));

    internal static Instruction Nzcv(int rt) => Read("NZCV", rt, s => Done(s, rt, s.Pstate & Spsr.Nzcv, "EX-286"));

    internal static Instruction Pan(int rt) => Bit("PAN", rt, Spsr.Pan, "FEAT_PAN", el0: false);

    internal static Instruction Uao(int rt) => Bit("UAO", rt, Spsr.Uao, "FEAT_UAO", el0: false);

    internal static Instruction Dit(int rt) => Bit("DIT", rt, Spsr.Dit, "FEAT_DIT", el0: true);

    internal static Instruction Ssbs(int rt) => Bit("SSBS", rt, Spsr.Ssbs, "FEAT_SSBS2", el0: true);

    internal static Instruction Tco(int rt) => Read("TCO", rt, s =>
        !s.Has("FEAT_MTE") ? Instruction.Undefined(s, "EX-287", "EX-010")
        : Spsr.Optional(s.Features) != 0 ? Answer.Completes(s.Next(), "EX-287")
        : Done(s, rt, s.Pstate & Spsr.Tco, "EX-287"));

    internal static Instruction Allint(int rt) => Bit("ALLINT", rt, Spsr.Allint, "FEAT_NMI", el0: false);

    /// <summary>MRS Xt, SP_EL0: UNDEFINED while SP_EL0 is the stack pointer in use (EX-289).</summary>
    internal static Instruction SpEl0(int rt) => Read("SP_EL0", rt, s => s.Level == 0 || !s.Pstate.Has(Spsr.Sp)
        ? Instruction.Undefined(s, "EX-289")
        : Done(s, rt, s.Read("SP_EL0"), "EX-289"));

    internal static Instruction SetDaif(int imm4) => Daif("DAIFSet", 6, imm4, (old, bits) => old | bits);

    internal static Instruction ClearDaif(int imm4) => Daif("DAIFClr", 7, imm4, (old, bits) => old & ~bits);

    /// <summary>MSR DAIF, Xt: only the four bits count (EX-284).</summary>
    internal static Instruction WriteDaif(int rt) => Instruction.Of($"MSR DAIF, X{rt}", Instruction.Encode(a => a.Msr("DAIF", rt)), s =>
        DaifTrap(s, "DAIF", rt, read: false)
        ?? Answer.Completes(With(s, s.Pstate.WithFrom(s.X(rt), Spsr.Daif)), "EX-284", "EX-285"));

    /// <summary>MSR SPSel, #imm: bit 0 counts (EX-283).</summary>
    internal static Instruction SelectSp(int imm4) => Immediate("SPSel", imm4, "", el0: false, s => s.Pstate.With(Spsr.Sp, (imm4 & 1) != 0), "EX-283", "EX-288");

    internal static Instruction SetPan(int imm4) => Immediate("PAN", imm4, "FEAT_PAN", el0: false, s => s.Pstate.With(Spsr.Pan, (imm4 & 1) != 0), "EX-287", "EX-288");

    internal static Instruction SetUao(int imm4) => Immediate("UAO", imm4, "FEAT_UAO", el0: false, s => s.Pstate.With(Spsr.Uao, (imm4 & 1) != 0), "EX-287", "EX-288");

    internal static Instruction SetDit(int imm4) => Immediate("DIT", imm4, "FEAT_DIT", el0: true, s => s.Pstate.With(Spsr.Dit, (imm4 & 1) != 0), "EX-287");

    internal static Instruction SetSsbs(int imm4) => Immediate("SSBS", imm4, "FEAT_SSBS2", el0: true, s => s.Pstate.With(Spsr.Ssbs, (imm4 & 1) != 0), "EX-287");

    /// <summary>MSR NZCV, Xt (EX-286).</summary>
    internal static Instruction WriteNzcv(int rt) => Instruction.Of($"MSR NZCV, X{rt}", Instruction.Encode(a => a.Msr("NZCV", rt)), s =>
        Answer.Completes(With(s, s.Pstate.WithFrom(s.X(rt), Spsr.Nzcv)), "EX-286"));

    private static Instruction Read(string register, int rt, Func<Situation, Answer> rule) =>
        Instruction.Of($"MRS X{rt}, {register}", Instruction.Encode(a => a.Mrs(rt, register)), rule);

    private static Instruction Bit(string register, int rt, ulong bit, string feature, bool el0) => Read(register, rt, s =>
        !s.Has(feature) || (s.Level == 0 && !el0)
            ? Instruction.Undefined(s, "EX-287", "EX-010")
            : Done(s, rt, s.Pstate & bit, "EX-287"));

    private static Instruction Immediate(string field, int imm4, string feature, bool el0, Func<Situation, Spsr> apply, params string[] rules) =>
        Instruction.Of($"MSR {field}, #{imm4}", Instruction.Encode(a => a.MsrImm(field, imm4)), s =>
            (feature.Length > 0 && !s.Has(feature)) || (s.Level == 0 && !el0)
                ? Instruction.Undefined(s, rules)
                : Answer.Completes(With(s, apply(s)), rules));

    private static Instruction Daif(string field, uint op2, int imm4, Func<ulong, ulong, ulong> apply) =>
        Instruction.Of($"MSR {field}, #{imm4}", Instruction.Encode(a => a.MsrImm(field, imm4)), s =>
            DaifTrapped(s)
                ? Answer.Takes(s.El1Star, 0x18, SystemAccess.Iss(0, 3, 4, (uint)imm4, op2, 31, read: false), "EX-124", DaifRule(s), "EX-138", "EX-083")
                : Answer.Completes(With(s, new Spsr(apply(s.Pstate, (ulong)imm4 << 6))), "EX-284", "EX-285"));

    private static Answer? DaifTrap(Situation s, string register, int rt, bool read) => DaifTrapped(s)
        ? Answer.Takes(s.El1Star, 0x18, SystemAccess.Iss(register, rt, read), "EX-122", DaifRule(s), "EX-285", "EX-138", "EX-083")
        : null;

    private static bool DaifTrapped(Situation s) => s.Level == 0 && (s.Host0 || (s.Read("SCTLR_EL1") & Sctlr.UMA) == 0);

    private static string DaifRule(Situation s) => s.Host0 ? "EX-186" : "EX-185";

    private static Situation With(Situation s, Spsr pstate) => s.Next().WithPstate(pstate.Without(Spsr.Btype));

    private static Answer Done(Situation s, int rt, ulong value, params string[] rules) =>
        Answer.Completes(s.Next().WithPrediction(rt, value), rules);
}
