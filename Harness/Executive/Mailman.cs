using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Conformance.Harness.Cases;
using static Conformance.Harness.Executive.Protocol;

namespace Conformance.Harness.Executive;

/// <summary>The host's side of the mailbox: posts batches, watches progress, fetches results.</summary>
internal sealed class Mailman(IGuestRam ram, ExecutiveImage image)
{
    private byte[] _expectedRecords = [];

    /// <summary>The home level that the guest's executive reported, or 0 while it has not started.</summary>
    internal int HomeLevel => Word(MailboxBase + Mailbox.Hello) == Mailbox.Magic + Protocol.Version ? (int)Word(MailboxBase + Mailbox.HomeLevel) : 0;

    internal bool IsDone => Word(MailboxBase + Mailbox.State) == Mailbox.StateDone;

    /// <summary>Index of the record in progress.</summary>
    internal int Progress => (int)Word(MailboxBase + Mailbox.Progress);

    /// <summary>Writes the baseline routine and the features; once per guest.</summary>
    internal void PostBaseline(HomeProfile home)
    {
        ram.Write(BaselineBase, BaselineRoutine.For(home));
        Put(MailboxBase + Mailbox.Features, (ulong)home.Pstate);
    }

    /// <summary>Gives the guest a batch and lets it go.</summary>
    internal void Post(Batch batch)
    {
        _expectedRecords = batch.Records;
        ram.Write(Results, new byte[8 * batch.ResultWords]);
        ram.Write(Records, batch.Records);
        Put(MailboxBase + Mailbox.Progress, 0);
        Put(MailboxBase + Mailbox.Count, (ulong)batch.Entries.Count);
        Put(MailboxBase + Mailbox.State, Mailbox.StateGo);
    }

    /// <summary>The result words of the batch.</summary>
    internal ulong[] Fetch(Batch batch)
    {
        ulong[] words = new ulong[batch.ResultWords];
        ram.Read(Results, MemoryMarshal.AsBytes(words.AsSpan()));
        return words;
    }

    /// <summary>What a case has overwritten of the executive's own memory, or null when all is as it should be.</summary>
    internal string? Damage()
    {
        byte[] now = new byte[image.Bytes.Length];
        ram.Read(GuestMemory.Executive, now);
        if (!now.AsSpan().SequenceEqual(image.Bytes))
        {
            return "the executive's code";
        }

        now = new byte[_expectedRecords.Length];
        ram.Read(Records, now);
        return now.AsSpan().SequenceEqual(_expectedRecords) ? null : "the executive's table of cases";
    }

    private ulong Word(ulong address)
    {
        Span<byte> bytes = stackalloc byte[8];
        ram.Read(address, bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    private void Put(ulong address, ulong value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        ram.Write(address, bytes);
    }
}
