namespace Conformance.Suites.Exceptions;

/// <summary>One way a piece of code may end, with the rules that lead there.</summary>
/// <param name="Name">The last thing that happened.</param>
/// <param name="Taken">The exception that ends it; null when the code reaches its end.</param>
/// <param name="Last">The state before the exception, or at the end.</param>
/// <param name="Rules">Every rule on the way.</param>
internal sealed record Ending(string Name, Arrival? Taken, Situation Last, IReadOnlyList<string> Rules);

/// <summary>Predicts what the architecture allows for a short program: the synchronous part of the exception model.</summary>
/// <remarks>
/// Written from the rules EX-001 to EX-292, whose ids it cites. Small, slow, and with no relation to the model. Each
/// instruction brings its own rule; the oracle walks from one to the next and branches where the architecture leaves a choice.
/// </remarks>
internal static class ExceptionOracle
{
    private const int LongestWalk = 32;

    /// <summary>All endings that are allowed, or null when one of them cannot be predicted.</summary>
    internal static IReadOnlyList<Ending>? Endings(Situation start, IReadOnlyList<Instruction> code, ulong origin)
    {
        List<Ending> endings = [];
        return Walk(start, code, origin, [], endings, 0) ? endings : null;
    }

    private static bool Walk(
        Situation s, IReadOnlyList<Instruction> code, ulong origin, IReadOnlyList<string> rules, List<Ending> endings, int depth)
    {
        foreach (Answer answer in Answers(s, code, origin))
        {
            if (answer.Unpredictable || depth > LongestWalk)
            {
                return false;
            }

            List<string> all = [.. rules, .. answer.Rules];
            if (answer.Next is not { } next)
            {
                endings.Add(new Ending(answer.Name, Entry.Take(s, answer), s, all));
            }
            else if (next.Pc == origin + (4 * (ulong)code.Count) && next.Pstate.Has(Spsr.Il) is false)
            {
                endings.Add(new Ending("completes", null, next, all));
            }
            else if (!Walk(next, code, origin, all, endings, depth + 1))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>EX-210: PC alignment, then Illegal Execution state, then the instruction.</summary>
    private static IReadOnlyList<Answer> Answers(Situation s, IReadOnlyList<Instruction> code, ulong origin)
    {
        Answer misaligned = Answer.Takes(s.BaseTarget, 0x22, 0, "EX-192", "EX-128", "EX-086", "EX-098", "EX-150")
            .WithFar(s.Pc).WithOldBtype().WithMisalignedPc();
        if ((s.PcDoubt & 3) != 0)
        {
            return [misaligned, IllegalState(s)]; // only an illegal return leaves PC open (EX-270), so IL is set
        }

        if ((s.Pc & 3) != 0)
        {
            return [misaligned];
        }

        if (s.Pstate.Has(Spsr.Il))
        {
            return [IllegalState(s)];
        }

        ulong index = (s.Pc - origin) / 4;
        return index < (ulong)code.Count ? code[(int)index].Rule(s) : [Answer.Unknown("runs out of the code")];
    }

    private static Answer IllegalState(Situation s) =>
        Answer.Takes(s.BaseTarget, 0x0E, 0, "EX-193", "EX-120", "EX-085", "EX-069", "EX-150").WithOldBtype();
}
