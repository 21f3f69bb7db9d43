namespace Conformance.Cpu.Interrupts.Its;

/// <summary>A command of the queue: four doublewords.</summary>
/// <remarks>
/// Source: IHI 0069, "ITS commands". Where a command is wrong, or names what is not mapped, the ITS ignores it, which the
/// architecture allows for every command error (no SEIs, no stall).
/// </remarks>
internal readonly record struct Command(ulong D0, ulong D1, ulong D2, ulong D3)
{
    internal const int Size = 32;

    private uint Device => (uint)(D0 >> 32);

    private uint Event => (uint)D1;

    private uint Collection => (uint)(D2 & 0xffff);

    private bool Valid => D2 >> 63 != 0;

    internal void Execute(Translation t)
    {
        switch (D0 & 0xff)
        {
            case 0x01: // MOVI
                t.MoveEvent(Device, Event, Collection);
                break;
            case 0x03: // INT
                Raise(t, Device, Event);
                break;
            case 0x04: // CLEAR
                _ = t.Find(Device, Event) is { } cleared && cleared.Bank.ClearPending(cleared.IntId);
                break;
            case 0x08: // MAPD
                t.MapDevice(Device, Valid, D2, (int)(D1 & 0x1f));
                break;
            case 0x09: // MAPC
                t.MapCollection(Collection, Valid, Target(D2));
                break;
            case 0x0a: // MAPTI
                t.MapEvent(Device, Event, (uint)(D1 >> 32), Collection);
                break;
            case 0x0b: // MAPI
                t.MapEvent(Device, Event, Event, Collection);
                break;
            case 0x0c: // INV
                if (t.Find(Device, Event) is { } changed)
                {
                    changed.Bank.Invalidate(changed.IntId);
                }

                break;
            case 0x0d: // INVALL
                t.BankOf(Collection)?.Invalidate();
                break;
            case 0x0e: // MOVALL
                if (t.Bank(Target(D2)) is { } from && t.Bank(Target(D3)) is { } to && from != to)
                {
                    from.MoveTo(to);
                }

                break;
            case 0x0f: // DISCARD
                t.Discard(Device, Event);
                break;
            default:   // SYNC: commands have had their effect when the next is looked at
                break;
        }
    }

    /// <summary>An event comes: by INT, or from the device itself.</summary>
    internal static void Raise(Translation t, uint device, uint eventId)
    {
        if (t.Find(device, eventId) is { } found)
        {
            found.Bank.SetPending(found.IntId);
        }
    }

    /// <summary>RDbase with GITS_TYPER.PTA = 0: GICR_TYPER.Processor_Number in bits 50:16.</summary>
    private static ulong Target(ulong doubleword) => doubleword >> 16 & 0x7_ffff_ffff;
}
