using Conformance.Harness.Cases;
using Conformance.Harness.Executive;
using Conformance.Harness.Programs;
using static Conformance.Harness.Lockstep.Guest.LockstepLayout;
using static Conformance.Harness.Programs.Reg;

namespace Conformance.Harness.Lockstep.Guest;

/// <summary>
/// The bare-metal program that runs blocks: installs a block's state, lets it run, notes every exception and steps over what
/// caused it, and writes down the state at the end. It is started at EL3 and uses no stack.
/// </summary>
internal static class LockstepProgram
{
    private const int SvcClass = 0x15;
    private const int SmcClass = 0x17;
    private const int FetchClass = 0x20;
    private const int IllegalStateClass = 0x0e;
    private const ulong Btype = 3ul << 10; // SPSR_ELx.BTYPE
    private const ulong IllegalState = 1ul << 20; // SPSR_ELx.IL

    /// <summary>The one image.</summary>
    internal static GuestImage Image { get; } = Assemble();

    private static GuestImage Assemble()
    {
        var a = new Assembler(LockstepLayout.Image);
        Label[] handlers = [a.NewLabel("el1"), a.NewLabel("el2"), a.NewLabel("el3")];
        Label finish = a.NewLabel("finish");
        for (int level = 1; level <= 3; level++)
        {
            Vectors(a, level, handlers[level - 1]);
        }

        ulong entry = a.Here;
        Label next = Start(a);
        Label wait = Wait(a, next);
        StartBlock(a, next, wait);
        for (int level = 1; level <= 3; level++)
        {
            a.Bind(handlers[level - 1]);
            Handler(a, level, finish);
        }

        a.Bind(finish);
        Finish(a);
        a.B(next);
        return new GuestImage(LockstepLayout.Image, a.ToBytes(), entry);
    }

    private static void Vectors(Assembler a, int level, Label handler)
    {
        for (int slot = 0; slot < 16; slot++)
        {
            ulong start = a.Here;
            a.Msr($"TPIDR_EL{level}", X0);
            if (level == 3)
            {
                a.MovImm(X0, Baseline.Of("SCTLR_EL3")).Msr("SCTLR_EL3", X0).Isb();
            }

            a.Movz(X0, (int)(Mailbox >> 16), 16).Stp(X1, X2, X0, Box.Save);
            a.MovImm(X1, (ulong)((level << 12) | (slot * 0x80))).B(handler);
            while (a.Here < start + 0x80)
            {
                a.Nop();
            }
        }
    }

    /// <summary>Once: vectors, and the registers that no block changes.</summary>
    private static Label Start(Assembler a)
    {
        a.MsrImm("DAIFSet", 15).MsrImm("SPSel", 1);
        foreach (string register in (string[])["SCR_EL3", "SCTLR_EL3", "CPTR_EL3", "MDCR_EL3", "MDCR_EL2", "VTCR_EL2", "CNTHCTL_EL2"])
        {
            a.MovImm(X0, Baseline.Of(register)).Msr(register, X0);
        }

        foreach (string register in (string[])["HSTR_EL2", "MDSCR_EL1", "VTTBR_EL2", "HFGRTR_EL2", "HFGWTR_EL2", "HFGITR_EL2"])
        {
            a.Msr(register, XZR);
        }

        for (int level = 1; level <= 3; level++)
        {
            a.MovImm(X0, LockstepLayout.Image + (0x800 * (ulong)(level - 1))).Msr($"VBAR_EL{level}", X0);
        }

        a.Isb();
        a.MovImm(X0, Mailbox).MovImm(X1, Box.Magic).Str(X1, X0, Box.Hello);
        return a.NewLabel("next");
    }

