using Conformance.Harness.Cases;
using Conformance.Harness.Programs;
using Conformance.Suites.ListRegisters.Oracle;
using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.ControlBits;

namespace Conformance.Suites.GuestHypervisor.Virtual;

/// <summary>Physical, virtual and maintenance interrupts in the turns of a hypervisor (F030 to F034).</summary>
/// <remarks>
/// Physical interrupts are routed to EL2 (IMO, FMO), list registers feed the guest. Software generated interrupt 1 stands for a
/// device of the hypervisor. Where an interrupt is to come while the guest runs, the guest counts down, so that a device has time.
/// </remarks>
internal static class InterruptCases
{
    private const int MaintenancePpi = 25;
    private const int Sgi = 1;
    private const ulong Vmcr = 0xF8UL << 24 | 3;
    private const ulong EoiMode = 2;
    private const ulong Pending = 1;

    internal static IEnumerable<CaseBuilder> All(Hypervisor h, Sizes sizes)
    {
        yield return PhysicalFirst(h);
        yield return TakenByKernel(h);
        yield return Linked(h);
        yield return EndOfInterrupt(h);
        if (sizes.ListRegisters > 1)
        {
            yield return Underflow(h);
            yield return Refilled(h);
        }
    }

    /// <summary>HCR_EL2 of a hypervisor that takes physical interrupts and gives virtual ones.</summary>
    internal static ulong Routed(Hypervisor h) => h.Hcr | Hcr.IMO | Hcr.FMO;

    /// <summary>The guest counts down, which an interrupt ends.</summary>
    internal static void Waits(Assembler a)
    {
        Label again = a.NewLabel("again");
        a.MovImm(X9, 0x3_0000).Bind(again).Mrs(X8, "CNTVCT_EL0").SubsImm(X9, X9, 1).BCond(Cond.Ne, again);
    }

    /// <summary>A turn that ends with an IRQ for EL2.</summary>
    internal static CaseBuilder Interrupted(CaseBuilder says, Action<Assembler> hypervisor, Action<Assembler> guest)
    {
        (uint[] code, _) = Turns.Code(hypervisor, Spsr.At(1), a =>
        {
            guest(a);
            Waits(a);
            a.Hvc(0x5F);
        });
        return says.At(2).Code(code).Outcome("an interrupt is taken to EL2").Takes(2, vector: 0x480);
    }

    /// <summary>A pending interrupt of Group 1.</summary>
    private static ulong Lr(ulong intId, ulong priority, bool eoi = false, ulong? physical = null) =>
        ListRegister.Of(LrState.Pending, intId, priority, 1, eoi: eoi, physical: physical).Value;

    private static void Interface(Assembler a, Hypervisor h, ulong hcr = Pending)
    {
        Write(a, "HCR_EL2", Routed(h));
        Write(a, "ICH_VMCR_EL2", Vmcr);
        Write(a, "ICH_HCR_EL2", hcr);
    }

    internal static void Write(Assembler a, string register, ulong value) => a.MovImm(X0, value).Msr(register, X0);

    private static CaseBuilder End(Hypervisor h, CaseBuilder says) =>
        says.NextStep().Alone(a =>
        {
            a.Msr("ICH_HCR_EL2", XZR).Msr("ICH_LR0_EL2", XZR);
            Write(a, "HCR_EL2", h.Hcr);
            a.Isb();
        }).ThenCloseGic(h.Target);

