using Conformance.Harness.Cases;
using static Conformance.Harness.Executive.Protocol;

namespace Conformance.Harness.Executive;

/// <summary>Reads what the executive wrote about a step and says what happened, field by field.</summary>
/// <remarks>
/// An exception below the home level is followed on its way up: its vector leaves by an SMC or HVC (or a trapped debug
/// register), which may itself be trapped to EL2, whose vector leaves again; or a second interrupt, for a higher level, comes
/// in the vector before that. The innermost exception is the one that counts; what the way up overwrote is left out of the
/// observation.
/// </remarks>
internal sealed class ResultDecoder(ExecutiveImage image, HomeProfile home)
{
    private const int SlotSize = 0x80;
    private const uint EcUnknown = 0x00;
    private const uint EcHvc = 0x16;
    private const uint EcSmc = 0x17;
    private const uint EcTrap = 0x18;

    /// <summary>One exception on the way from the case to the executive.</summary>
    private readonly record struct Hop(int Level, int Vector, ulong Esr, ulong Elr, ulong Spsr, ulong Far)
    {
        internal uint Ec => (uint)(Esr >> 26) & 0x3F;

        /// <summary>IRQ, FIQ or SError: ESR tells nothing of the first two.</summary>
        internal bool Asynchronous => (Vector & 0x180) != 0;

        /// <summary>IRQ or FIQ, which leave ESR and FAR as they were: at the home level those are the executive's.</summary>
        internal bool IsInterrupt => (Vector & 0x180) is 0x080 or 0x100;

        /// <summary>The instruction that caused it: SMC and HVC return behind themselves, unless they were trapped.</summary>
        internal ulong Source(bool home) => !Asynchronous && (Ec is EcHvc || (Ec is EcSmc && home)) ? Elr - 4 : Elr;
    }

    /// <summary>What happened in a step; null when its record was not run, a reason when its state could not be installed.</summary>
    internal (StepObservation? Seen, string? Refused) Decode(BatchEntry entry, ReadOnlySpan<ulong> result, Case c)
    {
        if (result[Result.Kind] == Result.KindSetupFault)
        {
            string? register = image.RegisterAt(result[Result.Elr]);
            return (null, register is null
                ? $"the executive took an exception at 0x{result[Result.Elr]:x} (ESR 0x{result[Result.Esr]:x}) while it installed the state"
                : $"{register} cannot be accessed at EL{home.Level} on this device");
        }

        if (result[Result.Kind] != Result.KindRan)
        {
            return (null, null);
        }

        return (Observe(entry, result, c), null);
    }

    private StepObservation Observe(BatchEntry entry, ReadOnlySpan<ulong> result, Case c)
    {
        Span<Hop> hops = stackalloc Hop[3];
        int count = Follow(result, hops);
        Hop first = hops[count - 1];
        bool atHome = count == 1;
        bool completed = first.Source(first.Level == home.Level) == entry.EndAddress && IsEnd(first);
        ulong pstate = completed ? first.Spsr : atHome ? HomePstate(result) : hops[count - 2].Spsr;

        List<KeyValuePair<string, ulong>> seen = new(entry.Fields.Names.Count);
        int register = 0;
        int memory = 0;
        int region = 0;
        int memoryWord = Result.Lists + (2 * entry.Fields.Registers.Count);
        int regionWord = memoryWord + entry.Fields.Memory.Count;
        foreach (string name in entry.Fields.Names)
        {
            ulong? value;
            if (FieldNames.TryGeneral(name, out int number))
            {
                value = number == 28 && !completed && !atHome ? null : result[Result.General + number];
            }
            else if (StepFields.IsCore(name))
            {
                value = Core(name, first, completed, pstate, atHome, lostLevel: count > 2 || (!atHome && hops[0].Asynchronous), result);
            }
            else if (StepFields.IsHomeRegister(name, home.Level))
            {
                value = first.IsInterrupt && name is ['E', 'S', 'R', ..] or ['F', ..] ? null : HomeRegister(name, result, atHome && !completed);
            }
            else if (FieldNames.TryMemory(name, out _))
            {
                value = result[memoryWord + memory++];
            }
            else if (FieldNames.TryChanged(name, out ulong start, out ulong length))
            {
                value = Changed(result, entry, regionWord + region++, memoryWord, start, length, c);
            }
            else
            {
                int word = Result.Lists + (2 * register++);
                value = result[word + 1] != 0 || Overwritten(name, hops[..count], completed) ? null : result[word];
            }

            if (value is { } known)
            {
                seen.Add(new(name, known));
            }
        }

        return new StepObservation(seen);
    }

