using Conformance.Harness.Cases;
using Conformance.Harness.Spec;

namespace Conformance.Suites.Access;

/// <summary>Everything a case does before its one instruction runs: registers, PSTATE, operand, and the code.</summary>
internal sealed class AccessSetup
{
    /// <summary>The page at VNCR_EL2.BADDR.</summary>
    internal const ulong VncrSize = 0x1000;

    private const ulong VncrFirst = 0x5A00_C0DE_0000_0001;
    private const ulong VncrStride = 0x0001_0203_0405_0607;

    private readonly AccessCase _access;
    private readonly SortedDictionary<string, ulong> _registers;
    private readonly AccessCode _code;

    private AccessSetup(
        AccessTarget target, AccessCase access, ArchState state, SortedDictionary<string, ulong> registers, Dice dice, AccessInputs given)
    {
        Target = target;
        State = state;
        _access = access;
        _registers = registers;
        Natural = NaturalRegister();

        // X28 is lost on the way through a vector; 128-bit accesses take an even register and the next.
        Rt = given.Rt ?? (!Accessor.TakesRegister ? 31 : Accessor.IsWide ? 2 * dice.Below(13) : dice.Below(28));
        Immediate = given.Immediate ?? ImmediateOf(dice);
        Pstate = StartPstate(dice).WithFrom(given.Pstate, given.PstateMask);
        _code = new AccessCode(Accessor, Rt, Index, Immediate, given.Word);
        Prepare(dice, given);
    }

    internal AccessTarget Target { get; }

    internal ArchState State { get; }

    internal Accessor Accessor => _access.Accessor;

    internal int Level => _access.Level;

    internal int Index => _access.Index;

    internal bool IsRead => Accessor.IsRead;

    /// <summary>The register that the accessor's name stands for, or null if it is an operation.</summary>
    internal string? Natural { get; }

    internal int Rt { get; }

    internal int Immediate { get; }

    /// <summary>Value of X<see cref="Rt"/> before the instruction.</summary>
    internal ulong Operand { get; private set; }

    /// <summary>The code of the step.</summary>
    internal IReadOnlyList<uint> Code => _code.Words;

    /// <summary>The instruction under test.</summary>
    internal uint Word => _code.Tested;

    /// <summary>Its address.</summary>
    internal ulong Address => GuestMemory.Code + (4UL * (ulong)_code.At);

    /// <summary>General registers before the step.</summary>
    internal IReadOnlyList<RegisterValue> General => _code.General;

    /// <summary>The general register that the code reads what was written back into, or -1.</summary>
    internal int ReadBack => _code.ReadBack;

    internal Spsr Pstate { get; }

    /// <summary>PSTATE behind an exception return.</summary>
    internal Spsr Returned { get; private set; }

    internal IEnumerable<RegisterValue> Registers => _registers.Select(r => new RegisterValue(r.Key, r.Value));

    /// <summary>The whole setup of an access in a state, or null if the state cannot be set by registers.</summary>
    internal static AccessSetup? Of(
        AccessTarget target, AccessCase access, ArchState state, IReadOnlyList<int> fields, Dice dice, AccessInputs? given = null) =>
        Composition.Registers(state, fields) is { } registers
            ? new AccessSetup(target, access, state, registers, dice, given ?? AccessInputs.None)
            : null;

    /// <summary>The word at an address of the VNCR page: each word of the page is another.</summary>
    internal static ulong VncrWord(ulong address) => unchecked(VncrFirst + ((address - GuestMemory.Vncr) / 8 * VncrStride));

    /// <summary>The pattern of the VNCR page as a case says it.</summary>
    internal static MemoryFill VncrFill => new(GuestMemory.Vncr, VncrSize, VncrFirst, VncrStride);

    /// <summary>True for registers that an exception to a level, or the way home from it, overwrites.</summary>
    internal static bool IsWrittenByExceptions(string register, int target)
    {
        string plain = register.Length > 4 ? register[..^4] : register;
        return plain is "ESR" or "ELR" or "SPSR" or "FAR" or "HPFAR" && (register[^1] == '2' || register[^1] == (char)('0' + target));
    }

