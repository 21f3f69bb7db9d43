using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Conformance.Cpu.Board;
using Conformance.Cpu.Exceptions;
using Conformance.Cpu.Translation;

namespace Conformance.Cpu.Instructions;

/// <summary>Fetch and execution of instructions.</summary>
/// <remarks>
/// The inner loop stays in one page of predecoded operations and makes one comparison per instruction,
/// <see cref="Core.FetchTag"/> against PC. It covers leaving the page, a misaligned target, and everything for which
/// somebody has reset the tag: a changed context, a stop.
/// </remarks>
internal static unsafe class RunLoop
{
    /// <summary>Executes from <see cref="Core.Pc"/> until something stops it.</summary>
    /// <param name="core">The PE.</param>
    /// <param name="maxInstructions">How many instructions at most.</param>
    internal static RunResult Run(Core core, long maxInstructions)
    {
        ulong start = core.Ticks;
        ulong end = start + (ulong)Math.Max(0, maxInstructions);
        ulong pc = core.Pc;
        core.StopRequest = StopReason.None;
        core.Waiting = false;
        core.ContextChanged();   // state may have been written from outside

        while (core.Ticks < end && core.StopRequest == StopReason.None)
        {
            if (!TryEnterPage(core, pc, out CodePage? page))
            {
                // An exception of the fetch, or an instruction that is not in RAM.
                core.Ticks++;
                pc = core.NextPc;
                continue;
            }

            ref Operation operations = ref MemoryMarshal.GetArrayDataReference(page!.Operations);
            do
            {
                ref Operation operation = ref Unsafe.Add(ref operations, (nint)((pc >> 2) & (CodePage.Size / 4 - 1)));
                core.Pc = pc;
                core.NextPc = pc + 4;
                operation.Execute(core, in operation);
                pc = core.NextPc;
            }
            while (++core.Ticks < end && (pc & Core.PageBits) == core.FetchTag);
        }

        core.Pc = pc;
        StopReason reason = core.StopRequest == StopReason.None ? StopReason.Budget : core.StopRequest;
        return new RunResult(reason, (long)(core.Ticks - start), reason == StopReason.Exit ? core.ExitCode : 0);
    }

    /// <summary>
    /// What an operation executes that has not been decoded since its word was last written: decodes itself, then goes on as
    /// what it has become.
    /// </summary>
    internal static void DecodeAndExecute(Core core, in Operation operation)
    {
        ref Operation slot = ref Unsafe.AsRef(in operation);
        uint word = core.Ram!.WordAt(core.FetchPhysical + (core.Pc & (CodePage.Size - 1)));
        if (core.MayStopAt(core.Pc))
        {
            slot.Word = word;
            slot.Execute = &StopOrExecute;
        }
        else
        {
            A64.Predecode(word, core.Features, out slot);
        }

        slot.Execute(core, in slot);
    }

    /// <summary>An operation at the page offset of a stop address; the address itself is tested each time.</summary>
    private static void StopOrExecute(Core core, in Operation operation)
    {
        if (!StopsHere(core))
        {
            ExecuteOnce(core, operation.Word);
        }
    }

    /// <summary>Asks for the stop at PC; the loop counts the instruction that was not executed, so it is taken off here.</summary>
    private static bool StopsHere(Core core)
    {
        if (!core.StopAddresses.Contains(core.Pc))
        {
            return false;
        }

        core.NextPc = core.Pc;
        core.Ticks--;
        core.RequestStop(StopReason.StopAddress);
        return true;
    }

    private static void ExecuteOnce(Core core, uint word)
    {
        A64.Predecode(word, core.Features, out Operation operation);
        operation.Execute(core, in operation);
    }

    /// <summary>Makes the page of <paramref name="pc"/> current, after the checks that precede an instruction.</summary>
    /// <returns>False when an exception was taken or the instruction was executed here; NextPc says where to go on.</returns>
    private static bool TryEnterPage(Core core, ulong pc, out CodePage? page)
    {
        page = null;
        core.Pc = pc;
        core.NextPc = pc + 4;
        if (core.AccessStale)
        {
            core.RefreshAccess();
        }

        if (DebugControls.MayWatchInstructions(core))
        {
            ExecuteWatched(core);
            return false;
        }

        return TryPassChecks(core, pc, alone: false, out page);
    }

