using Conformance.Cpu.Exceptions;

namespace Conformance.Cpu.Translation;

/// <summary>What TLBI instructions drop: at least what they name, often more (TR-148 to TR-152, TR-154).</summary>
/// <remarks>
/// The TLB keeps whole translations, of both stages, by VA. So an instruction that names an IPA, an ASID or a range drops its
/// regime; one that names a VA drops that page in all contexts. There is one PE: the scopes are alike (TR-151).
/// </remarks>
internal static class TlbInvalidation
{
    /// <summary>The action of <c>TLBI name</c>.</summary>
    internal static Action<Core, ulong> Of(string name)
    {
        string form = name.EndsWith("IS", StringComparison.Ordinal) || name.EndsWith("OS", StringComparison.Ordinal) ? name[..^2] : name;
        Func<Core, RegimeKind> regime = form[^1] switch
        {
            '3' => static _ => RegimeKind.EL3,
            '2' => static core => core.Mmu.RegimeOfLevel(2),

            // The forms of stage 1 belong to the host under {E2H, TGE} = {1, 1}; ALLE1 and those of stage 2 never do.
            _ when form is "ALLE1" or "VMALLS12E1" || form.Contains("IPAS2", StringComparison.Ordinal) => static _ => RegimeKind.EL10,
            _ => static core => EffectiveControls.Host0(core) ? RegimeKind.EL20 : RegimeKind.EL10,
        };
        bool byAddress = form[0] == 'V' && form.Contains("VA", StringComparison.Ordinal);
        return byAddress
            ? (core, operand) => core.Mmu.Drop(regime(core), operand << 12)
            : (core, _) => core.Mmu.Drop(regime(core));
    }
}
