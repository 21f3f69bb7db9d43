using System.Buffers.Binary;
using Conformance.Harness.Cases;
using Conformance.Suites.Translation.Oracle;
using Conformance.Suites.Translation.Tables;

namespace Conformance.Suites.Translation.Cases;

/// <summary>Makes a case of one access with an MMU on: data, registers and the report of a fault are observed.</summary>
internal sealed class AccessCase
{
    /// <summary>What a fetch finds: MOVZ X2, #0x1234; RET.</summary>
    private const ulong Called = 0xD65F_03C0_D282_4682;
    private const ulong CalledX2 = 0x1234;

    private readonly List<Answer> _beside = [];
    private readonly Scene _scene;
    private readonly World _world;
    private readonly Instruction _instruction;
    private readonly int _level;
    private readonly Spsr _pstate;
    private readonly ulong _va;
    private readonly ulong _target;
    private readonly ulong _x2;
    private readonly ulong _x3;
    private readonly ulong _word0;
    private readonly ulong _word1;

    /// <param name="scene">Tables and registers.</param>
    /// <param name="instruction">What accesses.</param>
    /// <param name="pstate">PSTATE; says the level.</param>
    /// <param name="va">The address.</param>
    /// <param name="target">The physical address that is meant; the data of two words stands there.</param>
    /// <param name="dice">Data.</param>
    internal AccessCase(Scene scene, Instruction instruction, Spsr pstate, ulong va, ulong target, Dice dice)
    {
        (_scene, _world, _instruction, _pstate, _va, _target) = (scene, scene.World, instruction, pstate, va, target);
        _level = pstate.Level;
        (_x2, _x3, _word0, _word1) = (dice.Next(), dice.Next(), dice.Next(), dice.Next());
        if (instruction.Purpose == Purpose.Fetch)
        {
            _word0 = Called;
        }

        if (instruction.Effect == Effect.CompareAndSwap)
        {
            _x3 = BigEndian ? BinaryPrimitives.ReverseEndianness(_word0) : _word0;
        }
    }

    /// <summary>The AT instruction that asks the same question in a step of its own before the access (TR-139), at the highest level; null for none.</summary>
    internal AtInstruction? AskedBefore { get; init; }

    /// <summary>Words in front of the instruction.</summary>
    internal IReadOnlyList<uint> Before { get; init; } = [];

    /// <summary>Further registers of the case.</summary>
    internal IReadOnlyList<RegisterValue> Extra { get; init; } = [];

    private Regime Regime => _instruction.Purpose == Purpose.Vncr ? _world.RegimeOf(2) : _world.RegimeOf(_level);

    /// <summary>TR-024 for data: SCTLR_ELx.EE of the level, and E0E for EL0.</summary>
    private bool BigEndian => _instruction.Purpose == Purpose.Vncr ? _world.Bit(Control.SCTLR_EL2, 25)
        : _instruction.Purpose != Purpose.Fetch && (_level == 0 ? _world.Bit(Regime.Sctlr(), 24) : _world.Bit(_world.RegimeOf(_level).Sctlr(), 25));

    private ulong First => _target & ~7UL;

    private ulong Pc => GuestMemory.Code + (4 * (ulong)(Before.Count + _instruction.Words.Length - 1));

    /// <summary>The case, or null when it would not run as it is meant: the code or the vectors are not mapped, or memory is not the case's own.</summary>
    internal Case? Make(Func<Trait, string> id, string title, params IReadOnlyList<string> rules)
    {
        Walker walker = _scene.Walker;
        _scene.Begin();
        IReadOnlyList<Answer> asked = AskedBefore is { } at ? at.Answers(walker, _world, _va, pan: false) : [];
        bool ask = asked.Count > 0 && walker.Traits == Trait.None && !asked.Any(a => a.Fault?.Kind == FaultKind.External);
        if (!ask)
        {
            // What is remarkable about AT has cases of its own: the access alone.
            asked = [];
            walker.Rules.Clear();
            walker.Traits = Trait.None;
        }

        ulong address = AddressOf(walker);
        MemoryAccess access = Access();
        IReadOnlyList<Answer> answers = MisalignedBySctlr(access)
            ? [new Answer { Fault = new Fault(FaultKind.Alignment, 0, false, false, 0, access.Write && !access.Read) }]
            : walker.AllAnswers(Regime, address, access);
        if (_instruction.Purpose == Purpose.InstructionCache && answers.All(a => a.Fault is not null))
        {
            // IMPLEMENTATION DEFINED: an instruction cache that needs no address needs no translation (PC ICInstNeedsTranslation).
            answers = [.. answers, new Answer { Address = _target }];
        }

        Trait traits = walker.Traits
            | (_instruction.Purpose is Purpose.Clean or Purpose.Invalidate && answers.Any(a => a.Fault is not null) ? Trait.MaintenanceFaults : Trait.None);
        bool runs = Runs(answers);
        List<Outcome> allowed = [.. answers.Select(a => OutcomeOf(a, address, asked))];
        if (_instruction is { Read: true, Write: true })
        {
            walker.Rules.Cite(105);
        }

        foreach (int rule in (ReadOnlySpan<int>)[100, 101, 102, 104, 107, 108])
        {
            if (answers.Any(a => a.Fault is not null))
            {
                walker.Rules.Cite(rule);
            }
        }

        string kind = _instruction.Purpose == Purpose.Fetch ? "fetch" : _instruction.Purpose is not (Purpose.Data or Purpose.Vncr) ? "other"
            : _instruction.Read && _instruction.Write ? "atomic" : _instruction.Write ? "write" : "read";
        List<string> cited = Cited.By(_scene, rules, answers, kind);
        if (_world.Unusable || !runs || answers.Any(a => a.Fault is null && a.Address != _target))
        {
            return null;
        }

        return new Case
        {
            Id = id(traits),
            Title = title,
            Rules = cited,
            Needs = _instruction.Needs is { } needs ? [needs] : [],
            Registers = [.. _scene.Registers, .. Extra],
            Memory = [.. _scene.Memory, new MemoryWord(First, _word0), new MemoryWord(First + 8, _word1)],
            Steps = ask && AskedBefore is { } before ? [Ask(before, asked), Step(allowed)] : [Step(allowed)],
        };
    }

