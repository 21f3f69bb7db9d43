using Conformance.Harness.Cases;
using Conformance.Harness.Programs;

namespace Conformance.Suites;

/// <summary>Says a case as one sentence: given this state, at this level, when this runs, then that is observed.</summary>
/// <remarks>
/// Registers start from the contract's <see cref="Baseline"/>; every level starts with SP_ELx selected and all exceptions
/// masked. Order of the sentence: case (rules, needs, registers, memory), step (level, PSTATE, general registers, code),
/// outcomes; <see cref="Or"/> opens a further allowed outcome, <see cref="NextStep"/> a further step.
/// </remarks>
public sealed class CaseBuilder
{
    private readonly string _id;
    private readonly string _title;
    private readonly List<string> _rules = [];
    private readonly List<string> _needs = [];
    private readonly List<RegisterValue> _registers = [];
    private readonly List<MemoryFill> _fills = [];
    private readonly List<MemoryWord> _memory = [];
    private readonly List<Step> _steps = [];

    private int _level = 1;
    private Spsr? _pstate;
    private uint[] _code = [];
    private int _codeOffset;
    private ulong? _entryPc;
    private List<RegisterValue> _general = [];
    private List<RegisterValue> _stepRegisters = [];
    private List<string> _observe = [];
    private List<Outcome> _allowed = [];
    private List<FieldExpectation> _fields = [];
    private string? _outcome;

    private CaseBuilder(string id, string title)
    {
        _id = id;
        _title = title;
    }

    /// <summary>Begins a case.</summary>
    /// <param name="id">Stable id, <c>suite/group/name</c>, lower case.</param>
    /// <param name="title">One sentence that says what is observed.</param>
    public static CaseBuilder Case(string id, string title) => new(id, title);

    /// <summary>Adds rule ids that the case checks.</summary>
    public CaseBuilder Rules(params IReadOnlyList<string> ids)
    {
        foreach (string id in ids)
        {
            if (!_rules.Contains(id))
            {
                _rules.Add(id);
            }
        }

        return this;
    }

    /// <summary>Adds features the device must have (<c>FEAT_X</c>) or must not have (<c>!FEAT_X</c>).</summary>
    public CaseBuilder Needs(params IReadOnlyList<string> features)
    {
        foreach (string feature in features)
        {
            if (!_needs.Contains(feature))
            {
                _needs.Add(feature);
            }
        }

        return this;
    }

    /// <summary>Gives a system register a value: before the first step, or before the step being said.</summary>
    public CaseBuilder Set(string register, ulong value)
    {
        List<RegisterValue> list = _steps.Count == 0 ? _registers : _stepRegisters;
        int known = list.FindIndex(r => r.Name == register);
        if (known >= 0)
        {
            list[known] = new RegisterValue(register, value);
        }
        else
        {
            list.Add(new RegisterValue(register, value));
        }

        return this;
    }

    /// <summary>Changes bits of a system register on top of what it has so far (the baseline at first).</summary>
    public CaseBuilder Change(string register, ulong set, ulong clear = 0) => Set(register, (Current(register) & ~clear) | set);

    /// <summary>The value a register has so far in this case.</summary>
    public ulong Current(string register)
    {
        foreach (List<RegisterValue> list in (ReadOnlySpan<List<RegisterValue>>)[_stepRegisters, _registers])
        {
            int known = list.FindIndex(r => r.Name == register);
            if (known >= 0)
            {
                return list[known].Value;
            }
        }

        return Baseline.Of(register);
    }

    /// <summary>Fills memory with <c>first + n * stride</c> per 64-bit word before the first step.</summary>
    public CaseBuilder Fill(ulong address, ulong length, ulong first, ulong stride)
    {
        _fills.Add(new MemoryFill(address, length, first, stride));
        return this;
    }

    /// <summary>Sets an aligned 64-bit word of memory before the first step.</summary>
    public CaseBuilder Memory(ulong address, ulong value)
    {
        _memory.Add(new MemoryWord(address, value));
        return this;
    }

    /// <summary>The level the step starts at; PSTATE is that level's default unless <see cref="Pstate"/> says more.</summary>
    public CaseBuilder At(int level)
    {
        _level = level;
        return this;
    }

    /// <summary>PSTATE at the first instruction; its M[3:2] also says the level.</summary>
    public CaseBuilder Pstate(Spsr pstate)
    {
        _pstate = pstate;
        _level = pstate.Level;
        return this;
    }

    /// <summary>A general register before the step.</summary>
    public CaseBuilder X(int n, ulong value)
    {
        _general.Add(new RegisterValue(FieldNames.General(n), value));
        return this;
    }

    /// <summary>A general register, by name, before the step.</summary>
    public CaseBuilder X(RegisterValue general)
    {
        _general.Add(general);
        return this;
    }

    /// <summary>The code of the step, as words.</summary>
    public CaseBuilder Code(params uint[] words)
    {
        _code = words;
        return this;
    }