    /// <summary>The value of a register when the instruction runs, and which bits of it are known.</summary>
    internal (ulong Value, ulong Compare) Known(string register)
    {
        ulong compare = Plan(register).Compare;
        if (_code.Written(register) is { } written)
        {
            return (written, compare);
        }

        if (SafeBits.IsEntry(register, Home))
        {
            return (0, 0); // the executive has just put the way into the case there
        }

        return _registers.TryGetValue(register, out ulong value) ? (value, compare)
            : Backgrounds.IsRestored(register) ? (Baseline.Of(register, Target.Implementation.Features), compare)
            : (0, 0);
    }

    /// <summary>The bits of a register that hold what the instruction writes and that can be seen afterwards; 0 if none.</summary>
    internal ulong Writable(string register) => ReadBack >= 0 || CanSee(register) ? Plan(register).Compare : 0;

    internal bool CanSee(string register) => SafeBits.MaySee(register, Home) && Target.Home.CanSee(register, State);

    private int Home => Target.Target.HighestLevel;

    private RegisterPlan Plan(string register)
    {
        RegisterPlan plan = RegisterPlan.Of(register, Backgrounds.Of(register, State), State);
        return register == "ICC_PMR_EL1" && State["SCR_EL3.FIQ"] == 1
            ? plan with { Compare = 0 } // Non-secure state then sees the lower half of the priorities only, and shifted
            : plan;
    }

    /// <summary>Gives the registers of the leaf a value of their own, and the operand one that differs from it.</summary>
    private void Prepare(Dice dice, AccessInputs given)
    {
        if (Instructions.IsReturn(Accessor))
        {
            PrepareReturn(dice);
            return;
        }

        string? reached = Reached(_access.End.Leaf);
        foreach (string register in given.Leaves.Select(Reached).Prepend(reached).Prepend(Natural).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            Vary(register, dice);
        }

        foreach ((string register, ulong value) in Clocks.For(_access.End.Leaf, Target, dice))
        {
            _registers.TryAdd(register, value);
        }

        Operand = IsRead ? dice.Next() : Accessor.Op is "MSR" ? OperandFor(reached ?? Natural, dice) : OperationOperand();
        Operand = given.Operand ?? Operand;
        if (Rt < 31)
        {
            _code.Give(Rt, Operand);
            if (Accessor.IsWide)
            {
                _code.Give(Rt + 1, SecondOperand);
            }
        }

        if (reached is not null && Level == Home && SafeBits.IsExecutives(reached, Home))
        {
            PrepareOwn(reached, dice);
        }
    }

    /// <summary>The value of the second register of a 128-bit access.</summary>
    internal ulong SecondOperand => IsRead ? ~Operand : 0;

    /// <summary>
    /// A register that the executive itself lives on: the code of the case gives it the value that is read, or reads back what
    /// was written.
    /// </summary>
    private void PrepareOwn(string register, Dice dice)
    {
        if (_access.End.Leaf is Leaf.ReadRegister)
        {
            if (register[..^4] is not ("VBAR" or "HCR" or "SP") && Target.Home.CanSet(register, State))
            {
                ulong own = dice.Next() & Plan(register).Vary;
                _code.WriteBefore(register, _registers.Remove(register, out ulong given) ? given : own);
            }
        }
        else if (Target.Home.CanSee(register, State))
        {
            _code.ReadAfter(register, unwanted: ~Operand, restored: register[..^4] == "VBAR" ? Backgrounds.Of(register, State) : null);
        }
    }

    /// <summary>ELR and SPSR of the level lead to the end marker; the instruction between shows a return that did not happen.</summary>
    private void PrepareReturn(Dice dice)
    {
        const ulong free = Spsr.Nzcv | Spsr.Daif | Spsr.Tco | Spsr.Dit | Spsr.Uao | Spsr.Pan | Spsr.Ssbs;
        _code.StopBehind();
        if (Level == 0)
        {
            return;
        }

        Returned = Spsr.At(Level).WithFrom(new Spsr(dice.Next()), free & Target.StatusMask).With(Spsr.Sp, dice.Coin());
        Accessor? signed = _access.End.Leaf is Leaf.Operation && State[$"SCTLR_EL{Level}.EnI{Accessor.Name[^1]}"] == 1 ? Accessor : null;
        if (Level == Home || signed is not null)
        {
            int more = signed is null ? 1 : 2;
            _code.WriteBefore($"SPSR_EL{Level}", Returned);
            _code.WriteBefore($"ELR_EL{Level}", GuestMemory.Code + (4UL * (ulong)(Code.Count + more)), signed);
        }
        else
        {
            _registers[$"SPSR_EL{Level}"] = Returned;
            _registers[$"ELR_EL{Level}"] = GuestMemory.Code + (4UL * (ulong)Code.Count);
        }
    }

