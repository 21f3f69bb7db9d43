using Conformance.Harness.Cases;
using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.ControlBits;
using static Conformance.Suites.Registers.Say;

namespace Conformance.Suites.Registers;

/// <summary>Registers that show interrupts: ISR_EL1, the CPU interface with nothing pending, physical and virtual, list registers.</summary>
/// <remarks>Source: EX-335 to EX-339; DDI 0601 for the GIC's registers. No interrupt is pending on the physical side.</remarks>
internal static class InterruptCases
{
    internal static IEnumerable<CaseBuilder> All(SuiteTarget target) =>
        [.. Pending(), .. Banks(), PriorityBits(), .. Types(), .. SystemRegisterInterface(), .. Idle(), .. ListRegisters((int)target.Features.Numbers.GetValueOrDefault("$NUM_GIC_LIST_REGS", 0))];

    private static IEnumerable<CaseBuilder> Pending()
    {
        (string Name, ulong Enable, ulong Line, ulong Shown)[] lines =
            [("irq", Hcr.IMO, Hcr.VI, 0x80), ("fiq", Hcr.FMO, Hcr.VF, 0x40), ("serror", Hcr.AMO, Hcr.VSE, 0x100)];
        foreach ((string name, ulong enable, ulong line, ulong shown) in lines)
        {
            ulong others = lines.Where(l => l.Name != name).Aggregate(0UL, (sum, l) => sum | l.Enable | l.Line);
            foreach ((string how, ulong hcr, int level, ulong seen, string rule) in ((string, ulong, int, ulong, string)[])
            [
                ("pending", enable | line, 1, shown, "EX-335"), ("not-enabled", line, 1, 0, "EX-335"), ("not-pending", enable, 1, 0, "EX-339"),
                ("all-but-it", others, 1, 0x1C0 & ~shown, "EX-337"), ("el2", enable | line, 2, 0, "EX-336"),
            ])
            {
                yield return That($"interrupts/isr-{name}-{how}", $"ISR_EL1 at EL{level} with HCR_EL2 0x{hcr:x} shows 0x{seen:x}", rule, "EX-338")
                    .Needs("FEAT_AA64EL2").Change("HCR_EL2", hcr, clear: 0x1F8).At(level)
                    .Code(a => a.Isb().Mrs(X2, "ISR_EL1")).Completes().SeesX(2, seen);
            }
        }
    }

    /// <summary>FMO and IMO give EL1 another register behind the same name.</summary>
    private static IEnumerable<CaseBuilder> Banks()
    {
        foreach ((string register, ulong physical, ulong @virtual, ulong mask, ulong[] by) in ((string, ulong, ulong, ulong, ulong[])[])
        [
            ("ICC_PMR_EL1", 0xF0, 0xA8, 0xF8, [Hcr.FMO, Hcr.IMO]), ("ICC_IGRPEN0_EL1", 0, 1, 1, [Hcr.FMO]), ("ICC_IGRPEN1_EL1", 0, 1, 1, [Hcr.IMO]),
            ("ICC_BPR0_EL1", 3, 5, 7, [Hcr.FMO]), ("ICC_BPR1_EL1", 4, 6, 7, [Hcr.IMO]), ("ICC_CTLR_EL1", 0, 2, 2, [Hcr.FMO, Hcr.IMO]),
        ])
        {
            foreach (ulong route in (ulong[])[0, Hcr.FMO, Hcr.IMO, Hcr.FMO | Hcr.IMO])
            {
                bool other = by.Any(b => (route & b) != 0);
                string name = (route & Hcr.FMO) != 0 ? (route & Hcr.IMO) != 0 ? "fmo-imo" : "fmo" : (route & Hcr.IMO) != 0 ? "imo" : "none";
                yield return That($"interrupts/{register.ToLowerInvariant()}-{name}", $"{name}: {register} at EL1 is {(other ? "the virtual register" : "the register of EL2")}", Rule(register))
                    .Needs("FEAT_GICv3", "FEAT_AA64EL2").Change("HCR_EL2", route, Hcr.FMO | Hcr.IMO)
                    .X(0, physical).X(1, @virtual).At(2).Code(a => a.Msr(register, X0)).Completes()
                    .NextStep().At(1).Code(a => a.Msr(register, X1).Isb().Mrs(X2, register)).Completes().SeesX(2, @virtual, mask)
                    .NextStep().At(2).Code(a => a.Mrs(X3, register).Msr(register, X0)).Completes().SeesX(3, other ? physical : @virtual, mask)
                    .NextStep().At(1).Code(a => a.Mrs(X4, register).Msr(register, XZR)).Completes().SeesX(4, other ? @virtual : physical, mask);
            }
        }
    }

