using Conformance.Harness.Cases;
using Conformance.Harness.Spec;

namespace Conformance.Suites.Translation.Oracle;

/// <summary>What the device has, as far as translation asks. Read from the ID registers, once per run.</summary>
public sealed class Facts
{
    public Facts(SuiteTarget target)
    {
        Target = target;
        FeatureSet features = target.Features;
        Lpa = features.Has("FEAT_LPA");
        Lva = features.Has("FEAT_LVA");
        Ttst = features.Has("FEAT_TTST");
        Xnx = features.Has("FEAT_XNX");
        FlagByHardware = features.Has("FEAT_HAFDBS");
        Pan = features.Has("FEAT_PAN");
        Pan2 = features.Has("FEAT_PAN2");
        Vhe = features.Has("FEAT_VHE");
        E2h0 = features.Has("FEAT_E2H0");
        Nv = features.Has("FEAT_NV");
        Nv2 = features.Has("FEAT_NV2");
        Fwb = features.Has("FEAT_S2FWB");
        Hpd = features.Has("FEAT_HPDS");
        PointerAuthentication = features.Has("FEAT_PAuth");
        PaBits = features.Numbers.TryGetValue("$PA_BITS", out long bits) ? (int)bits : Lpa ? 52 : 48;
        Granules = [.. Oracle.Granules.All.Where(g => Has(features, g, ""))];
        Stage2Granules = [.. Granules.Where(g => Has(features, g, "_2"))];
    }

    public SuiteTarget Target { get; }

    /// <summary>What is wrong with the device, in tests; null for none.</summary>
    public Defect? Defect { get; init; }

    /// <summary>The implemented physical address size, 32 to 52.</summary>
    public int PaBits { get; }

    public IReadOnlyList<Granule> Granules { get; }

    public IReadOnlyList<Granule> Stage2Granules { get; }

    public bool Lpa { get; }

    public bool Lva { get; }

    public bool Ttst { get; }

    public bool Xnx { get; }

    public bool FlagByHardware { get; }

    public bool Pan { get; }

    public bool Pan2 { get; }

    public bool Vhe { get; }

    /// <summary>HCR_EL2.E2H can be 0.</summary>
    public bool E2h0 { get; }

    public bool Nv { get; }

    public bool Nv2 { get; }

    public bool Fwb { get; }

    public bool Hpd { get; }

    public bool PointerAuthentication { get; }

    public bool Has(string feature) => Target.Features.Has(feature);

    /// <summary>Largest TnSZ (TR-013).</summary>
    public int MaxTnsz(Granule granule) => !Ttst ? 39 : granule == Granule.K64 ? 47 : 48;

    /// <summary>Smallest TnSZ of stage 1 (TR-013).</summary>
    public int MinTnsz(Granule granule) => Lva && granule == Granule.K64 ? 12 : 16;

    /// <summary>Smallest T0SZ of stage 2: the IPA size is at most the PA size, and 48 bits but for 64K pages (shared pseudocode, S2MinTxSZ).</summary>
    public int MinStage2Tnsz(Granule granule) => 64 - (granule == Granule.K64 && Lpa ? PaBits : Math.Min(48, PaBits));

    /// <summary>Output address bits for a PS code (TR-018). Code 7 is reserved and not used.</summary>
    public int OutputBits(int ps, Granule granule)
    {
        int bits = ps switch { 0 => 32, 1 => 36, 2 => 40, 3 => 42, 4 => 44, 5 => 48, _ => 52 };
        return Math.Min(bits, Math.Min(PaBits, granule == Granule.K64 && Lpa ? 52 : 48));
    }

    /// <summary>Without a number from the device: all three granules.</summary>
    private static bool Has(FeatureSet features, Granule granule, string stage) =>
        !features.Numbers.TryGetValue($"$GRANULE_{1 << (granule.Bits() - 10)}K{stage}", out long there) || there != 0;
}
