using Conformance.Cpu.Exceptions;

namespace Conformance.Cpu.Tracing;

/// <summary>What an exception class is called in a trace.</summary>
internal static class ExceptionNames
{
    internal static string Of(int exceptionClass) => exceptionClass switch
    {
        ExceptionClass.Unknown => "unknown",
        ExceptionClass.WfxTrap => "WFx",
        ExceptionClass.FpTrap => "FP access",
        ExceptionClass.PAuthTrap => "PAuth",
        ExceptionClass.BranchTarget => "branch target",
        ExceptionClass.IllegalState => "illegal state",
        ExceptionClass.Svc => "SVC",
        ExceptionClass.Hvc => "HVC",
        ExceptionClass.Smc => "SMC",
        ExceptionClass.SystemAccess => "system register",
        ExceptionClass.EretTrap => "ERET",
        ExceptionClass.PacFail => "PAC failure",
        ExceptionClass.InstructionAbort or ExceptionClass.InstructionAbort + 1 => "instruction abort",
        ExceptionClass.PcAlignment => "PC alignment",
        ExceptionClass.DataAbort or ExceptionClass.DataAbort + 1 => "data abort",
        ExceptionClass.SpAlignment => "SP alignment",
        ExceptionClass.SError => "SError",
        ExceptionClass.Breakpoint or ExceptionClass.Breakpoint + 1 => "breakpoint",
        ExceptionClass.SoftwareStep or ExceptionClass.SoftwareStep + 1 => "software step",
        ExceptionClass.Brk => "BRK",
        _ => "other",
    };
}
