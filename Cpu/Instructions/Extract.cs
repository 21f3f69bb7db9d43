namespace Conformance.Cpu.Instructions;

/// <summary>Extract: EXTR.</summary>
/// <remarks>Source: DDI 0487, C6.2, EXTR.</remarks>
internal static unsafe class Extract
{
    internal static readonly InsnRow[] Rows =
    [
        new("EXTR (32-bit)", "0 00 100111 0 0 Rm:5 0 imms:5 Rn:5 Rd:5", &Extr32, &Lsb),
        new("EXTR (64-bit)", "1 00 100111 1 0 Rm:5 imms:6 Rn:5 Rd:5",   &Extr64, &Lsb),
    ];

    private static void Lsb(ref Operation op) => op.Aux = (int)op.Bits(10, 6);

    private static void Extr32(Core core, in Operation op) =>
        core.SetX(op.Rd, (uint)((core.GetX(op.Rn) << 32 | (uint)core.GetX(op.Rm)) >> op.Aux));

    private static void Extr64(Core core, in Operation op)
    {
        ulong low = core.GetX(op.Rm);
        core.SetX(op.Rd, op.Aux == 0 ? low : low >> op.Aux | core.GetX(op.Rn) << (64 - op.Aux));
    }
}