    private static Label Wait(Assembler a, Label next)
    {
        Label wait = a.NewLabel("wait");
        a.Bind(wait).MovImm(X0, Mailbox);
        Label spin = a.NewLabel("spin");
        a.Bind(spin).Yield().Ldr(X1, X0, Box.State).CmpImm(X1, Box.Go).BCond(Cond.Ne, spin).Dmb();
        a.Ldr(X1, X0, Box.Count).Str(X1, X0, Box.Left).Str(XZR, X0, Box.Context);
        a.MovImm(X1, Blocks).Str(X1, X0, Box.Block).MovImm(X1, Results).Str(X1, X0, Box.Result).B(next);
        return wait;
    }

    private static void StartBlock(Assembler a, Label next, Label wait)
    {
        Label more = a.NewLabel("more");
        a.Bind(next).MovImm(X0, Mailbox).Ldr(X1, X0, Box.Left).Str(X1, X0, Box.Progress).Cbnz(X1, more);
        a.Dmb().MovImm(X1, Box.Done).Str(X1, X0, Box.State).B(wait);
        a.Bind(more).SubImm(X1, X1, 1).Str(X1, X0, Box.Left);
        a.Ldr(X20, X0, Box.Block).Ldr(X21, X0, Box.Result);
        a.Ldr(X1, X20, 8 * Block.Size).Add(X1, X1, X20).Str(X1, X0, Box.Block);
        a.Ldr(X1, X20, 8 * Block.Recovery).Str(X1, X0, Box.Recovery);
        a.AddImm(X1, X21, 8 * Result.Log).Str(X1, X0, Box.Log);
        a.Ldr(X1, X20, 8 * Block.Flags).Str(X1, X21, 8 * Result.Size);
        InstallContext(a);

        // Code into its slot.
        a.AddImm(X1, X20, 8 * Block.Words).Ldr(X2, X20, 8 * Block.Code).Ldr(X3, X20, 8 * Block.CodePairs);
        Loop(a, X3, () => a.LdpPost(X4, X5, X1, 16).StpPost(X4, X5, X2, 16));
        a.Dsb().Ic("IALLU").Dsb().Isb();

        // The window.
        a.MovImm(X1, Window).Ldr(X2, X20, 8 * Block.Seed).MovImm(X3, WindowSize / 16).MovImm(X4, FillMultiplier).MovImm(X5, 1442695040888963407);
        Loop(a, X3, () => a.Madd(X2, X2, X4, X5).Eor(X6, X2, X2, Shift.Lsr, 32).Madd(X2, X2, X4, X5)
            .Eor(X7, X2, X2, Shift.Lsr, 32).StpPost(X6, X7, X1, 16));

        // Registers.
        a.AddImm(X1, X20, 8 * Block.Vector);
        for (int v = 0; v < 32; v += 2)
        {
            a.LdpQ(v, v + 1, X1, 16 * v);
        }

        a.Ldr(X1, X20, 8 * Block.Fpcr).Msr("FPCR", X1).Ldr(X1, X20, 8 * Block.Fpsr).Msr("FPSR", X1);
        for (int level = 0; level < 3; level++)
        {
            a.Ldr(X1, X20, 8 * (Block.StackPointers + level)).Msr($"SP_EL{level}", X1);
        }

        a.Ldr(X1, X20, 8 * (Block.StackPointers + 3)).MovSp(31, X1);

        // The thread registers that EL0 reads.
        a.Ldr(X1, X20, 8 * Block.Seed).Msr("TPIDR_EL0", X1).Mvn(X1, X1).Msr("TPIDRRO_EL0", X1);

        a.Ldr(X1, X20, 8 * Block.Spsr).Msr("SPSR_EL3", X1).Ldr(X1, X20, 8 * Block.Code)
            .AddImm(X1, X1, BlockEncoder.PoolBytes).Msr("ELR_EL3", X1);
        a.AddImm(X0, X20, 8 * Block.General);
        for (int n = 2; n < 30; n += 2)
        {
            a.Ldp(n, n + 1, X0, 8 * n);
        }

        a.Ldr(X30, X0, 8 * 30).Ldr(X1, X0, 0).Msr("TPIDR_EL3", X1).Ldr(X1, X0, 8);
        a.MovImm(X0, Mailbox);
        Leave(a);
    }

