using Conformance.Harness.Cases;
using Conformance.Harness.Programs;
using Conformance.Suites.Translation.Oracle;
using Conformance.Suites.Translation.Tables;

namespace Conformance.Suites.Translation.Cases;

/// <summary>Makes a case of AT instructions: each puts its answer into PAR_EL1, and that into a general register from X2 on.</summary>
public static class AtCase
{
    private static readonly uint s_isb = new Assembler(0).Isb().Words()[0];
    private static readonly uint[] s_readPar = [.. Enumerable.Range(2, 8).Select(x => new Assembler(0).Mrs(x, "PAR_EL1").Words()[0])];

    internal static uint Isb => s_isb;

    /// <summary>MRS Xn, PAR_EL1, for n from 2 on.</summary>
    internal static uint ReadPar(int x) => s_readPar[x - 2];

    /// <summary>A case, or null when the scene reads what a case does not own, or has no room for its tables.</summary>
    /// <param name="id">Id, when the circumstances of the answers are known.</param>
    /// <param name="title">Title.</param>
    /// <param name="scene">Tables and registers.</param>
    /// <param name="va">The address that is asked for.</param>
    /// <param name="instructions">At most eight.</param>
    /// <param name="level">Where they are executed, 2 or 3: the regime asked for is not the one that runs them.</param>
    /// <param name="pan">PSTATE.PAN.</param>
    /// <param name="rules">Rules beside those that the answers rest on.</param>
    public static Case? Make(
        Func<Trait, string> id, string title, Scene scene, ulong va, IReadOnlyList<AtInstruction> instructions, int level, bool pan = false, params IReadOnlyList<string> rules)
    {
        World world = scene.World;
        List<FieldExpectation> fields = new(instructions.Count + 4) { new(FieldNames.Target, 0) };
        List<Answer> all = [];
        uint[] code = new uint[3 * instructions.Count];
        scene.Begin();
        for (int i = 0; i < instructions.Count; i++)
        {
            AtInstruction at = instructions[i];
            IReadOnlyList<Answer> answers = at.Answers(scene.Walker, world, va, pan);
            fields.Add(Expected.Par(FieldNames.General(i + 2), answers));
            all.AddRange(answers);
            (code[3 * i], code[(3 * i) + 1], code[(3 * i) + 2]) = (at.Word, s_isb, s_readPar[i]);
            if (answers.Any(a => a.Fault?.Kind == FaultKind.External))
            {
                return null;
            }
        }

        if (world.Unusable)
        {
            return null;
        }

        Expected.Memory(fields, scene, all);
        return new Case
        {
            Id = id(scene.Walker.Traits),
            Title = title,
            Rules = Cited.By(scene, rules, all, "at"),
            Registers = scene.Registers,
            Memory = scene.Memory,
            Steps =
            [
                new Step
                {
                    Level = level,
                    Pstate = Spsr.At(level).With(Spsr.Pan, pan),
                    Code = code,
                    General = [new RegisterValue("X1", va)],
                    Allowed = [new Outcome(Name(all), fields)],
                },
            ],
        };
    }

    private static string Name(List<Answer> answers) =>
        answers.Count == 0 ? "as expected" : answers[0].Fault?.ToString() ?? "translated";
}
