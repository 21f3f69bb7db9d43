using Conformance.Cpu.Exceptions;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Translation;

/// <summary>Top Byte Ignore: whether bits 63:56 of an address are a tag.</summary>
/// <remarks>Source: DDI 0601, TCR_ELx.TBI and TBID; PC EffectiveTBI.</remarks>
internal static class TopByte
{
    /// <summary>The regime has a lower and an upper range of addresses.</summary>
    internal static bool TwoRanges(Core core, int regime) =>
        regime == 1 || (regime == 2 && EffectiveControls.Host2(core));

    /// <param name="core">The PE.</param>
    /// <param name="regime">Level whose TCR_ELx counts, 1 to 3.</param>
    /// <param name="upper">The upper one of two ranges.</param>
    /// <param name="data">Of a data address; TBID takes instruction addresses out.</param>
    internal static bool Ignored(Core core, int regime, bool upper, bool data)
    {
        ulong tcr = core.System[Slots.TCR_EL1 + regime - 1];
        (int tbi, int tbid) = (TwoRanges(core, regime), upper) switch
        {
            (true, true) => (38, 52),
            (true, false) => (37, 51),
            _ => (20, 29),
        };
        return (tcr >> tbi & 1) != 0 && (data || !core.Have.PAuth || (tcr >> tbid & 1) == 0);
    }
}
