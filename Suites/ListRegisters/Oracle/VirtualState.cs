using System.Collections.Immutable;

namespace Conformance.Suites.ListRegisters.Oracle;

/// <summary>All that the virtual CPU interface of one PE remembers.</summary>
/// <remarks>Source: Arm Architecture Registers, the ICH registers; layouts in section 1 of the rules.</remarks>
internal sealed record VirtualState
{
    internal const ulong HcrEn = 1;
    internal const ulong HcrUie = 1 << 1;
    internal const ulong HcrLrenpie = 1 << 2;
    internal const ulong HcrNpie = 1 << 3;
    internal const ulong HcrTc = 1 << 10;
    internal const ulong HcrTall0 = 1 << 11;
    internal const ulong HcrTall1 = 1 << 12;
    internal const ulong HcrTdir = 1 << 14;
    internal const int EoiCountAt = 27;

    internal const int VpmrAt = 24;
    internal const int Vbpr0At = 21;
    internal const int Vbpr1At = 18;
    internal const ulong VmcrEoim = 1 << 9;
    internal const ulong VmcrCbpr = 1 << 4;
    internal const ulong VmcrFiqEn = 1 << 3;
    internal const ulong VmcrEng1 = 2;
    internal const ulong VmcrEng0 = 1;

    /// <summary>ICH_HCR_EL2.</summary>
    internal ulong Hcr { get; init; }

    /// <summary>ICH_VMCR_EL2, always legal: <see cref="VirtualInterface.LegalVmcr"/>.</summary>
    internal ulong Vmcr { get; init; }

    /// <summary>ICH_LR0_EL2 and so on, as written.</summary>
    internal required ImmutableArray<ListRegister> Lrs { get; init; }

    /// <summary>Active priorities of Group 0: bit i is level i.</summary>
    internal UInt128 Active0 { get; init; }

    /// <summary>Active priorities of Group 1.</summary>
    internal UInt128 Active1 { get; init; }

    /// <summary>ICH_AP1R0_EL2.NMI (FEAT_GICv3_NMI).</summary>
    internal bool NmiActive { get; init; }

    /// <summary>SCTLR_EL1.NMI.</summary>
    internal bool NmiEnabled { get; init; }

    /// <summary>The virtual machine is one of Secure EL2.</summary>
    internal bool Secure { get; init; }

    internal bool En => (Hcr & HcrEn) != 0;

    internal int EoiCount => (int)(Hcr >> EoiCountAt & 31);

    internal ulong Vpmr => Vmcr >> VpmrAt & 0xFF;

    internal ulong Vbpr0 => Vmcr >> Vbpr0At & 7;

    internal ulong Vbpr1 => Vmcr >> Vbpr1At & 7;

    internal bool Eoim => (Vmcr & VmcrEoim) != 0;

    internal bool Cbpr => (Vmcr & VmcrCbpr) != 0;

    internal bool Enabled(int group) => (Vmcr & (group == 0 ? VmcrEng0 : VmcrEng1)) != 0;

    /// <summary>Something in it exists with FEAT_GICv3_NMI only.</summary>
    internal bool NeedsNmi => NmiEnabled || NmiActive || Lrs.Any(lr => lr.HasNmiBit);

    /// <summary>Active priorities of both groups.</summary>
    internal UInt128 Active => Active0 | Active1;

    internal VirtualState WithLr(int n, ListRegister value) => this with { Lrs = Lrs.SetItem(n, value) };

    internal VirtualState WithEoiCount(int count) => this with { Hcr = (Hcr & ~(31UL << EoiCountAt)) | (ulong)(count & 31) << EoiCountAt };

    internal VirtualState WithActive(int group, UInt128 levels) => group == 0 ? this with { Active0 = levels } : this with { Active1 = levels };

    /// <summary>The 32 levels in register <paramref name="n"/> of a group.</summary>
    internal ulong ActiveRegister(int group, int n) =>
        (uint)((group == 0 ? Active0 : Active1) >> (32 * n)) | (group == 1 && n == 0 && NmiActive ? 1UL << 63 : 0);

    public bool Equals(VirtualState? other) => other is not null
        && Hcr == other.Hcr && Vmcr == other.Vmcr && Active0 == other.Active0 && Active1 == other.Active1 && NmiActive == other.NmiActive
        && NmiEnabled == other.NmiEnabled && Secure == other.Secure && Lrs.SequenceEqual(other.Lrs);

    public override int GetHashCode() => HashCode.Combine(Hcr, Vmcr, Active0, Active1, Lrs.Length > 0 ? Lrs[0] : default);
}
