using Conformance.Harness.Cases;
using Conformance.Suites.ListRegisters.Cases;
using Conformance.Suites.ListRegisters.Oracle;
using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.ControlBits;
using static Conformance.Suites.ListRegisters.Directed.Say;

namespace Conformance.Suites.ListRegisters.Directed;

/// <summary>Who stops an access at EL1 or EL0, and in which order (GV-020 to GV-028).</summary>
/// <remarks>The access suite has every leaf of every accessor; here are the rules of the GIC, each said once for each register.</remarks>
internal static class TrapCases
{
    private const ulong ScrIrq = 1 << 1;
    private const ulong ScrFiq = 1 << 2;
    private const ulong IgrpenTrap = 1UL << 39;

    private enum Kind
    {
        Group0,
        Group1,
        Common,
        Sgi,
    }

    private static readonly (string Register, Kind Kind, bool Reads, bool Writes)[] s_registers =
    [
        ("ICC_IAR0_EL1", Kind.Group0, true, false), ("ICC_EOIR0_EL1", Kind.Group0, false, true), ("ICC_HPPIR0_EL1", Kind.Group0, true, false),
        ("ICC_BPR0_EL1", Kind.Group0, true, true), ("ICC_AP0R0_EL1", Kind.Group0, true, true), ("ICC_IGRPEN0_EL1", Kind.Group0, true, true),
        ("ICC_IAR1_EL1", Kind.Group1, true, false), ("ICC_EOIR1_EL1", Kind.Group1, false, true), ("ICC_HPPIR1_EL1", Kind.Group1, true, false),
        ("ICC_BPR1_EL1", Kind.Group1, true, true), ("ICC_AP1R0_EL1", Kind.Group1, true, true), ("ICC_IGRPEN1_EL1", Kind.Group1, true, true),
        ("ICC_CTLR_EL1", Kind.Common, true, true), ("ICC_DIR_EL1", Kind.Common, false, true), ("ICC_PMR_EL1", Kind.Common, true, true),
        ("ICC_RPR_EL1", Kind.Common, true, false), ("ICC_SGI1R_EL1", Kind.Sgi, false, true), ("ICC_SGI0R_EL1", Kind.Sgi, false, true),
        ("ICC_ASGI1R_EL1", Kind.Sgi, false, true),
    ];

    private const string NmiAcknowledge = "ICC_NMIAR1_EL1";

    internal static IEnumerable<CaseBuilder> All(SuiteTarget target) =>
        FromEl0(target).Concat(ByHypervisor(target)).Concat(ByAnyOf(target)).Concat(FineGrained(target)).Concat(Closed(target)).Concat(ByMonitor(target));

    private static IEnumerable<(string Register, Kind Kind, bool Read)> Accesses(SuiteTarget target) =>
        s_registers.Concat(target.Features.Has("FEAT_GICv3_NMI") ? [(NmiAcknowledge, Kind.Group1, true, false)] : []).SelectMany(r => (IEnumerable<(string, Kind, bool)>)
            [.. r.Reads ? [(r.Register, r.Kind, true)] : ((string, Kind, bool)[])[], .. r.Writes ? [(r.Register, r.Kind, false)] : ((string, Kind, bool)[])[]]);

    /// <summary>The access. Without SCTLR_EL1.NMI that of NMIs would be UNDEFINED before all (GV-153).</summary>
    private static CaseBuilder Doing(this CaseBuilder sentence, string register, bool read) =>
        (register == NmiAcknowledge ? sentence.Needs("FEAT_GICv3_NMI").Change("SCTLR_EL1", Nmi.SctlrNmi) : sentence)
        .Code(a => read ? a.Mrs(X2, register) : a.Msr(register, XZR));

    private static string Name(string register, bool read) => $"{register[4..].Replace("_EL1", "", StringComparison.Ordinal).ToLowerInvariant()}-{(read ? "read" : "write")}";

