using Conformance.Harness.Cases;
using Conformance.Harness.Spec;
using static Conformance.Harness.Executive.Protocol;

namespace Conformance.Harness.Executive;

/// <summary>What the encoder has to know of a device: the executive's home level, and the features.</summary>
/// <param name="Level">Level the executive was started at, 1 to 3: the highest one a case can use.</param>
/// <param name="Features">Features from the device's ID registers.</param>
public sealed record HomeProfile(int Level, FeatureSet Features)
{
    private const ulong HcrE2h = 1UL << 34;

    /// <summary>The PSTATE accessors that exist on the device.</summary>
    public PstateFeatures Pstate =>
        Bit("FEAT_PAN", PstateFeatures.Pan) | Bit("FEAT_UAO", PstateFeatures.Uao) | Bit("FEAT_DIT", PstateFeatures.Dit)
        | Bit("FEAT_SSBS2", PstateFeatures.Ssbs) | Bit("FEAT_MTE", PstateFeatures.Tco) | Bit("FEAT_NMI", PstateFeatures.Allint);

    /// <summary>The baseline rows that the executive writes on this device, in order.</summary>
    public IReadOnlyList<Baseline.Row> BaselineRows =>
        [.. Baseline.Rows.Where(r => r.Level <= Level && r.IsOn(Features) && !IsEntryRegister(r.Register) && !Absent.Contains(r.Register))];

    /// <summary>Registers of the baseline that the device should have and that cannot be accessed.</summary>
    public IReadOnlyList<string> Absent { get; init; } = [];

    /// <summary>The executive runs at EL2 and HCR_EL2.E2H is fixed at 1: the names of EL1's registers mean those of EL2 there.</summary>
    public bool HostExtensions => Level == 2 && Features.Has("FEAT_VHE") && !Features.Has("FEAT_E2H0");

    /// <summary>The name by which the executive reaches a register.</summary>
    internal string NameOf(string register) => HostExtensions && Alias(register) is { } alias ? alias : register;

    /// <summary>The name of a register of EL1 (or of its timers) for EL2 with E2H = 1; null for one that has only its own.</summary>
    internal static string? Alias(string register)
    {
        string alias = register switch
        {
            [.. string stem, 'E', 'L', '1'] => stem + "EL12",
            [.. string stem, 'E', 'L', '0'] => stem + "EL02",
            _ => "",
        };
        return alias.Length > 0 && Encodings.TryRegister(alias, out _) ? alias : null;
    }

    /// <summary>A value of HCR_EL2 with the bits that such an EL2 has fixed.</summary>
    internal static ulong Hcr(ulong value, bool hostExtensions) => hostExtensions ? value | HcrE2h : value;

    /// <summary>The home level's own stack pointer, which has no accessor at that level.</summary>
    internal string StackPointer { get; } = $"SP_EL{Level}";

    /// <summary>The register that the executive's vectors save X0 in.</summary>
    internal string ScratchRegister { get; } = $"TPIDR_EL{Level}";

    private string EntrySpsr { get; } = $"SPSR_EL{Level}";

    private string EntryElr { get; } = $"ELR_EL{Level}";

    /// <summary>True for the two registers through which the executive enters a case: a case's code has to write them itself.</summary>
    public bool IsEntryRegister(string register) =>
        string.Equals(register, EntrySpsr, StringComparison.Ordinal) || string.Equals(register, EntryElr, StringComparison.Ordinal);

    private PstateFeatures Bit(string feature, PstateFeatures bit) => Features.Has(feature) ? bit : PstateFeatures.None;
}
