using Conformance.Cpu.Exceptions;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Translation;

/// <summary>What TLBI instructions drop: at least what they name, often more (TR-148 to TR-152, TR-154).</summary>
/// <remarks>
/// The TLB keeps whole translations, of both stages, by VA. So an instruction that names an IPA, an ASID or a range drops its
/// regime; one that names a VA drops that page in all contexts. The forms for a shareability domain, and at EL1 all of them under
/// HCR_EL2.FB, reach every PE of the machine (TR-151).
/// </remarks>
internal static class TlbInvalidation
{
    /// <summary>The action of <c>TLBI name</c>.</summary>
    internal static Action<Core, ulong> Of(string name)
    {
        bool shared = name.EndsWith("IS", StringComparison.Ordinal) || name.EndsWith("OS", StringComparison.Ordinal);
        string form = shared ? name[..^2] : name;
        Func<Core, RegimeKind> regime = form[^1] switch
        {
            '3' => static _ => RegimeKind.EL3,
            '2' => static core => core.Mmu.RegimeOfLevel(2),

            // The forms of stage 1 belong to the host under {E2H, TGE} = {1, 1}; ALLE1 and those of stage 2 never do.
            _ when form is "ALLE1" or "VMALLS12E1" || form.Contains("IPAS2", StringComparison.Ordinal) => static _ => RegimeKind.EL10,
            _ => static core => EffectiveControls.Host0(core) ? RegimeKind.EL20 : RegimeKind.EL10,
        };
        bool byAddress = form[0] == 'V' && form.Contains("VA", StringComparison.Ordinal);
        return (core, operand) =>
        {
            RegimeKind kind = regime(core);
            foreach (Core reached in shared || ForcedBroadcast(core) ? core.Cluster : [core])
            {
                Drop(reached, kind, byAddress ? operand << 12 : null);
            }
        };
    }

    private static bool ForcedBroadcast(Core core) =>
        core.Cluster.Length > 1 && core.Pstate.EL == 1 && (EffectiveControls.HypervisorControls(core) & Hcr.FB) != 0;

    private static void Drop(Core core, RegimeKind kind, ulong? va)
    {
        if (va is { } page)
        {
            core.Mmu.Drop(kind, page);
        }
        else
        {
            core.Mmu.Drop(kind);
        }
    }
}
