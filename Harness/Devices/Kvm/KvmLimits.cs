using Conformance.Harness.Cases;

namespace Conformance.Harness.Devices.Kvm;

/// <summary>What KVM says that it does not offer, so that no case asks for it.</summary>
internal static class KvmLimits
{
    private const ulong HcrFmo = 1UL << 3;
    private const ulong HcrImo = 1UL << 4;
    private const ulong HcrTge = 1UL << 27;

    /// <summary>For the report.</summary>
    internal const string Note =
        "KVM routes IRQ and FIQ of a guest hypervisor's guest together: cases in which HCR_EL2.IMO and FMO differ are skipped.";

    /// <summary>Why a case is not sent, or null.</summary>
    internal static string? Refuses(Case @case) =>
        @case.Registers.Concat(@case.Steps.SelectMany(s => s.Registers)).Any(r => r.Name == "HCR_EL2" && IsSplit(r.Value))
            ? "HCR_EL2.IMO and FMO differ, which KVM does not offer" : null;

    /// <summary>TGE routes both to EL2, whatever they are.</summary>
    private static bool IsSplit(ulong hcr) => (hcr & HcrTge) == 0 && (hcr & HcrImo) != 0 != ((hcr & HcrFmo) != 0);
}
