namespace Conformance.Cpu.Exceptions;

/// <summary>The synchronous exceptions that instructions raise. Each takes the exception at once and sets NextPc.</summary>
/// <remarks>A handler that raises returns immediately afterwards without writing anything else.</remarks>
internal static class Raise
{
    private const uint WnR = 1u << 6;
    private const uint DebugEvent = 0x22; // the fault status code of debug exceptions

    /// <summary>UNDEFINED: EC 0x00 (EX-150, EX-151).</summary>
    internal static void Undefined(Core core) => AtThis(core, Routing.Base(core), Syndrome.Of(ExceptionClass.Unknown));

    /// <summary>SP alignment fault: EC 0x26 (EX-191).</summary>
    internal static void SpAlignment(Core core) => AtThis(core, Routing.Base(core), Syndrome.Of(ExceptionClass.SpAlignment));

    /// <summary>PC alignment fault: EC 0x22 (EX-192). <see cref="Core.Pc"/> is the misaligned address.</summary>
    internal static void PcAlignment(Core core) => ExceptionEntry.TakeWithAddress(
        core, Routing.Base(core), Syndrome.Of(ExceptionClass.PcAlignment), core.Pc, core.Pc);

    /// <summary>Illegal Execution state: EC 0x0E (EX-193).</summary>
    internal static void IllegalState(Core core) => AtThis(core, Routing.Base(core), Syndrome.Of(ExceptionClass.IllegalState));

    /// <summary>Floating-point access trap (EX-117); TGE turns a trap to EL1 into EC 0x00 at EL2 (EX-174).</summary>
    /// <param name="core">The PE.</param>
    /// <param name="target">Level of the control that closed the access; 1 from EL0 goes where TGE says.</param>
    internal static void FpAccess(Core core, int target)
    {
        bool redirected = target == 1 && EffectiveControls.Tge(core);
        AtThis(core, redirected ? 2 : target, redirected ? Syndrome.Of(ExceptionClass.Unknown) : Syndrome.FpAccess());
    }

    /// <summary>Trap of a system register access or system instruction: EC 0x18 (EX-122).</summary>
    /// <param name="core">The PE.</param>
    /// <param name="target">Level of the control; 1 from EL0 goes where TGE says.</param>
    /// <param name="word">The instruction word.</param>
    internal static void SystemAccess(Core core, int target, uint word) =>
        AtThis(core, target == 1 ? Routing.Base(core) : target, Syndrome.SystemAccess(word));

    /// <summary>Breakpoint: EC 0x30 or 0x31 (EX-133).</summary>
    internal static void Breakpoint(Core core) => DebugException(core, ExceptionClass.Breakpoint, 0);

    /// <summary>Watchpoint: EC 0x34 or 0x35 (EX-135).</summary>
    /// <param name="core">The PE.</param>
    /// <param name="address">VA of the access, for FAR.</param>
    /// <param name="write">WnR.</param>
    internal static void Watchpoint(Core core, ulong address, bool write)
    {
        int target = Routing.Debug(core);
        int sameLevel = target == core.Pstate.EL ? 1 : 0;
        ExceptionEntry.TakeWithAddress(
            core, target, Syndrome.Of(ExceptionClass.Watchpoint + sameLevel, (write ? WnR : 0) | DebugEvent), core.Pc, address);
    }

    /// <summary>Software Step: EC 0x32 or 0x33 (EX-134).</summary>
    /// <param name="core">The PE; <see cref="Core.Pc"/> is the instruction that would run next.</param>
    /// <param name="stepped">An instruction was stepped: ISV.</param>
    /// <param name="exclusive">It was a Load-Exclusive: EX.</param>
    internal static void SoftwareStep(Core core, bool stepped, bool exclusive) => DebugException(
        core, ExceptionClass.SoftwareStep, (stepped ? 1u << 24 : 0) | (exclusive ? 1u << 6 : 0));

    /// <summary>Branch Target Exception: EC 0x0D with the branch type (FEAT_BTI).</summary>
    internal static void BranchTarget(Core core) =>
        AtThis(core, Routing.Base(core), Syndrome.Of(ExceptionClass.BranchTarget, (uint)core.BranchType));

    /// <summary>An exception that returns to the instruction which caused it.</summary>
    internal static void AtThis(Core core, int target, ulong esr) => ExceptionEntry.Take(core, target, esr, core.Pc);

    /// <summary>An exception that returns behind the instruction which caused it (EX-081).</summary>
    internal static void AfterThis(Core core, int target, ulong esr) =>
        ExceptionEntry.Take(core, target, esr, core.Pc + 4);

    private static void DebugException(Core core, int exceptionClass, uint iss)
    {
        int target = Routing.Debug(core);
        AtThis(core, target, Syndrome.Of(exceptionClass + (target == core.Pstate.EL ? 1 : 0), iss | DebugEvent));
    }
}
