using Conformance.Harness.Cases;
using Conformance.Harness.Programs;
using static Conformance.Harness.Programs.Reg;

namespace Conformance.Suites;

/// <summary>Steps at the highest level that make interrupts pending in the board's GICv3, and that put it back.</summary>
/// <remarks>
/// Source: IHI 0069, "GIC Distributor register descriptions" and "GIC Redistributor register descriptions". GICD_CTLR.DS is set:
/// where it can be written it cannot be cleared again, and where there is one Security state it is 1 anyway. Software
/// generated interrupts stand for all: their pending state can be written, and no line has a say in it.
/// </remarks>
internal static class Gic
{
    /// <summary>The distributor of the <c>virt</c> board.</summary>
    internal const ulong Distributor = 0x0800_0000;

    /// <summary>The redistributor of the first PE; its SGI frame is 64 KiB further up.</summary>
    internal const ulong Redistributor = 0x080A_0000;
    internal const ulong SgiFrame = Redistributor + 0x1_0000;

    /// <summary>GICR_WAKER, from <see cref="Redistributor"/>.</summary>
    internal const int Waker = 0x14;

    /// <summary>Offsets in the SGI frame, and in the distributor for SPIs.</summary>
    internal const int Groups = 0x80;
    internal const int SetEnable = 0x100;
    internal const int ClearEnable = 0x180;
    internal const int SetPending = 0x200;
    internal const int ClearPending = 0x280;
    internal const int SetActive = 0x300;
    internal const int ClearActive = 0x380;
    internal const int Priorities = 0x400;

    /// <summary>GICR_INMIR0, GICD_INMIR&lt;n&gt;: who has the non-maskable property (FEAT_GICv3_NMI).</summary>
    internal const int NonMaskable = 0xF80;

    /// <summary>The PPIs of the board's timers (TM-080).</summary>
    internal const int HypervisorPhysicalTimer = 26;
    internal const int VirtualTimer = 27;
    internal const int HypervisorVirtualTimer = 28;
    internal const int SecurePhysicalTimer = 29;
    internal const int PhysicalTimer = 30;

    private const int ChildrenAsleepBit = 2;
    private const int WritePendingBit = 31;
    private const ulong BothGroups = 3;
    private const ulong OneSecurityState = 7 << 4; // DS; ARE_S and ARE_NS, or ARE

    /// <summary>Enables both groups and interrupts of the PE, and makes some pending. Uses X0 to X2.</summary>
    /// <param name="a">Where to.</param>
    /// <param name="group1">The SGIs and PPIs that are Group 1, a bit each; the others are Group 0.</param>
    /// <param name="enabled">Those that are enabled.</param>
    /// <param name="pending">Those that are made pending.</param>
    /// <param name="priorityMask">ICC_PMR_EL1.</param>
    /// <param name="group0">Group 0 is enabled at the CPU interface, too.</param>
    internal static Assembler Open(this Assembler a, uint group1, uint enabled, uint pending, ulong priorityMask = 0xFF, bool group0 = true)
    {
        Label written = a.NewLabel("written");
        Label awake = a.NewLabel("awake");
        a.MovImm(X0, Distributor).MovImm(X1, OneSecurityState | BothGroups).StrW(X1, X0);
        a.Bind(written).LdrW(X2, X0).Tbnz(X2, WritePendingBit, written);
        a.MovImm(X0, Redistributor).StrW(XZR, X0, Waker).Bind(awake).LdrW(X2, X0, Waker).Tbnz(X2, ChildrenAsleepBit, awake);
        a.MovImm(X0, SgiFrame).MovImm(X1, group1).StrW(X1, X0, Groups).MovImm(X1, enabled).StrW(X1, X0, SetEnable);
        a.MovImm(X1, pending).StrW(X1, X0, SetPending).Dsb();
        a.MovImm(X1, priorityMask).Msr("ICC_PMR_EL1", X1).MovImm(X1, 1);
        if (group0)
        {
            a.Msr("ICC_IGRPEN0_EL1", X1);
        }

        return a.Msr("ICC_IGRPEN1_EL1", X1).Isb();
    }

    /// <summary>Undoes <see cref="Open"/>, and ends what is pending or active. Uses X0 and X1.</summary>
    internal static Assembler Close(this Assembler a)
    {
        a.MovImm(X0, SgiFrame).MovImm(X1, 0xFFFF_FFFF).StrW(X1, X0, ClearEnable).StrW(X1, X0, ClearPending).StrW(X1, X0, ClearActive);
        a.StrW(XZR, X0, Groups).MovImm(X0, Distributor).MovImm(X1, OneSecurityState).StrW(X1, X0).Dsb();
        return a.Msr("ICC_IGRPEN0_EL1", XZR).Msr("ICC_IGRPEN1_EL1", XZR).Msr("ICC_PMR_EL1", XZR).Isb();
    }

    /// <summary>Steps before those of the case: the GIC as given.</summary>
    internal static CaseBuilder WithGic(this CaseBuilder says, SuiteTarget target, uint group1, uint enabled, uint pending, ulong priorityMask = 0xFF, bool group0 = true) =>
        says.At(target.HighestLevel).Code(a => a.Open(group1, enabled, pending, priorityMask, group0)).Outcome("interrupts are set up").Completes().NextStep();

    /// <summary>A last step: the GIC and the controls that route as they were.</summary>
    internal static CaseBuilder ThenCloseGic(this CaseBuilder says, SuiteTarget target)
    {
        says.NextStep();
        if (target.HighestLevel == 3)
        {
            says.Set("SCR_EL3", Baseline.Of("SCR_EL3"));
        }

        return says.Set("HCR_EL2", Baseline.Of("HCR_EL2")).At(target.HighestLevel).Code(a => a.Close())
            .Outcome("interrupts are put back").Completes();
    }
}