    /// <summary>The hypervisor's own interrupt comes first and leaves the list registers alone; the guest's virtual one waits for the next turn.</summary>
    private static CaseBuilder PhysicalFirst(Hypervisor h)
    {
        CaseBuilder says = h.That("interrupts", "physical-first", "an interrupt of the hypervisor ends the guest's turn; the virtual one in the list register waits, and is acknowledged in the next turn", "F031", "F033", "F030")
            .Needs("FEAT_GICv3").WithGic(h.Target, 1 << Sgi, 1 << Sgi, 0, group0: false);
        ulong lr = Lr(45, 0x80);
        (uint[] code, _) = Turns.Code(
            a =>
            {
                Interface(a, h);
                Write(a, "ICH_LR0_EL2", lr);
                a.MovImm(X1, Gic.SgiFrame).MovImm(X0, 1 << Sgi).StrW(X0, X1, Gic.SetPending).Dsb().Isb();
            },
            Spsr.At(1),
            a =>
            {
                Waits(a);
                a.Hvc(0x5F);
            });
        says.At(2).Code(code).Outcome("the physical interrupt is taken to EL2").Takes(2, vector: 0x480).Sees("X10", 0).NextStep();
        Report report = new();
        says.Turn(
            a =>
            {
                report.Read(a, "ICH_LR0_EL2", lr, ulong.MaxValue);
                report.Read(a, "ICC_IAR1_EL1", Sgi, 0xFF_FFFF);
                a.Msr("ICC_EOIR1_EL1", X0).Dsb().Isb();
                report.Read(a, "ICC_HPPIR1_EL1", 1023, 0xFF_FFFF);
            },
            a => a.Mrs(X10, "ICC_IAR1_EL1").Dsb().Msr("ICC_EOIR1_EL1", X10).Dsb().Isb().Mrs(X11, "ICC_IAR1_EL1"),
            1).Sees("X10", 45).Sees("X11", 1023);
        report.Into(says);
        says.NextStep();
        Report after = new();
        says.Alone(a =>
        {
            after.Read(a, "ICH_LR0_EL2", 0, Report.State);
            after.Read(a, "ICH_AP1R0_EL2", 0, uint.MaxValue);
        });
        after.Into(says);
        return End(h, says);
    }

    /// <summary>A virtual interrupt is taken by the guest's kernel, which ends it and calls.</summary>
    private static CaseBuilder TakenByKernel(Hypervisor h)
    {
        CaseBuilder says = h.That("interrupts", "taken-by-kernel", "a guest entered with interrupts open takes the virtual one to its own vector, acknowledges and ends it; masked, it only finds it pending", "F030", "GV-069")
            .Needs("FEAT_GICv3");
        const ulong isrIrq = 1 << 7;
        for (int n = 0; n < 3; n++)
        {
            ulong intId = 50UL + (ulong)n;
            bool open = n != 1;
            Spsr entered = open ? Spsr.At(1).Without(Spsr.I) : Spsr.At(1);
            Action<Assembler> hypervisor = a =>
            {
                Interface(a, h);
                Write(a, "ICH_LR0_EL2", Lr(intId, 0x40));
            };
            if (open)
            {
                (uint[] code, _) = Turns.Code(hypervisor, entered, a => a.Nop().Nop().Hvc(0x5F));
                says.At(2).Code(code).Outcome("the virtual interrupt is taken to EL1").Takes(1, vector: 0x280, spsr: entered).NextStep();
                uint[] handler = new Assembler(GuestMemory.Code).Mrs(X10, "ICC_IAR1_EL1").Dsb().Msr("ICC_EOIR1_EL1", X10).Dsb().Isb().Mrs(X11, "ISR_EL1").Hvc(9).Words();
                says.At(1).Code(handler).Takes(2, vector: 0x400, esr: Turns.Called(9)).Sees("X10", intId).Sees("X11", 0, isrIrq).NextStep();
            }
            else
            {
                says.Turn(hypervisor, a => a.Mrs(X10, "ISR_EL1").Mrs(X11, "ICC_HPPIR1_EL1"), 3).Sees("X10", isrIrq, isrIrq).Sees("X11", intId).NextStep();
            }
        }

        Report after = new();
        says.Alone(a =>
        {
            after.Read(a, "ICH_LR0_EL2", 0, Report.State);
            a.Msr("ICH_HCR_EL2", XZR);
            Write(a, "HCR_EL2", h.Hcr);
            a.Isb();
        });
        after.Into(says);
        return says;
    }

