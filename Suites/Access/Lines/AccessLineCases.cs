using System.Globalization;
using Conformance.Harness.Cases;
using Conformance.Harness.Cases.AccessLines;
using Conformance.Harness.Spec;

namespace Conformance.Suites.Access.Lines;

/// <summary>Makes cases of access lines for one device, with the set-ups and the checks of the access suite.</summary>
/// <remarks>
/// A line whose state or outcome the device cannot show becomes a case that is skipped, with the reason. Not thread safe.
/// </remarks>
public sealed class AccessLineCases
{
    private readonly AccessTarget _target;
    private readonly LineState _state;
    private readonly ProfileOracle _profile = new();
    private readonly Dictionary<(Accessor, int, int, bool), int[]> _pinned = [];
    private readonly ulong _seed;

    /// <param name="target">The device.</param>
    /// <param name="seed">Seed of everything that a line leaves open: registers, values, flags.</param>
    public AccessLineCases(SuiteTarget target, ulong seed)
    {
        _target = AccessTarget.Of(target);
        _state = new LineState(_target);
        _seed = seed;
    }

    /// <summary>The case of a line.</summary>
    public Case Make(AccessLine line)
    {
        if (line.Level > _target.Target.HighestLevel || _target.Target.Features.FirstUnmet(line.Needs) is not null)
        {
            return Skipped(line, null); // level and needs say it themselves
        }

        string? cannot = _state.Load(line);
        return cannot is not null ? Skipped(line, cannot)
            : line.Access.Accessor is { } accessor ? OfAccessor(line, accessor)
            : OfWord(line);
    }

    private Case OfAccessor(AccessLine line, Accessor accessor)
    {
        (int level, int index) = (line.Level, line.Access.Index);
        RuleNode.End facts = accessor.Tree(level).Evaluate(_state.State, level, index);
        if (_state.Outside.Count > 0 && OutsideDecides(accessor, line, facts) is { } outside)
        {
            return Skipped(line, outside);
        }

        _state.Pin(Pinned(accessor, level, index));
        if (!_target.IsPresent(accessor) && line.Expect.Any(e => e is not Leaf.Undefined))
        {
            return Skipped(line, $"{accessor.Register} is there only with FEAT_TRC_SR, which the facts leave out for it");
        }

        IReadOnlyList<Leaf> said = _target.IsPresent(accessor)
            ? Choices.Leaves(_target, new AccessCase(accessor, level, index, facts), _state.State) : [Choices.Undefined];
        bool agreed = line.Expect.Count == 0 || line.Expect.Any(e => IsAmong(e, said, index));
        if (!agreed && _profile.Explains(line, accessor, _target.Implementation) is { } other)
        {
            return Skipped(line, other);
        }

        // Where the facts leave a choice, and the line names one of the ways, the device may go another.
        Leaf[] allowed = [.. agreed ? line.Expect.Where(e => !IsAmong(e, said, index)).Concat(said) : line.Expect];
        string? unclear = allowed.Select(l => NotJudged(l, accessor)).FirstOrDefault(n => n is not null) ?? ReturnProblem(line, accessor, allowed);
        if (unclear is not null)
        {
            return Skipped(line, unclear);
        }

        RuleNode.End end = agreed ? facts : new RuleNode.End(line.Expect[0], -1);
        var access = new AccessCase(accessor, level, index, end);
        var setup = AccessSetup.Of(_target, access, _state.State, _state.Fields, new Dice(_seed, line.Id), Inputs(line, [.. allowed, .. said]));
        if (setup is null)
        {
            return Skipped(line, "the state names an effective value, which no register holds");
        }

        return OperandProblem(line, setup, allowed) is { } operand ? Skipped(line, operand)
            : !agreed && CannotTell(setup, allowed, said) ? Skipped(line, $"the facts say {facts.Leaf}, and no observation tells it from what is expected")
            : Finish(line, setup, allowed, Sentence(line, allowed, agreed ? null : facts.Leaf), agreed ? access.Rule : RuleOf(line, accessor)) with
            {
                Like = agreed ? access.Id("-noise") : null, // a random state, as that case has
            };
    }

