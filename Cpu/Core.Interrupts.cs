using Conformance.Cpu.Interrupts;

namespace Conformance.Cpu;

/// <summary>Where interrupts meet the PE.</summary>
public sealed partial class Core
{
    /// <summary>Sizes of the GIC's CPU interface.</summary>
    internal GicOptions Gic => Features.Gic;

    /// <summary>Deactivates a physical interrupt for a list register with HW = 1; null when the board has no distributor.</summary>
    internal Action<uint>? DeactivatePhysical;

    /// <summary>Something has changed on which interrupt lines or their masks depend; looked at before the next instruction.</summary>
    internal bool LinesStale;

    /// <summary>Makes the run loop look at the interrupt lines before the next instruction.</summary>
    internal void LinesChanged()
    {
        LinesStale = true;
        FetchTag = NoPage;
    }
}
