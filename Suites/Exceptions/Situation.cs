using Conformance.Harness.Cases;
using Conformance.Harness.Spec;

namespace Conformance.Suites.Exceptions;

/// <summary>The part of the machine's state that the rules of synchronous exceptions read, before one instruction.</summary>
internal sealed partial class Situation
{
    private readonly IReadOnlyDictionary<int, ulong> _general;
    private Dictionary<string, ulong> _written;
    private Dictionary<int, ulong> _predicted;
    private ulong[] _stack;

    internal Situation(
        SuiteTarget target, Spsr pstate, ulong pc, IEnumerable<RegisterValue> registers, IReadOnlyDictionary<int, ulong> general)
    {
        Target = target;
        Pstate = pstate;
        Pc = pc;
        _written = [];
        foreach (RegisterValue register in registers)
        {
            _written[register.Name] = register.Value;
        }

        _general = general;
        _predicted = [];
        _stack = [Read("SP_EL0"), Read("SP_EL1"), Read("SP_EL2"), GuestMemory.Stacks + 0x3000];
    }

    private Situation(Situation from)
    {
        Target = from.Target;
        Pstate = from.Pstate;
        PstateDoubt = from.PstateDoubt;
        Pc = from.Pc;
        PcDoubt = from.PcDoubt;
        Event = from.Event;
        SignedElr = from.SignedElr;
        _written = from._written; // shared: whoever changes one makes a copy first
        _general = from._general;
        _predicted = from._predicted;
        _stack = from._stack;
    }

    internal SuiteTarget Target { get; }

    internal FeatureSet Features => Target.Features;

    internal Spsr Pstate { get; init; }

    /// <summary>PSTATE bits whose value the architecture leaves open.</summary>
    internal ulong PstateDoubt { get; init; }

    /// <summary>Address of the instruction.</summary>
    internal ulong Pc { get; init; }

    /// <summary>PC bits whose value the architecture leaves open.</summary>
    internal ulong PcDoubt { get; init; }

    /// <summary>The Event Register. The executive enters a case with an exception return, which sets it (EX-237).</summary>
    internal bool Event { get; init; } = true;

    /// <summary>The address that ELR of this level carries a valid signature of, for ERETAA.</summary>
    internal ulong? SignedElr { get; init; }

    internal int Level => Pstate.Level;

    /// <summary>Values of general registers that the code has read on its way, by register number.</summary>
    internal IReadOnlyDictionary<int, ulong> Predicted => _predicted;

    /// <summary>The stack pointer in use.</summary>
    internal ulong Sp => _stack[Pstate.Has(Spsr.Sp) ? Level : 0];

    /// <summary>A general register as the case set it; code reads the ones it has not written.</summary>
    internal ulong X(int n) => _general.GetValueOrDefault(n);

    internal ulong Read(string register) =>
        _written.TryGetValue(register, out ulong value) ? value : Baseline.Of(register, Features);

    internal bool Has(string feature) => Features.Has(feature);

    /// <summary>The same, one instruction further on. A completed instruction leaves BTYPE at 00 (branches apart).</summary>
    internal Situation Next() => new(this)
    {
        Pc = Pc + 4,
        Pstate = Pstate.Without(Spsr.Btype),
        PstateDoubt = PstateDoubt & ~Spsr.Btype,
    };

    internal Situation WithPstate(Spsr pstate) => new(this) { Pstate = pstate };

    internal Situation WithEvent(bool set) => new(this) { Event = set };

    internal Situation WithPc(ulong pc, Spsr pstate) => new(this) { Pc = pc, Pstate = pstate };

    internal Situation WithSignedElr(ulong address) => new(this) { SignedElr = address };

    internal Situation WithSp(ulong value)
    {
        Situation next = new(this) { _stack = [.. _stack] };
        next._stack[Pstate.Has(Spsr.Sp) ? Level : 0] = value;
        return next;
    }

    internal Situation WithRegister(string name, ulong value)
    {
        Situation next = new(this) { _written = new Dictionary<string, ulong>(_written) };
        next._written[name] = value;
        return next;
    }

    internal Situation WithPrediction(int register, ulong value)
    {
        Situation next = new(this) { _predicted = new Dictionary<int, ulong>(_predicted) };
        next._predicted[register] = value;
        return next;
    }

    internal Situation Returned(Spsr pstate, ulong pstateDoubt, ulong pc, ulong pcDoubt) => new(this)
    {
        Pstate = pstate,
        PstateDoubt = pstateDoubt,
        Pc = pc,
        PcDoubt = pcDoubt,
        Event = true,
    };
}
