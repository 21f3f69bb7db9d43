using System.Globalization;

namespace Conformance.Cpu.Interrupts;

/// <summary>The IMPLEMENTATION DEFINED sizes of the GIC: list registers, priority bits, INTID bits.</summary>
/// <remarks>
/// Source: DDI 0601, 2025-03, ICH_VTR_EL2; GV-002. A feature list chooses them by <c>lrs=1</c> to <c>lrs=16</c>,
/// <c>pribits=5</c> to <c>pribits=7</c>, and <c>prebits=5</c> up to the priority bits.
/// </remarks>
internal sealed class GicOptions
{
    /// <summary>INTID bits of LPIs and of everything else: ICH_VTR_EL2.IDbits is 0b001.</summary>
    internal const int IntIdBits = 24;

    internal const ulong IntIdMask = (1UL << IntIdBits) - 1;

    private static readonly string[] s_keys = ["lrs", "pribits", "prebits"];

    /// <param name="names">A feature list; what is no option of the GIC in it is passed over.</param>
    /// <exception cref="FormatException">An option has a value that no GIC has.</exception>
    internal GicOptions(IEnumerable<string> names)
    {
        string[] all = [.. names.Where(IsOption)];
        ListRegisters = Number(all, "lrs", 4, 1, 16);
        PriorityBits = Number(all, "pribits", 5, 5, 7);
        PreemptionBits = Number(all, "prebits", PriorityBits, 5, PriorityBits);
        NonMaskable = names.Contains("FEAT_GICv3_NMI");
    }

    /// <summary>How many ICH_LR&lt;n&gt;_EL2 there are, 1 to 16.</summary>
    internal int ListRegisters { get; }

    /// <summary>Implemented high-order bits of a priority, physical and virtual, 5 to 7.</summary>
    internal int PriorityBits { get; }

    /// <summary>How many of them can preempt, 5 to <see cref="PriorityBits"/>.</summary>
    internal int PreemptionBits { get; }

    /// <summary>FEAT_GICv3_NMI: interrupts can have the non-maskable property.</summary>
    internal bool NonMaskable { get; }

    /// <summary>The implemented bits of an 8-bit priority (GV-040, GV-056).</summary>
    internal ulong PriorityMask => 0xffUL << (8 - PriorityBits) & 0xff;

    /// <summary>The bits of a priority that can preempt at the minimum binary point (GV-082).</summary>
    internal ulong PreemptionMask => 0xffUL << (8 - PreemptionBits) & 0xff;

    /// <summary>The smallest binary point of Group 0 (GV-053).</summary>
    internal int MinimumBinaryPoint => 7 - PreemptionBits;

    /// <summary>How many registers hold the active priorities of a group, 32 each: 1, 2 or 4 (GV-005).</summary>
    internal int ActivePriorityRegisters => 1 << (PreemptionBits - 5);

    /// <summary>What names of registers need in <see cref="Features.FeatureSet.Has"/>: the registers that these sizes give.</summary>
    internal IEnumerable<string> Presence =>
        [.. Enumerable.Range(0, ListRegisters).Select(ListRegister), .. Enumerable.Range(0, ActivePriorityRegisters).Select(ActivePriorityRegister)];

    /// <summary>The need of ICH_LR&lt;n&gt;_EL2.</summary>
    internal static string ListRegister(int n) => string.Create(CultureInfo.InvariantCulture, $"list register {n}");

    /// <summary>The need of the active priority registers with this number.</summary>
    internal static string ActivePriorityRegister(int n) => string.Create(CultureInfo.InvariantCulture, $"active priority register {n}");

    /// <summary>The part of a feature list is one of these options: <c>lrs=16</c>.</summary>
    internal static bool IsOption(string part) => s_keys.Contains(part.Split('=')[0]) && part.Contains('=', StringComparison.Ordinal);

    private static int Number(string[] options, string key, int otherwise, int least, int most)
    {
        if (options.LastOrDefault(o => o.StartsWith(key + "=", StringComparison.Ordinal)) is not { } option)
        {
            return otherwise;
        }

        return int.TryParse(option[(key.Length + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n >= least && n <= most
            ? n
            : throw new FormatException(
                string.Create(CultureInfo.InvariantCulture, $"'{option}' is no size of a GIC; write {key}={least} to {key}={most}."));
    }
}
