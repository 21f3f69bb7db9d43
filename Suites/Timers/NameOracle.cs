using Conformance.Suites.Exceptions;
using static Conformance.Suites.ControlBits;

namespace Conformance.Suites.Timers;

/// <summary>Which register a timer name reaches at a level, and what traps it before (sections 4 to 6 of the timer rules).</summary>
internal static class NameOracle
{
    /// <summary>Offsets in the page of VNCR_EL2 (TM-071 to TM-073).</summary>
    private static readonly Dictionary<string, int> s_page = new()
    {
        ["CNTP_CTL"] = 0x180,
        ["CNTP_CVAL"] = 0x178,
        ["CNTV_CTL"] = 0x170,
        ["CNTV_CVAL"] = 0x168,
        ["CNTVOFF"] = 0x060,
        ["CNTPOFF"] = 0x1A8,
    };

    /// <param name="s">The state before the access.</param>
    /// <param name="name">The name in the instruction.</param>
    internal static Reached Of(Situation s, string name)
    {
        string suffix = name[(name.LastIndexOf('_') + 1)..];
        string stem = name[..name.LastIndexOf('_')];
        return (stem, suffix) switch
        {
            ("CNTFRQ", _) => Closed(s, Cntkctl.EL0PCTEN | Cntkctl.EL0VCTEN) ?? Reached.Real(name, "TM-061"),
            ("CNTPCT" or "CNTPCTSS", _) => Closed(s, Cntkctl.EL0PCTEN) ?? GuestClosed(s, CnthctlGuest.EL1PCTEN, Cnthctl.EL1PCTEN) ?? Reached.Real(name, "TM-002"),
            ("CNTVCT" or "CNTVCTSS", _) => Closed(s, Cntkctl.EL0VCTEN) ?? GuestTrap(s, Cnthctl.EL1TVCT) ?? Reached.Real(name, "TM-067"),
            ("CNTP_CTL" or "CNTP_CVAL" or "CNTP_TVAL", "EL0") => Closed(s, Cntkctl.EL0PTEN) ?? GuestClosed(s, CnthctlGuest.EL1PCEN, Cnthctl.EL1PTEN) ?? Ordinary(s, stem, "CNTHP"),
            ("CNTV_CTL" or "CNTV_CVAL" or "CNTV_TVAL", "EL0") => Closed(s, Cntkctl.EL0VTEN) ?? GuestTrap(s, Cnthctl.EL1TVT) ?? Ordinary(s, stem, "CNTHV"),
            (_, "EL02") => Other(s, stem, $"{stem}_EL0", stem.StartsWith("CNTP", StringComparison.Ordinal) ? Cnthctl.EL1NVPCT : Cnthctl.EL1NVVCT),
            ("CNTKCTL", "EL12") => Other(s, stem, "CNTKCTL_EL1", 0),
            ("CNTKCTL", "EL1") => s.Level == 0 ? Reached.Undefined("TM-050") : s.Level == 2 && s.E2h ? Reached.Real("CNTHCTL_EL2", "TM-049") : Reached.Real(name, s.Level == 1 ? "TM-073" : "TM-050"),
            ("CNTPOFF", _) when s.Level == 2 && s.HaveEl3 && !s.Scr(Scr.ECVEn) => Reached.Trap(3, "TM-068"),
            (_, "EL2") => Hypervisor(s, stem, name),
            _ => Secure(s, name),
        };
    }

    /// <summary>EL0 needs one of some bits (TM-061, TM-062).</summary>
    private static Reached? Closed(Situation s, ulong bits) =>
        s.Level != 0 || (s.Read(s.Host0 ? "CNTHCTL_EL2" : "CNTKCTL_EL1") & bits) != 0 ? null
        : s.Host0 ? Reached.Trap(2, "TM-062") : Reached.Trap(s.El1Star, s.Tge ? "TM-065" : "TM-061");

