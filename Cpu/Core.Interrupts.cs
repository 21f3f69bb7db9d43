using Conformance.Cpu.Interrupts;

namespace Conformance.Cpu;

/// <summary>Where interrupts meet the PE.</summary>
public sealed partial class Core
{
    /// <summary>Sizes of the GIC's CPU interface.</summary>
    internal GicOptions Gic => Features.Gic;

    /// <summary>The board's GIC; null when there is none.</summary>
    internal InterruptController? Controller;

    /// <summary>Deactivates a physical interrupt for a list register with HW = 1; null when the board has no distributor.</summary>
    internal Action<uint>? DeactivatePhysical;

    /// <summary>Physical lines that are up besides those of the GIC. IRQ and FIQ are levels; an SError goes when it is taken.</summary>
    internal InterruptLines ExternalLines;

    /// <summary>The value of <see cref="Ticks"/> at which a timer's output changes next; the largest number for never.</summary>
    internal ulong NextTimerEvent = ulong.MaxValue;

    /// <summary>The value of <see cref="Ticks"/> up to which event streams have been looked at.</summary>
    internal ulong EventsSeen;

    /// <summary>The value of <see cref="Ticks"/> at which the present run has to end.</summary>
    internal ulong RunEnd;

    /// <summary>Something has changed on which interrupt lines or their masks depend; looked at before the next instruction.</summary>
    internal bool LinesStale;

    /// <summary>Some line was up when they were last looked at: a change of level or masks may let it through.</summary>
    internal bool LinesUp;

    /// <summary>Makes the run loop look at the interrupt lines before the next instruction.</summary>
    internal void LinesChanged()
    {
        LinesStale = true;
        FetchTag = NoPage;
    }

    /// <summary>Connects the board's GIC.</summary>
    internal void AttachController(InterruptController controller)
    {
        Controller = controller;
        DeactivatePhysical = intId => controller.Deactivate(this, intId);
        LinesChanged();
    }
}
