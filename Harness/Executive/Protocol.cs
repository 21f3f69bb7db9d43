namespace Conformance.Harness.Executive;

/// <summary>Addresses and layouts shared by the executive in the guest and the encoder and decoder on the host.</summary>
/// <remarks>
/// Everything is little-endian 64-bit words at guest physical addresses. Described for other implementers, with a version,
/// in <c>Harness/INTERPRETING.md</c>; change both together and raise <see cref="Version"/>.
/// </remarks>
public static class Protocol
{
    public const ulong Version = 2;

    /// <summary>The executive's own variables: see <see cref="Context"/>.</summary>
    public const ulong ContextBase = 0x4013_0000;

    /// <summary>Where exceptions of the executive itself are saved while it installs or observes state.</summary>
    public const ulong ScratchSave = 0x4013_1000;

    /// <summary>Vectors of EL2 for a step that runs with an SCTLR_EL2 of its own: they put the executive's back first.</summary>
    internal const ulong RestoringVectors = 0x4013_8000;

    /// <summary>Copies of the regions of <c>changed@</c> fields, taken just before a step runs; 64 KiB.</summary>
    public const ulong Shadow = 0x4040_0000;

    public const int ShadowSize = 0x1_0000;

    /// <summary>The mailbox: see <see cref="Mailbox"/>.</summary>
    public const ulong MailboxBase = 0x4100_0000;

    /// <summary>The subroutine that installs the baseline: <see cref="BaselineRoutine"/>, written by the host for the device.</summary>
    public const ulong BaselineBase = 0x4100_1000;

    /// <summary>Records of one batch, one after the other.</summary>
    public const ulong Records = 0x4101_0000;

    public const int RecordsSize = 0x02FF_0000;

    /// <summary>Results of one batch.</summary>
    public const ulong Results = 0x4400_0000;

    public const int ResultsSize = 0x0400_0000;

    /// <summary>Immediate of the SMC or HVC that ends a step's code.</summary>
    public const int EndImmediate = 0xE0FF;

    /// <summary>Immediate of the SMC or HVC that leaves a vector below the home level.</summary>
    public const int LeaveImmediate = 0xE0FE;

    /// <summary>UDF immediate of the end marker at EL0 and at the home level.</summary>
    public const int EndUdf = 0xE0FF;

    /// <summary>Byte offset of the leaving instruction in a vector slot: it follows MRS X28, CurrentEL.</summary>
    public const int LeaveOffset = 4;

    /// <summary>Byte offsets of the mailbox's words.</summary>
    public static class Mailbox
    {
        /// <summary>Written by the guest at boot: <see cref="Magic"/> plus <see cref="Version"/>.</summary>
        public const int Hello = 0x00;

        /// <summary>Written by the guest at boot: its home level, 1 to 3.</summary>
        public const int HomeLevel = 0x08;

        /// <summary>One of the State constants: the host sets Go, the guest Done.</summary>
        public const int State = 0x10;

        /// <summary>Index of the record in progress.</summary>
        public const int Progress = 0x18;

        /// <summary>How many records the batch has.</summary>
        public const int Count = 0x20;

        /// <summary>Which PSTATE accessors exist: a set of <see cref="PstateFeatures"/>.</summary>
        public const int Features = 0x30;

        public const int Size = 0x40;

        public const ulong Magic = 0x434F_4E46_0000_0000;
        public const ulong StateIdle = 0;
        public const ulong StateGo = 1;
        public const ulong StateDone = 2;
    }

    /// <summary>Bits of the mailbox's Features word.</summary>
    [Flags]
    public enum PstateFeatures
    {
        None = 0,
        Pan = 1,
        Uao = 2,
        Dit = 4,
        Ssbs = 8,
        Tco = 16,
        Allint = 32,
    }