    private Step Step(List<Outcome> allowed) => new()
    {
        Level = _level,
        Pstate = _pstate,
        Code = [.. Before, .. _instruction.Words],
        General = [new RegisterValue("X1", _va), new RegisterValue("X2", _x2), new RegisterValue("X3", _x3)],
        Allowed = allowed,
    };

    private Step Ask(AtInstruction at, IReadOnlyList<Answer> asked) => new()
    {
        Level = _world.Facts.Target.HighestLevel,
        Pstate = Spsr.At(_world.Facts.Target.HighestLevel),
        Code = [at.Word, AtCase.Isb, AtCase.ReadPar(2)],
        General = [new RegisterValue("X1", _va)],
        Allowed = [new Outcome("AT agrees", [new FieldExpectation(FieldNames.Target, 0), Expected.Par("X2", asked)])],
    };

    /// <summary>A branch writes the PC without the tag where it is ignored (TR-026).</summary>
    private ulong AddressOf(Walker walker)
    {
        if (_instruction.Purpose != Purpose.Fetch)
        {
            return _va;
        }

        walker.Rules.Cite(26);
        Choices none = new();
        var controls = Stage1Controls.For(_world, Regime, _va, none);
        return controls.TopBit(fetch: true) == 63 ? _va
            : Regime.HasUnprivileged() && (_va >> 55 & 1) != 0 ? _va | 0xFFUL << 56 : _va & ~(0xFFUL << 56);
    }

    private MemoryAccess Access()
    {
        bool aligned = (_va & ((ulong)_instruction.Size - 1)) == 0;
        if (_instruction.Purpose == Purpose.Vncr)
        {
            return new MemoryAccess(Purpose.Vncr, _instruction.Read, _instruction.Write, 2);
        }

        bool nested = _world.Facts.Nv && _world.Bit(Control.HCR_EL2, 42) && _world.Bit(Control.HCR_EL2, 43);
        bool asEl0 = _instruction.Unprivileged && (_level == 1 ? !nested : _level == 2 && _world.IsHost) && (_pstate & Spsr.Uao) == 0;
        if (_instruction.Unprivileged && _level > 0)
        {
            _scene.Walker.Rules.Cite(nested ? 112 : 51);
            _scene.Walker.Rules.Cite(50);
        }

        bool looksAtPan = _instruction.Purpose is Purpose.Data or Purpose.Zero && !asEl0 && _level > 0;
        return new MemoryAccess(
            _instruction.Purpose, _instruction.Read, _instruction.Write, asEl0 ? 0 : _level, looksAtPan && _pstate.Has(Spsr.Pan), aligned);
    }

    /// <summary>SCTLR_ELx.A comes before all of translation (TR-090).</summary>
    private bool MisalignedBySctlr(MemoryAccess access)
    {
        if (access.Aligned || !_world.Bit(Regime.Sctlr(), 1))
        {
            return false;
        }

        _scene.Walker.Rules.Cite(90);
        return true;
    }

