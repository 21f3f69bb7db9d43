using Conformance.Harness.Cases;
using Conformance.Harness.Programs;
using Conformance.Suites.Exceptions.Rules;

namespace Conformance.Suites.Exceptions;

/// <summary>A state and a piece of code; the oracle makes a case of it.</summary>
internal sealed class Story(SuiteTarget target, string id, string title)
{
    /// <summary>General registers that the code uses; the others may be witnesses.</summary>
    private static readonly int[] s_witnesses = [6, 7, 8, 10, 17, 18, 26, 27, 29];

    private readonly List<RegisterValue> _registers = [];
    private readonly Dictionary<int, ulong> _general = [];
    private readonly List<string> _rules = [];
    private readonly List<string> _needs = [];
    private readonly Dictionary<string, ulong> _kept = [];
    private bool _vncrStays;

    internal SuiteTarget Target { get; } = target;

    internal string Id { get; } = id;

    internal Spsr Pstate { get; set; } = Spsr.At(1);

    /// <summary>The instructions, first to last.</summary>
    internal List<Instruction> Code { get; } = [];

    /// <summary>Bytes into the code page.</summary>
    internal int Offset { get; set; }

    /// <summary>Added to the address of the first instruction: 1 to 3 makes it misaligned.</summary>
    internal ulong EntrySkew { get; set; }

    /// <summary>Compares NZCV and DIT at the vector too, which other cases leave to cases of their own (EX-045, EX-053).</summary>
    internal bool ComparesAllOfPstate { get; set; }

    internal ulong Origin => GuestMemory.Code + (ulong)Offset;

    internal ulong AddressOf(int index) => Origin + (4 * (ulong)index);

    /// <summary>Names rules beyond those that the oracle passes by.</summary>
    internal Story Rules(params ReadOnlySpan<string> ids)
    {
        _rules.AddRange(ids);
        return this;
    }

    internal Story Needs(params ReadOnlySpan<string> features)
    {
        _needs.AddRange(features);
        return this;
    }

    internal ulong Current(string register)
    {
        int known = _registers.FindIndex(r => r.Name == register);
        return known >= 0 ? _registers[known].Value : Baseline.Of(register, Target.Features);
    }

    internal Story Set(string register, ulong value)
    {
        int known = _registers.FindIndex(r => r.Name == register);
        if (known >= 0)
        {
            _registers[known] = new RegisterValue(register, value);
        }
        else
        {
            _registers.Add(new RegisterValue(register, value));
        }

        return this;
    }

    internal Story Change(string register, ulong set, ulong clear = 0) => Set(register, (Current(register) & ~clear) | set);

    /// <summary>As <see cref="Change"/>, where the target has the register.</summary>
    internal Story ChangeIfThere(string register, ulong set, ulong clear = 0) =>
        Reach.CanSet(Target, register) ? Change(register, set, clear) : this;

    internal Story X(int n, ulong value)
    {
        _general[n] = value;
        return this;
    }

    /// <summary>The value a general register has so far.</summary>
    internal ulong General(int n) => _general.GetValueOrDefault(n);

    internal Story Runs(params ReadOnlySpan<Instruction> code)
    {
        Code.AddRange(code);
        return this;
    }

    /// <summary>The register keeps its value whatever happens, unless an exception writes it (EX-026).</summary>
    internal Story Keeps(string register, ulong value)
    {
        _kept[register] = value;
        return Set(register, value);
    }

    /// <summary>No word of the VNCR page changes when an exception is taken (EX-028).</summary>
    internal Story KeepsVncrPage()
    {
        _vncrStays = true;
        return this;
    }

    /// <summary>Gives general registers and the exception registers of other levels values that must survive (EX-026).</summary>
    internal Story WithWitnesses(Dice dice)
    {
        foreach (int n in s_witnesses)
        {
            X(n, dice.Next());
        }

        for (int level = 1; level < Target.HighestLevel; level++)
        {
            foreach (string name in (ReadOnlySpan<string>)[$"ESR_EL{level}", $"ELR_EL{level}", $"SPSR_EL{level}", $"FAR_EL{level}"])
            {
                if (_registers.Exists(r => r.Name == name))
                {
                    continue; // the case is about it
                }

                ulong value = name[0] switch
                {
                    'S' => dice.Next() & Spsr.Implemented(Target.Features),
                    'F' => dice.Next(),
                    _ => dice.Next() & 0xFFFF_FFFC,
                };
                Keeps(name, value);
            }
        }

        return this;
    }