    /// <summary>The guest's virtual timer: its interrupt goes to the hypervisor, which hands it on linked, and the guest's end deactivates it.</summary>
    private static CaseBuilder Linked(Hypervisor h)
    {
        const uint bit = 1U << Gic.VirtualTimer;
        CaseBuilder says = h.That("interrupts", "linked-timer", "the guest's timer interrupt, taken by the hypervisor and handed on in a linked list register: the guest's end of it deactivates the physical one", "F034", "F033", "F035", "GV-106")
            .Needs("FEAT_GICv3").WithGic(h.Target, bit, bit, 0, group0: false);
        (string ctl, string cval) = (h.For("CNTV_CTL_EL0"), h.For("CNTV_CVAL_EL0"));
        Interrupted(
            says,
            a =>
            {
                Interface(a, h);
                Write(a, "ICC_CTLR_EL1", EoiMode);
                Write(a, cval, 0);
                Write(a, ctl, 1);
                a.Isb();
            },
            a => a.Nop()).NextStep();
        Report report = new();
        says.Turn(
            a =>
            {
                report.Read(a, "ICC_IAR1_EL1", Gic.VirtualTimer, 0xFF_FFFF);
                a.Msr("ICC_EOIR1_EL1", X0).Dsb().Isb();
                report.ReadDevice(a, Gic.SgiFrame + Gic.SetActive, bit, bit);
                Write(a, "ICH_LR0_EL2", Lr(Gic.VirtualTimer, 0x80, physical: Gic.VirtualTimer));
                a.Isb();
            },
            a => a.Mrs(X10, "ICC_IAR1_EL1").Mrs(X11, "CNTV_CTL_EL0").MovImm(X12, 3).Msr("CNTV_CTL_EL0", X12).Isb().Msr("ICC_EOIR1_EL1", X10).Dsb().Isb().Mrs(X13, "ICC_IAR1_EL1"),
            2).Sees("X10", Gic.VirtualTimer).Sees("X11", 5, 7).Sees("X13", 1023);
        report.Into(says);
        says.NextStep();
        Report after = new();
        says.Alone(a =>
        {
            after.Read(a, "ICH_LR0_EL2", 0, Report.State);
            after.ReadDevice(a, Gic.SgiFrame + Gic.SetActive, 0, bit);
            after.ReadDevice(a, Gic.SgiFrame + Gic.SetPending, 0, bit);
            Write(a, ctl, 2);
            a.Msr("ICC_CTLR_EL1", XZR).Isb();
        });
        after.Into(says);
        return End(h, says);
    }

    /// <summary>The guest ends an interrupt that the hypervisor asked to be told of.</summary>
    private static CaseBuilder EndOfInterrupt(Hypervisor h)
    {
        const uint bit = 1U << MaintenancePpi;
        CaseBuilder says = h.That("interrupts", "end-of-interrupt", "the guest ends an interrupt with the EOI bit: a maintenance interrupt to EL2, MISR and EISR say why, and it goes with its cause", "F032", "GV-128", "GV-132")
            .Needs("FEAT_GICv3").WithGic(h.Target, bit, bit, 0, group0: false);
        Interrupted(
            says,
            a =>
            {
                Interface(a, h);
                Write(a, "ICH_LR0_EL2", Lr(46, 0x60, eoi: true));
            },
            a => a.Mrs(X10, "ICC_IAR1_EL1").Dsb().Msr("ICC_EOIR1_EL1", X10).Dsb().Isb()).Sees("X10", 46).NextStep();
        return Maintained(h, says, misr: 1, eisr: 1);
    }

    /// <summary>Two interrupts; when one is left the hypervisor is asked for more.</summary>
    private static CaseBuilder Underflow(Hypervisor h)
    {
        const uint bit = 1U << MaintenancePpi;
        const ulong uie = 2;
        CaseBuilder says = h.That("interrupts", "underflow", "list registers run low while the guest runs: a maintenance interrupt to EL2, until they are filled again", "F032", "GV-128", "GV-132")
            .Needs("FEAT_GICv3").WithGic(h.Target, bit, bit, 0, group0: false);
        Interrupted(
            says,
            a =>
            {
                Interface(a, h, Pending | uie);
                Write(a, "ICH_LR0_EL2", Lr(46, 0x60));
                Write(a, "ICH_LR1_EL2", Lr(47, 0x80));
            },
            a => a.Mrs(X10, "ICC_IAR1_EL1").Dsb().Msr("ICC_EOIR1_EL1", X10).Dsb().Isb()).Sees("X10", 46).NextStep();
        return Maintained(h, says, misr: uie, eisr: 0);
    }

