using Conformance.Suites.Exceptions;

namespace Conformance.Suites.Interrupts;

/// <summary>An asynchronous exception that may be taken now.</summary>
/// <param name="Line">Its kind.</param>
/// <param name="IsVirtual">vIRQ, vFIQ or vSError.</param>
/// <param name="Target">The level that takes it.</param>
/// <param name="Rules">Why.</param>
internal sealed record Delivery(Line Line, bool IsVirtual, int Target, IReadOnlyList<string> Rules)
{
    /// <summary>For the report.</summary>
    internal string Name => $"{(IsVirtual ? "v" : "")}{Line.Name()} to EL{Target}";
}

/// <summary>Who takes a pending asynchronous exception, and what ISR_EL1 shows of it.</summary>
/// <remarks>
/// Source: sections 12 to 15 of the exception rules, after DDI 0487, "Asynchronous exception routing" and "masking". Effective
/// values of controls are those of <see cref="Situation"/>. Nothing here knows the model.
/// </remarks>
internal static class InterruptOracle
{
    /// <summary>Every exception that is pending and not masked: which of them is taken first is open (EX-318).</summary>
    /// <param name="s">The state before the next instruction.</param>
    /// <param name="physical">The physical kinds that are pending.</param>
    internal static List<Delivery> Candidates(Situation s, IReadOnlyCollection<Line> physical)
    {
        List<Delivery> found = [];
        foreach (Line line in Lines.All)
        {
            if (VirtualPending(s, line) && s.Level < 2 && !s.Pstate.Has(line.Mask()))
            {
                found.Add(new Delivery(line, true, 1, ["EX-325", "EX-326", "EX-327", "EX-328"]));
            }

            (int target, string rule) = Route(s, line);
            if (physical.Contains(line) && target > 0 && !Masked(s, line, target))
            {
                found.Add(new Delivery(line, false, target, [rule, "EX-305", MaskRule(s, target)]));
            }
        }

        return found;
    }

    /// <summary>The level that takes a physical exception, 0 for none at this level (EX-300 to EX-303, EX-306).</summary>
    internal static (int Target, string Rule) Route(Situation s, Line line)
    {
        if (s.HaveEl3 && s.Scr(line.ToEl3()))
        {
            return (3, s.El2Enabled ? "EX-302" : "EX-303");
        }

        int target = s.Tge || s.Hcr(line.ToEl2()) ? 2 : 1;
        string rule = !s.El2Enabled ? "EX-303" : s.Tge ? "EX-301" : "EX-300";
        return target < s.Level ? (0, rule) : (target, rule);
    }

    /// <summary>PSTATE masks a physical exception that goes to a level (EX-310 to EX-315).</summary>
    internal static bool Masked(Situation s, Line line, int target)
    {
        bool bitActs = target == s.Level || (s.Level == 0 && (target == 1 || (target == 2 && s.Host0)));
        return bitActs && s.Pstate.Has(line.Mask());
    }

    /// <summary>A virtual exception is enabled and pending, by HCR_EL2 alone (EX-325, EX-327).</summary>
    internal static bool VirtualPending(Situation s, Line line) =>
        s.El2Enabled && !s.Tge && s.Hcr(line.ToEl2()) && s.Hcr(line.VirtualPending());

    /// <summary>ISR_EL1 at the current level, EL1 or above (EX-335 to EX-338).</summary>
    internal static ulong Status(Situation s, IReadOnlyCollection<Line> physical)
    {
        ulong status = 0;
        foreach (Line line in Lines.All)
        {
            bool showsVirtual = s.Level == 1 && s.Hcr(line.ToEl2());
            bool pending = showsVirtual ? VirtualPending(s, line) : physical.Contains(line);
            status |= pending ? line.Mask() : 0;
        }

        return status;
    }

    /// <summary>The rule that says why a pending physical exception stays pending, for cases in which nothing is taken.</summary>
    internal static IEnumerable<string> StayRules(Situation s, IReadOnlyCollection<Line> physical)
    {
        foreach (Line line in physical)
        {
            (int target, string rule) = Route(s, line);
            yield return rule;
            yield return target == 0 ? "EX-306" : MaskRule(s, target);
        }

        foreach (Line line in Lines.All.Where(l => (s.Read("HCR_EL2") & l.VirtualPending()) != 0))
        {
            yield return !VirtualPending(s, line) ? "EX-325" : s.Level >= 2 ? "EX-326" : "EX-328";
        }
    }

    private static string MaskRule(Situation s, int target) => (s.Level, target) switch
    {
        (3, 3) => "EX-315",
        var (level, to) when level == to => "EX-310",
        (_, 3) => "EX-314",
        (0, 1) => "EX-311",
        (0, 2) when s.Host0 => "EX-313",
        _ => "EX-312",
    };
}
