using Conformance.Suites.Exceptions.Rules;
using static Conformance.Suites.ControlBits;

namespace Conformance.Suites.Exceptions.Matrices;

/// <summary>ERET with every SPSR.M, legal and not, and the trapped and signed forms.</summary>
internal static class ReturnMatrices
{
    internal static IEnumerable<Matrix> All =>
    [
        new("eret/mode", [1, 2, 3], [Mode, Knob.Tge, Knob.Security], (s, dice) => Return(s, dice, Returns.Eret, ModeOf(s))),
        new("eret/vhe", [2, 3], [Mode, Knob.E2h, Knob.Tge], (s, dice) => Return(s, dice, Returns.Eret, ModeOf(s))),
        new("eret/trap", [0, 1, 2, 3], [Form, Knob.Nested, Knob.Bit("fgt", "HFGITR_EL2", Hfgitr.ERET, "FEAT_FGT"), Knob.FineGrainedEnable, Knob.Security],
            (s, dice) => Return(s, dice, FormOf(s), LegalMode(s, dice))),
        new("eret/key", [0, 1, 2, 3], [Form, Keys, Knob.ClosedBit("no-api", "HCR_EL2", Hcr.API, "FEAT_PAuth"), Knob.ClosedBit("no-api3", "SCR_EL3", Scr.API, "FEAT_PAuth"), Knob.NvAlone],
            (s, dice) => Return(s, dice, FormOf(s), LegalMode(s, dice))),
        new("eret/misaligned", [1, 2, 3], [Mode, Skew], (s, dice) => Return(s, dice, Returns.Eret, ModeOf(s))),
    ];

    private static readonly Knob Mode = new(
        [.. Enumerable.Range(0, 32).Select(m => new Setting($"m{m:x2}", s => s.X(2, (ulong)m)))]);

    private static readonly Knob Skew = new(
        [.. Enumerable.Range(1, 3).Select(n => new Setting($"by{n}", s => s.X(1, (ulong)n)))]);

    private static readonly Knob Form = new(
        new Setting("", _ => { }),
        new Setting("aa", s => s.X(0, 1)),
        new Setting("ab", s => s.X(0, 2)));

    private static readonly Knob Keys = new(
        new Setting("", _ => { }),
        new Setting("keys", s =>
        {
            for (int level = 1; level <= s.Target.HighestLevel; level++)
            {
                s.Change($"SCTLR_EL{level}", set: Sctlr.EnIA | Sctlr.EnIB);
            }
        }, "FEAT_PAuth"));

    private static Instruction FormOf(Story story) => story.General(0) switch
    {
        1 => Returns.Eretaa,
        2 => Returns.Eretab,
        _ => Returns.Eret,
    };

    private static ulong ModeOf(Story story) => story.General(2);

    private static ulong LegalMode(Story story, Dice dice) => dice.Pick((ulong[])(story.Pstate.Level switch
    {
        0 or 1 => [0, 4, 5],
        2 => [0, 4, 5, 8, 9],
        _ => [0, 4, 5, 0xC, 0xD],
    }));

    private static void Return(Story story, Dice dice, Instruction eret, ulong mode) =>
        ReturnStories.Tell(story, dice, eret, mode, skew: story.General(1));
}
