using Conformance.Harness.Cases;
using Conformance.Harness.Programs;
using static Conformance.Harness.Executive.Protocol;
using static Conformance.Harness.Programs.Reg;

namespace Conformance.Harness.Executive;

/// <summary>The executive's program for one home level: install a record's state, run it, catch what comes, observe.</summary>
/// <remarks>
/// It uses no stack, so a case may do with every stack pointer what it likes. Registers: X19 context, X20 record, X21 list
/// cursor, X22 result, X23 result cursor, X24 counter; X0 to X4 and X9 to X12 are scratch; X30 returns from thunks.
/// </remarks>
internal sealed class ExecutiveProgram(Assembler a, int home, bool hostExtensions = false)
{
    private const int SlotSize = 0x80;
    private const int Slots = 16;

    private readonly string _el = $"_EL{home}";
    private readonly Label _wait = a.NewLabel("wait");
    private readonly Label _go = a.NewLabel("go");
    private readonly Label _next = a.NewLabel("next");
    private readonly Label _save = a.NewLabel("save");
    private readonly Label _observe = a.NewLabel("observe");

    /// <summary>The level it is for.</summary>
    internal int Home => home;

    /// <summary>Where the program waits for a batch: a YIELD, so that a debugger that stops here may go on behind it.</summary>
    internal ulong WaitsAt { get; private set; }

    /// <summary>Spins until the host gives the next batch; to be placed in another page than all that it does.</summary>
    /// <remarks>With a breakpoint here QEMU executes the whole page one instruction at a time.</remarks>
    internal void EmitWait()
    {
        a.Bind(_wait).MovImm(X1, MailboxBase);
        WaitsAt = a.Here;
        a.Yield().Ldr(X0, X1, Mailbox.State).CmpImm(X0, (int)Mailbox.StateGo).BCond(Cond.Ne, _wait).Dmb().B(_go);
    }

    internal void Emit()
    {
        InstallHomeVectors();
        WaitForBatch();
        StartRecord();
        CopyCodeAndMemory();
        SetRegisters();
        InvalidateTranslations();
        TakeShadows();
        EnterCase();
        SaveException();
        Observe();
    }

    /// <summary>Copies the home level's vectors to their place and points VBAR at them.</summary>
    private void InstallHomeVectors()
    {
        Label template = a.NewLabel("template");
        Label restoring = a.NewLabel("restoring");
        Label over = a.NewLabel("over");
        a.B(over);
        VectorTable(template, ownSctlr: false);
        if (home == 2)
        {
            VectorTable(restoring, ownSctlr: true);
        }

        a.Bind(over);
        a.MovImm(X19, ContextBase);
        a.Adr(X0, _save).Str(X0, X19, Context.SaveRoutine);
        a.Str(XZR, X19, Context.LeaveWord);
        a.MovImm(X0, ScratchSave).Str(X0, X19, Context.PreviousResult); // the first record may be one that starts no case
        KeepOwnControls();
        a.Adr(X0, template).MovImm(X1, GuestMemory.Vectors(home)).MovImm(X2, Slots * SlotSize);
        Loop(X2, 8, () => a.LdrPost(X3, X0, 8).StrPost(X3, X1, 8));
        if (home == 2)
        {
            a.Adr(X0, restoring).MovImm(X1, RestoringVectors).MovImm(X2, Slots * SlotSize);
            Loop(X2, 8, () => a.LdrPost(X3, X0, 8).StrPost(X3, X1, 8));
        }

        SynchronizeCode();
        a.MovImm(X0, GuestMemory.Vectors(home)).Msr($"VBAR{_el}", X0).Isb();
    }