    /// <summary>Fills <paramref name="hops"/> from the home level down to the innermost exception.</summary>
    private int Follow(ReadOnlySpan<ulong> result, Span<Hop> hops)
    {
        hops[0] = new Hop(home.Level, (int)result[Result.Slot] * SlotSize, result[Result.Esr], result[Result.Elr],
            result[Result.Spsr], result[Result.Far]);
        int count = 1;
        while (count < hops.Length)
        {
            Hop outer = hops[count - 1];
            ulong source = outer.Source(outer.Level == home.Level);
            int level = outer.Level - 1;
            while (level >= 1 && !IsLeave(source, level) && !Interrupted(outer, level))
            {
                level--;
            }

            if (level < 1)
            {
                break;
            }

            int word = level == 1 ? Result.EsrEl1 : Result.EsrEl2;
            int vector = (int)(source - GuestMemory.Vectors(level)) & ~(SlotSize - 1);
            hops[count++] = new Hop(level, vector, result[word], result[word + 1], result[word + 2], result[word + 3]);
        }

        return count;
    }

    private static bool IsLeave(ulong source, int level) =>
        source - GuestMemory.Vectors(level) < 16 * SlotSize && (source & (SlotSize - 1)) == LeaveOffset;

    /// <summary>An interrupt that came in a vector of a lower level, before its first or its second instruction.</summary>
    private static bool Interrupted(in Hop outer, int level) => outer.Asynchronous && (int)(outer.Spsr >> 2 & 3) == level
        && outer.Elr - GuestMemory.Vectors(level) < 16 * SlotSize && (outer.Elr & (SlotSize - 1)) is 0 or LeaveOffset;

    private static bool IsEnd(in Hop hop) => hop.Ec switch
    {
        _ when hop.Asynchronous => false,
        EcSmc or EcHvc => (hop.Esr & 0xFFFF) == EndImmediate,
        EcUnknown or EcTrap => true,
        _ => false,
    };

    /// <remarks>
    /// A vector of EL1 that leaves through EL2 has lost its CurrentEL: the vector of EL2 reads its own into X28. One that was
    /// interrupted may not have read it.
    /// </remarks>
    private static ulong? Core(
        string name, in Hop first, bool completed, ulong pstate, bool atHome, bool lostLevel, ReadOnlySpan<ulong> result) => name switch
        {
            FieldNames.Target => completed ? 0 : (ulong)first.Level,
            FieldNames.Pstate => pstate,
            _ when completed => null,
            FieldNames.Esr or FieldNames.Far when atHome && first.IsInterrupt => null,
            FieldNames.Vector => (ulong)first.Vector,
            FieldNames.Esr => first.Esr,
            FieldNames.Elr => first.Elr,
            FieldNames.Spsr => first.Spsr,
            FieldNames.Far => first.Far,
            FieldNames.CurrentEl => atHome ? result[Result.CurrentEl] : lostLevel ? null : result[Result.General + 28],
            _ => null,
        };

    /// <summary>ESR, ELR, SPSR and FAR of the home level can be seen only when the exception went there itself.</summary>
    private static ulong? HomeRegister(string name, ReadOnlySpan<ulong> result, bool takenHere) => name[..^4] switch
    {
        "SP" => result[Result.StackPointer],
        _ when !takenHere => null,
        "ESR" => result[Result.Esr],
        "ELR" => result[Result.Elr],
        "SPSR" => result[Result.Spsr],
        _ => result[Result.Far],
    };

    private static ulong HomePstate(ReadOnlySpan<ulong> result) =>
        result[Result.Nzcv] | result[Result.Daif] | result[Result.CurrentEl] | result[Result.SpSel] | result[Result.Pan]
        | result[Result.Uao] | result[Result.Dit] | result[Result.Ssbs] | result[Result.Tco] | result[Result.Allint];

    /// <summary>True for an exception register of a level that the way to the home level went through after the case ended.</summary>
    private static bool Overwritten(string name, ReadOnlySpan<Hop> hops, bool completed)
    {
        int inner = completed ? hops.Length : hops.Length - 1;
        for (int i = 0; i < inner; i++)
        {
            if (name is [.., '_', 'E', 'L', char level] && level == (char)('0' + hops[i].Level)
                && IsExceptionRegister(name.AsSpan(0, name.Length - 4)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsExceptionRegister(ReadOnlySpan<char> name) => name is "ESR" or "ELR" or "SPSR" or "FAR" or "HPFAR";

    /// <summary>The guest counts every word of the region that changed; words with a field of their own are taken off here.</summary>
    private static ulong Changed(ReadOnlySpan<ulong> result, BatchEntry entry, int word, int memoryWord, ulong start, ulong length, Case c)
    {
        ulong count = result[word];
        for (int i = 0; i < entry.Fields.Memory.Count; i++)
        {
            ulong address = entry.Fields.Memory[i];
            if (address >= start && address < start + length && InitialMemory.Word(c, address) != result[memoryWord + i])
            {
                count--;
            }
        }

        return count;
    }
}