    private static IEnumerable<CaseBuilder> FromEl0(SuiteTarget target)
    {
        foreach ((string register, _, bool read) in Accesses(target))
        {
            foreach (bool tge in (bool[])[false, true])
            {
                yield return That($"traps/el0-{Name(register, read)}{(tge ? "-tge" : "")}", $"{register} at EL0 is UNDEFINED", 20, 16)
                    .Virtual(tge ? Hcr.TGE : 0).Set("ICH_HCR_EL2", VirtualState.HcrTc | VirtualState.HcrTall0 | VirtualState.HcrTall1).At(0).Doing(register, read)
                    .Takes(tge ? 2 : 1, 0x400, Undefined);
            }
        }

        if (target.Features.Has("FEAT_NV"))
        {
            yield return That("traps/el0-ich-nv", "ICH registers at EL0 are UNDEFINED, whatever NV is", 30)
                .Change("HCR_EL2", Hcr.NV).At(0).Code(a => a.Mrs(X2, "ICH_HCR_EL2")).Takes(1, 0x400, Undefined);
        }
    }

    /// <summary>Each trap of ICH_HCR_EL2 against each register: its own go to EL2, the others do not.</summary>
    private static IEnumerable<CaseBuilder> ByHypervisor(SuiteTarget target)
    {
        (string Name, ulong Bit)[] traps =
            [("tall0", VirtualState.HcrTall0), ("tall1", VirtualState.HcrTall1), ("tc", VirtualState.HcrTc), .. target.Features.Has("FEAT_GICv3_TDIR") ? [("tdir", VirtualState.HcrTdir)] : ((string, ulong)[])[]];
        foreach ((string name, ulong bit) in traps)
        {
            foreach ((string register, Kind kind, bool read) in Accesses(target))
            {
                foreach (bool isVirtual in (bool[])[false, true])
                {
                    foreach (ulong enable in (ulong[])[0, VirtualState.HcrEn])
                    {
                        bool mine = name switch
                        {
                            "tall0" => kind == Kind.Group0,
                            "tall1" => kind == Kind.Group1,
                            "tc" => kind is Kind.Common or Kind.Sgi,
                            _ => register == "ICC_DIR_EL1",
                        };
                        bool trapped = mine || (kind == Kind.Sgi && isVirtual);
                        CaseBuilder sentence = That(
                            $"traps/{name}-{Name(register, read)}{(isVirtual ? "-virtual" : "-physical")}{(enable != 0 ? "-on" : "")}",
                            $"{name.ToUpperInvariant()} {(mine ? "traps" : "does not trap")} {register}", 24, 25)
                            .Set("ICH_HCR_EL2", bit | enable).Change("HCR_EL2", isVirtual ? Hcr.IMO | Hcr.FMO : 0, isVirtual ? 0 : Hcr.IMO | Hcr.FMO)
                            .At(1).Doing(register, read);
                        sentence = trapped ? sentence.Takes(2, 0x400, Trap(register, read, read ? X2 : XZR)) : sentence.Completes();
                        yield return name == "tdir" && mine && !isVirtual ? sentence.Or("physical DIR is not trapped").Completes() : sentence;
                    }
                }
            }
        }
    }