    /// <summary>A bit of CNTHCTL_EL2 that opens to EL1 and EL0 (TM-063 to TM-065).</summary>
    private static Reached? GuestClosed(Situation s, ulong guest, ulong host) =>
        s.Level < 2 && s.El2Enabled && !s.Host0 && (s.Read("CNTHCTL_EL2") & (s.E2h ? host : guest)) == 0
            ? Reached.Trap(2, s.E2h ? "TM-064" : s.Tge ? "TM-065" : "TM-063")
            : null;

    /// <summary>A bit of CNTHCTL_EL2 that traps EL1 and EL0 (TM-066).</summary>
    private static Reached? GuestTrap(Situation s, ulong bit) =>
        s.Has("FEAT_ECV") && s.Level < 2 && s.El2Enabled && !s.Host0 && (s.Read("CNTHCTL_EL2") & bit) != 0 ? Reached.Trap(2, "TM-066") : null;

    /// <summary>The _EL0 names, past their traps.</summary>
    private static Reached Ordinary(Situation s, string stem, string hypervisor)
    {
        bool isPhysical = hypervisor == "CNTHP";
        string part = stem[stem.IndexOf('_', StringComparison.Ordinal)..];
        if ((s.Level == 2 && s.E2h) || (s.Level == 0 && s.Host0))
        {
            return Reached.Real($"{hypervisor}{part}_EL2", isPhysical ? "TM-042" : "TM-045", "TM-051");
        }

        if (s is { Level: 1, Nv1: true, Nv2: true })
        {
            return part == "_TVAL" ? Reached.Real($"{stem}_EL0", "TM-072") : Reached.Memory(s_page[stem], "TM-072", "TM-074");
        }

        Reached real = Reached.Real($"{stem}_EL0", isPhysical ? s.Level >= 2 ? "TM-041" : "TM-040" : "TM-044");
        return s.Level == 0 && s.Nv ? real.Also("TM-076") : s is { Level: 1, Nv2: true } ? real.Also("TM-071") : real;
    }

    /// <summary>The _EL02 and _EL12 names.</summary>
    private static Reached Other(Situation s, string stem, string real, ulong trap)
    {
        switch (s.Level)
        {
            case >= 2:
                return s.E2h ? Reached.Real(real, stem == "CNTKCTL" ? "TM-050" : trap == Cnthctl.EL1NVPCT ? "TM-043" : "TM-046") : Reached.Undefined("TM-052");
            case 0:
                return Reached.Undefined("TM-052");
        }

        if (!s.Nv)
        {
            return Reached.Undefined("TM-052");
        }

        if (!s.Nv2)
        {
            return Reached.Trap(2, "TM-070");
        }

        if (s.Nv1 || !s_page.TryGetValue(stem, out int offset))
        {
            return Reached.Trap(2, s.Nv1 ? "TM-072" : "TM-071");
        }

        return s.Has("FEAT_ECV") && (s.Read("CNTHCTL_EL2") & trap) != 0 ? Reached.Trap(2, "TM-075", "TM-071") : Reached.Memory(offset, "TM-071", "TM-074");
    }

    private static Reached Hypervisor(Situation s, string stem, string name)
    {
        if (s.Level >= 2)
        {
            return Reached.Real(name, "TM-047");
        }

        if (s.Level == 0 || !s.Nv)
        {
            return Reached.Undefined("TM-070");
        }

        return s.Nv2 && s_page.TryGetValue(stem, out int offset) ? Reached.Memory(offset, "TM-073", "TM-074") : Reached.Trap(2, s.Nv2 ? "TM-073" : "TM-070");
    }

    /// <summary>CNTPS (TM-048, TM-053).</summary>
    private static Reached Secure(Situation s, string name) => s.Level switch
    {
        3 => Reached.Real(name, "TM-048"),
        1 when !s.Scr(Scr.NS) && !s.El2Enabled => s.Scr(Scr.ST) ? Reached.Real(name, "TM-048") : Reached.Trap(3, "TM-053"),
        _ => Reached.Undefined("TM-053"),
    };
}
