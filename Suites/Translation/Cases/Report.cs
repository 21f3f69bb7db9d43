using Conformance.Harness.Cases;
using Conformance.Suites.Translation.Oracle;

namespace Conformance.Suites.Translation.Cases;

/// <summary>The report of a fault that is taken as an exception (TR-100 to TR-109, TR-123).</summary>
internal static class Report
{
    private const ulong Il = 1UL << 25;
    private const ulong External = 1UL << 9 | 3UL << 11; // EA and SET: IMPLEMENTATION DEFINED

    /// <summary>The level that takes it (TR-101).</summary>
    internal static int Target(World world, Fault fault, int level, Purpose purpose, Regime regime) =>
        level >= 2 ? level
        : fault.Stage2 || purpose == Purpose.Vncr || regime == Regime.El20 || (level == 0 && world.Bit(Control.HCR_EL2, 27)) ? 2 : 1;

    /// <summary>ESR_ELx, and which of its bits count.</summary>
    internal static MaskedValue Syndrome(Fault fault, Instruction instruction, int level, int target, bool ras = true)
    {
        bool fetch = instruction.Purpose == Purpose.Fetch;
        bool vncr = instruction.Purpose == Purpose.Vncr;
        ulong ec = (fetch ? 0x20UL : 0x24UL) + (level == target || vncr ? 1UL : 0);
        ulong iss = fault.Status | (fault.OnWalk ? 1UL << 7 : 0);
        ulong mask = ulong.MaxValue;
        if (!fetch)
        {
            bool maintenance = instruction.Purpose is Purpose.Clean or Purpose.Invalidate or Purpose.InstructionCache or Purpose.AddressTranslation;
            iss |= maintenance ? 1UL << 8 | 1UL << 6 : fault.Write ? 1UL << 6 : 0;
            iss |= vncr ? 1UL << 13 : 0;
            mask &= fault.WriteOpen && !maintenance ? ~(1UL << 6) : ulong.MaxValue;
            iss |= fault is { Stage2: true, OnWalk: false } && fault.Kind != FaultKind.External ? instruction.Syndrome : 0;
        }

        if (fault.Kind == FaultKind.External)
        {
            // Without FEAT_RAS a stage 2 abort may describe the instruction (PC AArch64.FaultSyndrome).
            mask &= fault.Stage2 && !ras ? ~(External | 0x7FFUL << 14) : ~External;
        }

        return new MaskedValue(ec << 26 | Il | iss, mask);
    }

    /// <summary>HPFAR_EL2 where it is written.</summary>
    internal static ulong Hpfar(Fault fault) => fault.Ipa >> 12 << 4;
}