    /// <summary>All sets of trap bits against each register, with En and without, and each way to route: a trap asks for its own bit alone (GV-025).</summary>
    private static IEnumerable<CaseBuilder> ByAnyOf(SuiteTarget target)
    {
        foreach ((string register, Kind kind, bool read) in Accesses(target))
        {
            for (int set = 0; set < (target.Features.Has("FEAT_GICv3_TDIR") ? 16 : 8); set++)
            {
                foreach (ulong route in (ulong[])[0, Hcr.FMO, Hcr.IMO, Hcr.FMO | Hcr.IMO])
                {
                    foreach (ulong enable in (ulong[])[0, VirtualState.HcrEn])
                    {
                        bool Bit(int n) => (set >> n & 1) != 0;
                        ulong bits = (Bit(0) ? VirtualState.HcrTall0 : 0) | (Bit(1) ? VirtualState.HcrTall1 : 0) | (Bit(2) ? VirtualState.HcrTc : 0) | (Bit(3) ? VirtualState.HcrTdir : 0);
                        bool byTdir = Bit(3) && register == "ICC_DIR_EL1";
                        bool byOthers = kind switch { Kind.Group0 => Bit(0), Kind.Group1 => Bit(1), _ => Bit(2) || (kind == Kind.Sgi && route != 0) };
                        CaseBuilder sentence = That(
                            $"traps/any-{Name(register, read)}-{(Bit(0) ? "tall0-" : "")}{(Bit(1) ? "tall1-" : "")}{(Bit(2) ? "tc-" : "")}{(Bit(3) ? "tdir-" : "")}{((route & Hcr.FMO) != 0 ? "f" : "")}{((route & Hcr.IMO) != 0 ? "i" : "")}mo{(enable != 0 ? "-on" : "")}",
                            $"{register} {(byTdir || byOthers ? "traps" : "does not trap")} to EL2", [24, 25, .. kind == Kind.Sgi ? (int[])[14] : []])
                            .Set("ICH_HCR_EL2", bits | enable).Change("HCR_EL2", route, Hcr.IMO | Hcr.FMO).At(1).Doing(register, read);
                        sentence = byTdir || byOthers ? sentence.Takes(2, 0x400, Trap(register, read, read ? X2 : XZR)) : sentence.Completes();
                        yield return byTdir && !byOthers && route == 0 ? sentence.Or("physical DIR is not trapped").Completes() : sentence;
                    }
                }
            }
        }
    }

    private static IEnumerable<CaseBuilder> FineGrained(SuiteTarget target)
    {
        if (!target.Features.Has("FEAT_FGT"))
        {
            yield break;
        }

        foreach ((string register, _, bool read) in Accesses(target))
        {
            bool mine = register.StartsWith("ICC_IGRPEN", StringComparison.Ordinal);
            if (!mine && register is not ("ICC_PMR_EL1" or "ICC_IAR0_EL1" or "ICC_IAR1_EL1"))
            {
                continue;
            }

            foreach (bool enabled in target.HighestLevel == 3 ? (bool[])[true, false] : [true])
            {
                CaseBuilder sentence = That(
                    $"traps/fine-grained-{Name(register, read)}{(enabled ? "" : "-fgten-0")}",
                    $"{(read ? "HFGRTR" : "HFGWTR")}_EL2.ICC_IGRPENn_EL1 {(mine && enabled ? "traps" : "does not trap")} {register}", 23)
                    .Needs("FEAT_FGT").Set(read ? "HFGRTR_EL2" : "HFGWTR_EL2", IgrpenTrap).Virtual().At(1).Doing(register, read);
                sentence = enabled ? sentence : sentence.Needs("FEAT_AA64EL3").Change("SCR_EL3", 0, Scr.FGTEn);
                yield return mine && enabled ? sentence.Takes(2, 0x400, Trap(register, read, read ? X2 : XZR)) : sentence.Completes();
            }
        }
    }

