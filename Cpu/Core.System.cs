using Conformance.Cpu.Features;
using Conformance.Cpu.Interrupts;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu;

/// <summary>The conduit of a firmware call.</summary>
public enum FirmwareConduit
{
    Hvc,
    Smc,
}

/// <summary>The system side: registers, reset, and what a board or a test device may hook.</summary>
public sealed partial class Core
{
    internal readonly CoreFeatures Have;

    /// <summary>Highest implemented Exception level, 1 to 3.</summary>
    public int HighestLevel => Have.HighestLevel;

    /// <summary>Masks and access rules of the registers for <see cref="Features"/>.</summary>
    internal readonly RegisterModel Model;

    /// <summary>Count of the system counter: one tick for each instruction; the run loop counts.</summary>
    public ulong Ticks;

    /// <summary>How many of <see cref="Ticks"/> passed in WFI, without an instruction.</summary>
    public ulong IdleTicks;

    /// <summary>Exceptions taken since reset, of any kind.</summary>
    public ulong ExceptionCount;

    /// <summary>Level that took the last exception, 1 to 3; 0 when there was none.</summary>
    public int LastExceptionTarget;

    /// <summary>Offset from VBAR_ELx at which the last exception was taken, in bytes.</summary>
    public int LastVectorOffset;

    /// <summary>The tick at which <see cref="Pstate.BTYPE"/> counts: it is 0 again behind the instruction that executes then.</summary>
    private ulong _branchTypeTick;

    /// <summary>PSTATE.BTYPE as the instruction being executed finds it.</summary>
    public int BranchType => _branchTypeTick == Ticks ? Pstate.BTYPE : 0;

    /// <summary>Sets PSTATE.BTYPE for the instruction behind the one being executed.</summary>
    internal void SetBranchType(int type)
    {
        Pstate.BTYPE = (byte)(Have.BTI ? type : 0);
        if (FetchGuarded && Pstate.BTYPE != 0)
        {
            FetchTag = NoPage; // the target is checked, also when it is in the same page
        }

        _branchTypeTick = Ticks + 1;
    }

    /// <summary>PMCCNTR_EL0 is enabled, whatever its filter says of the level.</summary>
    internal bool CyclesEnabled;

    /// <summary>PMCCNTR_EL0 counts.</summary>
    internal bool CyclesCount;

    /// <summary>The value of <see cref="Ticks"/> up to which PMCCNTR_EL0 has been counted.</summary>
    internal ulong CyclesSince;

    /// <summary>WFI or WFE waits: set by the instruction, cleared by whoever wakes the PE.</summary>
    internal bool Waiting;

    /// <summary>
    /// Serves SMC when EL3, and HVC when EL2, is not implemented, and says whether it did (SMCCC, PSCI).
    /// </summary>
    public Func<Core, FirmwareConduit, bool>? FirmwareCall { get; set; }

    /// <summary><see cref="Situation"/> must be worked out again: something has changed that it looks at.</summary>
    internal bool SituationStale = true;

    /// <summary>
    /// While <see cref="Situation"/> is not stale: the controls of floating-point and Advanced SIMD have been looked at, and are open.
    /// </summary>
    internal bool FpOpen;

    private Situation _situation;

    /// <summary><see cref="System"/> as a reset to each level leaves it; null where that has not been worked out.</summary>
    private readonly ulong[]?[] _atReset = new ulong[]?[4];

    /// <summary>What access rules may ask about the present moment.</summary>
    internal Situation Situation
    {
        get
        {
            if (SituationStale)
            {
                _situation = Situations.Now(this);
                SituationStale = false;
                FpOpen = false;
            }

            return _situation;
        }
    }

    /// <summary>Cold reset: everything zero but what the architecture fixes, executing at a level on SP_ELx with all masked.</summary>
    /// <remarks>Below the highest level the levels above have done what firmware does before it leaves (<see cref="HandOver"/>).</remarks>
    /// <param name="level">Exception level to start at, 1 to the highest implemented one.</param>
    public void Reset(int level)
    {
        ResetState(level);
        Controller?.Reset();
    }

    private void ResetState(int level)
    {
        if (level < 1 || level > Have.HighestLevel)
        {
            throw new ArgumentOutOfRangeException(
                nameof(level), level, $"This PE starts at EL1 to EL{Have.HighestLevel}.");
        }

        Array.Clear(X);
        Array.Clear(V);
        Array.Clear(StackPointers);
        Pc = 0;
        NextPc = 0;
        Ticks = 0;
        IdleTicks = 0;
        ExceptionCount = 0;
        LastExceptionTarget = 0;
        LastVectorOffset = 0;
        Waiting = false;
        IsOff = false;
        CyclesEnabled = false;
        CyclesCount = false;
        ExternalLines = InterruptLines.None;
        NextTimerEvent = ulong.MaxValue;
        EventRegister = false;
        EventsSeen = 0;
        ExclusiveAddress = 0;
        ExclusiveSize = 0;
        Mmu.Clear();
        ContextChanged();
        Pstate = new Pstate { EL = (byte)level, SP = true, Daif = 0xf };
        ResetRegisters();
        if (level < HighestLevel)
        {
            HandOver.To(this, level);
        }
    }

    /// <summary>Reset values depend on nothing but the PE and the level, so they are worked out once.</summary>
    private void ResetRegisters()
    {
        if (_atReset[Pstate.EL] is { } known)
        {
            known.CopyTo(System, 0);
            return;
        }

        Array.Clear(System);
        foreach (SysReg register in Registers.All)
        {
            register.Reset(this);
        }

        _atReset[Pstate.EL] = [.. System];
    }
}
