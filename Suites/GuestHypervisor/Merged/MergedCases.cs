namespace Conformance.Suites.GuestHypervisor.Merged;

/// <summary>Traps that a hypervisor turns on and off between turns: in force exactly while they are on (F010, F014 to F016, F036).</summary>
internal static class MergedCases
{
    private const int StoriesOfDomain = 24;
    private const int MostStimuli = 2;

    internal static IEnumerable<CaseBuilder> All(Hypervisor h, ulong seed)
    {
        var controls = Controls.Of(h);
        foreach (Control control in controls.Fields)
        {
            foreach (Stimulus stimulus in Chosen(control, new Dice(seed, control.Name)))
            {
                if (OnAndOff(controls, control, stimulus, new Dice(seed, control.Name + stimulus.Text)) is { } says)
                {
                    yield return says;
                }
            }
        }

        foreach ((string domain, Control[] of) in Domains(controls))
        {
            for (int n = 0; n < StoriesOfDomain; n++)
            {
                yield return Random(controls, domain, of, n, new Dice(seed, $"merged {h.Name} {domain} {n}"));
            }
        }

        foreach (CaseBuilder waits in WaitCases.All(h))
        {
            yield return waits;
        }
    }

    /// <summary>Of each level some of the accesses that a control traps.</summary>
    private static IEnumerable<Stimulus> Chosen(Control control, Dice dice)
    {
        foreach (IGrouping<int, Stimulus> level in control.Stimuli.GroupBy(s => s.Level))
        {
            List<Stimulus> left = [.. level];
            int most = control.Register == "HCR_EL2" ? 2 * MostStimuli : control.Rules.Contains("F016") ? 1 : MostStimuli;
            for (int n = 0; n < most && left.Count > 0; n++)
            {
                int chosen = dice.Below(left.Count);
                yield return left[chosen];
                left.RemoveAt(chosen);
            }
        }
    }

    private static CaseBuilder? OnAndOff(Controls controls, Control control, Stimulus stimulus, Dice dice)
    {
        string name = $"{control.Name}-{stimulus.Accessor.Op}-{stimulus.Accessor.NameAt(stimulus.Index)}-el{stimulus.Level}".ToLowerInvariant();
        CaseBuilder says = controls.Hypervisor.That("merged", name, $"{stimulus.Text} is trapped exactly while {control.Name} is {1 - control.Off}", control.Rules);
        TrapTurns turns = new(controls, says);
        Control other = Other(controls, control, dice);
        return turns.Add(stimulus, [], dice) && turns.Add(stimulus, [control], dice) && turns.Add(stimulus, [], dice)
            && (turns.Add(stimulus, [control, other], dice) || turns.Add(stimulus, [control], dice)) && (turns.Add(stimulus, [other], dice) || turns.Add(stimulus, [], dice))
            ? says
            : null;
    }

    private static Control Other(Controls controls, Control control, Dice dice)
    {
        Control[] others = [.. controls.Fields.Where(c => c != control)];
        return others[dice.Below(others.Length)];
    }

    /// <summary>Controls by what they trap; in a random story the accesses are of one kind, the controls of all.</summary>
    private static IEnumerable<(string Domain, Control[] Controls)> Domains(Controls controls) =>
        from domain in (string[])["registers", "operations", "timers", "gic", "pmu", "debug"]
        let of = (Control[])[.. controls.Fields.Select(c => c with { Stimuli = [.. c.Stimuli.Where(s => s.Domain == domain)] }).Where(c => c.Stimuli.Count > 0)]
        where of.Length > 0
        select (domain, of);

    private static CaseBuilder Random(Controls controls, string domain, Control[] of, int number, Dice dice)
    {
        CaseBuilder says = controls.Hypervisor.That("merged", $"random-{domain}-{number:00}", $"accesses ({domain}) under random controls, turn after turn: each is trapped as the controls of its own turn say", "F010", "F015");
        TrapTurns turns = new(controls, says);
        int wanted = 6 + dice.Below(3);
        for (int done = 0, tries = 0; done < wanted && tries < 100; tries++)
        {
            Control about = dice.Pick(of);
            Control[] set = [.. Enumerable.Range(0, dice.Below(4)).Select(_ => dice.Pick(controls.Fields)).Append(dice.OneIn(3) ? dice.Pick(of) : about).DistinctBy(c => c.Field)];
            done += turns.Add(dice.Pick(about.Stimuli), set, dice) ? 1 : 0;
        }

        return says;
    }
}
