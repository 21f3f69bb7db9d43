using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Layout = Conformance.Harness.Lockstep.Guest.LockstepLayout;

namespace Conformance.Harness.Lockstep;

/// <summary>An exception that a block met.</summary>
/// <param name="Level">Level that took it.</param>
/// <param name="Vector">Offset from VBAR_ELx.</param>
/// <param name="Esr">ESR_ELx.</param>
/// <param name="Elr">ELR_ELx.</param>
/// <param name="Spsr">SPSR_ELx.</param>
/// <param name="Far">FAR_ELx, which is UNKNOWN unless the exception reports an address.</param>
public readonly record struct SeenException(int Level, int Vector, ulong Esr, ulong Elr, ulong Spsr, ulong Far)
{
    /// <summary>ESR_ELx.EC.</summary>
    public int Class => (int)(Esr >> 26) & 63;

    /// <summary>FAR_ELx holds an address: aborts, PC alignment, watchpoints.</summary>
    public bool ReportsAddress => Class is >= 0x20 and <= 0x25 or 0x34 or 0x35;
}

/// <summary>What a device made of a block: the state at its end and the exceptions in between.</summary>
/// <param name="Words">The result as the guest wrote it.</param>
public sealed record BlockResult(ReadOnlyMemory<ulong> Words)
{
    public ulong General(int n) => Words.Span[Layout.Result.General + n];

    /// <summary>V register n: low and high half.</summary>
    public (ulong Low, ulong High) Vector(int n) => (Words.Span[Layout.Result.Vector + (2 * n)], Words.Span[Layout.Result.Vector + (2 * n) + 1]);

    public ulong StackPointer(int level) => Words.Span[Layout.Result.StackPointers + level];

    /// <summary>PSTATE at the end.</summary>
    public ulong Pstate => Words.Span[Layout.Result.Spsr];

    public ulong Fpcr => Words.Span[Layout.Result.Fpcr];

    public ulong Fpsr => Words.Span[Layout.Result.Fpsr];

    /// <summary>A hash of the memory that the block can reach.</summary>
    public ulong MemoryHash => Words.Span[Layout.Result.Hash];

    public int ExceptionCount => (Words.Length - Layout.Result.Log) / Layout.Result.Entry;

    public SeenException Exception(int i)
    {
        ReadOnlySpan<ulong> entry = Words.Span.Slice(Layout.Result.Log + (i * Layout.Result.Entry), Layout.Result.Entry);
        return new SeenException((int)(entry[0] >> 12), (int)entry[0] & 0xfff, entry[1], entry[2], entry[3], entry[4]);
    }

    /// <summary>Cuts the results of a batch apart.</summary>
    internal static IReadOnlyList<BlockResult> Split(byte[] bytes, int count)
    {
        ulong[] words = MemoryMarshal.Cast<byte, ulong>(bytes).ToArray();
        var results = new BlockResult[count];
        int at = 0;
        ulong address = Layout.Results;
        for (int i = 0; i < count; i++)
        {
            int size = (int)(words[at + Layout.Result.Size] / 8);
            int logEnd = (int)((words[at + Layout.Result.LogEnd] - address) / 8);
            words[at + Layout.Result.LogEnd] = 0; // an address, which says nothing of the block
            SameEndianness(words.AsSpan(at, logEnd));
            results[i] = Result(words.AsMemory(at, logEnd));
            at += size;
            address += (ulong)size * 8;
        }

        return results;
    }

    /// <summary>A handler at a level whose data is big-endian writes its entry so; the first word of an entry is small.</summary>
    private static void SameEndianness(Span<ulong> words)
    {
        for (int entry = Layout.Result.Log; entry < words.Length; entry += Layout.Result.Entry)
        {
            if (words[entry] > uint.MaxValue)
            {
                BinaryPrimitives.ReverseEndianness(words.Slice(entry, Layout.Result.Entry), words.Slice(entry, Layout.Result.Entry));
            }
        }
    }

    /// <summary>EL1 and EL2 pass the end on: the SMC of the handler there is none of the block's, the SVC before it is.</summary>
    private static BlockResult Result(Memory<ulong> words)
    {
        Span<ulong> all = words.Span;
        int last = all.Length - Layout.Result.Entry;
        if (last - Layout.Result.Entry >= Layout.Result.Log && all[last + 2] is >= Layout.Image and < Layout.Image + 0x1_0000)
        {
            all[Layout.Result.Elr] = all[last - Layout.Result.Entry + 2];
            all[Layout.Result.Spsr] = all[last - Layout.Result.Entry + 3];
            return new BlockResult(words[..last]);
        }

        return new BlockResult(words);
    }
}
