namespace Conformance.Suites.Exceptions;

/// <summary>What one instruction may do in a situation: take an exception, or complete.</summary>
internal sealed record Answer
{
    private Answer(string name, IReadOnlyList<string> rules)
    {
        Name = name;
        Rules = rules;
    }

    /// <summary>What happens, in a few words for the report.</summary>
    internal string Name { get; }

    /// <summary>The rules that say so.</summary>
    internal IReadOnlyList<string> Rules { get; private init; }

    /// <summary>The state after an instruction that completes; null for an exception.</summary>
    internal Situation? Next { get; private init; }

    /// <summary>Level that takes the exception.</summary>
    internal int Target { get; private init; }

    /// <summary>ESR of that level (EX-110, EX-111: EC, IL = 1, ISS).</summary>
    internal ulong Esr { get; private init; }

    /// <summary>True when ELR is the address behind the instruction and not its own.</summary>
    internal bool Behind { get; private init; }

    /// <summary>FAR when the rules define it.</summary>
    internal ulong? Far { get; private init; }

    /// <summary>SPSR.BTYPE is the old value; otherwise it may be 00 as well (EX-071).</summary>
    internal bool KeepsBtype { get; private init; }

    /// <summary>PC bits that are given after all (a PC alignment fault on doubtful PC bits).</summary>
    internal bool PcMisaligned { get; private init; }

    /// <summary>True when nothing can be predicted here: a case must not come this way.</summary>
    internal bool Unpredictable { get; private init; }

    internal static Answer Takes(int target, uint ec, uint iss, params string[] rules) =>
        new($"EC 0x{ec:x2} to EL{target}", rules) { Target = target, Esr = (ulong)ec << 26 | 1UL << 25 | iss };

    internal static Answer Completes(Situation next, params string[] rules) => new("completes", rules) { Next = next };

    /// <summary>The instruction waits for an event that does not come, or its result depends on what is not known.</summary>
    internal static Answer Unknown(string why) => new(why, []) { Unpredictable = true };

    /// <summary>ELR points behind the instruction (EX-081).</summary>
    internal Answer ReturnsBehind() => this with { Behind = true, Rules = [.. Rules, "EX-081"] };

    internal Answer WithFar(ulong far) => this with { Far = far };

    internal Answer WithOldBtype() => this with { KeepsBtype = true };

    internal Answer WithMisalignedPc() => this with { PcMisaligned = true };
}
