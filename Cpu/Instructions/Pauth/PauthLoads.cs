using Conformance.Cpu.Translation;

namespace Conformance.Cpu.Instructions.Pauth;

/// <summary>Loads that authenticate their base: LDRAA and LDRAB.</summary>
/// <remarks>Source: DDI 0602, "LDRAA, LDRAB". The modifier is zero; writeback stores the authenticated address.</remarks>
internal static unsafe class PauthLoads
{
    internal static readonly InsnRow[] Rows =
    [
        new("LDRAA", "11 111 0 00 0 S:1 1 imm9:9 W:1 1 Rn:5 Rt:5", &Load, &Offset) { Feature = "FEAT_PAuth" },
        new("LDRAB", "11 111 0 00 1 S:1 1 imm9:9 W:1 1 Rn:5 Rt:5", &Load, &Offset) { Feature = "FEAT_PAuth" },
    ];

    /// <summary>S:imm9, signed, in units of 8 bytes.</summary>
    private static void Offset(ref Operation op)
    {
        long simm10 = (long)(op.Bits(22, 1) << 9 | op.Bits(12, 9)) << 54 >> 54;
        op.Imm = (ulong)(simm10 << 3);
    }

    private static void Load(Core core, in Operation op)
    {
        PointerKey key = op.Bit(23) ? PointerKey.DB : PointerKey.DA;
        if (Addressing.TryBase(core, op.Rn, out ulong signed)
            && PointerAuthentication.TryAuthenticate(core, key, signed, 0, combined: true, out ulong plain)
            && Addressing.TryLoad<Doubleword>(core, plain + op.Imm, AccessKind.Normal, op.Rd)
            && op.Bit(11))
        {
            core.SetXOrSp(op.Rn, plain + op.Imm);
        }
    }
}