    /// <summary>The hypervisor finds why it was interrupted, fills the list registers, and the guest goes on.</summary>
    private static CaseBuilder Maintained(Hypervisor h, CaseBuilder says, ulong misr, ulong eisr)
    {
        const uint bit = 1U << MaintenancePpi;
        Report report = new();
        says.Turn(
            a =>
            {
                report.Read(a, "ICH_MISR_EL2", misr, 0xFF);
                report.Read(a, "ICH_EISR_EL2", eisr, 0xFF);
                report.Read(a, "ICC_IAR1_EL1", MaintenancePpi, 0xFF_FFFF);
                a.Mov(X12, X0);
                Write(a, "ICH_LR0_EL2", Lr(48, 0x40));
                a.Dsb().Isb();
                report.Read(a, "ICH_MISR_EL2", 0, 0xFF);
                report.ReadDevice(a, Gic.SgiFrame + Gic.SetPending, 0, bit);
                a.Msr("ICC_EOIR1_EL1", X12).Dsb().Isb();
                a.Msr("ICH_HCR_EL2", XZR);
                Write(a, "ICH_HCR_EL2", Pending);
            },
            a => a.Mrs(X10, "ICC_IAR1_EL1").Dsb().Msr("ICC_EOIR1_EL1", X10).Dsb().Isb(),
            4).Sees("X10", 48);
        report.Into(says);
        says.NextStep().Alone(a => a.Msr("ICH_LR1_EL2", XZR).Isb());
        return End(h, says);
    }

    /// <summary>A higher interrupt comes while a lower is active; both end in their order.</summary>
    private static CaseBuilder Refilled(Hypervisor h)
    {
        CaseBuilder says = h.That("interrupts", "refilled", "an interrupt stays active over a turn of the hypervisor, which adds one of higher priority: it preempts, and both end in their order", "F030", "F031", "GV-082")
            .Needs("FEAT_GICv3");
        says.Turn(
            a =>
            {
                Interface(a, h);
                Write(a, "ICH_LR0_EL2", Lr(60, 0x80));
            },
            a => a.Mrs(X10, "ICC_IAR1_EL1").Mrs(X11, "ICC_IAR1_EL1").Mrs(X12, "ICC_RPR_EL1"),
            1).Sees("X10", 60).Sees("X11", 1023).Sees("X12", 0x80).NextStep();
        Report report = new();
        says.Turn(
            a =>
            {
                report.Read(a, "ICH_LR0_EL2", 2UL << 62, Report.State);
                report.Read(a, "ICH_ELRSR_EL2", 2, 3);
                Write(a, "ICH_LR1_EL2", Lr(61, 0x20));
            },
            a => a.Mrs(X10, "ICC_IAR1_EL1").Mrs(X12, "ICC_RPR_EL1").Msr("ICC_EOIR1_EL1", X10).Dsb().Isb().Mrs(X13, "ICC_RPR_EL1"),
            2).Sees("X10", 61).Sees("X12", 0x20).Sees("X13", 0x80);
        report.Into(says);
        says.NextStep();
        Report after = new();
        says.Turn(
            a =>
            {
                after.Read(a, "ICH_LR1_EL2", 0, Report.State);
                after.Read(a, "ICH_LR0_EL2", 2UL << 62, Report.State);
            },
            a => a.MovImm(X10, 60).Msr("ICC_EOIR1_EL1", X10).Dsb().Isb().Mrs(X13, "ICC_RPR_EL1"),
            3).Sees("X13", 0xFF);
        after.Into(says);
        says.NextStep();
        Report last = new();
        says.Alone(a =>
        {
            last.Read(a, "ICH_LR0_EL2", 0, Report.State);
            last.Read(a, "ICH_AP1R0_EL2", 0, uint.MaxValue);
            last.Read(a, "ICH_ELRSR_EL2", 3, 3);
            a.Msr("ICH_HCR_EL2", XZR);
            Write(a, "HCR_EL2", h.Hcr);
            a.Isb();
        });
        last.Into(says);
        return says;
    }
}
