using Conformance.Harness.Cases;
using Conformance.Harness.Programs;
using Conformance.Harness.Spec;
using Conformance.Suites.Access;
using static Conformance.Harness.Programs.Reg;

namespace Conformance.Suites.GuestHypervisor.Merged;

/// <summary>The turns of a story about traps: the hypervisor writes its controls, the guest does one access, the access facts say what follows.</summary>
/// <remarks>
/// The access stands at the start of the code page, as the expectation of the access suite has it; the hypervisor's code stands
/// behind it, enters the step, and leaves by its ERET. Where the access completes, the guest's call is what ends the turn.
/// </remarks>
internal sealed class TrapTurns(Controls controls, CaseBuilder says)
{
    private const int Operand = X3;
    private const int Called = 0x51;
    private const ulong Kept = Spsr.Nzcv | Spsr.Daif | Spsr.Mode | Spsr.Il;

    private readonly HashSet<string> _touched = new(StringComparer.Ordinal);
    private bool _first = true;

    /// <summary>Adds a turn; false when the state or the access cannot be set up.</summary>
    /// <param name="stimulus">The access.</param>
    /// <param name="set">The controls that are not as they rest.</param>
    /// <param name="dice">Chooses values.</param>
    internal bool Add(Stimulus stimulus, IReadOnlyList<Control> set, Dice dice)
    {
        Hypervisor h = controls.Hypervisor;
        ArchState state = h.State.Clone();
        foreach (Control control in set)
        {
            state[control.Field] = 1 - control.Off;
        }

        (Accessor accessor, int level, int index) = (stimulus.Accessor, stimulus.Level, stimulus.Index);
        RuleNode.End end = accessor.Tree(level).Evaluate(state, level, index);
        AccessCase access = new(accessor, level, index, end);
        List<int> fields = [.. set.Select(c => c.Field), NameTable.Fields.Id("HCR_EL2.E2H")];
        if (end.Leaf is not (Leaf.ReadRegister or Leaf.WriteRegister { MaskedBy: null } or Leaf.Operation or Leaf.ReadCounter or Leaf.Constant or Leaf.Trap { Level: < 3 } or Leaf.Undefined)
            || !controls.Allows(state, level, fields)
            || Composition.Registers(state, fields) is not { } composed
            || AccessSetup.Of(controls.Target, access, state, fields, new Access.Dice(dice.Next(), accessor.Name), new AccessInputs { Rt = accessor.TakesRegister ? Operand : 31 }) is not { } setup)
        {
            return false;
        }

        if (!_first)
        {
            says.NextStep();
        }

        says.Rules(access.Rule);
        SetGuest(setup, state, composed);
        Emit(setup, state, composed, h);
        foreach (Leaf leaf in Choices.Leaves(controls.Target, access, state))
        {
            foreach (Outcome outcome in new AccessExpectation(setup).Outcomes(leaf))
            {
                says.Allow(AsSeen(Visible(outcome), setup));
            }
        }

        _first = false;
        return true;
    }

    /// <summary>What the guest's registers hold before the access; those that an earlier turn touched are as at first.</summary>
    private void SetGuest(AccessSetup setup, ArchState state, SortedDictionary<string, ulong> composed)
    {
        RegisterValue[] own = [.. setup.Registers.Where(r => !composed.ContainsKey(r.Name) && !controls.Registers.Contains(r.Name))];
        says.Set("CPTR_EL2", Backgrounds.Of("CPTR_EL2", state)); // what the turn before left traps FPCR at EL2 too
        foreach (string register in _touched.Where(t => !own.Any(r => r.Name == t)))
        {
            says.Set(register, Backgrounds.Of(register, state));
        }

        foreach (RegisterValue register in own)
        {
            says.Set(register.Name, register.Value);
            _touched.Add(register.Name);
        }

        if (setup.Natural is { } natural && controls.Target.Home.CanSet(natural, controls.Target.Baseline) && SafeBits.MayPreset(natural, controls.Target.Target.HighestLevel)
            && Backgrounds.IsRestored(natural) && !controls.Registers.Contains(natural))
        {
            _touched.Add(natural);
        }
    }

    private void Emit(AccessSetup setup, ArchState state, SortedDictionary<string, ulong> composed, Hypervisor h)
    {
        Assembler a = new(GuestMemory.Code);
        foreach (uint word in setup.Code)
        {
            a.Word(word);
        }

        _ = setup.Level == 0 ? a.Svc(Called) : a.Hvc(Called);
        ulong entry = a.Here;
        foreach (string register in controls.Registers)
        {
            ulong value = composed.TryGetValue(register, out ulong given) ? given : register == "HCR_EL2" ? h.Hcr : Backgrounds.Of(register, state);
            a.MovImm(X0, value).Msr(h.For(register), X0);
        }

        a.MovImm(X0, GuestMemory.Code).Msr("ELR_EL2", X0).MovImm(X0, setup.Pstate).Msr("SPSR_EL2", X0).Isb().Eret();
        says.At(2).Code(a.Words()).EntryPc(entry);
        foreach (RegisterValue general in setup.General)
        {
            says.X(general);
        }
    }

    /// <summary>Without the registers that EL2 cannot read while its controls trap them.</summary>
    private static Outcome Visible(Outcome outcome) => outcome with { Fields = [.. outcome.Fields.Where(f => f.Field is not ("FPCR" or "FPSR"))] };

    /// <summary>An access that completes is seen by the call behind it.</summary>
    private static Outcome AsSeen(Outcome outcome, AccessSetup setup)
    {
        FieldExpectation target = outcome.Fields.First(f => f.Field == FieldNames.Target);
        if (!target.Allows(0))
        {
            return outcome;
        }

        bool user = setup.Level == 0;
        ulong saved = outcome.Fields.First(f => f.Field == FieldNames.Pstate).Any[0].Value;
        return new Outcome(outcome.Name,
        [
            new(FieldNames.Target, user ? 1UL : 2), new(FieldNames.Vector, 0x400),
            new(FieldNames.Esr, user ? 0x15UL << 26 | 1UL << 25 | Called : Turns.Called(Called)),
            new(FieldNames.Elr, GuestMemory.Code + (4UL * (ulong)(setup.Code.Count + 1))), new(FieldNames.Spsr, saved & Kept & ~Spsr.Il, Kept & ~Spsr.Nzcv),
            .. outcome.Fields.Where(f => f.Field is not (FieldNames.Target or FieldNames.Pstate)),
        ]);
    }
}
