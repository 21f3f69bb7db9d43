using Conformance.Harness.Programs;

namespace Conformance.Suites.Exceptions;

/// <summary>One instruction of a case: its word, and the rule that says what it may do.</summary>
/// <param name="Name">Assembly text, for titles.</param>
/// <param name="Word">The A64 word.</param>
/// <param name="Rule">Everything the architecture allows in a situation; more than one answer is an open choice.</param>
internal sealed record Instruction(string Name, uint Word, Func<Situation, IReadOnlyList<Answer>> Rule)
{
    /// <summary>An instruction with exactly one answer.</summary>
    internal static Instruction Of(string name, uint word, Func<Situation, Answer> rule) => new(name, word, s => [rule(s)]);

    /// <summary>An instruction that always completes and does nothing that a rule reads.</summary>
    internal static Instruction Plain(string name, uint word) => Of(name, word, s => Answer.Completes(s.Next()));

    /// <summary>The word that the assembler writes.</summary>
    internal static uint Encode(Func<Assembler, Assembler> emit) => emit(new Assembler(0)).Words()[0];

    /// <summary>UNDEFINED: the base rule, class 00 (EX-150, EX-114, EX-080).</summary>
    internal static Answer Undefined(Situation s, params string[] rules) =>
        Answer.Takes(s.BaseTarget, 0x00, 0, ["EX-150", "EX-114", "EX-080", .. rules]);
}
