namespace Conformance.Cpu.Interrupts.Its;

/// <summary>What the ITS knows of devices, events and collections. All of it is in memory; the formats of entries are the ITS's own.</summary>
/// <remarks>
/// Source: IHI 0069, "The ITS tables". Device: Valid, ITT_addr 51:8, Size 4:0. Event: Valid, ICID 47:32, pINTID 31:0. Collection: Valid,
/// number of the PE 15:0.
/// </remarks>
internal sealed class Translation(IBus memory, LpiBank[] banks)
{
    internal const int DeviceIdBits = 16;
    internal const int EventIdBits = 16;
    private const ulong Valid = TranslationTable.Valid;
    private const ulong IttAddress = 0x000f_ffff_ffff_ff00;

    internal TranslationTable Devices { get; } = new(memory, TranslationTable.Devices);

    internal TranslationTable Collections { get; } = new(memory, TranslationTable.Collections);

    /// <summary>The LPI of an event of a device, and where it goes; null where something is not mapped.</summary>
    internal (uint IntId, LpiBank Bank)? Find(uint device, uint eventId) =>
        Event(device, eventId) is { } entry && BankOf((uint)(entry >> 32 & 0xffff)) is { } bank ? ((uint)entry, bank) : null;

    /// <summary>The redistributor of a collection; null where it is not mapped.</summary>
    internal LpiBank? BankOf(uint collection)
    {
        ulong entry = Collections.Read(collection);
        return (entry & Valid) != 0 ? Bank(entry & 0xffff) : null;
    }

    /// <summary>The redistributor of a PE, which RDbase names by its number.</summary>
    internal LpiBank? Bank(ulong number) => number < (ulong)banks.Length ? banks[number] : null;

    internal void MapDevice(uint device, bool valid, ulong ittAddress, int sizeField)
    {
        if (sizeField < EventIdBits || !valid)
        {
            _ = Devices.TryWrite(device, valid ? Valid | (ittAddress & IttAddress) | (ulong)(uint)sizeField : 0);
        }
    }

    internal void MapCollection(uint collection, bool valid, ulong number)
    {
        if (!valid || Bank(number) is not null)
        {
            _ = Collections.TryWrite(collection, valid ? Valid | number : 0);
        }
    }

    internal void MapEvent(uint device, uint eventId, uint intId, uint collection)
    {
        if (intId is >= IntId.FirstLpi and < 1u << GicOptions.IntIdBits && Place(device, eventId) is { } at)
        {
            _ = memory.TryWrite(at, sizeof(ulong), Valid | (ulong)collection << 32 | intId);
        }
    }

    /// <summary>MOVI: an LPI that is pending goes along.</summary>
    internal void MoveEvent(uint device, uint eventId, uint collection)
    {
        if (Find(device, eventId) is not { } found || BankOf(collection) is not { } target)
        {
            return;
        }

        MapEvent(device, eventId, found.IntId, collection);
        if (found.Bank.ClearPending(found.IntId))
        {
            target.SetPending(found.IntId);
        }
    }

    /// <summary>DISCARD: removes the pending state and the mapping.</summary>
    internal void Discard(uint device, uint eventId)
    {
        if (Find(device, eventId) is { } found)
        {
            _ = found.Bank.ClearPending(found.IntId);
            _ = memory.TryWrite(Place(device, eventId)!.Value, sizeof(ulong), 0);
        }
    }

    private ulong? Event(uint device, uint eventId) =>
        Place(device, eventId) is { } at && memory.TryRead(at, sizeof(ulong), out ulong entry) && (entry & Valid) != 0 ? entry : null;

    /// <summary>Where an event's entry lies in the device's table; null when there is none.</summary>
    private ulong? Place(uint device, uint eventId)
    {
        ulong entry = device >> DeviceIdBits == 0 ? Devices.Read(device) : 0;
        return (entry & Valid) != 0 && eventId >> (int)((entry & 0x1f) + 1) == 0
            ? (entry & IttAddress) + ((ulong)eventId * sizeof(ulong))
            : null;
    }
}
