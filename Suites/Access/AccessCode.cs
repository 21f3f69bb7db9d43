using Conformance.Harness.Cases;
using Conformance.Harness.Spec;

namespace Conformance.Suites.Access;

/// <summary>The code of a case: the instruction under test, and what has to stand around it at the executive's own level.</summary>
/// <remarks>
/// At the home level the executive uses a few registers to enter the case and to catch its end. Those are written, or read
/// back, by the case's own code, through general registers that the instruction under test does not use.
/// </remarks>
internal sealed class AccessCode
{
    private readonly List<uint> _words = [];
    private readonly List<RegisterValue> _general = [];
    private readonly Dictionary<string, ulong> _written = new(StringComparer.Ordinal);
    private int _next;

    /// <param name="accessor">The access under test.</param>
    /// <param name="register">The X register moved, or 31.</param>
    /// <param name="index">Array index m.</param>
    /// <param name="immediate">Immediate of MSR (immediate), SMC or HVC.</param>
    /// <param name="word">The instruction, where the accessor does not say it.</param>
    internal AccessCode(Accessor accessor, int register, int index, int immediate, uint? word)
    {
        _next = register is >= 0 and < 31 ? register + (accessor.IsWide ? 2 : 1) : 0;
        Tested = word ?? Instructions.Word(accessor, register, index, immediate);
        _words.Add(Tested);
    }

    /// <summary>The instruction under test.</summary>
    internal uint Tested { get; }

    internal IReadOnlyList<uint> Words => _words;

    /// <summary>How many words stand before the instruction under test.</summary>
    internal int At { get; private set; }

    internal IReadOnlyList<RegisterValue> General => _general;

    /// <summary>The general register that <see cref="ReadAfter"/> reads into, or -1.</summary>
    internal int ReadBack { get; private set; } = -1;

    /// <summary>What the code has written to a system register before the instruction under test; null if nothing.</summary>
    internal ulong? Written(string register) => _written.TryGetValue(register, out ulong value) ? value : null;

    /// <summary>Gives a general register a value before the step.</summary>
    internal void Give(int register, ulong value) => _general.Add(new RegisterValue(FieldNames.General(register), value));

    /// <summary>Writes a system register just before the instruction under test.</summary>
    /// <param name="register">Its name.</param>
    /// <param name="value">The value.</param>
    /// <param name="signed">The value is an address that is signed first, with the key of this instruction and SP.</param>
    internal void WriteBefore(string register, ulong value, Accessor? signed = null)
    {
        int from = Free();
        Give(from, value);
        if (signed is not null)
        {
            _words.Insert(At++, Instructions.Sign(signed, from));
        }

        _words.Insert(At++, Instructions.One(a => a.Msr(register, from)));
        _written[register] = value;
    }

    /// <summary>Reads a system register just behind the instruction under test.</summary>
    /// <param name="register">Its name.</param>
    /// <param name="unwanted">What the general register holds before, so that a read that does nothing is seen.</param>
    /// <param name="restored">A value to put into the system register then, or null.</param>
    internal void ReadAfter(string register, ulong unwanted, ulong? restored)
    {
        ReadBack = Free();
        Give(ReadBack, unwanted);
        _words.Add(Instructions.One(a => a.Mrs(ReadBack, register)));
        if (restored is { } value)
        {
            int from = Free();
            Give(from, value);
            _words.Add(Instructions.One(a => a.Msr(register, from)));
            _words.Add(Instructions.One(a => a.Isb()));
        }
    }

    /// <summary>Puts a breakpoint instruction behind an instruction that does not fall through.</summary>
    internal void StopBehind() => _words.Add(Instructions.One(a => a.Brk()));

    /// <summary>The next general register that nothing uses; X28 and above belong to the vectors.</summary>
    private int Free()
    {
        _next %= 28;
        return _next++;
    }
}
