using static Conformance.Suites.ControlBits;

namespace Conformance.Suites.Exceptions;

/// <summary>Taking a synchronous exception: sections 2 to 5 of the rules.</summary>
internal static class Entry
{
    /// <summary>What <paramref name="answer"/>, an exception, leaves for the target level.</summary>
    internal static Arrival Take(Situation s, Answer answer)
    {
        ulong doubt = s.PstateDoubt | Spsr.Optional(s.Features);
        if (!answer.KeepsBtype)
        {
            doubt |= s.Pstate & Spsr.Btype; // EX-071: the old value, or 00
        }

        ulong elrDoubt = answer.PcMisaligned ? s.PcDoubt : s.PcDoubt & ~3UL;
        return new Arrival(
            answer.Target,
            Vector(s, answer.Target),
            answer.Esr,
            answer.Behind ? s.Pc + 4 : s.Pc,
            ~elrDoubt,
            Saved(s, answer.Target),
            ~doubt,
            answer.Far is { } far && elrDoubt == 0 ? far : null,
            NewPstate(s, answer.Target),
            ~PstateLeftOpen(s, answer.Target),
            s.CurrentElAt(answer.Target));
    }

    /// <summary>What an IRQ, FIQ or SError leaves for the target level, taken before the instruction at PC.</summary>
    /// <param name="s">The state before it.</param>
    /// <param name="target">Level that takes it.</param>
    /// <param name="kind">What EX-022 adds to the vector's offset.</param>
    /// <param name="esr">ESR of the target level afterwards.</param>
    internal static Arrival Interrupt(Situation s, int target, uint kind, ulong esr)
    {
        Arrival synchronous = Take(s, Answer.Takes(target, 0, 0).WithOldBtype());
        return synchronous with { Vector = synchronous.Vector + kind, Esr = esr };
    }

    /// <summary>EX-022 to EX-024: synchronous, AArch64 below.</summary>
    private static uint Vector(Situation s, int target) =>
        target != s.Level ? 0x400u : s.Pstate.Has(Spsr.Sp) ? 0x200u : 0x000u;

    /// <summary>EX-060 to EX-073.</summary>
    private static ulong Saved(Situation s, int target)
    {
        Spsr saved = new(s.Pstate & Spsr.Implemented(s.Features));
        return s.Level == 1 && target == 1 && ShowsEl2(s) ? saved.WithLevel(2) : saved;
    }

    /// <summary>EX-063: an exception from EL1 to EL1 that a guest hypervisor must see as coming from EL2.</summary>
    private static bool ShowsEl2(Situation s) => (s.Nv, s.Nv1, s.Nv2) switch
    {
        (true, false, _) => true,
        (true, true, true) => true,
        (true, true, false) => false,
        (false, _, _) => false,
    };

    /// <summary>EX-040 to EX-056.</summary>
    private static ulong NewPstate(Situation s, int target)
    {
        ulong sctlr = s.Read($"SCTLR_EL{target}");
        Spsr old = new(s.Pstate & Spsr.Implemented(s.Features));
        Spsr pstate = new Spsr(((ulong)target << 2) | Spsr.Sp | Spsr.Daif)
            .WithFrom(old, Spsr.Nzcv | Spsr.Dit | Spsr.Pan);
        bool setPan = target switch
        {
            1 => (sctlr & Sctlr.SPAN) == 0,
            2 => s.Host0 && (sctlr & Sctlr.SPAN) == 0,
            _ => false,
        };
        return pstate
            .With(Spsr.Pan, (setPan && s.Has("FEAT_PAN")) || pstate.Has(Spsr.Pan))
            .With(Spsr.Ssbs, s.Has("FEAT_SSBS") && (sctlr & Sctlr.DSSBS) != 0)
            .With(Spsr.Tco, s.Has("FEAT_MTE"))
            .With(Spsr.Allint, s.Has("FEAT_NMI") && (sctlr & Sctlr.SPINTMASK) == 0);
    }

    /// <summary>
    /// Bits of the new PSTATE that are not compared everywhere: the doubtful old ones, those that rest on the pseudocode
    /// alone (EX-045 NZCV, EX-053 DIT: cases of their own), and SSBS where no instruction can read it.
    /// </summary>
    private static ulong PstateLeftOpen(Situation s, int target) =>
        Spsr.Nzcv | Spsr.Dit | (s.PstateDoubt & Spsr.Pan) | Spsr.Optional(s.Features)
        | (target == s.Target.HighestLevel && !s.Has("FEAT_SSBS2") ? Spsr.Ssbs : 0);
}