    /// <summary>True for a state that exists and is not CONSTRAINED UNPREDICTABLE as a whole (EX-007, EX-009, EX-012).</summary>
    internal static bool IsLegal(Situation s) =>
        s.Level <= s.Target.HighestLevel
        && !(s.Level == 2 && !s.El2Enabled)
        && !(s.Level == 1 && s.Tge)
        && (s.Read("HCR_EL2") & (ControlBits.Hcr.NV | ControlBits.Hcr.NV1)) != ControlBits.Hcr.NV1;

    internal Situation Start() => new(Target, Pstate, Origin + EntrySkew, _registers, _general);

    /// <summary>The case, or null when the state is not legal or the oracle cannot tell what follows.</summary>
    internal Case? Build()
    {
        Situation start = Start();
        if (!IsLegal(start) || ExceptionOracle.Endings(start, Code, Origin) is not { } endings)
        {
            return null;
        }

        CaseBuilder says = CaseBuilder.Case(Id, title.Length > 0 ? title : Title(endings)).Needs(_needs).Pstate(Pstate).CodeAt(Offset);
        foreach (RegisterValue register in _registers)
        {
            says.Set(register.Name, register.Value);
        }

        foreach ((int n, ulong value) in _general)
        {
            says.X(n, value);
        }

        if (EntrySkew != 0)
        {
            says.EntryPc(Origin + EntrySkew);
        }

        says.Code([.. Code.Select(i => i.Word)]).Rules(_rules);
        foreach (Ending ending in endings)
        {
            says.Rules(ending.Rules).Or(ending.Name);
            if (ending.Taken is { } taken)
            {
                Exception(says, ending, taken);
            }
            else
            {
                says.Completes().Sees(FieldNames.Pstate, ending.Last.Pstate, ~(ending.Last.PstateDoubt | Spsr.Optional(Target.Features)));
            }

            foreach ((int n, ulong value) in ending.Last.Predicted)
            {
                says.Sees(FieldNames.General(n), value);
            }

            foreach (int n in s_witnesses)
            {
                if (_general.TryGetValue(n, out ulong value) && !ending.Last.Predicted.ContainsKey(n))
                {
                    says.Sees(FieldNames.General(n), value);
                }
            }
        }

        return says.Build();
    }

    private void Exception(CaseBuilder says, Ending ending, Arrival taken)
    {
        bool throughEl2 = taken.Target == 1 && LeavesThroughEl2(ending.Last);
        says.Takes(taken.Target, vector: taken.Vector, esr: taken.Esr, currentEl: throughEl2 ? null : taken.CurrentEl)
            .Sees(FieldNames.Elr, taken.Elr, taken.ElrMask)
            .Sees(FieldNames.Spsr, taken.Spsr, taken.SpsrMask)
            .Sees(FieldNames.Pstate, taken.Pstate, ComparesAllOfPstate ? taken.PstateMask | Spsr.Nzcv | Spsr.Dit : taken.PstateMask);
        if (taken.Far is { } far)
        {
            says.Sees(FieldNames.Far, far);
        }

        foreach ((string name, ulong value) in _kept)
        {
            int level = name[^1] - '0';
            if (level != taken.Target && !(level == 2 && throughEl2))
            {
                says.Sees(name, value).Rules("EX-026");
            }
        }

        if (_vncrStays)
        {
            says.Sees(FieldNames.Changed(GuestMemory.Vncr, 0x1000), 0).Rules("EX-028");
        }
    }

    /// <summary>
    /// The way out of a vector at EL1 is an SMC, or a debug register when SMC is closed; both may be trapped to EL2, which
    /// then loses its own exception registers and EL1's reading of CurrentEL.
    /// </summary>
    private static bool LeavesThroughEl2(Situation s) =>
        s.Target.HighestLevel == 3 && (s.Hcr(ControlBits.Hcr.TSC) || s.DebugTrap(ControlBits.MdcrEl2.TDOSA));

    private string Title(IReadOnlyList<Ending> endings) =>
        $"{Code[Math.Min(Subject, Code.Count - 1)].Name} from EL{Pstate.Level}: {string.Join(", or ", endings.Select(e => e.Name).Distinct())}";

    /// <summary>Index of the instruction that the case is about, for its title.</summary>
    internal int Subject { get; set; }

    /// <summary>Puts MRS X9, CurrentEL before what follows, at a level where it exists.</summary>
    internal Story ReadsCurrentEl()
    {
        if (Pstate.Level > 0)
        {
            Code.Add(PstateAccess.CurrentEl(Reg.X9));
            Subject = Code.Count;
        }

        return this;
    }
}
