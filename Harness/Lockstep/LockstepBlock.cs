using Conformance.Harness.Spec.Instructions;

namespace Conformance.Harness.Lockstep;

/// <summary>The registers that a block starts with.</summary>
public sealed class BlockState
{
    /// <summary>X0 to X30.</summary>
    public ulong[] General { get; } = new ulong[31];

    /// <summary>V0 to V31, the low half of Vn at 2n.</summary>
    public ulong[] Vector { get; } = new ulong[64];

    /// <summary>SP_EL0 to SP_EL3.</summary>
    public ulong[] StackPointers { get; } = new ulong[4];

    public ulong Fpcr { get; set; }

    public ulong Fpsr { get; set; }

    /// <summary>PSTATE in SPSR layout.</summary>
    public ulong Pstate { get; set; }

    /// <summary>Decides what is in the memory that the block can reach.</summary>
    public ulong MemorySeed { get; set; }

    /// <summary>Number of the set of system registers.</summary>
    public int Context { get; set; }
}

/// <summary>One instruction under test, with what has to stand before and behind it.</summary>
/// <param name="Words">The words.</param>
/// <param name="Main">Index of the instruction under test in <paramref name="Words"/>.</param>
/// <param name="Encoding">Its encoding; null for an unallocated word.</param>
public sealed record LockstepStep(uint[] Words, int Main, InstructionEncoding? Encoding)
{
    /// <summary>The instruction under test.</summary>
    public uint Word => Words[Main];
}

/// <summary>Some instructions that run one after the other from a random state.</summary>
/// <param name="Number">Number of the block in the campaign.</param>
/// <param name="State">The state it starts with.</param>
/// <param name="Pool">Constants that its code loads, as pairs of words of 64 bits.</param>
/// <param name="Steps">The instructions.</param>
public sealed record LockstepBlock(long Number, BlockState State, ulong[] Pool, IReadOnlyList<LockstepStep> Steps)
{
    /// <summary>The same block with its first steps only.</summary>
    public LockstepBlock Prefix(int steps) => this with { Steps = [.. Steps.Take(steps)] };

    /// <summary>The same block with NOPs in the place of a step.</summary>
    public LockstepBlock Without(int step) => this with
    {
        Steps = [.. Steps.Select((s, i) => i != step ? s : s with { Words = [.. s.Words.Select(_ => 0xd503_201fu)], Encoding = null })],
    };
}