    /// <summary>Returns from EL3 with the context's SCTLR_EL3; X0 is the mailbox and becomes what TPIDR_EL3 holds.</summary>
    private static void Leave(Assembler a) => a.Ldr(X0, X0, Box.Sctlr3).Msr("SCTLR_EL3", X0).Mrs(X0, "TPIDR_EL3").Eret();

    private static void InstallContext(Assembler a)
    {
        Label same = a.NewLabel("same");
        a.Ldr(X1, X20, 8 * Block.Context).Ldr(X2, X0, Box.Context).Cmp(X1, X2).BCond(Cond.Eq, same);
        a.Str(X1, X0, Box.Context);
        foreach (string register in ContextRegisters)
        {
            a.LdrPost(X2, X1, 8);
            if (register == "SCTLR_EL3")
            {
                a.Str(X2, X0, Box.Sctlr3);
            }
            else
            {
                a.Msr(register, X2);
            }
        }

        a.Isb().Tlbi("ALLE1").Tlbi("ALLE2").Tlbi("ALLE3").Dsb().Isb().Bind(same);
    }

    /// <summary>An exception: X0 is the mailbox, X1 level and vector; the real X0 is in TPIDR, X1 and X2 are saved.</summary>
    private static void Handler(Assembler a, int level, Label finish)
    {
        Label done = a.NewLabel("done");
        Label recover = a.NewLabel("recover");
        Label set = a.NewLabel("set");
        Label clear = a.NewLabel("clear");
        a.Stp(X3, X4, X0, Box.Save + 16);
        Pointer(a, X2, Box.Log, X3);
        a.Mrs(X3, $"ESR_EL{level}").Mrs(X4, $"ELR_EL{level}").Stp(X1, X3, X2, 0);
        a.Mrs(X1, $"SPSR_EL{level}").Stp(X4, X1, X2, 16).Mrs(X1, $"FAR_EL{level}").Str(X1, X2, 32);
        a.AddImm(X2, X2, 8 * Result.Entry).Str(X2, X0, Box.Log);

        // The end is an SVC, which EL1 and EL2 pass on to EL3.
        Label on = a.NewLabel("on");
        a.MovImm(X1, Immediate(SvcClass)).Cmp(X3, X1);
        if (level == 3)
        {
            a.BCond(Cond.Eq, finish).MovImm(X1, Immediate(SmcClass)).Cmp(X3, X1).BCond(Cond.Eq, finish);
        }
        else
        {
            a.BCond(Cond.Ne, on).Ldp(X3, X4, X0, Box.Save + 16).Ldp(X1, X2, X0, Box.Save).Mrs(X0, $"TPIDR_EL{level}").Smc(End);
        }

        // SVC, HVC and SMC return behind themselves; a lost PC ends the block; an instruction in Illegal state is tried again
        // out of it; the rest is stepped over, which leaves BTYPE 0 as an instruction does.
        a.Bind(on).Lsr(X1, X3, 26).SubImm(X1, X1, IllegalStateClass).Cbz(X1, clear);
        a.SubImm(X1, X1, SvcClass - IllegalStateClass).CmpImm(X1, 2).BCond(Cond.Ls, done);
        a.SubImm(X1, X1, FetchClass - SvcClass).CmpImm(X1, 2).BCond(Cond.Ls, recover);
        a.AddImm(X4, X4, 4).Mrs(X3, $"SPSR_EL{level}").AndImm(X3, X3, ~Btype).Msr($"SPSR_EL{level}", X3).B(set);
        a.Bind(clear).Mrs(X3, $"SPSR_EL{level}").AndImm(X3, X3, ~IllegalState).Msr($"SPSR_EL{level}", X3).B(done);
        a.Bind(recover);
        Pointer(a, X4, Box.Recovery, X3);
        a.Bind(set).Msr($"ELR_EL{level}", X4);
        a.Bind(done).Ldp(X3, X4, X0, Box.Save + 16).Ldp(X1, X2, X0, Box.Save);
        if (level == 3)
        {
            Leave(a);
        }
        else
        {
            a.Mrs(X0, $"TPIDR_EL{level}").Eret();
        }
    }

