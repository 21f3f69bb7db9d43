using static Conformance.Suites.ControlBits;

namespace Conformance.Suites.Exceptions.Rules;

/// <summary>WFI, WFE and their forms with a timeout; SEVL.</summary>
internal static class Waiting
{
    internal static readonly Instruction Wfi = new("WFI", Instruction.Encode(a => a.Wfi()), s => Wait(s, forEvent: false, 0));

    internal static readonly Instruction Wfe = new("WFE", Instruction.Encode(a => a.Wfe()), s => Wait(s, forEvent: true, 1));

    internal static readonly Instruction Sevl =
        Instruction.Of("SEVL", Instruction.Encode(a => a.Sevl()), s => Answer.Completes(s.Next().WithEvent(true), "EX-345"));

    /// <summary>WFIT with a timeout that does not come.</summary>
    internal static Instruction Wfit(int rt) => new($"WFIT X{rt}", 0xD503_1020 | (uint)rt, s => Timed(s, forEvent: false, 2, rt));

    /// <summary>WFET with a timeout that does not come.</summary>
    internal static Instruction Wfet(int rt) => new($"WFET X{rt}", 0xD503_1000 | (uint)rt, s => Timed(s, forEvent: true, 3, rt));

    /// <summary>EX-116: RN in 9:5 and RV in bit 2.</summary>
    private static IReadOnlyList<Answer> Timed(Situation s, bool forEvent, uint ti, int rt) =>
        !s.Has("FEAT_WFxT") ? [Instruction.Undefined(s, "EX-151")] : Wait(s, forEvent, ti | 1u << 2 | (uint)rt << 5);

    private static IReadOnlyList<Answer> Wait(Situation s, bool forEvent, uint tail)
    {
        Answer done = Answer.Completes(s.Next().WithEvent(!forEvent && s.Event), "EX-171");
        bool wouldWait = forEvent ? !s.Event : !InterruptPending(s);
        if (!wouldWait)
        {
            return [done];
        }

        // The trap is permitted, and so is completing as a NOP (EX-171).
        return Target(s, forEvent) is var (target, rule)
            ? [Answer.Takes(target, 0x01, 1u << 24 | 0xEu << 20 | tail, rule, "EX-217", "EX-115", "EX-083"), done]
            : [Answer.Unknown("waits")];
    }

    /// <summary>EX-168 to EX-170, in this order (EX-217).</summary>
    private static (int Target, string Rule)? Target(Situation s, bool forEvent)
    {
        if (s.Level == 0 && !s.Sctlr(forEvent ? Sctlr.nTWE : Sctlr.nTWI))
        {
            return (s.El1Star, "EX-168");
        }

        if (s.Level <= 1 && !s.Host0 && s.Hcr(forEvent ? Hcr.TWE : Hcr.TWI))
        {
            return (2, "EX-169");
        }

        return s.Level <= 2 && s.Scr(forEvent ? Scr.TWE : Scr.TWI) ? (3, "EX-170") : null;
    }

    /// <summary>EX-341: the only interrupt a case of this suite makes pending is the virtual IRQ of HCR_EL2.VI.</summary>
    private static bool InterruptPending(Situation s) => s.Level <= 1 && s.Hcr(Hcr.VI) && s.Hcr(Hcr.IMO) && !s.Tge;
}
