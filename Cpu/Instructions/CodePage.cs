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

    /// <summary>Stores without a decoded word among them after which the page is taken for data, at first.</summary>
    private const int FirstPatience = 64;
    private const int LastPatience = 1 << 16;

    private int _patience = FirstPatience;
    private int _misses;

    internal CodePage()
    {
        Forget(0, Size);
        Operations[Size / 4].Execute = &RunLoop.LeavePage;
    }

    /// <summary>Some word may be decoded, so that stores must tell (<see cref="Stored"/>).</summary>
    internal bool IsWatched { get; set; }

    /// <summary>A range has been written.</summary>
    /// <remarks>
    /// A watched store is slow. So when many have hit no decoded word, all words are forgotten and the watch ends: memory that
    /// once held code costs no more than other memory. If code is executed there after all, it is decoded and watched again,
    /// and each time the page keeps what it has for twice as many stores: where code and data share a page, decoding again stays
    /// a small part of the work.
    /// </remarks>
    /// <param name="offset">First byte, from the start of the page.</param>
    /// <param name="size">In bytes.</param>
    internal void Stored(int offset, int size)
    {
        if (!IsWatched || Forget(offset, size) || ++_misses < _patience)
        {
            return;
        }

        StopWatching();
        _patience = Math.Min(_patience * 2, LastPatience);
    }

    /// <summary>Makes it as new, for another page.</summary>
    internal void Recycle()
    {
        StopWatching();
        _patience = FirstPatience;
    }

    private void StopWatching()
    {
        Forget(0, Size);
        IsWatched = false;
        _misses = 0;
    }

    /// <summary>Makes the operations of a range decode again when they are next executed.</summary>
    /// <param name="offset">First byte, from the start of the page.</param>
    /// <param name="size">In bytes.</param>
    /// <returns>Some were decoded.</returns>
    internal bool Forget(int offset, int size)
    {
        bool decoded = false;
        for (int i = offset >> 2; i <= (offset + size - 1) >> 2; i++)
        {
            ref Operation operation = ref Operations[i];
            decoded |= operation.Route != Route.Undecoded;
            operation.Execute = &RunLoop.DecodeAndExecute;
            operation.Route = Route.Undecoded;
        }

        return decoded;
    }
}