    /// <summary>A word that is no known access: what can be seen of any instruction.</summary>
    private Case OfWord(AccessLine line)
    {
        var access = new AccessCase(UnknownAccess.Of(line.Access.Word!.Value), line.Level, 0, new RuleNode.End(line.Expect[0], 0));
        var setup = AccessSetup.Of(_target, access, _state.State, _state.Fields, new Dice(_seed, line.Id), Inputs(line, line.Expect));
        return setup is null ? Skipped(line, "the state names an effective value, which no register holds")
            : OperandProblem(line, setup, line.Expect) is { } operand ? Skipped(line, operand)
            : Finish(line, setup, line.Expect, Sentence(line, line.Expect, null), $"{line.Access.Text}@EL{line.Level}:{line.Expect[0]}");
    }

    private static Case Finish(AccessLine line, AccessSetup setup, IReadOnlyList<Leaf> allowed, string sentence, string rule)
    {
        CaseBuilder described = CaseBuilder.Case(line.Id, sentence).Rules(rule).Needs(line.Needs);
        return LineObservation.WithoutUnseen(AccessCases.Build(described, setup, allowed), setup.Rt);
    }

    private AccessInputs Inputs(AccessLine line, IReadOnlyList<Leaf> leaves) => new()
    {
        Word = line.Access.Word,
        Rt = line.Access.Word is { } word ? (line.Access.Accessor?.TakesRegister ?? true ? (int)(word & 31) : 31) : null,
        Immediate = line.Access.Immediate,
        Operand = line.Operand ?? (line.Access.Word is { } bits && (bits & 31) == 31 ? 0 : null),
        Pstate = _state.Pstate,
        PstateMask = _state.PstateMask,
        Leaves = leaves,
    };

    /// <summary>
    /// Fields that the rule asks for in registers that the contract does not restore before each case, or restores in
    /// another layout.
    /// </summary>
    private int[] Pinned(Accessor accessor, int level, int index)
    {
        bool host = _state.State["HCR_EL2.E2H"] == 1;
        if (!_pinned.TryGetValue((accessor, level, index, host), out int[]? fields))
        {
            _pinned[(accessor, level, index, host)] = fields =
            [
                .. _target.Reach.FieldsAsked(accessor, level, index).Where(f => _target.CanSet(f)
                    && NameTable.Fields.Name(f).Split('.')[0] is var register && _target.Home.CanSet(register, _target.Baseline)
                    && (!Backgrounds.IsRestored(register) || Backgrounds.Of(register, _state.State) != Baseline.Of(register))),
            ];
        }

        return fields;
    }

    /// <summary>Why a field outside the layout in force cannot be left out, or null if the facts say the same with it.</summary>
    private string? OutsideDecides(Accessor accessor, AccessLine line, RuleNode.End facts)
    {
        ArchState with = _state.State.Clone();
        foreach (Setting setting in _state.Outside)
        {
            with[setting.Name] = setting.Value;
        }

        return accessor.Tree(line.Level).Evaluate(with, line.Level, line.Access.Index) == facts ? null
            : $"{_state.Outside[0].Name} has no place in its register with this HCR_EL2.E2H, and the outcome depends on it";
    }

    private static string? OperandProblem(AccessLine line, AccessSetup setup, IReadOnlyList<Leaf> allowed)
    {
        if (line.Operand is not { } x)
        {
            return null;
        }

        foreach (Leaf.WriteRegister write in allowed.OfType<Leaf.WriteRegister>())
        {
            string register = write.Register.Architectural(line.Access.Index);
            if (LineRules.Against(register, x ^ setup.Held(register), setup.Free(register)) is { } problem)
            {
                return problem;
            }
        }

        return allowed.Any(l => l is Leaf.Operation) ? LineRules.Against(setup.Accessor, x) : null;
    }

    /// <summary>Why an exception return cannot be made to end in the case, or null.</summary>
    private static string? ReturnProblem(AccessLine line, Accessor accessor, IReadOnlyList<Leaf> allowed) =>
        Instructions.IsReturn(accessor) && allowed.Any(l => l is Leaf.Operation)
        && line.Set.Any(s => s.Register == $"ELR_EL{line.Level}" || s.Register == $"SPSR_EL{line.Level}")
            ? $"ELR_EL{line.Level} and SPSR_EL{line.Level} lead to the end of the case and cannot be given"
            : null;