    /// <summary>ICC_CTLR_EL1.PRIbits says how many priority bits ICC_PMR_EL1 has; the reserved bits of ICC_CTLR_EL1 are 0.</summary>
    private static CaseBuilder PriorityBits() =>
        That("interrupts/priority-bits", "ICC_CTLR_EL1.PRIbits is the number of bits that ICC_PMR_EL1 keeps, less one", Rule("ICC_CTLR_EL1"), Rule("ICC_PMR_EL1"))
            .Needs("FEAT_GICv3").X(0, 0xFF).X(1, 7).X(10, 0xFF).At(2)
            .Code(a => a.Msr("ICC_PMR_EL1", X0).Isb().Mrs(X2, "ICC_PMR_EL1").Mrs(X3, "ICC_CTLR_EL1").Lsr(X4, X3, 8).And(X4, X4, X1)
                .Sub(X5, X1, X4).Lslv(X6, X0, X5).And(X6, X6, X10).Sub(X7, X6, X2))
            .Completes().SeesX(7, 0).SeesX(3, 0, 0xFFFF_FFFF_FFF3_3000);

    /// <summary>ICH_VTR_EL2 and ICV_CTLR_EL1 describe one and the same virtual CPU interface.</summary>
    private static IEnumerable<CaseBuilder> Types()
    {
        foreach ((string name, int inType, int inControl, ulong mask) in ((string, int, int, ulong)[])
            [("a3v", 21, 15, 1), ("seis", 22, 14, 1), ("idbits", 23, 11, 7), ("pribits", 29, 8, 7)])
        {
            yield return That($"interrupts/vtr-{name}", $"ICH_VTR_EL2 says of {name} what the virtual ICC_CTLR_EL1 says", Rule("ICH_VTR_EL2"), Rule("ICC_CTLR_EL1"))
                .Needs("FEAT_GICv3", "FEAT_AA64EL2").X(1, mask).At(2).Code(a => a.Mrs(X2, "ICH_VTR_EL2").Lsr(X2, X2, inType).And(X2, X2, X1)).Completes()
                .NextStep().Change("HCR_EL2", Hcr.FMO | Hcr.IMO).At(1)
                .Code(a => a.Mrs(X3, "ICC_CTLR_EL1").Lsr(X3, X3, inControl).And(X3, X3, X1).Sub(X4, X3, X2)).Completes().SeesX(4, 0);
        }
    }

