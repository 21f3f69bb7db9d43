using System.Buffers.Binary;
using Conformance.Harness.Executive;
using Conformance.Harness.Lockstep.Guest;
using Conformance.Harness.Spec;
using Layout = Conformance.Harness.Lockstep.Guest.LockstepLayout;

namespace Conformance.Harness.Lockstep;

/// <summary>A device that runs blocks: starts its guest, sends batches, starts it anew when a block has killed it.</summary>
/// <param name="name">Name of the device.</param>
/// <param name="version">Its version.</param>
/// <param name="features">Its features.</param>
/// <param name="start">Starts a guest with an image.</param>
/// <param name="contexts">The sets of system registers that blocks choose from.</param>
public sealed class LockstepTarget(
    string name, string version, FeatureSet features, Func<GuestImage, IExecutiveGuest> start, IReadOnlyList<IReadOnlyList<ulong>> contexts)
    : IDisposable
{
    private IExecutiveGuest? _guest;
    private int _slot;

    public string Name => name;

    public string Version => version;

    public FeatureSet Features => features;

    /// <summary>Runs blocks.</summary>
    /// <param name="blocks">The blocks.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>Their results, or null when the guest hung or died.</returns>
    public IReadOnlyList<BlockResult>? Run(IReadOnlyList<LockstepBlock> blocks, CancellationToken cancellation)
    {
        IExecutiveGuest guest = _guest ??= Start(cancellation);
        List<byte> batch = [];
        foreach (LockstepBlock block in blocks)
        {
            BlockEncoder.Append(batch, block, _slot++, dump: false);
        }

        if (batch.Count > Layout.BlocksSize)
        {
            throw new InvalidOperationException($"A batch of {batch.Count} bytes does not fit.");
        }

        guest.Ram.Write(Layout.Blocks, batch.ToArray());
        Put(guest, Layout.Box.Count, (ulong)blocks.Count);
        Put(guest, Layout.Box.State, Layout.Box.Go);
        GuestEnd end = guest.RunUntil(
            () => Word(guest, Layout.Box.State) == Layout.Box.Done, () => (int)Word(guest, Layout.Box.Progress), cancellation);
        if (end.Kind != GuestEndKind.Done)
        {
            LastWords = $"{end.Seen}, with {Word(guest, Layout.Box.Left)} of {blocks.Count} blocks left";
            Stop();
            return null;
        }

        byte[] bytes = new byte[Word(guest, Layout.Box.Result) - Layout.Results];
        guest.Ram.Read(Layout.Results, bytes);
        return BlockResult.Split(bytes, blocks.Count);
    }

    /// <summary>What was seen when the guest last hung or died.</summary>
    public string LastWords { get; private set; } = "";

    /// <summary>Runs the next batch in the slots of the batch before: a block's addresses are part of what it does.</summary>
    public int Slot
    {
        get => _slot;
        set => _slot = value;
    }

    public void Dispose() => Stop();

    private void Stop()
    {
        _guest?.Dispose();
        _guest = null;
    }

    private IExecutiveGuest Start(CancellationToken cancellation)
    {
        IExecutiveGuest guest = start(LockstepProgram.Image);
        GuestEnd end = guest.RunUntil(() => Word(guest, Layout.Box.Hello) == Layout.Box.Magic, () => 0, cancellation);
        if (end.Kind != GuestEndKind.Done)
        {
            guest.Dispose();
            throw new Devices.DeviceUnavailableException(
                $"The lock-step program did not start on {name}: {end.Seen}.", "It needs a device with EL3; see `conformance doctor`.");
        }

        foreach ((ulong address, ulong value) in LockstepTables.Entries)
        {
            Write(guest, address, value);
        }

        for (int c = 0; c < contexts.Count; c++)
        {
            for (int r = 0; r < contexts[c].Count; r++)
            {
                Write(guest, Layout.Contexts + ((ulong)c * Layout.ContextSize) + (8 * (ulong)r), contexts[c][r]);
            }
        }

        return guest;
    }

    private static ulong Word(IExecutiveGuest guest, int offset)
    {
        Span<byte> bytes = stackalloc byte[8];
        guest.Ram.Read(Layout.Mailbox + (ulong)offset, bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    private static void Put(IExecutiveGuest guest, int offset, ulong value) => Write(guest, Layout.Mailbox + (ulong)offset, value);

    private static void Write(IExecutiveGuest guest, ulong address, ulong value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        guest.Ram.Write(address, bytes);
    }
}
