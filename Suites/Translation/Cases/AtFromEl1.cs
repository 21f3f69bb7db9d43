using Conformance.Harness.Cases;
using Conformance.Suites.Translation.Oracle;
using Conformance.Suites.Translation.Tables;

namespace Conformance.Suites.Translation.Cases;

/// <summary>Makes a case of one AT instruction executed at EL1 with the tables that it asks about in force.</summary>
internal static class AtFromEl1
{
    private static readonly Instruction s_at = new("at", Purpose.AddressTranslation, false, false, 1, Effect.None, 0, []);

    /// <summary>The case, or null when the code or a vector that is needed is not mapped.</summary>
    internal static Case? Make(Func<Trait, string> id, Scene scene, AtInstruction at, Spsr pstate, ulong va)
    {
        World world = scene.World;
        scene.Begin();
        IReadOnlyList<Answer> answers = at.Answers(scene.Walker, world, va, pstate.Has(Spsr.Pan));
        Trait traits = scene.Walker.Traits;
        List<string> cited = Cited.By(scene, ["TR-136", "TR-137"], answers, "at");
        IReadOnlyList<Answer> code = new Walker(world).AllAnswers(Regime.El10, GuestMemory.Code, new MemoryAccess(Purpose.Fetch, false, false, 1));
        List<Outcome> allowed = [.. answers.Where(a => a.Fault is { OnWalk: true }).Select(a => Abort(a.Fault!, va, scene, answers, code))];
        List<Answer> shown = [.. answers.Where(a => a.Fault is not { OnWalk: true })];
        if (shown.Count > 0)
        {
            List<FieldExpectation> fields = [new(FieldNames.Target, 0), Expected.Par("X2", shown)];
            Expected.Memory(fields, scene, answers, code);
            allowed.Add(new Outcome(shown[0].Fault?.ToString() ?? "translated", fields));
        }

        if (answers.Any(a => a.Fault?.Kind == FaultKind.External) || code.Any(a => a.Fault is not null || a.Address != GuestMemory.Code) || world.Unusable)
        {
            return null;
        }

        return new Case
        {
            Id = id(traits),
            Title = $"AT {at.Name} at EL1: PAR_EL1, or a Data Abort to EL2 when stage 2 refuses the walk",
            Rules = cited,
            Registers = scene.Registers,
            Memory = scene.Memory,
            Steps =
            [
                new Step
                {
                    Level = 1,
                    Pstate = pstate,
                    Code = [at.Word, AtCase.Isb, AtCase.ReadPar(2)],
                    General = [new RegisterValue("X1", va)],
                    Allowed = allowed,
                },
            ],
        };
    }

    /// <summary>EC 0x24, CM = 1, WnR = 1, S1PTW = 1.</summary>
    private static Outcome Abort(Fault fault, ulong va, Scene scene, IReadOnlyList<Answer> answers, IReadOnlyList<Answer> code)
    {
        MaskedValue esr = Report.Syndrome(fault, s_at, 1, 2);
        List<FieldExpectation> fields =
        [
            new(FieldNames.Target, 2),
            new(FieldNames.Vector, 0x400),
            new(FieldNames.Esr, [esr]),
            new(FieldNames.Elr, GuestMemory.Code),
            new(FieldNames.Far, va),
            new("HPFAR_EL2", Report.Hpfar(fault)),
        ];
        Expected.Memory(fields, scene, answers, code);
        return new Outcome(fault.ToString(), fields);
    }
}
