namespace Conformance.Cpu.Features;

/// <summary>The features that the model asks for while it runs, looked up once.</summary>
internal sealed class CoreFeatures(FeatureSet features)
{
    internal readonly bool EL2 = features.Has("FEAT_AA64EL2");
    internal readonly bool EL3 = features.Has("FEAT_AA64EL3");
    internal readonly bool VHE = features.Has("FEAT_VHE");

    /// <summary>HCR_EL2.E2H can be 0; without it E2H is RES1 (only with FEAT_VHE).</summary>
    internal readonly bool E2H0 = features.Has("FEAT_E2H0");
    internal readonly bool IDST = features.Has("FEAT_IDST");
    internal readonly bool ECV = features.Has("FEAT_ECV");
    internal readonly bool PAN = features.Has("FEAT_PAN");
    internal readonly bool UAO = features.Has("FEAT_UAO");
    internal readonly bool DIT = features.Has("FEAT_DIT");
    internal readonly bool SSBS = features.Has("FEAT_SSBS");
    internal readonly bool LSE2 = features.Has("FEAT_LSE2");
    internal readonly bool BTI = features.Has("FEAT_BTI");
    internal readonly bool MTE = features.Has("FEAT_MTE");
    internal readonly bool PAuth = features.Has("FEAT_PAuth");
    internal readonly bool PAuth2 = features.Has("FEAT_PAuth2");
    internal readonly bool FPAC = features.Has("FEAT_FPAC");
    internal readonly bool FPACCombine = features.Has("FEAT_FPACCOMBINE");
    internal readonly bool TTST = features.Has("FEAT_TTST");
    internal readonly bool RAS = features.Has("FEAT_RAS");
    internal readonly bool HPDS = features.Has("FEAT_HPDS");
    internal readonly bool HAFDBS = features.Has("FEAT_HAFDBS");
    internal readonly bool XNX = features.Has("FEAT_XNX");
    internal readonly bool LPA = features.Has("FEAT_LPA");
    internal readonly bool FP = features.Has("FEAT_FP");
    internal readonly bool WFxT = features.Has("FEAT_WFxT");
    internal readonly bool HCX = features.Has("FEAT_HCX");
    internal readonly bool NMI = features.Has("FEAT_NMI");

    /// <summary>Highest implemented Exception level: 1, 2 or 3.</summary>
    internal int HighestLevel => EL3 ? 3 : EL2 ? 2 : 1;

    /// <summary>Bits of physical address: 52 with FEAT_LPA, else 48.</summary>
    internal int PhysicalAddressBits => LPA ? 52 : 48;
}
