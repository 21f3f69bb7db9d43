namespace Conformance.Cpu.Interrupts;

/// <summary>Which bits of a priority decide about preemption, and the limits of the binary points.</summary>
/// <remarks>Source: DDI 0601, 2025-03, ICC_BPR0_EL1, ICC_BPR1_EL1 and their ICV forms; GV-050 to GV-058.</remarks>
internal static class PriorityGrouping
{
    /// <summary>The group priority bits of a Group 0 interrupt; none at binary point 7 (GV-050).</summary>
    internal static ulong Group0(ulong binaryPoint) => 0xffUL << ((int)binaryPoint + 1) & 0xff;

    /// <summary>The same of Group 1 with a binary point of its own, which counts one bit less (GV-051).</summary>
    /// <param name="binaryPoint">Of the register for Group 1.</param>
    /// <param name="secure">In Secure state both groups count alike (GV-058).</param>
    internal static ulong Group1(ulong binaryPoint, bool secure) => secure ? Group0(binaryPoint) : 0xffUL << (int)binaryPoint & 0xff;

    /// <summary>A binary point as it is stored: three bits, at least the minimum (GV-053, GV-054, GV-057).</summary>
    internal static ulong Clamp(ulong value, int minimum) => Math.Max(value & 7, (ulong)minimum);

    /// <summary>The minimum for Group 1 (GV-054, GV-058).</summary>
    internal static int Minimum1(GicOptions gic, bool secure) => gic.MinimumBinaryPoint + (secure ? 0 : 1);
}
