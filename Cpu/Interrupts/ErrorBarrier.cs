using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Interrupts;

/// <summary>ESB: an SError that is pending and cannot be taken now becomes a value of DISR_EL1 or VDISR_EL2 (EX-332).</summary>
/// <remarks>Source: DDI 0602, ESB; DDI 0601, DISR_EL1 and VDISR_EL2. One that can be taken is taken before the instruction.</remarks>
internal static class ErrorBarrier
{
    private const ulong Deferred = 1UL << 31;

    internal static void Defer(Core core)
    {
        if ((core.ExternalLines & InterruptLines.SError) != 0)
        {
            core.System[Slots.DISR_EL1] = Deferred;
            core.ExternalLines &= ~InterruptLines.SError;
            core.LinesChanged();
        }

        if (core.Pstate.EL < 2 && (PendingLines.Virtual(core) & InterruptLines.SError) != 0)
        {
            core.System[Slots.VDISR_EL2] = core.Model.Legal(Slots.VDISR_EL2, Deferred | core.System[Slots.VSESR_EL2]);
            core.System[Slots.HCR_EL2] &= ~Hcr.VSE;
            core.LinesChanged();
        }
    }
}
