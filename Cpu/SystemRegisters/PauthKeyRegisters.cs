using static Conformance.Cpu.SystemRegisters.Declaration;
using static Conformance.Cpu.SystemRegisters.Rules;

namespace Conformance.Cpu.SystemRegisters;

/// <summary>Keys of pointer authentication (EX-181).</summary>
/// <remarks>Source: DDI 0601, 2025-03.</remarks>
internal static class PauthKeyRegisters
{
    private static readonly AccessRule s_key = Together(Needs("FEAT_PAuth"), HcrOpens(Hcr.APK), ScrOpens(Scr.APK));

    internal static readonly Declaration[] All =
    [
        Key(0, "APIAKeyLo_EL1", (3, 0, 2, 1, 0), 7), Key(1, "APIAKeyHi_EL1", (3, 0, 2, 1, 1), 7),
        Key(2, "APIBKeyLo_EL1", (3, 0, 2, 1, 2), 8), Key(3, "APIBKeyHi_EL1", (3, 0, 2, 1, 3), 8),
        Key(4, "APDAKeyLo_EL1", (3, 0, 2, 2, 0), 4), Key(5, "APDAKeyHi_EL1", (3, 0, 2, 2, 1), 4),
        Key(6, "APDBKeyLo_EL1", (3, 0, 2, 2, 2), 5), Key(7, "APDBKeyHi_EL1", (3, 0, 2, 2, 3), 5),
        Key(8, "APGAKeyLo_EL1", (3, 0, 2, 3, 0), 6), Key(9, "APGAKeyHi_EL1", (3, 0, 2, 3, 1), 6),
    ];

    private static Declaration Key(int half, string name, SysEncoding encoding, int fineGrained) =>
        Reg(name, encoding, "63:0", Slots.APIAKeyLo_EL1 + half, s_key, Hfg(fineGrained));
}
