using Conformance.Cpu.Features;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Translation;

/// <summary>The controls of a translation regime, taken apart once.</summary>
/// <remarks>Source: DDI 0601, SCTLR_ELx, TCR_ELx, HCR_EL2; rules TR-002 to TR-008, TR-024, TR-045, TR-066, TR-087, TR-111.</remarks>
internal sealed class RegimeControls
{
    private const ulong StageTwo = Hcr.VM | Hcr.DC;

    internal RegimeControls(CoreFeatures have, in ControlKey key)
    {
        Key = key;
        TwoRanges = key.Kind is RegimeKind.EL10 or RegimeKind.EL20;
        DefaultCacheable = (key.Hcr & Hcr.DC) != 0;
        IsOn = (key.Sctlr & Sctlr.M) != 0 && (key.Hcr & (Hcr.DC | Hcr.TGE)) == 0;
        BigEndianTables = (key.Sctlr & Sctlr.EE) != 0;
        WriteImpliesNoExecute = (key.Sctlr & Sctlr.WXN) != 0;
        CacheDisabled = (key.Sctlr & Sctlr.C) == 0;
        int ha = TwoRanges ? 39 : 21;
        SetsAccessFlag = have.HAFDBS && (key.Tcr >> ha & 1) != 0;
        SetsDirty = SetsAccessFlag && (key.Tcr >> (ha + 1) & 1) != 0;
        Nv1 = (key.Hcr & Hcr.NV1) != 0;
        IsSecure = (key.Surroundings & ControlKey.Secure) != 0;
        FetchesSecureOnly = (key.Surroundings & ControlKey.SecureFetchOnly) != 0;
        Lower = new AddressRange(have, TwoRanges, upper: false, key.Tcr, key.Ttbr0);
        Upper = TwoRanges ? new AddressRange(have, TwoRanges, upper: true, key.Tcr, key.Ttbr1) : Lower;
        Stage2 = (key.Hcr & StageTwo) != 0
            ? new Stage2Controls(have, key.Hcr, key.Vtcr, key.Vttbr, (key.Surroundings & ControlKey.BigEndianEl2) != 0)
            : null;
        User = new AccessContext(this, privileged: false, pan: false);
        Privileged = new AccessContext(this, privileged: true, pan: false);

        // PAN means nothing where EL0 has no part in the regime, nor under NV1 (TR-049, TR-114).
        PrivilegedWithPan = TwoRanges && !Nv1 ? new AccessContext(this, privileged: true, pan: true) : Privileged;
    }

    internal ControlKey Key { get; }

    /// <summary>There are a lower and an upper range, and EL0 has a part in it.</summary>
    internal bool TwoRanges { get; }

    /// <summary>Stage 1 translates (TR-002).</summary>
    internal bool IsOn { get; }

    /// <summary>HCR_EL2.DC (TR-007).</summary>
    internal bool DefaultCacheable { get; }

    internal bool BigEndianTables { get; }

    /// <summary>SCTLR_ELx.WXN.</summary>
    internal bool WriteImpliesNoExecute { get; }

    /// <summary>SCTLR_ELx.C is 0 (TR-087).</summary>
    internal bool CacheDisabled { get; }

    /// <summary>HA.</summary>
    internal bool SetsAccessFlag { get; }

    /// <summary>HA and HD.</summary>
    internal bool SetsDirty { get; }

    /// <summary>HCR_EL2.{NV, NV1} = {1, 1}: descriptors have the format for a guest hypervisor (TR-111, TR-113).</summary>
    internal bool Nv1 { get; }

    /// <summary>The regime belongs to Secure state: descriptors choose the output address space.</summary>
    internal bool IsSecure { get; }

    /// <summary>SCR_EL3.SIF: Secure state does not fetch from Non-secure memory.</summary>
    internal bool FetchesSecureOnly { get; }

    internal AddressRange Lower { get; }

    internal AddressRange Upper { get; }

    /// <summary>Null when stage 2 is off or the regime has none (TR-004).</summary>
    internal Stage2Controls? Stage2 { get; }

    internal AccessContext User { get; }

    internal AccessContext Privileged { get; }

    internal AccessContext PrivilegedWithPan { get; }

    /// <summary>The half of an address: bit 55 chooses (TR-010).</summary>
    internal AddressRange RangeOf(ulong va) => (va >> 55 & 1) != 0 ? Upper : Lower;
}
