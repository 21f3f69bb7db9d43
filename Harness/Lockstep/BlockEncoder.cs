using System.Buffers.Binary;
using Layout = Conformance.Harness.Lockstep.Guest.LockstepLayout;

namespace Conformance.Harness.Lockstep;

/// <summary>Writes blocks as the guest's program reads them.</summary>
internal static class BlockEncoder
{
    /// <summary>Bytes of constants at the start of a slot; the code follows.</summary>
    internal const int PoolBytes = 0x80;

    private const uint Svc = 0xd400_0001;

    /// <summary>Most words of code that a block can have, without its end.</summary>
    internal const int MaxWords = ((Layout.SlotSize - PoolBytes) / 4) - 8;

    /// <summary>Address of the first instruction of a slot's code.</summary>
    internal static ulong CodeOf(int slot) =>
        Layout.Code + ((ulong)(slot % (Layout.CodeSize / Layout.SlotSize)) * Layout.SlotSize) + PoolBytes;

    /// <summary>Appends a block.</summary>
    /// <param name="to">The batch.</param>
    /// <param name="block">The block.</param>
    /// <param name="slot">Where it runs.</param>
    /// <param name="dump">The result shall hold the memory.</param>
    internal static void Append(List<byte> to, LockstepBlock block, int slot, bool dump)
    {
        BlockState state = block.State;
        int words = block.Steps.Sum(s => s.Words.Length);
        int codeBytes = PoolBytes + (((words + 1) * 4) + 15 & ~15);
        byte[] bytes = new byte[(8 * Layout.Block.Words) + codeBytes];
        void Put(int word, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8 * word), value);

        ulong code = CodeOf(slot);
        Put(Layout.Block.Size, (ulong)bytes.Length);
        Put(Layout.Block.Flags, dump ? 1ul << Layout.Block.DumpBit : 0);
        Put(Layout.Block.Code, code - PoolBytes);
        Put(Layout.Block.CodePairs, (ulong)codeBytes / 16);
        Put(Layout.Block.Spsr, state.Pstate);
        Put(Layout.Block.Recovery, code + (4 * (ulong)words));
        Put(Layout.Block.Context, Layout.Contexts + ((ulong)state.Context * Layout.ContextSize));
        Put(Layout.Block.Fpcr, state.Fpcr);
        Put(Layout.Block.Fpsr, state.Fpsr);
        Put(Layout.Block.Seed, state.MemorySeed);
        for (int i = 0; i < state.StackPointers.Length; i++)
        {
            Put(Layout.Block.StackPointers + i, state.StackPointers[i]);
        }

        for (int i = 0; i < 31; i++)
        {
            Put(Layout.Block.General + i, state.General[i]);
        }

        for (int i = 0; i < 64; i++)
        {
            Put(Layout.Block.Vector + i, state.Vector[i]);
        }

        for (int i = 0; i < block.Pool.Length; i++)
        {
            Put(Layout.Block.Words + i, block.Pool[i]);
        }

        int at = (8 * Layout.Block.Words) + PoolBytes;
        foreach (LockstepStep step in block.Steps)
        {
            foreach (uint word in step.Words)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), word);
                at += 4;
            }
        }

        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), Svc | (Layout.End << 5));
        to.AddRange(bytes);
    }
}