    /// <summary>Sixteen slots that save X0 to X2 and go on to the save routine.</summary>
    /// <param name="table">To be bound to the first slot.</param>
    /// <param name="ownSctlr">SCTLR_EL2 is the case's: the executive's comes back before any access to memory.</param>
    private void VectorTable(Label table, bool ownSctlr)
    {
        a.Align(16).Bind(table);
        ulong start = a.Here;
        for (int slot = 0; slot < Slots; slot++)
        {
            a.Msr($"TPIDR{_el}", X0);
            if (ownSctlr)
            {
                a.MovImm(X0, OwnSctlr).Msr("SCTLR_EL2", X0).Isb();
            }

            a.MovImm(X0, ContextBase).Ldr(X0, X0, Context.SavePointer);
            a.Stp(X1, X2, X0, 8 * (Result.General + 1));
            a.Movz(X1, slot, 0);
            a.MovImm(X2, ContextBase).Ldr(X2, X2, Context.SaveRoutine).Br(X2);
            while (a.Here < start + ((ulong)(slot + 1) * SlotSize))
            {
                a.Nop();
            }
        }
    }

    /// <summary>Waits for a batch, and takes its records one after the other; says when they are done.</summary>
    private void WaitForBatch()
    {
        a.B(_wait);
        a.Bind(_go).MovImm(X1, MailboxBase).MovImm(X19, ContextBase);
        a.Ldr(X0, X1, Mailbox.Count).Str(X0, X19, Context.Remaining);
        a.Ldr(X0, X1, Mailbox.Features).Str(X0, X19, Context.Features);
        a.Str(XZR, X19, Context.Index);
        a.MovImm(X0, Records).Str(X0, X19, Context.Record);
        Label next = a.NewLabel("next");
        a.B(next);

        // A record is finished: count it off and step to the next, or tell the host.
        Label more = a.NewLabel("more");
        a.Bind(_next).MovImm(X19, ContextBase).MovImm(X1, MailboxBase);
        a.Ldr(X0, X19, Context.Index).AddImm(X0, X0, 1).Str(X0, X19, Context.Index).Str(X0, X1, Mailbox.Progress);
        a.Ldr(X20, X19, Context.Record).Ldr(X2, X20, 8 * Record.Size).Add(X20, X20, X2).Str(X20, X19, Context.Record);
        a.Ldr(X0, X19, Context.Remaining).SubImm(X0, X0, 1).Str(X0, X19, Context.Remaining);
        a.Bind(next).MovImm(X1, MailboxBase).Ldr(X0, X19, Context.Remaining).Cbnz(X0, more);
        a.Dmb().MovImm(X0, Mailbox.StateDone).Str(X0, X1, Mailbox.State).B(_wait);
        a.Bind(more);
    }

    /// <summary>From here on an exception at the home level means that the state could not be installed.</summary>
    private void StartRecord()
    {
        Label notFirst = a.NewLabel("notFirst");
        Label overrides = a.NewLabel("overrides");
        a.Ldr(X20, X19, Context.Record).Ldr(X22, X20, 8 * Record.Result);
        a.MovImm(X0, ScratchSave).Str(X0, X19, Context.SavePointer);
        a.MovImm(X0, Context.PhaseSetup).Str(X0, X19, Context.Phase);
        InstallLowerVectors();

        // General registers: zero for the first step of a case, what the last step left for the others.
        a.AddImm(X1, X19, Context.General);
        a.Ldr(X0, X20, 8 * Record.Flags).Tbz(X0, Record.FlagFirstBit, notFirst);
        a.MovImm(X2, 32 * 8);
        Loop(X2, 8, () => a.StrPost(XZR, X1, 8));
        KeepOwnControls();
        a.MovImm(X1, BaselineBase).Blr(X1);
        a.B(overrides);
        a.Bind(notFirst).Ldr(X3, X19, Context.PreviousResult).AddImm(X3, X3, 8 * Result.General);
        a.MovImm(X2, 31 * 8);
        Loop(X2, 8, () => a.LdrPost(X4, X3, 8).StrPost(X4, X1, 8));
        a.Bind(overrides).AddImm(X21, X20, 8 * Record.Lists);
    }

    /// <summary>Writes X24 (thunk, value) pairs from X21.</summary>
    private void WriteRegisters()
    {
        Loop(X24, 1, () => a.LdpPost(X1, X0, X21, 16).Blr(X1));
        a.Isb();
    }

