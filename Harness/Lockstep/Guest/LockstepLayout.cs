namespace Conformance.Harness.Lockstep.Guest;

/// <summary>Addresses and layouts shared by the lock-step program in the guest and the host.</summary>
/// <remarks>Everything is little-endian 64-bit words. The program and the host are always of one build, so there is no version.</remarks>
internal static class LockstepLayout
{
    /// <summary>The program; its vectors come first, 2 KiB for each of EL1 to EL3.</summary>
    internal const ulong Image = 0x4014_0000;

    /// <summary>What host and program tell each other, and the program's variables.</summary>
    internal const ulong Mailbox = 0x4100_0000;

    /// <summary>Register values of the contexts: <see cref="ContextSize"/> bytes each.</summary>
    internal const ulong Contexts = 0x4100_1000;

    internal const int ContextSize = 0x200;

    internal const int MaxContexts = 64;

    /// <summary>Blocks of a batch, one after the other.</summary>
    internal const ulong Blocks = 0x4101_0000;

    internal const int BlocksSize = 0x02ff_0000;

    /// <summary>Results of a batch, one after the other.</summary>
    internal const ulong Results = 0x4400_0000;

    internal const int ResultsSize = 0x0240_0000;

    /// <summary>Where blocks run: each in a slot of its own, so that an emulator translates into fresh memory.</summary>
    internal const ulong Code = 0x4680_0000;

    internal const int CodeSize = 0x0080_0000;

    /// <summary>Bytes of a slot.</summary>
    internal const int SlotSize = 0x400;

    /// <summary>The memory that loads and stores of a block reach; filled before and hashed after it.</summary>
    internal const ulong Window = 0x4700_0000;

    internal const int WindowSize = 0x1000;

    /// <summary>Page tables, written by the host once.</summary>
    internal const ulong Tables = 0x4720_0000;

    /// <summary>Immediate of the SVC that ends a block, and of the SMC by which EL1 and EL2 pass it on.</summary>
    internal const int End = 0xe0ff;

    /// <summary>Byte offsets from <see cref="Mailbox"/>.</summary>
    internal static class Box
    {
        internal const int Hello = 0x00;
        internal const int State = 0x08;
        internal const int Count = 0x10;
        internal const int Progress = 0x18;

        internal const int Block = 0x40;
        internal const int Result = 0x48;
        internal const int Left = 0x50;
        internal const int Context = 0x58;
        internal const int Log = 0x60;
        internal const int Recovery = 0x68;

        /// <summary>SCTLR_EL3 of the context, which holds while a block runs; the program itself runs with the baseline.</summary>
        internal const int Sctlr3 = 0x70;
        internal const int Save = 0x80;

        internal const ulong Magic = 0x4c4f_434b_5354_4550;
        internal const int Idle = 0;
        internal const int Go = 1;
        internal const int Done = 2;
    }

    /// <summary>Word numbers of a block.</summary>
    internal static class Block
    {
        internal const int Size = 0;
        internal const int Flags = 1;
        internal const int Code = 2;
        internal const int CodePairs = 3;
        internal const int Spsr = 4;
        internal const int Recovery = 5;
        internal const int Context = 6;
        internal const int Fpcr = 7;
        internal const int Fpsr = 8;
        internal const int StackPointers = 9;
        internal const int Seed = 13;
        internal const int General = 14;
        internal const int Vector = 46;
        internal const int Words = 110;

        /// <summary>Flag: the window goes into the result.</summary>
        internal const int DumpBit = 0;
    }

    /// <summary>Word numbers of a result.</summary>
    internal static class Result
    {
        internal const int Kind = 0;
        internal const int Size = 1;
        internal const int General = 2;
        internal const int Spsr = 33;
        internal const int Elr = 34;
        internal const int StackPointers = 35;
        internal const int Fpcr = 39;
        internal const int Fpsr = 40;
        internal const int Hash = 41;
        internal const int LogEnd = 42;
        internal const int Vector = 44;
        internal const int Log = 108;

        /// <summary>Words of a log entry: level and vector, ESR, ELR, SPSR, FAR.</summary>
        internal const int Entry = 5;

        internal const ulong Ran = 0x52414e;
    }

    /// <summary>The registers of a context, in the order in which they are written.</summary>
    internal static IReadOnlyList<string> ContextRegisters { get; } =
    [
        "SCR_EL3", "HCR_EL2", "SCTLR_EL1", "SCTLR_EL2", "SCTLR_EL3", "CPACR_EL1", "CPTR_EL2",
        "TCR_EL1", "TCR_EL2", "TCR_EL3", "MAIR_EL1", "MAIR_EL2", "MAIR_EL3", "TTBR0_EL1", "TTBR0_EL2", "TTBR0_EL3",
        "APIAKeyLo_EL1", "APIAKeyHi_EL1", "APIBKeyLo_EL1", "APIBKeyHi_EL1", "APDAKeyLo_EL1", "APDAKeyHi_EL1",
        "APDBKeyLo_EL1", "APDBKeyHi_EL1", "APGAKeyLo_EL1", "APGAKeyHi_EL1",
    ];

    /// <summary>The multiplier of the generator that fills the window (Knuth's MMIX).</summary>
    internal const ulong FillMultiplier = 6364136223846793005;

    internal const ulong HashMultiplier = 0x9e37_79b9_7f4a_7c15;
}