    /// <summary>The code of the step, said with the assembler.</summary>
    public CaseBuilder Code(Func<Assembler, Assembler> emit)
    {
        _code = emit(new Assembler(GuestMemory.Code + (ulong)_codeOffset)).Words();
        return this;
    }

    /// <summary>Bytes from the start of the code page to the first word.</summary>
    public CaseBuilder CodeAt(int offset)
    {
        _codeOffset = offset;
        return this;
    }

    /// <summary>Address of the first instruction when it is not the first word.</summary>
    public CaseBuilder EntryPc(ulong pc)
    {
        _entryPc = pc;
        return this;
    }

    /// <summary>Fields to record although no outcome names them.</summary>
    public CaseBuilder Observe(params IReadOnlyList<string> fields)
    {
        _observe.AddRange(fields);
        return this;
    }

    /// <summary>The step ends with an exception; what is not given is not looked at.</summary>
    public CaseBuilder Takes(
        int target, uint? vector = null, ulong? esr = null, ulong? elr = null, ulong? spsr = null, ulong? far = null, ulong? currentEl = null)
    {
        _outcome ??= $"exception to EL{target}";
        Sees(FieldNames.Target, (ulong)target);
        SeesIf(FieldNames.Vector, vector);
        SeesIf(FieldNames.Esr, esr);
        SeesIf(FieldNames.Elr, elr);
        SeesIf(FieldNames.Spsr, spsr);
        SeesIf(FieldNames.Far, far);
        SeesIf(FieldNames.CurrentEl, currentEl);
        return this;
    }

    /// <summary>The step reaches its end without an exception.</summary>
    public CaseBuilder Completes(ulong? pstate = null)
    {
        _outcome ??= "completes";
        Sees(FieldNames.Target, 0);
        SeesIf(FieldNames.Pstate, pstate);
        return this;
    }

    /// <summary>A field of the outcome being said has one value (under a mask).</summary>
    public CaseBuilder Sees(string field, ulong value, ulong mask = ulong.MaxValue)
    {
        _fields.Add(new FieldExpectation(field, value, mask));
        return this;
    }

    /// <summary>A field of the outcome being said has one of several values.</summary>
    public CaseBuilder SeesAny(string field, params IReadOnlyList<ulong> values)
    {
        _fields.Add(new FieldExpectation(field, [.. values.Select(v => new MaskedValue(v, ulong.MaxValue))]));
        return this;
    }

    /// <summary>A field of the outcome being said has one of several values, each under its mask.</summary>
    public CaseBuilder SeesAny(string field, IReadOnlyList<MaskedValue> values)
    {
        _fields.Add(new FieldExpectation(field, values));
        return this;
    }

    /// <summary>Names the outcome being said, as the report will show it.</summary>
    public CaseBuilder Outcome(string name)
    {
        _outcome = name;
        return this;
    }

    /// <summary>Closes the outcome being said and opens another one that is allowed as well.</summary>
    public CaseBuilder Or(string? name = null)
    {
        CloseOutcome();
        _outcome = name;
        return this;
    }

    /// <summary>Adds a finished outcome.</summary>
    public CaseBuilder Allow(Outcome outcome)
    {
        _allowed.Add(outcome);
        return this;
    }

    /// <summary>Closes the step and opens another one; state carries over.</summary>
    public CaseBuilder NextStep()
    {
        CloseOutcome();
        _steps.Add(new Step
        {
            Level = _level,
            Pstate = _pstate ?? Spsr.At(_level),
            Code = _code,
            CodeOffset = _codeOffset,
            EntryPc = _entryPc,
            General = _general,
            Registers = _stepRegisters,
            Observe = _observe,
            Allowed = _allowed,
        });
        (_pstate, _code, _codeOffset, _entryPc) = (null, [], 0, null);
        (_general, _stepRegisters, _observe, _allowed) = ([], [], [], []);
        return this;
    }

    /// <summary>The case.</summary>
    /// <exception cref="InvalidOperationException">A rule, code or an outcome was left out: a bug in the suite.</exception>
    public Case Build()
    {
        NextStep();
        if (_rules.Count == 0 || _steps.Exists(s => s.Code.Count == 0 || s.Allowed.Count == 0))
        {
            throw new InvalidOperationException($"{_id}: a case needs rules, and code and an outcome in each step.");
        }

        return new Case
        {
            Id = _id,
            Title = _title,
            Rules = _rules,
            Needs = _needs,
            Registers = _registers,
            Fills = _fills,
            Memory = _memory,
            Steps = _steps,
        };
    }

    private void CloseOutcome()
    {
        if (_fields.Count > 0)
        {
            _allowed.Add(new Outcome(_outcome ?? "as expected", _fields));
            _fields = [];
        }

        _outcome = null;
    }

    private void SeesIf(string field, ulong? value)
    {
        if (value is { } known)
        {
            Sees(field, known);
        }
    }
}
