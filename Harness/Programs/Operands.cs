namespace Conformance.Harness.Programs;

/// <summary>Shift applied to the register operand of an arithmetic or logical instruction. ROR: logical only.</summary>
public enum Shift
{
    Lsl = 0,
    Lsr = 1,
    Asr = 2,
    Ror = 3,
}

/// <summary>Extension applied to the index register of an address or to the second operand of ADD and SUB.</summary>
public enum Extend
{
    Uxtb = 0,
    Uxth = 1,
    Uxtw = 2,

    /// <summary>LSL in assembly text: the whole 64-bit register.</summary>
    Uxtx = 3,
    Sxtb = 4,
    Sxth = 5,
    Sxtw = 6,
    Sxtx = 7,
}

#pragma warning disable CA1069 // CS and HS, CC and LO are two names of one condition
/// <summary>Condition codes.</summary>
public enum Cond
{
    Eq = 0,
    Ne = 1,
    Cs = 2,
    Hs = 2,
    Cc = 3,
    Lo = 3,
    Mi = 4,
    Pl = 5,
    Vs = 6,
    Vc = 7,
    Hi = 8,
    Ls = 9,
    Ge = 10,
    Lt = 11,
    Gt = 12,
    Le = 13,
    Al = 14,
    Nv = 15,
}
#pragma warning restore CA1069

/// <summary>Domain and kind of a barrier: the CRm field of DMB and DSB.</summary>
public enum Barrier
{
    OshLd = 1,
    OshSt = 2,
    Osh = 3,
    NshLd = 5,
    NshSt = 6,
    Nsh = 7,
    IshLd = 9,
    IshSt = 10,
    Ish = 11,
    Ld = 13,
    St = 14,
    Sy = 15,
}
