namespace Conformance.Cpu.Features;

/// <summary>Named feature sets.</summary>
internal static class Profiles
{
    /// <summary>The oldest machine the model can be: EL0 to EL3, AArch64 only, none of the later extensions.</summary>
    private const string Armv80 =
        "AA64 AA64EL0 AA64EL1 AA64EL2 AA64EL3 E2H0 FP AdvSIMD GICv3 PMUv3";

    /// <summary>An Armv8.5-class PE without nested virtualization.</summary>
    private const string Armv85 =
        Armv80 + " CRC32 LRCPC LRCPC2 LSE2 FlagM2 BTI"
        + " VHE FGT ECV ECV_POFF PAN PAN2 UAO LSE PAuth RAS RASv1p1 PMUv3p1 PMUv3p4 PMUv3p5 GICv3_TDIR EVT TWED IDST"
        + " HAFDBS VMID16 XNX TTST BBM S2FWB CSV2_2 SB SSBS SSBS2 DIT FlagM TLBIOS TLBIRANGE LOR DPB DPB2 SPECRES"
        + " Debugv8p1 Debugv8p2 Debugv8p4 TTL TTCNP HPDS HPDS2 LPA DoubleFault"
        + " RDM DotProd AES PMULL SHA1 SHA256 FP16 JSCVT FCMA FHM FRINTTS";

    private static readonly Dictionary<string, string[]> s_profiles = new(StringComparer.Ordinal)
    {
        ["armv8.0"] = Names(Armv80),
        ["nv1-only"] = Names(Armv85 + " NV"),
        ["nv2"] = Names(Armv85 + " NV NV2"),
        ["nv2-noecv"] = [.. Names(Armv85 + " NV NV2").Where(name => !name.StartsWith("FEAT_ECV", StringComparison.Ordinal))],
        ["nv2-nmi"] = Names(Armv85 + " NV NV2 HCX NMI GICv3_NMI"),
    };

    /// <summary>The names, for messages.</summary>
    internal static string Listed => string.Join(", ", s_profiles.Keys);

    internal static IReadOnlyList<string>? Find(string name) => s_profiles.GetValueOrDefault(name);

    private static string[] Names(string list) => [.. list.Split(' ').Select(name => $"FEAT_{name}")];
}