    private static ulong Immediate(ulong exceptionClass) => (exceptionClass << 26) | (1 << 25) | End;

    /// <summary>Loads a pointer that may have been written with the other endianness: all of them are below 4 GiB.</summary>
    private static void Pointer(Assembler a, int to, int offset, int scratch)
    {
        Label right = a.NewLabel("right");
        a.Ldr(to, X0, offset).Lsr(scratch, to, 32).Cbz(scratch, right).Rev(to, to).Bind(right);
    }

    private static void Finish(Assembler a)
    {
        a.Ldr(X1, X0, Box.Result).AddImm(X2, X1, 8 * Result.General);
        for (int n = 5; n < 29; n += 2)
        {
            a.Stp(n, n + 1, X2, 8 * n);
        }

        a.Stp(X29, X30, X2, 8 * 29);
        a.Mrs(X3, "TPIDR_EL3").Str(X3, X2, 0).Ldp(X3, X4, X0, Box.Save).Stp(X3, X4, X2, 8);
        a.Ldp(X3, X4, X0, Box.Save + 16).Stp(X3, X4, X2, 24);
        a.Mrs(X3, "SPSR_EL3").Str(X3, X1, 8 * Result.Spsr).Mrs(X3, "ELR_EL3").Str(X3, X1, 8 * Result.Elr);
        for (int level = 0; level < 3; level++)
        {
            a.Mrs(X3, $"SP_EL{level}").Str(X3, X1, 8 * (Result.StackPointers + level));
        }

        a.MovSp(X3, 31).Str(X3, X1, 8 * (Result.StackPointers + 3));

        a.Mrs(X3, "FPCR").Str(X3, X1, 8 * Result.Fpcr).Mrs(X3, "FPSR").Str(X3, X1, 8 * Result.Fpsr);
        a.AddImm(X2, X1, 8 * Result.Vector);
        for (int v = 0; v < 32; v += 2)
        {
            a.StpQ(v, v + 1, X2, 16 * v);
        }

        // The window's hash.
        a.MovImm(X2, Window).MovImm(X3, WindowSize / 16).MovImm(X4, HashMultiplier).MovImm(X5, 0);
        Loop(a, X3, () => a.LdpPost(X6, X7, X2, 16).Eor(X5, X5, X6).Mul(X5, X5, X4).Eor(X5, X7, X5, Shift.Ror, 29).Mul(X5, X5, X4));
        a.Str(X5, X1, 8 * Result.Hash);

        // The window itself, behind the log, if it is wanted.
        Label noDump = a.NewLabel("noDump");
        a.Ldr(X8, X0, Box.Log).Str(X8, X1, 8 * Result.LogEnd);
        a.AddImm(X8, X8, 15).AndImm(X8, X8, ~15ul);
        a.Ldr(X10, X1, 8 * Result.Size).Tbz(X10, Block.DumpBit, noDump);
        a.MovImm(X2, Window).MovImm(X3, WindowSize / 16);
        Loop(a, X3, () => a.LdpPost(X6, X7, X2, 16).StpPost(X6, X7, X8, 16));
        a.Bind(noDump).Str(X8, X0, Box.Result).Sub(X3, X8, X1).Str(X3, X1, 8 * Result.Size);
        a.MovImm(X3, Result.Ran).Str(X3, X1, 8 * Result.Kind);
    }

    private static void Loop(Assembler a, int counter, Action body)
    {
        Label top = a.NewLabel("top");
        Label end = a.NewLabel("end");
        a.Bind(top).Cbz(counter, end);
        body();
        a.SubImm(counter, counter, 1).B(top).Bind(end);
    }
}
