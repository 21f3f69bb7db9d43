using Conformance.Harness.Cases;
using Conformance.Harness.Spec;

namespace Conformance.Suites.Access;

/// <summary>Everything a case does before its one instruction runs: registers, PSTATE, operand, word.</summary>
internal sealed class AccessSetup
{
    /// <summary>The page at VNCR_EL2.BADDR.</summary>
    internal const ulong VncrSize = 0x1000;

    private const ulong VncrFirst = 0x5A00_C0DE_0000_0001;
    private const ulong VncrStride = 0x0001_0203_0405_0607;

    private readonly AccessCase _access;
    private readonly SortedDictionary<string, ulong> _registers;

    private AccessSetup(AccessTarget target, AccessCase access, ArchState state, SortedDictionary<string, ulong> registers, Dice dice)
    {
        Target = target;
        State = state;
        _access = access;
        _registers = registers;
        Natural = NaturalRegister();
        Rt = Accessor.TakesRegister ? dice.Below(28) : 31; // X28 is lost on the way through a vector
        Immediate = Accessor.Op == "MSRi" ? dice.Below(Accessor.Name is "DAIFSet" or "DAIFClr" ? 16 : 2) : 0;
        if (Accessor.Op == "MSRi" && Accessor.Name.StartsWith("SVCR", StringComparison.Ordinal))
        {
            Immediate = 0; // stays out of streaming mode
        }

        Word = Accessor.Word(Rt, Index, Immediate);
        Pstate = StartPstate(dice);
        Prepare(dice);
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

    internal uint Word { get; }

    internal Spsr Pstate { get; }

    internal IEnumerable<RegisterValue> Registers => _registers.Select(r => new RegisterValue(r.Key, r.Value));

    /// <summary>The whole setup of an access in a state, or null if the state cannot be set by registers.</summary>
    internal static AccessSetup? Of(AccessTarget target, AccessCase access, ArchState state, IReadOnlyList<int> fields, Dice dice) =>
        Composition.Registers(state, fields) is { } registers ? new AccessSetup(target, access, state, registers, dice) : null;

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
        if (SafeBits.IsEntry(register, Target.Target.HighestLevel))
        {
            return (0, 0); // the executive has just put the way into the case there
        }

        ulong neutral = Backgrounds.Of(register, State);
        ulong compare = RegisterPlan.Of(register, neutral, State).Compare;
        if (_registers.TryGetValue(register, out ulong value))
        {
            return (value, compare);
        }

        return Backgrounds.IsRestored(register) ? (Baseline.Of(register), compare) : (0, 0);
    }

    /// <summary>The bits of a register that hold what the instruction writes and that the executive can see; 0 if none.</summary>
    internal ulong Writable(string register) =>
        CanSee(register) ? RegisterPlan.Of(register, Backgrounds.Of(register, State), State).Compare : 0;

    internal bool CanSee(string register) => SafeBits.MaySee(register, Target.Target.HighestLevel) && Target.Home.CanSee(register, State);

    /// <summary>Gives the registers of the leaf a value of their own, and the operand one that differs from it.</summary>
    private void Prepare(Dice dice)
    {
        string? reached = _access.End.Leaf switch
        {
            Leaf.ReadRegister { Register.View: null } read => read.Register.Architectural(Index),
            Leaf.WriteRegister { Register.View: null } write => write.Register.Architectural(Index),
            _ => null,
        };
        foreach (string register in new[] { Natural, reached }.OfType<string>().Distinct(StringComparer.Ordinal))
        {
            Vary(register, dice);
        }

        Operand = IsRead ? dice.Next() : Accessor.Op is "MSR" ? OperandFor(reached ?? Natural, dice) : OperationOperand();
    }

    private void Vary(string register, Dice dice)
    {
        bool asked = _registers.ContainsKey(register)
            || Target.Reach.FieldsAsked(Accessor, Level, Index).Select(NameTable.Fields.Name)
                .Any(f => f.StartsWith(register, StringComparison.Ordinal) && (f.Length == register.Length || f[register.Length] == '.'));
        if (!asked && SafeBits.MayPreset(register, Target.Target.HighestLevel) && Target.Home.CanSet(register, Target.Baseline) && Target.Home.CanSee(register, State))
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

        if (register is null)
        {
            return 0;
        }

        ulong neutral = Backgrounds.Of(register, State);
        ulong held = _registers.TryGetValue(register, out ulong value) ? value : neutral;
        ulong vary = SafeBits.MayPreset(register, Target.Target.HighestLevel) || register[^1] - '0' < Target.Target.HighestLevel
            ? RegisterPlan.Of(register, neutral, State).Vary
            : 0; // the executive's own vectors and stack
        ulong differs = dice.Next() & vary;
        return held ^ (differs != 0 ? differs : vary);
    }

    /// <summary>An address where the operation finds memory of the case, or 0 where the operand is none.</summary>
    private ulong OperationOperand() => Accessor.Op switch
    {
        "DC" when Accessor.Name.EndsWith("SW", StringComparison.Ordinal) => 0,
        "DC" or "IC" or "AT" => GuestMemory.Data,
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
