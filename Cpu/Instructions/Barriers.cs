namespace Conformance.Cpu.Instructions;

/// <summary>Barriers: DSB, DMB, ISB, SB, CLREX. The model executes in order, so only CLREX has an effect.</summary>
/// <remarks>Source: DDI 0602, C4.1 "Barriers".</remarks>
internal static unsafe class Barriers
{
    internal static readonly InsnRow[] Rows =
    [
        new("CLREX", "1101010100 0 00 011 0011 CRm:4 010 11111", &Clrex),
        new("DSB",   "1101010100 0 00 011 0011 CRm:4 100 11111", &Nothing),
        new("DMB",   "1101010100 0 00 011 0011 CRm:4 101 11111", &Nothing),
        new("ISB",   "1101010100 0 00 011 0011 CRm:4 110 11111", &Nothing),
        new("SB",    "1101010100 0 00 011 0011 xxxx 111 11111", &Nothing) { Feature = "FEAT_SB" },
    ];

    private static void Clrex(Core core, in Operation op) => core.ExclusiveSize = 0;

    private static void Nothing(Core core, in Operation op)
    {
    }
}