    private void CopyCodeAndMemory()
    {
        // Code, a pair of words at a time, only where it differs: an emulator translates what is stored to anew.
        Label unchanged = a.NewLabel("unchanged");
        a.Ldr(X1, X20, 8 * Record.Code).Mov(X3, X1).MovImm(X9, 0).Ldr(X2, X20, 8 * Record.CodeWords);
        Loop(X2, 1, () =>
        {
            Label same = a.NewLabel("same");
            a.LdrPost(X0, X21, 8).LdrPost(X4, X1, 8).Cmp(X0, X4).BCond(Cond.Eq, same);
            a.Stur(X0, X1, -8).MovImm(X9, 1).Bind(same);
        });
        a.Cbz(X9, unchanged);
        CleanCode(X3, X1);
        a.Bind(unchanged);

        // Fills, then single words.

        a.Ldr(X24, X20, 8 * Record.Fills);
        Loop(X24, 1, () =>
        {
            a.LdpPost(X1, X2, X21, 16).LdpPost(X3, X4, X21, 16);
            Loop(X2, 16, () => a.Add(X9, X3, X4).StpPost(X3, X9, X1, 16).Add(X3, X9, X4));
        });
        a.Ldr(X24, X20, 8 * Record.Memory);
        Loop(X24, 1, () => a.LdpPost(X1, X0, X21, 16).Str(X0, X1, 0));
    }

    private void SetRegisters()
    {
        a.AddImm(X2, X19, Context.General).Ldr(X24, X20, 8 * Record.General);
        Loop(X24, 1, () => a.LdpPost(X1, X0, X21, 16).Lsl(X1, X1, 3).Add(X1, X1, X2).Str(X0, X1, 0));
        a.Ldr(X24, X20, 8 * Record.Registers);
        WriteRegisters();
        if (home == 2)
        {
            a.Ldr(X0, X19, Context.Hcr).Msr("HCR_EL2", X0).Isb();
        }
    }

    private const int ScrNsBit = 0;
    private const int ScrEel2Bit = 18;

    /// <summary>Drops what the PE holds of the tables and the code of earlier cases, when the case turns an MMU on.</summary>
    /// <remarks>TLBI ALLE2 goes by HCR_EL2.E2H, which the case has set by now: it takes EL2 or EL2&amp;0.</remarks>
    private void InvalidateTranslations()
    {
        Label none = a.NewLabel("none");
        Label noEl2 = a.NewLabel("noEl2");
        a.Ldr(X0, X20, 8 * Record.Flags).Tbz(X0, Record.FlagInvalidateBit, none).Dsb();
        InvalidateEl1();
        if (home > 1)
        {
            a.Tbz(X0, Record.FlagInvalidateEl2Bit, noEl2);
            if (home == 3)
            {
                // UNDEFINED while EL2 is disabled: SCR_EL3.{NS,EEL2} = {0,0}.
                Label enabled = a.NewLabel("enabled");
                a.Mrs(X1, "SCR_EL3").Tbnz(X1, ScrNsBit, enabled).Tbz(X1, ScrEel2Bit, noEl2).Bind(enabled);
            }

            a.Tlbi("ALLE2").Bind(noEl2);
        }

        if (home == 3)
        {
            a.Tlbi("ALLE3");
        }

        SynchronizeCode();
        a.Bind(none);
    }

    /// <summary>At EL2 no more than the case can meet: what a hypervisor below has to throw away with it, it builds again slowly.</summary>
    private void InvalidateEl1()
    {
        if (home != 2)
        {
            a.Tlbi(home == 1 ? "VMALLE1" : "ALLE1");
            return;
        }

        Label oneVmid = a.NewLabel("oneVmid");
        Label stage1 = a.NewLabel("stage1");
        Label done = a.NewLabel("invalidated");
        a.Tbz(X0, Record.FlagInvalidateVmidsBit, oneVmid).Tlbi("ALLE1").B(done);
        a.Bind(oneVmid).Tbz(X0, Record.FlagInvalidateStage2Bit, stage1).Tlbi("VMALLS12E1").B(done);
        a.Bind(stage1).Tlbi("VMALLE1").Bind(done);
    }

