namespace Conformance.Cpu.Instructions;

/// <summary>Data processing (3 source): MADD, MSUB, the long forms, SMULH and UMULH.</summary>
/// <remarks>Source: DDI 0487, C6.2, MADD to UMULH.</remarks>
internal static unsafe class ThreeSource
{
    internal static readonly InsnRow[] Rows =
    [
        new("MADD",   "sf:1 00 11011 000 Rm:5 0 Ra:5  Rn:5 Rd:5", &Madd),
        new("MSUB",   "sf:1 00 11011 000 Rm:5 1 Ra:5  Rn:5 Rd:5", &Msub),
        new("SMADDL", "1    00 11011 001 Rm:5 0 Ra:5  Rn:5 Rd:5", &Smaddl),
        new("SMSUBL", "1    00 11011 001 Rm:5 1 Ra:5  Rn:5 Rd:5", &Smsubl),
        new("SMULH",  "1    00 11011 010 Rm:5 0 11111 Rn:5 Rd:5", &Smulh),
        new("UMADDL", "1    00 11011 101 Rm:5 0 Ra:5  Rn:5 Rd:5", &Umaddl),
        new("UMSUBL", "1    00 11011 101 Rm:5 1 Ra:5  Rn:5 Rd:5", &Umsubl),
        new("UMULH",  "1    00 11011 110 Rm:5 0 11111 Rn:5 Rd:5", &Umulh),
    ];

    private static void Madd(Core core, in Operation op) =>
        core.SetX(op.Rd, op.Width(core.GetX(op.Ra) + core.GetX(op.Rn) * core.GetX(op.Rm)));

    private static void Msub(Core core, in Operation op) =>
        core.SetX(op.Rd, op.Width(core.GetX(op.Ra) - core.GetX(op.Rn) * core.GetX(op.Rm)));

    private static ulong SignedLong(Core core, in Operation op) => (ulong)((long)(int)core.GetX(op.Rn) * (int)core.GetX(op.Rm));

    private static ulong UnsignedLong(Core core, in Operation op) => (ulong)(uint)core.GetX(op.Rn) * (uint)core.GetX(op.Rm);

    private static void Smaddl(Core core, in Operation op) => core.SetX(op.Rd, core.GetX(op.Ra) + SignedLong(core, op));

    private static void Smsubl(Core core, in Operation op) => core.SetX(op.Rd, core.GetX(op.Ra) - SignedLong(core, op));

    private static void Umaddl(Core core, in Operation op) => core.SetX(op.Rd, core.GetX(op.Ra) + UnsignedLong(core, op));

    private static void Umsubl(Core core, in Operation op) => core.SetX(op.Rd, core.GetX(op.Ra) - UnsignedLong(core, op));

    // The manual writes (1) for the bits of Ra in the high multiplies: other values are CONSTRAINED UNPREDICTABLE. Of the
    // allowed outcomes the model has UNDEFINED.
    private static void Smulh(Core core, in Operation op) =>
        core.SetX(op.Rd, (ulong)Math.BigMul((long)core.GetX(op.Rn), (long)core.GetX(op.Rm), out _));

    private static void Umulh(Core core, in Operation op) =>
        core.SetX(op.Rd, Math.BigMul(core.GetX(op.Rn), core.GetX(op.Rm), out _));
}
