using System.Globalization;
using Conformance.Harness.Cases;
using Conformance.Harness.Programs;
using Conformance.Suites.Translation.Cases;
using Conformance.Suites.Translation.Oracle;
using static Conformance.Harness.Programs.Reg;

namespace Conformance.Suites.Translation.Generated;

/// <summary>The EL3 regime: the code turns the MMU of EL3 on, asks by AT S1E3R and S1E3W, and turns it off.</summary>
internal static class RandomEl3
{
    internal const int Count = 800;

    private static readonly uint[] s_code =
    [
        .. new Assembler(GuestMemory.Code).Tlbi("ALLE3").Dsb().Isb()
            .Msr("SCTLR_EL3", X10).Isb()
            .At("S1E3R", X1).Isb().Mrs(X2, "PAR_EL1")
            .At("S1E3W", X1).Isb().Mrs(X3, "PAR_EL1")
            .Msr("SCTLR_EL3", X11).Isb().Tlbi("ALLE3").Dsb().Isb().Words(),
    ];

    internal static IEnumerable<Case> Cases(Facts facts, ulong seed)
    {
        for (int n = 0; n < Count && facts.Target.HighestLevel == 3; n++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{n:00000}");
            if (One(facts, new Dice(seed, "el3 " + name), name) is { } made)
            {
                yield return made;
            }
        }
    }

    private static Case? One(Facts facts, Dice dice, string name)
    {
        var random = new RandomScene(facts, dice);
        random.Make(Regime.El3, stage1: true, stage2: false, offset: (ulong)dice.Below(0x1000));
        if (!random.Complete)
        {
            return null;
        }

        World world = random.Scene.World;
        random.Scene.Begin();
        IReadOnlyList<Answer> read = AtInstruction.All.First(a => a.Name == "S1E3R").Answers(random.Scene.Walker, world, random.Va, false);
        IReadOnlyList<Answer> write = AtInstruction.All.First(a => a.Name == "S1E3W").Answers(random.Scene.Walker, world, random.Va, false);
        Trait traits = random.Scene.Walker.Traits;
        List<Answer> all = [.. read, .. write];
        List<string> cited = Cited.By(random.Scene, [], all, "at");
        List<FieldExpectation> fields = [new(FieldNames.Target, 0), Expected.Par("X2", read), Expected.Par("X3", write)];
        Expected.Memory(fields, random.Scene, all);
        bool runs = random.Scene.Walker.AllAnswers(Regime.El3, GuestMemory.Code, new MemoryAccess(Purpose.Fetch, false, false, 3))
            .All(a => a.Fault is null && a.Address == GuestMemory.Code);
        if (!runs || world.Unusable)
        {
            return null;
        }

        return new Case
        {
            Id = $"translation/at-el3/{Groups.Of(traits)}/{name}",
            Title = "AT S1E3R and S1E3W with the MMU of EL3 on",
            Rules = cited,
            Registers = [.. random.Scene.Registers.Where(r => r.Name != "SCTLR_EL3")],
            Memory = random.Scene.Memory,
            Steps =
            [
                new Step
                {
                    Level = 3,
                    Pstate = Spsr.At(3),
                    Code = s_code,
                    General =
                    [
                        new RegisterValue("X1", random.Va),
                        new RegisterValue("X10", world[Control.SCTLR_EL3]),
                        new RegisterValue("X11", Baseline.Of("SCTLR_EL3")),
                    ],
                    Allowed = [new Outcome(all[0].Fault?.ToString() ?? "translated", fields)],
                },
            ],
        };
    }
}