    /// <summary>Copies the regions of <c>changed@</c> fields, so that a difference can be seen afterwards.</summary>
    private void TakeShadows()
    {
        // The region list is the last one: (address, length) pairs behind the observed registers and memory words.
        a.Ldr(X0, X20, 8 * Record.ObservedRegisters).Ldr(X1, X20, 8 * Record.ObservedMemory);
        a.Add(X0, X0, X1).Lsl(X0, X0, 3).Add(X1, X21, X0);
        a.MovImm(X3, Shadow).Ldr(X24, X20, 8 * Record.Regions);
        Loop(X24, 1, () =>
        {
            a.LdpPost(X2, X4, X1, 16);
            Loop(X4, 16, () => a.LdpPost(X9, X10, X2, 16).StpPost(X9, X10, X3, 16));
        });
    }

    private void EnterCase()
    {
        Label enter = a.NewLabel("enter");
        a.Str(X21, X19, Context.ObserveCursor);
        a.Ldr(X0, X20, 8 * Record.Flags).Tbz(X0, Record.FlagObserveOnlyBit, enter);
        a.MovImm(X0, Result.KindRan).Str(X0, X22, 8 * Result.Kind).B(_observe);
        a.Bind(enter);
        a.Ldr(X0, X20, 8 * Record.Spsr).Msr($"SPSR{_el}", X0);
        a.Ldr(X0, X20, 8 * Record.Pc).Msr($"ELR{_el}", X0);
        a.Ldr(X0, X20, 8 * Record.StackPointer).MovSp(SP, X0);
        a.Str(X22, X19, Context.SavePointer);
        a.MovImm(X0, Context.PhaseRun).Str(X0, X19, Context.Phase);
        if (home == 2)
        {
            Label plain = a.NewLabel("plain");
            a.Ldr(X0, X20, 8 * Record.Flags).Tbz(X0, Record.FlagOwnSctlrBit, plain);
            EnterWithOwnSctlr();
            a.Bind(plain);
        }

        LoadGeneral();
        a.Ldp(X0, X1, X0, 0).Eret();
    }

    /// <summary>SCTLR_EL2 comes last: behind it there is no access to memory, and X0 waits in the scratch register.</summary>
    private void EnterWithOwnSctlr()
    {
        a.MovImm(X0, RestoringVectors).Msr("VBAR_EL2", X0);
        LoadGeneral();
        a.Ldp(X0, X1, X0, 0).Msr("TPIDR_EL2", X0);
        a.MovImm(X0, ContextBase).Ldr(X0, X0, Context.Sctlr).Msr("SCTLR_EL2", X0).Isb().Mrs(X0, "TPIDR_EL2").Eret();
    }

    /// <summary>X2 to X30 from the executive's variables; X0 is where they are.</summary>
    private void LoadGeneral()
    {
        a.AddImm(X0, X19, Context.General);
        for (int n = 2; n < 30; n += 2)
        {
            a.Ldp(n, n + 1, X0, 8 * n);
        }

        a.Ldr(X30, X0, 8 * 30);
    }

    /// <summary>Every exception taken to the home level comes here: X0 save area, X1 slot; X0 is in TPIDR, X1 and X2 are saved.</summary>
    private void SaveException()
    {
        Label running = a.NewLabel("running");
        Label setup = a.NewLabel("setup");
        a.Bind(_save).Str(X1, X0, 8 * Result.Slot);
        for (int n = 3; n < 29; n += 2)
        {
            a.Stp(n, n + 1, X0, 8 * (Result.General + n));
        }

        a.Stp(X29, X30, X0, 8 * (Result.General + 29));
        a.Mrs(X2, $"TPIDR{_el}").Str(X2, X0, 8 * Result.General);
        a.MovSp(X2, SP).Str(X2, X0, 8 * Result.StackPointer);
        SaveWord("NZCV", Result.Nzcv);
        SaveWord("DAIF", Result.Daif);
        SaveWord("SPSel", Result.SpSel);
        SaveWord("CurrentEL", Result.CurrentEl);
        SaveWord($"ESR{_el}", Result.Esr);
        SaveWord($"ELR{_el}", Result.Elr);
        SaveWord($"SPSR{_el}", Result.Spsr);
        SaveWord($"FAR{_el}", Result.Far);

        a.Mov(X22, X0).MovImm(X19, ContextBase).Ldr(X0, X19, Context.Phase);
        a.Cbz(X0, setup).CmpImm(X0, Context.PhaseRun).BCond(Cond.Eq, running);

        // Observing: the register does not exist here. Flag it and go on behind the MRS of the thunk.
        a.Mrs(X1, $"ELR{_el}").AddImm(X1, X1, 4).Msr($"ELR{_el}", X1);
        a.Mov(X0, X22).Ldr(X19, X0, 8 * (Result.General + 19)).Ldr(X22, X0, 8 * (Result.General + 22));
        a.MovImm(X0, 0).MovImm(X9, 1).Eret();

        a.Bind(setup).MovImm(X19, ContextBase).Ldr(X20, X19, Context.Record).Ldr(X22, X20, 8 * Record.Result);
        a.Mrs(X0, $"ELR{_el}").Str(X0, X22, 8 * Result.Elr).Mrs(X0, $"ESR{_el}").Str(X0, X22, 8 * Result.Esr);
        a.MovImm(X0, Result.KindSetupFault).Str(X0, X22, 8 * Result.Kind).B(_next);

        a.Bind(running);
        RestoreHome();
        SaveOptionalPstate();
        for (int level = 1; level < Math.Min(home, 3); level++)
        {
            int first = level == 1 ? Result.EsrEl1 : Result.EsrEl2;
            SaveLevel(level, first);
        }

        a.MovImm(X0, Result.KindRan).Str(X0, X22, 8 * Result.Kind);
        a.Str(X22, X19, Context.PreviousResult);
        a.Ldr(X20, X19, Context.Record);
    }

