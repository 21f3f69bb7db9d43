using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Conformance.Cpu.Board;
using Conformance.Cpu.Exceptions;
using Conformance.Cpu.Interrupts;
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
        core.ContextChanged();   // state may have been written from outside
        return Continue(core, maxInstructions);
    }

    /// <summary>The same when nobody has written state from outside since the last run.</summary>
    internal static RunResult Continue(Core core, long maxInstructions)
    {
        ulong start = core.Ticks;
        ulong end = start + (ulong)Math.Max(0, maxInstructions);
        ulong pc = core.Pc;
        core.StopRequest = StopReason.None;
        core.Waiting = false;
        core.RunEnd = end;
        core.FetchTag = Core.NoPage;

        while (core.Ticks < end && core.StopRequest == StopReason.None)
        {
            if (!TryEnterPage(core, pc, out CodePage? page))
            {
                // An exception of the fetch, or an instruction that is not in RAM.
                core.Ticks++;
                pc = core.NextPc;
                continue;
            }

            pc = ExecutePage(core, page!, pc, Math.Min(end, core.NextTimerEvent));
        }

        core.Pc = pc;
        StopReason reason = core.StopRequest == StopReason.None ? StopReason.Budget : core.StopRequest;
        return new RunResult(reason, (long)(core.Ticks - start), reason == StopReason.Exit ? core.ExitCode : 0);
    }

    /// <summary>Executes from <paramref name="pc"/> while execution stays in the page and nobody has reset the tag.</summary>
    /// <returns>Where execution goes on; <see cref="Core.Ticks"/> has been counted up.</returns>
    private static ulong ExecutePage(Core core, CodePage page, ulong pc, ulong end)
    {
        ref Operation operations = ref MemoryMarshal.GetArrayDataReference(page.Operations);
        ref Operation operation = ref At(ref operations, pc);
        ulong ticks = core.Ticks;
        while (true)
        {
            switch (operation.Route)
            {
                case Route.Plain:
                    operation.Execute(core, in operation);
                    break;
                case Route.AddImmediateX:
                    AddSubtractImmediate.AddX(core, in operation);
                    break;
                case Route.SubImmediateX:
                    AddSubtractImmediate.SubX(core, in operation);
                    break;
                case Route.AddRegisterX:
                    AddSubtractShiftedRegister.AddX(core, in operation);
                    break;
                case Route.MoveX:
                    LogicalShiftedRegister.MoveX(core, in operation);
                    break;
                case Route.AddImmediate:
                    AddSubtractImmediate.Add(core, in operation);
                    break;
                case Route.SubImmediate:
                    AddSubtractImmediate.Sub(core, in operation);
                    break;
                case Route.SubsImmediate:
                    AddSubtractImmediate.Subs(core, in operation);
                    break;
                case Route.AddRegister:
                    AddSubtractShiftedRegister.Add(core, in operation);
                    break;
                case Route.SubRegister:
                    AddSubtractShiftedRegister.Sub(core, in operation);
                    break;
                case Route.SubsRegister:
                    AddSubtractShiftedRegister.Subs(core, in operation);
                    break;
                case Route.AndImmediate:
                    LogicalImmediate.And(core, in operation);
                    break;
                case Route.OrrRegister:
                    LogicalShiftedRegister.Orr(core, in operation);
                    break;
                case Route.AndRegister:
                    LogicalShiftedRegister.And(core, in operation);
                    break;
                case Route.EorRegister:
                    LogicalShiftedRegister.Eor(core, in operation);
                    break;
                case Route.MoveWide:
                    Instructions.MoveWide.Set(core, in operation);
                    break;
                case Route.Ubfm:
                    Bitfield.Ubfm(core, in operation);
                    break;
                case Route.Branch:
                    pc += operation.Imm;
                    goto Branch;
                case Route.BranchLink:
                    BranchImmediate.Link(core, pc);
                    pc += operation.Imm;
                    goto Branch;
                case Route.BranchConditional:
                    pc += BranchImmediate.Holds(core, in operation) ? operation.Imm : 4;
                    goto Branch;
                case Route.BranchZero:
                    pc += BranchImmediate.IsZero(core, in operation) ? operation.Imm : 4;
                    goto Branch;
                case Route.BranchNotZero:
                    pc += !BranchImmediate.IsZero(core, in operation) ? operation.Imm : 4;
                    goto Branch;
                case Route.BranchBitClear:
                    pc += BranchImmediate.IsClear(core, in operation) ? operation.Imm : 4;
                    goto Branch;
                case Route.BranchBitSet:
                    pc += !BranchImmediate.IsClear(core, in operation) ? operation.Imm : 4;
                    goto Branch;
                case Route.LoadByte:
                    Announce(core, pc, ticks);
                    LoadStoreUnsignedOffset.Load<Byte>(core, in operation);
                    goto Access;
                case Route.LoadWord:
                    Announce(core, pc, ticks);
                    LoadStoreUnsignedOffset.Load<Word>(core, in operation);
                    goto Access;
                case Route.LoadDoubleword:
                    Announce(core, pc, ticks);
                    LoadStoreUnsignedOffset.Load<Doubleword>(core, in operation);
                    goto Access;
                case Route.StoreByte:
                    Announce(core, pc, ticks);
                    LoadStoreUnsignedOffset.Store<Byte>(core, in operation);
                    goto Access;
                case Route.StoreWord:
                    Announce(core, pc, ticks);
                    LoadStoreUnsignedOffset.Store<Word>(core, in operation);
                    goto Access;
                case Route.StoreDoubleword:
                    Announce(core, pc, ticks);
                    LoadStoreUnsignedOffset.Store<Doubleword>(core, in operation);
                    goto Access;
                case Route.LoadPair:
                    Announce(core, pc, ticks);
                    LoadStorePair.LoadOffset<Doubleword>(core, in operation);
                    goto Access;
                case Route.LoadPairPost:
                    Announce(core, pc, ticks);
                    LoadStorePair.LoadPost<Doubleword>(core, in operation);
                    goto Access;
                case Route.StorePair:
                    Announce(core, pc, ticks);
                    LoadStorePair.StoreOffset<Doubleword>(core, in operation);
                    goto Access;
                case Route.StorePairPost:
                    Announce(core, pc, ticks);
                    LoadStorePair.StorePost<Doubleword>(core, in operation);
                    goto Access;
                default:
                    Announce(core, pc, ticks);
                    operation.Execute(core, in operation);
                    ticks = core.Ticks; // a stop takes its instruction off the count
                    goto Jump;
            }

        Next:
            pc += 4;
            if (++ticks >= end)
            {
                core.Ticks = ticks;
                return pc;
            }

            operation = ref Unsafe.Add(ref operation, 1); // behind the last one is LeavePage
            continue;

        Access:
            // Nearly always it was an access and nothing else. Asking for that, rather than going on at NextPc, does not make the
            // next instruction wait for what this one has stored.
            if (core.NextPc == pc + 4 && core.FetchTag != Core.NoPage)
            {
                goto Next;
            }

        Jump:
            pc = core.NextPc;

        Branch:
            if (++ticks >= end || (pc & Core.PageBits) != core.FetchTag)
            {
                core.Ticks = ticks;
                return pc;
            }

            operation = ref At(ref operations, pc);
        }
    }

    /// <summary>What a handler may look at: the time, PC, and where execution goes on if it does nothing about that.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Announce(Core core, ulong pc, ulong ticks)
    {
        core.Ticks = ticks;
        core.Pc = pc;
        core.NextPc = pc + 4;
    }

    private static ref Operation At(ref Operation operations, ulong pc) =>
        ref Unsafe.Add(ref operations, (nint)((pc >> 2) & (CodePage.Size / 4 - 1)));

    /// <summary>The operation behind the last one of a page: no instruction, so it is not counted.</summary>
    internal static void LeavePage(Core core, in Operation operation)
    {
        core.NextPc = core.Pc;
        core.FetchTag = Core.NoPage;
        core.Ticks--;
    }

    /// <summary>
    /// What an operation executes that has not been decoded since its word was last written: decodes itself, then goes on as
    /// what it has become.
    /// </summary>
    internal static void DecodeAndExecute(Core core, in Operation operation)
    {
        ref Operation slot = ref Unsafe.AsRef(in operation);
        WatchStores(core);
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

    /// <summary>Stores to the page being executed have to look for decoded words from now on.</summary>
    private static void WatchStores(Core core)
    {
        CodePage page = core.Ram!.PageAt(core.FetchPhysical);
        if (!page.IsWatched)
        {
            page.IsWatched = true;
            foreach (Core other in core.Cluster)
            {
                other.Mmu.Tlb.Protect(core.Ram.Base + core.FetchPhysical);
            }
        }
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
        if ((core.LinesStale || core.Ticks >= core.NextTimerEvent) && InterruptDelivery.TryTake(core))
        {
            return false;
        }

        if (core.AccessStale)
        {
            core.RefreshAccess();
        }

        bool watched = DebugControls.MayWatchInstructions(core) || core.Tracer is { EveryInstruction: true };
        TlbEntry* entry = core.Mmu.Tlb.Fetches + Tlb.Index(pc);
        if (((pc & (Tlb.PageMask | 3)) | core.Access.Tag) == entry->Tag && !watched && !core.Pstate.IL
            && !(entry->IsGuarded && core.BranchType != 0))
        {
            core.FetchGuarded = entry->IsGuarded;
            core.FetchPhysical = entry->Page - core.Ram!.Base;
            core.FetchTag = pc & Core.PageBits;
            page = core.Mmu.Tlb.CodeOf(pc);
            return true;
        }

        if (watched)
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

    /// <summary>
    /// The checks in the order of EX-210: PC alignment, Instruction Abort, Breakpoint, Illegal Execution state, branch target.
    /// </summary>
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
            place.IsGuarded = entry->IsGuarded;
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
        core.FetchGuarded = place.IsGuarded;
        bool branched = place.IsGuarded && core.BranchType != 0;
        if (!direct || alone || branched)
        {
            Operation once = default;
            once.Word = direct ? core.Ram!.WordAt(offset) : (uint)word;
            if (branched && !BranchTarget.Accepts(core, once.Word))
            {
                Fault(core, &WrongBranchTarget);
                return false;
            }

            if (alone)
            {
                core.Tracer?.Instruction(core, once.Word);
            }

            StopOrExecute(core, in once);
            return false;
        }

        page = CodeAt(core, offset);
        core.FetchPhysical = offset & Tlb.PageMask;
        core.FetchTag = pc & Core.PageBits;
        if (entry == null)
        {
            core.Mmu.Tlb.FillFetch(core.Ram!, context, pc, place, page);
        }

        return true;
    }

    /// <summary>The operations of a page of RAM.</summary>
    private static CodePage CodeAt(Core core, ulong offset)
    {
        Ram ram = core.Ram!;
        if (ram.HasRoomForCode(offset))
        {
            return ram.PageAt(offset);
        }

        ram.DropCode();
        foreach (Core other in core.Cluster)
        {
            other.Mmu.Tlb.DropFetches();
        }

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

    private static void WrongBranchTarget(Core core) => Raise.BranchTarget(core);

    private static void IllegalState(Core core) => Raise.IllegalState(core);
}
