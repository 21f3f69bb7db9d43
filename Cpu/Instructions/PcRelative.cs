namespace Conformance.Cpu.Instructions;

/// <summary>PC-relative addressing: ADR and ADRP.</summary>
/// <remarks>Source: DDI 0487, C6.2, ADR and ADRP.</remarks>
internal static unsafe class PcRelative
{
    internal static readonly InsnRow[] Rows =
    [
        new("ADR",  "0 immlo:2 10000 immhi:19 Rd:5", &Adr,  &Bytes),
        new("ADRP", "1 immlo:2 10000 immhi:19 Rd:5", &Adrp, &Pages),
    ];

    private static void Bytes(ref Operation op) => op.Imm = (ulong)(op.Signed(5, 19) << 2 | op.Bits(29, 2));

    private static void Pages(ref Operation op) => op.Imm = (ulong)((op.Signed(5, 19) << 2 | op.Bits(29, 2)) << 12);

    private static void Adr(Core core, in Operation op) => core.SetX(op.Rd, core.Pc + op.Imm);

    private static void Adrp(Core core, in Operation op) => core.SetX(op.Rd, (core.Pc & ~0xffful) + op.Imm);
}