    /// <summary>Byte offsets of the executive's variables from <see cref="ContextBase"/>.</summary>
    internal static class Context
    {
        public const int SavePointer = 0x00;
        public const int Phase = 0x08;
        public const int Record = 0x10;
        public const int Remaining = 0x18;
        public const int Index = 0x20;
        public const int LeaveWord = 0x28;
        public const int PreviousResult = 0x30;
        public const int Features = 0x38;
        public const int SaveRoutine = 0x40;
        public const int ObserveCursor = 0x48;

        /// <summary>At home level EL2 the case's HCR_EL2, which is in the register while a step runs.</summary>
        public const int Hcr = 0x50;

        /// <summary>Likewise its SCTLR_EL2, when the case turns the MMU of EL2 on or changes the byte order there.</summary>
        public const int Sctlr = 0x58;
        public const int General = 0x100;

        public const int PhaseSetup = 0;
        public const int PhaseRun = 1;
        public const int PhaseObserve = 2;
    }

    /// <summary>Word numbers in a record.</summary>
    internal static class Record
    {
        public const int Size = 0;
        public const int Result = 1;
        public const int Flags = 2;
        public const int Spsr = 3;
        public const int Pc = 4;
        public const int Code = 5;
        public const int CodeWords = 6;
        public const int Fills = 7;
        public const int Memory = 8;
        public const int General = 9;
        public const int Registers = 10;
        public const int ObservedRegisters = 11;
        public const int ObservedMemory = 12;
        public const int Regions = 13;
        public const int StackPointer = 14;
        public const int LeaveWord = 15;
        public const int Lists = 16;

        /// <summary>The record starts a case: general registers are zeroed and the baseline is applied.</summary>
        public const ulong FlagFirst = 1;

        /// <summary>Nothing runs: only the observation lists are served.</summary>
        public const ulong FlagObserveOnly = 2;

        /// <summary>The step's case turns a stage of translation on: what is held of earlier cases goes before the step is entered.</summary>
        public const ulong FlagInvalidate = 4;

        /// <summary>The same for the EL2 regimes, which a PE without EL2 has no instruction for.</summary>
        public const ulong FlagInvalidateEl2 = 8;

        /// <summary>What EL1&amp;0 holds goes whatever its VMID; see <see cref="FlagInvalidateStage2"/>.</summary>
        public const ulong FlagInvalidateVmids = 16;

        /// <summary>Stage 2 of the VMID in VTTBR_EL2 goes as well. A hypervisor that shadows it may take long for that.</summary>
        public const ulong FlagInvalidateStage2 = 32;

        /// <summary>At home level EL2: SCTLR_EL2 is the case's while the step runs, and the executive's otherwise.</summary>
        public const ulong FlagOwnSctlr = 64;

        public const int FlagFirstBit = 0;
        public const int FlagObserveOnlyBit = 1;
        public const int FlagInvalidateBit = 2;
        public const int FlagInvalidateEl2Bit = 3;
        public const int FlagInvalidateVmidsBit = 4;
        public const int FlagInvalidateStage2Bit = 5;
        public const int FlagOwnSctlrBit = 6;
    }

    /// <summary>Word numbers in a result.</summary>
    internal static class Result
    {
        public const int Kind = 0;
        public const int Slot = 1;
        public const int Esr = 2;
        public const int Elr = 3;
        public const int Spsr = 4;
        public const int Far = 5;
        public const int Nzcv = 6;
        public const int Daif = 7;
        public const int SpSel = 8;
        public const int CurrentEl = 9;
        public const int Pan = 10;
        public const int Uao = 11;
        public const int Dit = 12;
        public const int Ssbs = 13;
        public const int Tco = 14;
        public const int Allint = 15;
        public const int General = 16;
        public const int StackPointer = 47;
        public const int EsrEl1 = 48;
        public const int ElrEl1 = 49;
        public const int SpsrEl1 = 50;
        public const int FarEl1 = 51;
        public const int EsrEl2 = 52;
        public const int ElrEl2 = 53;
        public const int SpsrEl2 = 54;
        public const int FarEl2 = 55;
        public const int Lists = 56;

        public const ulong KindNotRun = 0;
        public const ulong KindRan = 1;
        public const ulong KindSetupFault = 2;
    }
}
