namespace Conformance.Cpu.SystemRegisters;

/// <summary>The five numbers that name a register or a system instruction in an instruction word.</summary>
internal readonly record struct SysEncoding(int Op0, int Op1, int CRn, int CRm, int Op2)
{
    /// <summary>The same numbers as they stand in bits 20:5 of MRS, MSR, SYS and SYSL.</summary>
    internal int Key => (Op0 << 14) | (Op1 << 11) | (CRn << 7) | (CRm << 3) | Op2;

    internal const int Keys = 1 << 16;

    internal static SysEncoding FromKey(int key) =>
        new(key >> 14, (key >> 11) & 7, (key >> 7) & 15, (key >> 3) & 15, key & 7);

    /// <summary>The names that belong to EL2: op1 is 4, or 5 for the _EL12 and _EL02 names.</summary>
    internal bool IsEl2Space => Op1 is 4 or 5;

    /// <summary>The feature ID space of FEAT_IDST: reads that would be UNDEFINED are traps there.</summary>
    internal bool IsIdSpace => Op0 == 3 && Op1 is 0 or 1 or 3 && CRn == 0 && CRm < 8;

    /// <summary>The part of the ID space that is reserved for ID registers to come: reads as zero, under HCR_EL2.TID3.</summary>
    internal bool IsReservedIdSpace => Op0 == 3 && Op1 == 0 && CRn == 0 && CRm is >= 2 and <= 7;

    /// <summary>The space left to implementations: SYS, SYSL, MRS and MSR with CRn 11 or 15.</summary>
    internal bool IsImplementationDefined => Op0 is 1 or 3 && CRn is 11 or 15;

    public static implicit operator SysEncoding((int Op0, int Op1, int CRn, int CRm, int Op2) numbers) =>
        new(numbers.Op0, numbers.Op1, numbers.CRn, numbers.CRm, numbers.Op2);

    public override string ToString() => $"S{Op0}_{Op1}_C{CRn}_C{CRm}_{Op2}";
}
