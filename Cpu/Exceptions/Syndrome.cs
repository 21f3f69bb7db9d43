namespace Conformance.Cpu.Exceptions;

/// <summary>Builds ESR_ELx values (EX-110 to EX-138).</summary>
internal static class Syndrome
{
    /// <summary>CV = 1 and COND = AL, as AArch64 reports them for conditional classes (EX-115, EX-117).</summary>
    private const uint Always = (1u << 24) | (0xeu << 20);

    /// <summary>EC in 31:26, IL = 1, ISS in 24:0.</summary>
    internal static ulong Of(int exceptionClass, uint iss = 0) => ((ulong)(uint)exceptionClass << 26) | (1UL << 25) | iss;

    /// <summary>WFI, WFE and their timed forms: TI says which, RV and RN the register of a timed one (EX-115, EX-116).</summary>
    internal static ulong Wfx(int ti) => Of(ExceptionClass.WfxTrap, Always | (uint)ti);

    internal static ulong FpAccess() => Of(ExceptionClass.FpTrap, Always);

    /// <summary>MSR, MRS, SYS, SYSL: the fields of the instruction word in the order of the ISS (EX-122 to EX-125).</summary>
    internal static ulong SystemAccess(uint word)
    {
        uint op0 = (word >> 19) & 3;
        uint op1 = (word >> 16) & 7;
        uint crn = (word >> 12) & 15;
        uint crm = (word >> 8) & 15;
        uint op2 = (word >> 5) & 7;
        uint rt = word & 31;
        uint read = (word >> 21) & 1;
        return Of(
            ExceptionClass.SystemAccess,
            (op0 << 20) | (op2 << 17) | (op1 << 14) | (crn << 10) | (rt << 5) | (crm << 1) | read);
    }
}
