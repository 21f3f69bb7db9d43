using Conformance.Harness.Cases;

namespace Conformance.Suites.Exceptions;

/// <summary>A full cross product of knobs for one cause, from some levels: every combination that is a legal state.</summary>
/// <param name="Group">Second part of the ids.</param>
/// <param name="Levels">Levels the code runs at.</param>
/// <param name="Knobs">The controls that route the cause.</param>
/// <param name="Tell">Puts the code into a story; the dice belong to the case.</param>
internal sealed record Matrix(string Group, IReadOnlyList<int> Levels, IReadOnlyList<Knob> Knobs, Action<Story, Dice> Tell)
{
    internal IEnumerable<Case> Cases(SuiteTarget target, ulong seed)
    {
        Setting[][] positions = [.. Knobs.Select(k => k.For(target).ToArray())];
        if (Array.Exists(positions, p => p.Length == 0))
        {
            yield break; // a knob of this cause does not exist on the target
        }

        foreach (int level in Levels.Where(l => l <= target.HighestLevel))
        {
            int[] at = new int[positions.Length];
            do
            {
                if (One(target, seed, level, [.. at.Select((p, i) => positions[i][p])]) is { } c)
                {
                    yield return c;
                }
            }
            while (Advance(at, positions));
        }
    }

    private Case? One(SuiteTarget target, ulong seed, int level, Setting[] settings)
    {
        string labels = string.Join('-', settings.Select(s => s.Label).Where(l => l.Length > 0));
        string id = $"exceptions/{Group}/el{level}/{(labels.Length > 0 ? labels : "base")}";
        Dice dice = new(seed, id);
        Story story = new(target, id, "") { Pstate = States.AnyPstate(target, level, dice) };
        foreach (Setting setting in settings)
        {
            setting.Apply(story);
        }

        if (!Story.IsLegal(story.Start()))
        {
            return null; // before the costly part
        }

        Tell(story, dice);
        States.AddWitnesses(story, dice);
        return story.Build();
    }

    private static bool Advance(int[] at, Setting[][] positions)
    {
        for (int i = at.Length - 1; i >= 0; i--)
        {
            if (++at[i] < positions[i].Length)
            {
                return true;
            }

            at[i] = 0;
        }

        return false;
    }
}