    /// <summary>What the executive itself runs with at EL2, where HCR_EL2 decides what the names of registers mean.</summary>
    private ulong OwnHcr => HomeProfile.Hcr(Baseline.Of("HCR_EL2"), hostExtensions);

    /// <summary>What the executive runs with at EL2 whatever the case does with its MMU and byte order.</summary>
    private static ulong OwnSctlr => Baseline.Of("SCTLR_EL2");

    private void KeepOwnControls()
    {
        if (home == 2)
        {
            a.MovImm(X0, OwnHcr).Str(X0, X19, Context.Hcr).MovImm(X0, OwnSctlr).Str(X0, X19, Context.Sctlr);
        }
    }

    /// <summary>At EL2 the executive's own HCR_EL2 comes back first; the case's is kept for its next step, and to be observed.</summary>
    private void RestoreHome()
    {
        if (home == 2)
        {
            Label usual = a.NewLabel("usual");
            a.Mrs(X0, "HCR_EL2").Str(X0, X19, Context.Hcr).MovImm(X0, OwnHcr).Msr("HCR_EL2", X0).Isb();
            a.Ldr(X20, X19, Context.Record).Ldr(X0, X20, 8 * Record.Flags).Tbz(X0, Record.FlagOwnSctlrBit, usual);
            a.MovImm(X0, GuestMemory.Vectors(2)).Msr("VBAR_EL2", X0).Isb().Bind(usual);
        }
    }

    /// <summary>Reads what is, at home level EL2, a register for the case and a word for the executive.</summary>
    internal static void EmitRead(Assembler a, int word) => a.MovImm(X0, ContextBase).Ldr(X0, X0, word).Ret(X30);

    /// <summary>Writes it; it is in the register when the step is entered.</summary>
    internal static void EmitWrite(Assembler a, int word) => a.MovImm(X1, ContextBase).Str(X0, X1, word).Ret(X30);

    private void SaveOptionalPstate()
    {
        a.Ldr(X10, X19, Context.Features);
        SaveIf(0, "PAN", Result.Pan);
        SaveIf(1, "UAO", Result.Uao);
        SaveIf(2, "DIT", Result.Dit);
        SaveIf(3, "SSBS", Result.Ssbs);
        SaveIf(4, "TCO", Result.Tco);
        SaveIf(5, "ALLINT", Result.Allint);
    }

    private void SaveLevel(int level, int first)
    {
        string[] names = [$"ESR_EL{level}", $"ELR_EL{level}", $"SPSR_EL{level}", $"FAR_EL{level}"];
        for (int i = 0; i < names.Length; i++)
        {
            string name = hostExtensions && HomeProfile.Alias(names[i]) is { } alias ? alias : names[i];
            a.Mrs(X0, name).Str(X0, X22, 8 * (first + i));
        }
    }