    /// <summary>The code can be fetched, and so can the vectors of every level that an exception can go to.</summary>
    private bool Runs(IReadOnlyList<Answer> answers)
    {
        if (!Fetches(GuestMemory.Code, _level))
        {
            return false;
        }

        if (_world.Facts.Target.HighestLevel == 2 && _world.Bit(Control.SCTLR_EL2, 0) && !Fetches(GuestMemory.Code, 2))
        {
            return false; // the step is entered from EL2, whose vectors and whose code are in the same block
        }

        foreach (Answer answer in answers)
        {
            if (answer.Fault is { } fault)
            {
                int target = Report.Target(_world, fault, _level, _instruction.Purpose, Regime);
                if (!Fetches(GuestMemory.Vectors(target), target))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private bool Fetches(ulong address, int level)
    {
        // Asked by a walker of its own: what it rests on is no part of the case.
        foreach (Answer answer in new Walker(_world).AllAnswers(_world.RegimeOf(level), address, new MemoryAccess(Purpose.Fetch, false, false, level)))
        {
            if (answer.Fault is not null || answer.Address != address)
            {
                return false;
            }

            _beside.Add(answer);
        }

        return true;
    }

    private Outcome OutcomeOf(Answer answer, ulong address, IReadOnlyList<Answer> before)
    {
        List<FieldExpectation> fields = new(12);
        (ulong word0, ulong word1, ulong x1, ulong x2, ulong x3) = (_word0, _word1, _va, _x2, _x3);
        if (answer.Fault is { } fault)
        {
            int target = Report.Target(_world, fault, _level, _instruction.Purpose, Regime);
            fields.Add(new(FieldNames.Target, (ulong)target));
            fields.Add(new(FieldNames.Vector, target == _level ? 0x200UL : 0x400UL));
            fields.Add(new(FieldNames.Esr, [Report.Syndrome(fault, _instruction, _level, target, _world.Facts.Has("FEAT_RAS"))]));
            fields.Add(new(FieldNames.Elr, _instruction.Purpose == Purpose.Fetch ? address : Pc));
            fields.Add(new(FieldNames.Far, address));
            if (fault.HasIpa)
            {
                fields.Add(new("HPFAR_EL2", Report.Hpfar(fault)));
            }
        }
        else
        {
            fields.Add(new(FieldNames.Target, 0));
            Perform(ref word0, ref word1, ref x1, ref x2, ref x3);
        }

        fields.Add(new("X1", x1));
        fields.Add(new("X2", x2));
        fields.Add(new("X3", x3));
        fields.Add(new(Expected.MemoryField(First), word0));
        if (_instruction.Effect != Effect.Zero)
        {
            fields.Add(new(Expected.MemoryField(First + 8), word1));
        }

        if (before.Count == 0)
        {
            Expected.Memory(fields, _scene, [answer], _beside);
        }

        return new Outcome(answer.Fault?.ToString() ?? "completes", fields);
    }

    /// <summary>The access is made.</summary>
    private void Perform(ref ulong word0, ref ulong word1, ref ulong x1, ref ulong x2, ref ulong x3)
    {
        switch (_instruction.Effect)
        {
            case Effect.Load or Effect.LoadWriteback:
                x2 = Extend(Get(word0, word1));
                x1 += _instruction.Effect == Effect.LoadWriteback ? (ulong)_instruction.Size : 0;
                break;
            case Effect.LoadPair:
                (x2, x3) = (Order(word0), Order(word1));
                break;
            case Effect.Store:
                Put(ref word0, ref word1, x2);
                break;
            case Effect.StorePair:
                (word0, word1) = (Order(x2), Order(x3));
                break;
            case Effect.CompareAndSwap:
                (word0, x3) = (Order(x2), Order(word0));
                break;
            case Effect.Add:
                ulong old = Order(word0);
                (word0, x3) = (Order(unchecked(old + x2)), old);
                break;
            case Effect.Zero:
                word0 = 0;
                break;
            case Effect.Call:
                x2 = CalledX2;
                break;
        }
    }

    private ulong Order(ulong value) => BigEndian ? BinaryPrimitives.ReverseEndianness(value) : value;

    private ulong Extend(ulong value)
    {
        int unused = 64 - (8 * _instruction.Size);
        ulong extended = _instruction.Signed ? (ulong)((long)(value << unused) >> unused) : value;
        return _instruction.To32 ? extended & 0xFFFF_FFFF : extended;
    }

    private ulong Get(ulong word0, ulong word1)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, word0);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], word1);
        ulong value = 0;
        for (int i = 0; i < _instruction.Size; i++)
        {
            int at = (int)(_target & 7) + (BigEndian ? i : _instruction.Size - 1 - i);
            value = value << 8 | bytes[at];
        }

        return value;
    }

    private void Put(ref ulong word0, ref ulong word1, ulong value)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, word0);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], word1);
        for (int i = 0; i < _instruction.Size; i++)
        {
            int at = (int)(_target & 7) + (BigEndian ? _instruction.Size - 1 - i : i);
            bytes[at] = (byte)(value >> (8 * i));
        }

        word0 = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        word1 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
    }
}