    /// <summary>ICC_SRE_ELx.SRE and Enable: RAO/WI, or 0 closes what they guard. The register itself says which it is.</summary>
    private static IEnumerable<CaseBuilder> SystemRegisterInterface()
    {
        const ulong sre = 1;
        const ulong enable = 8;
        foreach ((string name, int writer, string control, ulong bit, int level, string access, int target) in ((string, int, string, ulong, int, string, int)[])
        [
            ("sre-el1", 1, "ICC_SRE_EL1", sre, 1, "ICC_PMR_EL1", 1), ("sre-el2", 2, "ICC_SRE_EL2", sre, 2, "ICC_PMR_EL1", 2),
            ("sre-el2-ich", 2, "ICC_SRE_EL2", sre, 2, "ICH_VTR_EL2", 2), ("sre-el3", 3, "ICC_SRE_EL3", sre, 3, "ICC_PMR_EL1", 3),
            ("sre-el3-ich", 3, "ICC_SRE_EL3", sre, 3, "ICH_VTR_EL2", 3), ("sre-el3-ctlr", 3, "ICC_SRE_EL3", sre, 3, "ICC_CTLR_EL3", 3),
            ("enable-el2", 2, "ICC_SRE_EL2", enable, 1, "ICC_SRE_EL1", 2), ("enable-el3", 3, "ICC_SRE_EL3", enable, 1, "ICC_SRE_EL1", 3),
            ("enable-el3-el2", 3, "ICC_SRE_EL3", enable, 2, "ICC_SRE_EL2", 3),
        ])
        {
            foreach (bool kept in (bool[])[false, true])
            {
                CaseBuilder says = That($"interrupts/{name}{(kept ? "-kept" : "")}", $"{control} with bit 0x{bit:x} clear: {access} at EL{level} traps to EL{target}, or the bit is RAO/WI{(kept ? "; a selected counter that EL2 keeps has no say" : "")}", Rule(control))
                    .Needs("FEAT_GICv3", target == 3 || writer == 3 ? "FEAT_AA64EL3" : "FEAT_AA64EL2").X(1, bit).At(writer);
                yield return (kept ? says.Needs("FEAT_PMUv3", "FEAT_AA64EL2").Set("PMSELR_EL0", 1).Change("MDCR_EL2", 1, 0x1F) : says)
                    .Code(a => a.Mrs(X2, control).Bic(X2, X2, X1).Msr(control, X2).Isb().Mrs(X2, control).And(X2, X2, X1)).Completes()
                    .NextStep().At(level).Code(a => a.Mrs(X3, access))
                    .Outcome("trap").Takes(target, target > level ? 0x400u : 0x200).SeesX(2, 0)
                    .Or("RAO/WI").Completes().SeesX(2, bit);
            }
        }
    }

    /// <summary>With nothing pending and nothing active: INTID 1023, and the idle priority.</summary>
    private static IEnumerable<CaseBuilder> Idle()
    {
        foreach ((string register, ulong value, ulong mask) in ((string, ulong, ulong)[])
            [("ICC_IAR0_EL1", 1023, 0xFF_FFFF), ("ICC_IAR1_EL1", 1023, 0xFF_FFFF), ("ICC_HPPIR0_EL1", 1023, 0xFF_FFFF), ("ICC_HPPIR1_EL1", 1023, 0xFF_FFFF), ("ICC_RPR_EL1", 0xFF, 0xFF)])
        {
            foreach (ulong route in (ulong[])[0, Hcr.FMO | Hcr.IMO])
            {
                yield return That($"interrupts/{register.ToLowerInvariant()}-idle{(route != 0 ? "-virtual" : "")}", $"{register} with nothing pending or active", Rule(register))
                    .Needs("FEAT_GICv3", "FEAT_AA64EL2").Change("HCR_EL2", route, Hcr.FMO | Hcr.IMO).At(1)
                    .Code(a => a.Mrs(X2, register)).Completes().SeesX(2, value, mask);
            }
        }
    }

    /// <summary>ICH_ELRSR_EL2 shows the free list registers, ICH_EISR_EL2 those with an EOI maintenance interrupt.</summary>
    private static IEnumerable<CaseBuilder> ListRegisters(int count)
    {
        if (count < 2)
        {
            yield break;
        }

        const ulong eoi = 1UL << 41;
        const ulong hardware = 1UL << 61;
        const ulong pending = 1UL << 62;
        ulong all = (1UL << count) - 1;
        foreach ((string name, ulong value, ulong free, ulong ended) in ((string, ulong, ulong, ulong)[])
        [
            ("free", 0, all, 0), ("pending", pending, all & ~2UL, 0), ("active", pending << 1, all & ~2UL, 0),
            ("ended", eoi, all & ~2UL, 2), ("ended-hardware", eoi | hardware, all, 0), ("pending-eoi", pending | eoi, all & ~2UL, 0),
        ])
        {
            yield return That($"interrupts/list-register-{name}", $"ICH_LR1_EL2 = 0x{value:x}: which list registers are free, and which ended", Rule("ICH_ELRSR_EL2"), Rule("ICH_EISR_EL2"))
                .Needs("FEAT_GICv3", "FEAT_AA64EL2").X(1, value).At(2)
                .Code(a => a.Msr("ICH_LR1_EL2", X1).Isb().Mrs(X2, "ICH_ELRSR_EL2").Mrs(X3, "ICH_EISR_EL2").Msr("ICH_LR1_EL2", XZR))
                .Completes().SeesX(2, free).SeesX(3, ended);
        }
    }
}
