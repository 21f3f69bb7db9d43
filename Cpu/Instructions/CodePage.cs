namespace Conformance.Cpu.Instructions;

/// <summary>A 4 KiB page of code as operations, each decoded when it is first executed.</summary>
/// <remarks>
/// Decoding word by word, rather than the page at once, keeps the cost of a short program in proportion, and lets a store
/// drop the words it hits and no others: data beside code costs nothing.
/// </remarks>
internal sealed unsafe class CodePage
{
    internal const int SizeShift = 12;
    internal const int Size = 1 << SizeShift;

    /// <summary>One per word of the page, and one behind them that leaves the page.</summary>
    internal readonly Operation[] Operations = new Operation[(Size / 4) + 1];

    internal CodePage()
    {
        Forget(0, Size);
        Operations[Size / 4].Execute = &RunLoop.LeavePage;
    }

    /// <summary>Makes the operations of a range decode again when they are next executed.</summary>
    /// <param name="offset">First byte, from the start of the page.</param>
    /// <param name="size">In bytes.</param>
    internal void Forget(int offset, int size)
    {
        for (int i = offset >> 2; i <= (offset + size - 1) >> 2; i++)
        {
            Operations[i].Execute = &RunLoop.DecodeAndExecute;
            Operations[i].Route = Route.General;
        }
    }
}
