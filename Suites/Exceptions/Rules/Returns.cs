using static Conformance.Suites.ControlBits;

namespace Conformance.Suites.Exceptions.Rules;

/// <summary>ERET, ERETAA and ERETAB: section 10 of the rules.</summary>
internal static class Returns
{
    internal static readonly Instruction Eret = Instruction.Of("ERET", Instruction.Encode(a => a.Eret()), s => Answer(s, Key.None));
    internal static readonly Instruction Eretaa = Instruction.Of("ERETAA", Instruction.Encode(a => a.Eretaa()), s => Answer(s, Key.A));
    internal static readonly Instruction Eretab = Instruction.Of("ERETAB", Instruction.Encode(a => a.Eretab()), s => Answer(s, Key.B));

    private enum Key
    {
        None,
        A,
        B,
    }

    /// <summary>MSR of SPSR or ELR of the level itself.</summary>
    internal static Instruction Write(string register, int xt) => Instruction.Of(
        $"MSR {register}, X{xt}", Instruction.Encode(a => a.Msr(register, xt)), s => Exceptions.Answer.Completes(s.Next().WithRegister(register, s.X(xt))));

    /// <summary>MSR of ELR with a signed address, for ERETAA and ERETAB.</summary>
    internal static Instruction WriteSigned(string register, int xt, ulong address) => Instruction.Of(
        $"MSR {register}, X{xt}", Instruction.Encode(a => a.Msr(register, xt)), s => Exceptions.Answer.Completes(s.Next().WithSignedElr(address)));

    private static Answer Answer(Situation s, Key key)
    {
        if (s.Level == 0)
        {
            return Instruction.Undefined(s, "EX-183", "EX-151");
        }

        if (key != Key.None && !s.Has("FEAT_PAuth"))
        {
            return Instruction.Undefined(s, "EX-240", "EX-151");
        }

        if (s.Level == 1 && (s.Nv || (s.FineGrained && (s.Read("HFGITR_EL2") & Hfgitr.ERET) != 0)))
        {
            uint iss = key switch { Key.None => 0, Key.A => 2, Key.B => 3 };
            return Exceptions.Answer.Takes(2, 0x1A, iss, "EX-182", "EX-184", "EX-126", "EX-083");
        }

        ulong elr = s.Read($"ELR_EL{s.Level}");
        if (key != Key.None)
        {
            ulong enable = key == Key.A ? Sctlr.EnIA : Sctlr.EnIB;
            if (PointerAuthentication.Check(s, enable) is { } trap)
            {
                return trap; // EX-240
            }

            if (s.Sctlr(enable))
            {
                if (s.SignedElr is not { } address)
                {
                    return Exceptions.Answer.Unknown("authenticates an unsigned address");
                }

                elr = address;
            }
        }

        return Return(s, new Spsr(s.Read($"SPSR_EL{s.Level}")), elr);
    }

    private static Answer Return(Situation s, Spsr spsr, ulong elr)
    {
        Spsr implemented = new(spsr & Spsr.Implemented(s.Features));
        string[] reasons = [.. IllegalReasons(s, spsr)];
        if (reasons.Length == 0 && spsr.Has(1UL << 4))
        {
            return Exceptions.Answer.Unknown("returns to AArch32");
        }

        if (reasons.Length == 0)
        {
            // EX-230 to EX-235. MDSCR_EL1.SS is 0 in these cases, so SS becomes 0.
            return Exceptions.Answer.Completes(
                s.Returned(implemented.Without(Spsr.SoftwareStep), 0, elr, 0),
                "EX-230", "EX-231", "EX-232", "EX-233", "EX-234", "EX-235", "EX-261");
        }

        // EX-265 to EX-270: level and stack pointer stay, flags and masks come from SPSR, PAN may stay, the rest is UNKNOWN.
        ulong fromSpsr = Spsr.Nzcv | Spsr.Daif | (s.Has("FEAT_NMI") ? Spsr.Allint : 0) | (s.Has("FEAT_PAN") ? Spsr.Pan : 0);
        ulong open = (Spsr.Pan & (s.Pstate ^ implemented)) | Spsr.Ssbs | Spsr.Uao | Spsr.Dit | Spsr.Tco | Spsr.Btype;
        Spsr pstate = s.Pstate.WithFrom(implemented, fromSpsr).With(Spsr.Il).Without(Spsr.SoftwareStep);
        ulong pcDoubt = spsr.Has(1UL << 4) ? 0xFFFF_FFFF_0000_0003 : 0;
        return Exceptions.Answer.Completes(
            s.Returned(pstate, open, elr, pcDoubt), ["EX-265", "EX-266", "EX-267", "EX-268", "EX-270", "EX-271", .. reasons]);
    }

    /// <summary>EX-250 to EX-258. The profile's lower levels are AArch64; where EL0 may use AArch32 a User mode is legal.</summary>
    internal static IEnumerable<string> IllegalReasons(Situation s, Spsr spsr)
    {
        if (spsr.Has(1UL << 4))
        {
            if (!s.Has("FEAT_AA32EL0"))
            {
                yield return "EX-255";
            }
            else if ((spsr & 0xF) is not 0 and not (1 or 2 or 3 or 7 or 0xA or 0xB or 0xF))
            {
                yield return "EX-256";
            }
            else if ((spsr & 0xF) != 0)
            {
                yield return "EX-257"; // SCR_EL3.RW and HCR_EL2.RW give EL1 and EL2 AArch64
            }

            yield break;
        }

        int target = spsr.Level;
        if (spsr.Has(2))
        {
            yield return "EX-250";
        }

        if (target == 0 && spsr.Has(1) && !spsr.Has(2))
        {
            yield return "EX-251";
        }

        if ((target == 3 && !s.HaveEl3) || (target == 2 && !s.HaveEl2))
        {
            yield return "EX-252";
        }

        if (target > s.Level)
        {
            yield return "EX-253";
        }

        if (target == 2 && s.Level == 3 && !s.El2Enabled)
        {
            yield return "EX-254";
        }

        if (target == 1 && s.Level >= 2 && s.Tge)
        {
            yield return "EX-258";
        }
    }
}