    /// <summary>One instruction under software step or breakpoints (EX-165, EX-210).</summary>
    private static void ExecuteWatched(Core core)
    {
        bool stepping = DebugControls.StepIsEnabled(core);
        if (stepping && !core.Pstate.SS)
        {
            Fault(core, &StepBeforeTheFirst);
            return;
        }

        ulong exceptions = core.ExceptionCount;
        int exclusive = core.ExclusiveSize;
        _ = TryPassChecks(core, core.Pc, alone: true, out _);
        if (stepping && core.ExceptionCount == exceptions && core.StopRequest == StopReason.None)
        {
            core.Pstate.SS = false;
            if (DebugControls.StepIsEnabled(core))
            {
                core.Pc = core.NextPc;
                Raise.SoftwareStep(core, stepped: true, exclusive: exclusive == 0 && core.ExclusiveSize != 0);
            }
        }
    }

    /// <summary>The checks in the order of EX-210: PC alignment, Instruction Abort, Breakpoint, Illegal Execution state.</summary>
    /// <param name="core">The PE.</param>
    /// <param name="pc">Address of the instruction.</param>
    /// <param name="alone">The instruction is executed here, by itself.</param>
    /// <param name="page">The page, when execution can go on in it.</param>
    private static bool TryPassChecks(Core core, ulong pc, bool alone, out CodePage? page)
    {
        page = null;
        if ((pc & 3) != 0)
        {
            Fault(core, &MisalignedPc);
            return false;
        }

        AccessContext context = core.Access;
        TlbEntry* entry = Tlb.Find(core.Mmu.Tlb.Fetches, context, pc);
        Translated place = default;
        if (entry != null)
        {
            place.Address = entry->Page | (pc & ~Tlb.PageMask);
        }
        else if (!Translator.TryTranslate(core, context, pc, AccessPurpose.Fetch, misaligned: false, out place, out Fault fault))
        {
            FaultOfFetch(core, fault);
            return false;
        }

        bool direct = core.Ram is not null && core.Ram.Contains(place.Address, 4);
        ulong word = 0;
        if (!direct && !core.Bus.TryRead(place.Address, 4, out word))
        {
            FaultOfFetch(core, new Fault { Status = FaultStatus.ExternalAbort });
            return false;
        }

        if (alone && Breakpoints.Match(core))
        {
            Fault(core, &Raise.Breakpoint);
            return false;
        }

        if (core.Pstate.IL)
        {
            Fault(core, &IllegalState);
            return false;
        }

        ulong offset = direct ? place.Address - core.Ram!.Base : 0;
        if (!direct || alone)
        {
            Operation once = default;
            once.Word = direct ? core.Ram!.WordAt(offset) : (uint)word;
            StopOrExecute(core, in once);
            return false;
        }

        page = CodeAt(core, offset & Tlb.PageMask);
        core.FetchPhysical = offset & Tlb.PageMask;
        core.FetchTag = pc & Core.PageBits;
        if (entry == null)
        {
            core.Mmu.Tlb.FillFetch(core.Ram!, context, pc, place, page);
        }

        return true;
    }

    /// <summary>The operations of a page of RAM; from their first use on stores have to look for them.</summary>
    private static CodePage CodeAt(Core core, ulong offset)
    {
        Ram ram = core.Ram!;
        if (ram.Code[offset >> CodePage.SizeShift] is { } known)
        {
            return known;
        }

        core.Mmu.Tlb.Protect(ram.Base + offset);
        return ram.PageAt(offset);
    }

    /// <summary>Raises, unless the run is to stop at this address.</summary>
    private static void Fault(Core core, delegate*<Core, void> raise)
    {
        if (!StopsHere(core))
        {
            raise(core);
        }
    }

    private static void FaultOfFetch(Core core, in Fault fault)
    {
        if (!StopsHere(core))
        {
            AbortReport.TakeFetch(core, fault);
        }
    }

    private static void MisalignedPc(Core core) => Raise.PcAlignment(core);

    private static void StepBeforeTheFirst(Core core) => Raise.SoftwareStep(core, stepped: false, exclusive: false);

    private static void IllegalState(Core core) => Raise.IllegalState(core);
}
