using static Conformance.Suites.ControlBits;

namespace Conformance.Suites.Interrupts;

/// <summary>A kind of asynchronous exception.</summary>
internal enum Line
{
    Irq,
    Fiq,
    SError,
}

/// <summary>The places of a kind in vectors, masks and controls.</summary>
/// <remarks>Source: DDI 0601, HCR_EL2, SCR_EL3, ISR_EL1; EX-022, EX-310.</remarks>
internal static class Lines
{
    internal static readonly Line[] All = [Line.Irq, Line.Fiq, Line.SError];

    /// <summary>What the kind adds to the offset of a vector (EX-022).</summary>
    internal static uint Vector(this Line line) => line switch
    {
        Line.Irq => 0x080,
        Line.Fiq => 0x100,
        _ => 0x180,
    };

    /// <summary>The bit of PSTATE that masks it, which is also its bit of ISR_EL1.</summary>
    internal static ulong Mask(this Line line) => line switch
    {
        Line.Irq => Spsr.I,
        Line.Fiq => Spsr.F,
        _ => Spsr.A,
    };

    /// <summary>HCR_EL2.IMO, FMO, AMO.</summary>
    internal static ulong ToEl2(this Line line) => line switch
    {
        Line.Irq => Hcr.IMO,
        Line.Fiq => Hcr.FMO,
        _ => Hcr.AMO,
    };

    /// <summary>HCR_EL2.VI, VF, VSE.</summary>
    internal static ulong VirtualPending(this Line line) => line switch
    {
        Line.Irq => Hcr.VI,
        Line.Fiq => Hcr.VF,
        _ => Hcr.VSE,
    };

    /// <summary>SCR_EL3.IRQ, FIQ, EA.</summary>
    internal static ulong ToEl3(this Line line) => line switch
    {
        Line.Irq => Scr.IRQ,
        Line.Fiq => Scr.FIQ,
        _ => Scr.EA,
    };

    /// <summary>For ids and titles.</summary>
    internal static string Name(this Line line) => line switch
    {
        Line.Irq => "irq",
        Line.Fiq => "fiq",
        _ => "serror",
    };
}
