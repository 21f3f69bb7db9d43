using static Conformance.Suites.ControlBits;

namespace Conformance.Suites.Exceptions.Rules;

/// <summary>SVC, HVC, SMC and BRK.</summary>
internal static class Calls
{
    internal static Instruction Svc(int imm16) => Instruction.Of($"SVC #0x{imm16:x}", Instruction.Encode(a => a.Svc(imm16)), s =>
        s.FineGrained && s.Level <= 1 && (s.Read("HFGITR_EL2") & (s.Level == 0 ? Hfgitr.SVC_EL0 : Hfgitr.SVC_EL1)) != 0
            ? Answer.Takes(2, 0x15, (uint)imm16, s.Level == 0 ? "EX-153" : "EX-154", "EX-008", "EX-082", "EX-121")
            : Answer.Takes(s.BaseTarget, 0x15, (uint)imm16, "EX-152", "EX-150", "EX-121").ReturnsBehind());

    internal static Instruction Hvc(int imm16) => Instruction.Of($"HVC #0x{imm16:x}", Instruction.Encode(a => a.Hvc(imm16)), s =>
        s.Level == 1 && s.Target.HighestLevel == 1
            ? Answer.Unknown("a hypervisor that the suite cannot see may answer")
            : HvcIsUndefined(s)
            ? Instruction.Undefined(s, "EX-155", "EX-214", "EX-151")
            : Answer.Takes(s.Level == 3 ? 3 : 2, 0x16, (uint)imm16, "EX-156", "EX-198", "EX-121").ReturnsBehind());

    internal static Instruction Smc(int imm16) => new($"SMC #0x{imm16:x}", Instruction.Encode(a => a.Smc(imm16)), s =>
        s.Target.HighestLevel == 3 ? [SmcWithEl3(s, (uint)imm16)] : SmcWithoutEl3(s, (uint)imm16));

    internal static Instruction Brk(int imm16) => Instruction.Of($"BRK #0x{imm16:x}", Instruction.Encode(a => a.Brk(imm16)), s =>
        Answer.Takes(s.Level <= 1 ? s.Tde ? 2 : 1 : s.Level, 0x3C, (uint)imm16, "EX-162", "EX-136", "EX-084").WithOldBtype());

    private static Answer SmcWithEl3(Situation s, uint imm16) => s.Level switch
    {
        0 => Instruction.Undefined(s, "EX-157", "EX-151"),
        1 when s.Hcr(Hcr.TSC) => Answer.Takes(2, 0x17, imm16, "EX-158", "EX-218", "EX-082", "EX-121"),
        _ when s.Scr(Scr.SMD) => Instruction.Undefined(s, "EX-159"),
        _ => Answer.Takes(3, 0x17, imm16, "EX-160", "EX-198", "EX-121").ReturnsBehind(),
    };

    /// <summary>
    /// No EL3, or one that the suite cannot use. EX-161: a choice when TSC is set without NV. Otherwise UNDEFINED by the rule,
    /// but many machines without EL3 answer PSCI calls in its place, so a call that is not trapped shows the machine and not
    /// the PE.
    /// </summary>
    private static IReadOnlyList<Answer> SmcWithoutEl3(Situation s, uint imm16)
    {
        if (s.Level == 0)
        {
            return [Instruction.Undefined(s, "EX-157", "EX-151")];
        }

        bool tsc = s.Level == 1 && s.Hcr(Hcr.TSC);
        Answer trap = Answer.Takes(2, 0x17, imm16, s.HaveEl3 ? "EX-158" : "EX-161", "EX-082", "EX-121");
        return (tsc, s.Nv || s.HaveEl3) switch
        {
            (true, true) => [trap],
            (true, false) => [trap, Instruction.Undefined(s, "EX-161")],
            (false, _) => [Answer.Unknown("firmware may answer")],
        };
    }

    private static bool HvcIsUndefined(Situation s) =>
        s.Level == 0
        || !s.HaveEl2
        || (s.Level == 1 && !s.El2Enabled)
        || (s.HaveEl3 ? !s.Scr(Scr.HCE) : s.Hcr(Hcr.HCD));
}
