using Conformance.Cpu.Exceptions;
using Conformance.Cpu.Interrupts;
using Conformance.Cpu.SystemRegisters;
using Conformance.Cpu.Translation;

namespace Conformance.Cpu;

/// <summary>What somebody outside may ask of the PE without disturbing it.</summary>
public sealed partial class Core
{
    /// <summary>The value that an MRS at the highest level would return.</summary>
    public ulong Peek(SysReg register)
    {
        // What a name means depends on the level: ICC or ICV, MIDR or VPIDR.
        byte level = Pstate.EL;
        Pstate.EL = (byte)HighestLevel;
        ulong value = register.Peek(this);
        Pstate.EL = level;
        return value;
    }

    /// <summary>The level that an UNDEFINED instruction executed now would be taken to (EX-150).</summary>
    public int UndefinedTarget => Routing.Base(this);

    /// <summary>An interrupt or SError would be taken before the instruction at <see cref="Pc"/>.</summary>
    public bool InterruptIsDue => InterruptDelivery.IsDue(this);

    /// <summary>V0 to V31, the low half of Vn at 2n.</summary>
    public Span<ulong> Vectors => V;

    /// <summary>WFI or WFE waits.</summary>
    public bool IsWaiting => Waiting;

    /// <summary>The system registers that exist here, by the names with which MRS or MSR reaches them at some level.</summary>
    public IReadOnlyList<SysReg> SystemRegisters => [.. Registers.Accessors
        .Where((a, i) => a.Register is not SystemOperation && Enumerable.Range(0, HighestLevel + 1).Any(
            level => Model.Plan(i, level, write: false) is not null || Model.Plan(i, level, write: true) is not null))
        .Select(a => a.Register).Distinct()];

    /// <summary>PSTATE in the layout of SPSR_ELx.</summary>
    public ulong PackedPstate
    {
        get
        {
            ulong packed = SavedState.Pack(this, target: 3);
            return (packed & ~0xcUL) | (ulong)Pstate.EL << 2; // the level as it is, whatever NV makes of it
        }

        set
        {
            SavedState.UnpackAlways(this, value);
            SavedState.UnpackLegal(this, value);
            Pstate.EL = Math.Min(Pstate.EL, (byte)HighestLevel);
            Pstate.SS = (value & SavedState.SS) != 0;
            ContextChanged();
        }
    }

    /// <summary>Copies RAM at virtual addresses of the present context, without any effect on the PE.</summary>
    /// <returns>False when some byte is not mapped, or is no RAM.</returns>
    public bool TryPeek(ulong address, Span<byte> bytes)
    {
        ContextChanged();
        for (int i = 0; i < bytes.Length; i++)
        {
            if (!TryFindRam(address + (ulong)i, out ulong pa))
            {
                return false;
            }

            bytes[i] = Ram!.Read(pa, 1)[0];
        }

        return true;
    }

    /// <summary>Writes RAM at virtual addresses of the present context, whatever the permissions.</summary>
    /// <returns>False when some byte is not mapped, or is no RAM; the ones before it are written.</returns>
    public bool TryPoke(ulong address, ReadOnlySpan<byte> bytes)
    {
        ContextChanged();
        for (int i = 0; i < bytes.Length; i++)
        {
            if (!TryFindRam(address + (ulong)i, out ulong pa))
            {
                return false;
            }

            Ram!.Write(pa, bytes.Slice(i, 1));
        }

        return true;
    }

    private bool TryFindRam(ulong va, out ulong pa)
    {
        bool found = Translator.TryTranslate(
            this, Mmu.Current(), va, AccessPurpose.Look, misaligned: false, out Translated place, out _);
        pa = place.Address;
        return found && Ram is { } ram && ram.Contains(pa, 1);
    }
}
