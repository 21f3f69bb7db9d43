using Conformance.Harness.Cases;
using Conformance.Harness.Programs;
using static Conformance.Harness.Programs.Reg;

namespace Conformance.Suites.GuestHypervisor.Levels;

/// <summary>The way down by ERETs of the code itself: from EL2 to EL1, to EL0, or both, and what each level sees of itself.</summary>
/// <param name="At1">PSTATE at EL1, or null when EL2 returns to EL0 at once.</param>
/// <param name="At0">PSTATE at EL0, or null when the way ends at EL1.</param>
/// <param name="Tge">HCR_EL2.TGE.</param>
internal sealed record Descent(Spsr? At1, Spsr? At0, bool Tge)
{
    private const ulong Stack0 = 0x4033_0560;
    private const ulong Stack1 = 0x4033_1450;
    private const ulong Flags = Spsr.Nzcv | Spsr.Daif | Spsr.Mode;

    /// <summary>Where the way ends.</summary>
    private Spsr Last => At0 ?? At1!.Value;

    /// <summary>
    /// A step at EL2 that goes down and ends with a call of the lowest level: HVC from EL1, SVC from EL0.
    /// </summary>
    /// <returns>ELR of the call.</returns>
    /// <remarks>X1 to X10 are what the levels see; X0, X26 and X27 are scratch.</remarks>
    internal ulong In(CaseBuilder says, Hypervisor h, int immediate, Instruction? last = null)
    {
        Instruction ends = last ?? (At0 is null ? Instruction.Hvc(immediate) : Instruction.Svc(immediate));
        Assembler a = new(GuestMemory.Code);
        a.MovImm(X0, h.Hcr | (Tge ? ControlBits.Hcr.TGE : 0)).Msr("HCR_EL2", X0).MovImm(X0, Stack0).Msr("SP_EL0", X0).MovImm(X0, Stack1).Msr("SP_EL1", X0);
        a.Isb().Mrs(X1, "CurrentEL").Mrs(X2, "SPSel");
        Turns.EnterGuest(a, At1 ?? At0!.Value, _ => { });
        if (At1 is not null)
        {
            a.Mrs(X3, "CurrentEL").Mrs(X4, "SPSel").MovSp(X5, SP).Mrs(X6, "DAIF").Mrs(X7, "NZCV");
            if (At0 is { } user)
            {
                Label below = a.NewLabel("user");
                a.Adr(X26, below).Msr("ELR_EL1", X26).MovImm(X26, user).Msr("SPSR_EL1", X26).Isb().Eret().Bind(below);
            }
        }

        if (At0 is not null)
        {
            a.MovSp(X8, SP).Mrs(X9, "NZCV");
        }

        ulong at = a.Here;
        a.Word(ends.Word);
        int target = At0 is null || Tge ? 2 : ends.ToEl2 ? 2 : 1;
        says.At(2).Code(a.Words()).Outcome($"{ends.Name} goes to EL{target}")
            .Takes(target, vector: 0x400, esr: ends.Syndrome, elr: at + (ends.IsCall ? 4UL : 0))
            .Sees(FieldNames.Spsr, Last & Flags, Flags | Spsr.Il)
            .Sees(FieldNames.Pstate, Spsr.At(target) & (Spsr.Daif | Spsr.Mode), Spsr.Daif | Spsr.Mode | Spsr.Il)
            .Sees("X1", 8).Sees("X2", 1);
        if (At1 is { } kernel)
        {
            says.Sees("X3", 4).Sees("X4", kernel & Spsr.Sp).Sees("X5", kernel.Has(Spsr.Sp) ? Stack1 : Stack0)
                .Sees("X6", kernel & Spsr.Daif).Sees("X7", kernel & Spsr.Nzcv);
        }

        if (At0 is { } low)
        {
            says.Sees("X8", Stack0).Sees("X9", low & Spsr.Nzcv);
        }

        return at + (ends.IsCall ? 4UL : 0);
    }

    /// <summary>What the kernel at EL1 finds after an exception from EL0, and its HVC.</summary>
    internal static CaseBuilder KernelCalls(CaseBuilder says, ulong syndrome, ulong elr, Spsr saved, int immediate)
    {
        uint[] code = new Assembler(GuestMemory.Code).Mrs(X1, "ESR_EL1").Mrs(X2, "ELR_EL1").Mrs(X3, "SPSR_EL1").Mrs(X4, "CurrentEL").Mrs(X5, "SPSel").Hvc(immediate).Words();
        return says.At(1).Code(code).Takes(2, vector: 0x400, esr: Turns.Called(immediate), elr: GuestMemory.Code + (4UL * (ulong)code.Length))
            .Sees("X1", syndrome).Sees("X2", elr).Sees("X3", saved & Flags, Flags).Sees("X4", 4).Sees("X5", 1);
    }
}
