namespace Conformance.Cpu.Exceptions;

/// <summary>Values of ESR_ELx.EC that the model produces (EX-112).</summary>
internal static class ExceptionClass
{
    internal const int Unknown = 0x00;
    internal const int WfxTrap = 0x01;
    internal const int FpTrap = 0x07;
    internal const int PAuthTrap = 0x09;
    internal const int BranchTarget = 0x0d;
    internal const int IllegalState = 0x0e;
    internal const int Svc = 0x15;
    internal const int Hvc = 0x16;
    internal const int Smc = 0x17;
    internal const int SystemAccess = 0x18;
    internal const int EretTrap = 0x1a;
    internal const int PacFail = 0x1c;

    /// <summary>From a lower level; one more when the level does not change. So are the aborts below.</summary>
    internal const int InstructionAbort = 0x20;
    internal const int PcAlignment = 0x22;
    internal const int DataAbort = 0x24;
    internal const int SpAlignment = 0x26;
    internal const int SError = 0x2f;
    internal const int Breakpoint = 0x30;
    internal const int Watchpoint = 0x34;
    internal const int SoftwareStep = 0x32;
    internal const int Brk = 0x3c;
}