    /// <summary>The register that a leaf reads or writes under its own name, or null.</summary>
    private string? Reached(Leaf leaf) => leaf switch
    {
        Leaf.ReadRegister { Register.View: null } read => read.Register.Architectural(Index),
        Leaf.WriteRegister { Register.View: null } write => write.Register.Architectural(Index),
        _ => null,
    };

    private void Vary(string register, Dice dice)
    {
        if (!_registers.ContainsKey(register) && !Target.IsAsked(_access, register)
            && SafeBits.MayPreset(register, Home) && Target.Home.CanSet(register, Target.Baseline) && Target.Home.CanSee(register, State))
        {
            ulong neutral = Backgrounds.Of(register, State);
            RegisterPlan plan = RegisterPlan.Of(register, neutral, State);
            if (plan.Vary != 0)
            {
                _registers[register] = (neutral & ~plan.Vary) | (dice.Next() & plan.Vary);
            }
        }
    }

    /// <summary>A value that is safe to write and differs from what the register holds.</summary>
    private ulong OperandFor(string? register, Dice dice)
    {
        if (_access.End.Leaf is Leaf.WritePstate pstate)
        {
            return (dice.Next() & ((1UL << pstate.Fields.Count) - 1)) << pstate.Shift;
        }

        if (_access.End.Leaf is Leaf.WriteTimerValue)
        {
            return dice.Next() & 0x7FFF_FFFF; // not negative: the compare value is ahead of the count
        }

        if (register is null)
        {
            return 0;
        }

        ulong vary = Free(register);
        ulong differs = dice.Next() & vary;
        return Held(register) ^ (differs != 0 ? differs : vary);
    }

    /// <summary>What a register holds before the instruction, as far as it is known.</summary>
    internal ulong Held(string register) => _registers.TryGetValue(register, out ulong value) ? value : Backgrounds.Of(register, State);

    /// <summary>The bits of a register that the instruction may change without harm.</summary>
    internal ulong Free(string register) => Plan(register).Vary;

    /// <summary>An address where the operation finds memory of the case, or 0 where the operand is none.</summary>
    private ulong OperationOperand() => Accessor.Op switch
    {
        "DC" when Accessor.Name.EndsWith("SW", StringComparison.Ordinal) => 0,
        "DC" or "IC" or "AT" => GuestMemory.Data,
        _ => 0,
    };

    private int ImmediateOf(Dice dice) => Accessor switch
    {
        { Op: "MSRi", Name: "DAIFSet" or "DAIFClr" } => dice.Below(16),
        { Op: "MSRi" } when Accessor.Name.StartsWith("SVCR", StringComparison.Ordinal) => 0, // stays out of streaming mode
        { Op: "MSRi" } => dice.Below(2),
        _ when Instructions.IsCall(Accessor) => dice.Below(0xE000), // not one of the executive's own
        _ => 0,
    };

    private string? NaturalRegister()
    {
        if (Accessor.Op is not ("MRS" or "MSR"))
        {
            return null;
        }

        string array = Accessor.Indices is null ? Accessor.Register : Accessor.Register.Replace("<m>", "", StringComparison.Ordinal);
        return Accessor.Indices is null ? Accessor.Register : RegisterFacts.ElementName(array.Replace("<n>", "", StringComparison.Ordinal), Index);
    }

    private Spsr StartPstate(Dice dice)
    {
        Spsr pstate = Spsr.At(Level);
        if (Level > 0)
        {
            pstate = pstate.With(Spsr.Sp, State["PSTATE.SP"] == 1);
        }

        return pstate.With(dice.Next() & Target.StatusMask & (Spsr.Nzcv | Spsr.Tco | Spsr.Dit | Spsr.Uao | Spsr.Pan | Spsr.Ssbs));
    }
}