    /// <summary>True if a device that does what the facts say could pass: nothing that is observed contradicts the line.</summary>
    private static bool CannotTell(AccessSetup setup, IReadOnlyList<Leaf> allowed, IReadOnlyList<Leaf> said)
    {
        var expectation = new AccessExpectation(setup);
        Outcome[] theirs = [.. said.SelectMany(expectation.Outcomes)];
        return allowed.Any(leaf => expectation.Outcomes(leaf).Any(mine => theirs.Any(their => LineObservation.Follows(
            // A register whose value is not known can hold any constant.
            leaf is Leaf.Constant ? LineObservation.OfFieldsIn(mine, their) : mine, their))));
    }

    private static bool IsAmong(Leaf leaf, IReadOnlyList<Leaf> leaves, int index)
    {
        string plain = LeafNotation.Plain(leaf, index);
        foreach (Leaf other in leaves)
        {
            if (ReferenceEquals(leaf, other) || LeafNotation.Plain(other, index) == plain)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Why an outcome cannot be judged by one instruction, or null.</summary>
    private static string? NotJudged(Leaf leaf, Accessor accessor) => leaf switch
    {
        Leaf.Halt => "entry to Debug state cannot be observed",
        Leaf.ExceptionLock => "GCS exceptions are not judged",
        Leaf.Memory { Width: not 64 } => "accesses of 128 bits are not judged",
        Leaf.Undefined or Leaf.Trap => null,
        _ => accessor.IsWide ? "registers of 128 bits cannot be set up and observed" : null,
    };

    /// <summary>The id of a leaf that the state does not lead to: the first of that spelling, or the spelling alone.</summary>
    private static string RuleOf(AccessLine line, Accessor accessor)
    {
        string plain = LeafNotation.Plain(line.Expect[0], line.Access.Index);
        return accessor.Tree(line.Level).Leaves.FirstOrDefault(e => LeafNotation.Plain(e.Leaf, line.Access.Index) == plain) is { } end
            ? accessor.LeafId(line.Level, end)
            : $"{accessor.Id}@EL{line.Level}:{line.Expect[0]}";
    }

    private string Sentence(AccessLine line, IReadOnlyList<Leaf> allowed, Leaf? facts)
    {
        string state = string.Join(", ", line.Set.Select(s => s.Width is > 0 and < 64 && s.Field is null
            ? string.Create(CultureInfo.InvariantCulture, $"{s.Name}[{s.Lsb + s.Width - 1}:{s.Lsb}] = 0x{s.Value:x}")
            : string.Create(CultureInfo.InvariantCulture, $"{s.Name} = {(s.Value < 10 ? "" : "0x")}{s.Value:x}")));
        return (line.Note.Length > 0 ? line.Note + ": " : "")
            + $"{line.Access.Text} at EL{line.Level}{(state.Length > 0 ? " with " + state : "")}"
            + $" leads to {string.Join(" or ", (line.Expect.Count > 0 ? line.Expect : allowed).Select(l => LeafNotation.Plain(l, line.Access.Index)))}"
            + (facts is null ? "" : $" (the facts say {LeafNotation.Plain(facts, line.Access.Index)})")
            + (_state.Outside.Count == 0 ? "" : $" ({string.Join(", ", _state.Outside.Select(s => s.Name))} has no place in the layout in force)");
    }

    /// <summary>A case that says why it is not run; without a reason the level or the needs say it.</summary>
    private static Case Skipped(AccessLine line, string? reason)
    {
        string expected = line.Expect.Count > 0 ? string.Join(" or ", line.Expect) : "what the facts say";
        ulong target = line.Expect is [Leaf.Trap trap, ..] ? (ulong)trap.Level : 0;
        return CaseBuilder.Case(line.Id, $"{(line.Note.Length > 0 ? line.Note + ": " : "")}{line.Access.Text} at EL{line.Level} leads to {expected}")
            .Rules($"{line.Access.Accessor?.Id ?? line.Access.Text}@EL{line.Level}").Needs(line.Needs)
            .At(line.Level).Code(line.Access.Word ?? UnknownAccess.WordOf(line.Access)).Outcome(expected).Sees(FieldNames.Target, target)
            .Build() with
        {
            Skip = reason,
        };
    }
}