    private void Observe()
    {
        a.Bind(_observe);
        a.MovImm(X0, ScratchSave).Str(X0, X19, Context.SavePointer);
        a.MovImm(X0, Context.PhaseObserve).Str(X0, X19, Context.Phase);
        a.Ldr(X21, X19, Context.ObserveCursor).AddImm(X23, X22, 8 * Result.Lists);
        a.Ldr(X24, X20, 8 * Record.ObservedRegisters);
        Loop(X24, 1, () => a.LdrPost(X1, X21, 8).MovImm(X9, 0).MovImm(X0, 0).Blr(X1).StpPost(X0, X9, X23, 16));
        a.Ldr(X24, X20, 8 * Record.ObservedMemory);
        Loop(X24, 1, () => a.LdrPost(X1, X21, 8).Ldr(X0, X1, 0).StrPost(X0, X23, 8));
        a.MovImm(X3, Shadow).Ldr(X24, X20, 8 * Record.Regions);
        Loop(X24, 1, () =>
        {
            a.LdpPost(X2, X4, X21, 16).MovImm(X0, 0);
            Loop(X4, 16, () => a.LdpPost(X9, X10, X2, 16).LdpPost(X11, X12, X3, 16)
                .Cmp(X9, X11).Csinc(X0, X0, X0, Cond.Eq).Cmp(X10, X12).Csinc(X0, X0, X0, Cond.Eq));
            a.StrPost(X0, X23, 8);
        });
        a.B(_next);
    }

    /// <summary>Puts the record's leaving instruction into every slot of the levels below, when it is not there already.</summary>
    private void InstallLowerVectors()
    {
        Label same = a.NewLabel("same");
        a.Ldr(X0, X20, 8 * Record.LeaveWord).Ldr(X1, X19, Context.LeaveWord).Cmp(X0, X1).BCond(Cond.Eq, same);
        a.Str(X0, X19, Context.LeaveWord);
        a.MovImm(X2, Word(w => w.Mrs(X28, "CurrentEL"))).MovImm(X3, 0x1400_0000); // B . behind it: the host's budget ends it
        for (int level = 1; level < home; level++)
        {
            Label loop = a.NewLabel("slot");
            a.MovImm(X1, GuestMemory.Vectors(level)).MovImm(X4, GuestMemory.Vectors(level) + (Slots * SlotSize));
            a.Bind(loop).StrW(X2, X1, 0).StrW(X0, X1, LeaveOffset).StrW(X3, X1, 8);
            a.AddImm(X1, X1, SlotSize).Cmp(X1, X4).BCond(Cond.Ne, loop);
        }

        SynchronizeCode();
        a.Bind(same);
    }

    /// <summary>Makes words stored from X[start] up to X[end] visible to instruction fetch. Clobbers X[start].</summary>
    private void CleanCode(int start, int end)
    {
        Label loop = a.NewLabel("clean");
        Label done = a.NewLabel("cleaned");
        a.Bind(loop).Cmp(start, end).BCond(Cond.Cs, done).Dc("CVAU", start).AddImm(start, start, 16).B(loop);
        a.Bind(done);
        SynchronizeCode();
    }

    private void SynchronizeCode() => a.Dsb().Ic("IALLU", XZR).Dsb().Isb();

    /// <summary>Repeats the body while X[counter] is not zero, taking <paramref name="step"/> off each time.</summary>
    private void Loop(int counter, int step, Action body)
    {
        Label top = a.NewLabel("top");
        Label end = a.NewLabel("end");
        a.Bind(top).Cbz(counter, end);
        body();
        a.SubImm(counter, counter, step).B(top).Bind(end);
    }

    private void SaveWord(string register, int word) => a.Mrs(X2, register).Str(X2, X0, 8 * word);

    private void SaveIf(int featureBit, string register, int word)
    {
        Label absent = a.NewLabel("absent");
        a.Tbz(X10, featureBit, absent).Mrs(X2, register).Str(X2, X22, 8 * word).Bind(absent);
    }

    private static ulong Word(Func<Assembler, Assembler> emit) => emit(new Assembler(0)).Words()[0];
}
