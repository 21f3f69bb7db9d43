using Conformance.Harness.Cases;
using Conformance.Harness.Programs;
using static Conformance.Harness.Programs.Reg;

namespace Conformance.Suites.GuestHypervisor.Levels;

/// <summary>Down from EL2 to EL1 and EL0 by the code's own ERETs, and up again: each level is what it says (F002, F009, F011, F041).</summary>
internal static class LevelCases
{
    private const int Stories = 32;

    private static readonly (string Name, ulong Bits)[] s_masks = [("daif", Spsr.Daif), ("none", 0), ("i", Spsr.I), ("da", Spsr.D | Spsr.A)];

    internal static IEnumerable<CaseBuilder> All(Hypervisor h, ulong seed)
    {
        foreach ((string stack, ulong sp) in ((string, ulong)[])[("h", Spsr.Sp), ("t", 0)])
        {
            foreach ((string masks, ulong bits) in s_masks)
            {
                yield return DownAndUp(h, $"down-el1{stack}-{masks}", new Spsr(4 | sp | bits | Spsr.C), new Spsr((bits ^ Spsr.A) | Spsr.N));
            }
        }

        foreach (Instruction last in (Instruction[])[Instruction.Svc(0x77), Instruction.Brk(0x66), Instruction.Undefined, Instruction.Udf])
        {
            yield return HostAndGuest(h, last);
        }

        foreach ((string name, ulong mode, bool tge) in ((string, ulong, bool)[])
            [("el3h", 0xD, false), ("el3t", 0xC, false), ("reserved-2", 2, false), ("reserved-6", 6, false), ("reserved-10", 0xA, false), ("el0h", 1, false), ("el1h-tge", 5, true), ("el1t-tge", 4, true)])
        {
            yield return IllegalThenLegal(h, name, mode, tge);
        }

        for (int n = 0; n < Stories; n++)
        {
            yield return Random(h, n, new Dice(seed, $"levels {h.Name} {n}"));
        }
    }

    private static CaseBuilder DownAndUp(Hypervisor h, string name, Spsr kernel, Spsr user)
    {
        CaseBuilder says = h.That("levels", name, "ERET to EL1 and ERET to EL0, SVC and HVC back: each level sees its own CurrentEL, SP and PSTATE", "F002", "F009", "F011", "EX-156", "EX-152");
        ulong behind = new Descent(kernel, user, false).In(says, h, 0x1234);
        says.NextStep();
        return Descent.KernelCalls(says, Instruction.Svc(0x1234).Syndrome, behind, user, 0x4321);
    }

    /// <summary>The same instruction of EL0 goes to the host, to the guest's kernel, and to the host again, as TGE says.</summary>
    private static CaseBuilder HostAndGuest(Hypervisor h, Instruction last)
    {
        Spsr user = new(Spsr.Daif | Spsr.Z);
        CaseBuilder says = h.That("levels", $"tge-{last.Name.Split(' ')[0].ToLowerInvariant()}", $"{last.Name} goes to EL2, EL1, EL2, EL1 as TGE is 1, 0, 1, 0", "F002", "F009", "F041", "EX-150", "EX-152");
        new Descent(null, user, true).In(says, h, 0, last);
        says.NextStep();
        ulong behind = new Descent(null, user, false).In(says, h, 0, last);
        says.NextStep();
        Descent.KernelCalls(says, last.Syndrome, behind, user, 2).NextStep();
        new Descent(null, user, true).In(says, h, 0, last);
        says.NextStep();
        new Descent(null, user, false).In(says, h, 0, last);
        return says;
    }

    /// <summary>A return that is illegal leaves EL2 where it is; the next legal one goes through (EX-250 to EX-271).</summary>
    private static CaseBuilder IllegalThenLegal(Hypervisor h, string name, ulong mode, bool tge)
    {
        const ulong kept = Spsr.Nzcv | Spsr.Daif | Spsr.Mode | Spsr.Il;
        ulong saved = mode | Spsr.N | Spsr.I | Spsr.F;
        CaseBuilder says = h.That("levels", $"illegal-{name}", "an illegal return stays at EL2 with IL set; a legal one after it enters the guest", "F009", "EX-265", "EX-266", "EX-271");
        Assembler a = new(GuestMemory.Code);
        a.MovImm(X0, h.Hcr | (tge ? ControlBits.Hcr.TGE : 0)).Msr("HCR_EL2", X0);
        ulong behind = 0;
        Turns.EnterGuest(a, new Spsr(saved), x => behind = x.Here);
        a.MovImm(X3, 1);
        says.At(2).Code(a.Words()).Outcome("Illegal Execution state").Takes(2, vector: 0x200, esr: 0x0EUL << 26 | 1UL << 25, elr: behind)
            .Sees(FieldNames.Spsr, Spsr.N | Spsr.I | Spsr.F | Spsr.Il | 9, kept).Sees("X3", 0).NextStep();
        new Descent(Spsr.At(1), null, false).In(says, h, 7);
        return says;
    }

    private static CaseBuilder Random(Hypervisor h, int number, Dice dice)
    {
        CaseBuilder says = h.That("levels", $"random-{number:00}", "turns at random levels, stack pointers, masks and flags, with TGE at random", "F002", "F009", "F011", "EX-150");
        int turns = 5 + dice.Below(4);
        for (int t = 0; t < turns; t++)
        {
            if (t > 0)
            {
                says.NextStep();
            }

            bool tge = dice.OneIn(3);
            bool kernel = !tge && !dice.OneIn(4);
            bool user = !kernel || dice.OneIn(2);
            var at1 = new Spsr((dice.Next() & (Spsr.Nzcv | Spsr.Daif | Spsr.Sp)) | 4);
            var at0 = new Spsr(dice.Next() & (Spsr.Nzcv | Spsr.Daif));
            int immediate = dice.Below(0xE000);
            ulong behind = new Descent(kernel ? at1 : null, user ? at0 : null, tge).In(says, h, immediate);
            if (user && !tge && dice.OneIn(2))
            {
                says.NextStep();
                Descent.KernelCalls(says, Instruction.Svc(immediate).Syndrome, behind, at0, immediate ^ 1);
            }
        }

        return says;
    }
}
