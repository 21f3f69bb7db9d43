namespace Conformance.Cpu.Instructions;

/// <summary>How the run loop gets from an operation to its handler.</summary>
/// <remarks>
/// The general route is right for every handler. A shorter one saves what a handler does not need: a plain one the upkeep of
/// PC, a named one the call, because the loop calls that handler by name and the compiler can put it in place.
/// </remarks>
internal enum Route : byte
{
    /// <summary>The handler may do anything.</summary>
    General,

    /// <summary>The general one, to a handler that decodes: the word has not been executed since it was last written.</summary>
    Undecoded,

    /// <summary>It computes with registers and flags: it does not read PC, branch, take an exception, or change the context.</summary>
    Plain,

    // Plain ones by name. The last letter X is for what most of them are: 64-bit, unshifted, and without SP or XZR where it matters.
    AddImmediateX,
    SubImmediateX,
    AddRegisterX,
    MoveX,
    AddImmediate,
    SubImmediate,
    SubsImmediate,
    AddRegister,
    SubRegister,
    SubsRegister,
    AndImmediate,
    OrrRegister,
    AndRegister,
    EorRegister,
    MoveWide,
    Ubfm,

    // Branches, loads and stores by name.
    Branch,
    BranchLink,
    BranchConditional,
    BranchZero,
    BranchNotZero,
    BranchBitClear,
    BranchBitSet,
    LoadByte,
    LoadWord,
    LoadDoubleword,
    StoreByte,
    StoreWord,
    StoreDoubleword,
    LoadPair,
    LoadPairPost,
    StorePair,
    StorePairPost,
}