    /// <summary>ICC_SRE_ELx: RAO/WI, or 0 closes what it guards; at EL1 before any trap to EL2.</summary>
    private static IEnumerable<CaseBuilder> Closed(SuiteTarget target)
    {
        foreach ((string register, _, bool read) in Accesses(target))
        {
            yield return That($"traps/sre-el1-{Name(register, read)}", $"ICC_SRE_EL1.SRE = 0 traps {register} to EL1 before any trap to EL2, or it is RAO/WI", 22)
                .Set("ICH_HCR_EL2", VirtualState.HcrTc | VirtualState.HcrTall0 | VirtualState.HcrTall1).Virtual().X(1, 6).X(3, 7).At(1)
                .Code(a => a.Msr("ICC_SRE_EL1", X1).Isb().Mrs(X4, "ICC_SRE_EL1")).Completes()
                .NextStep().At(1).Doing(register, read)
                .Outcome("closed").Takes(1, 0x200, Trap(register, read, read ? X2 : XZR)).SeesX(4, 0, 1)
                .Or("RAO/WI").Takes(2, 0x400, Trap(register, read, read ? X2 : XZR)).SeesX(4, 1, 1)
                .NextStep().At(1).Code(a => a.Msr("ICC_SRE_EL1", X3)).Completes();
        }

        foreach (bool read in (bool[])[true, false])
        {
            yield return That($"traps/sre-enable-{(read ? "read" : "write")}", "ICC_SRE_EL2.Enable = 0 traps ICC_SRE_EL1 to EL2, or it is RAO/WI", 27)
                .X(1, 7).X(3, 0xF).At(2).Code(a => a.Msr("ICC_SRE_EL2", X1).Isb().Mrs(X4, "ICC_SRE_EL2")).Completes()
                .NextStep().At(1).Code(a => read ? a.Mrs(X2, "ICC_SRE_EL1") : a.Msr("ICC_SRE_EL1", X1))
                .Outcome("trapped").Takes(2, 0x400, Trap("ICC_SRE_EL1", read, read ? X2 : X1)).SeesX(4, 0, 8)
                .Or("RAO/WI").Completes().SeesX(4, 8, 8)
                .NextStep().At(2).Code(a => a.Msr("ICC_SRE_EL2", X3)).Completes();
        }

        foreach (string register in (string[])["ICH_HCR_EL2", "ICH_VTR_EL2", "ICH_MISR_EL2", "ICH_VMCR_EL2", "ICH_LR0_EL2"])
        {
            yield return That($"traps/sre-el2-{register[4..].Replace("_EL2", "", StringComparison.Ordinal).ToLowerInvariant()}", $"ICC_SRE_EL2.SRE = 0 traps {register} at EL2, or it is RAO/WI", 28)
                .X(1, 0xE).X(3, 0xF).At(2).Code(a => a.Msr("ICC_SRE_EL2", X1).Isb().Mrs(X4, "ICC_SRE_EL2")).Completes()
                .NextStep().At(2).Code(a => a.Mrs(X2, register))
                .Outcome("closed").Takes(2, 0x200, Trap(register, read: true, X2)).SeesX(4, 0, 1)
                .Or("RAO/WI").Completes().SeesX(4, 1, 1)
                .NextStep().At(2).Code(a => a.Msr("ICC_SRE_EL2", X3)).Completes();
        }
    }

    /// <summary>SCR_EL3.{IRQ, FIQ}: an access that is virtual never goes to EL3; of another the hypervisor's trap comes first, or the access is UNDEFINED.</summary>
    private static IEnumerable<CaseBuilder> ByMonitor(SuiteTarget target)
    {
        if (target.HighestLevel < 3)
        {
            yield break;
        }

        foreach ((string register, Kind kind, bool read) in Accesses(target))
        {
            if (kind == Kind.Sgi)
            {
                continue;
            }

            ulong routed = kind switch { Kind.Group0 => ScrFiq, Kind.Group1 => ScrIrq, _ => ScrIrq | ScrFiq };
            ulong trap = kind switch { Kind.Group0 => VirtualState.HcrTall0, Kind.Group1 => VirtualState.HcrTall1, _ => VirtualState.HcrTc };
            string name = Name(register, read);
            yield return That($"traps/routed-{name}-virtual", $"{register} reaches the virtual interface with its interrupts routed to EL3", 26)
                .Needs("FEAT_AA64EL3").Change("SCR_EL3", routed).Virtual().At(1).Doing(register, read)
                .Completes().Or("before all").Takes(1, 0x200, Undefined);
            yield return That($"traps/routed-{name}-physical", $"{register} traps to EL3 with its interrupts routed there", 26, 21)
                .Needs("FEAT_AA64EL3").Change("SCR_EL3", routed).Change("HCR_EL2", 0, Hcr.IMO | Hcr.FMO).At(1).Doing(register, read)
                .Takes(3, 0x400, Trap(register, read, read ? X2 : XZR)).Or("before all").Takes(1, 0x200, Undefined);
            yield return That($"traps/routed-{name}-trapped", $"A trap of {register} to EL2 comes before the one to EL3, unless it is UNDEFINED before all", 21, 26)
                .Needs("FEAT_AA64EL3").Change("SCR_EL3", routed).Set("ICH_HCR_EL2", trap).Change("HCR_EL2", 0, Hcr.IMO | Hcr.FMO).At(1).Doing(register, read)
                .Takes(2, 0x400, Trap(register, read, read ? X2 : XZR)).Or("before all").Takes(1, 0x200, Undefined);
        }
    }
}
