using Conformance.Harness.Cases;
using Conformance.Harness.Programs;
using Conformance.Suites.Exceptions;
using static Conformance.Suites.ControlBits;

namespace Conformance.Suites.Interrupts;

/// <summary>A state with interrupts pending; the oracle makes a case of it.</summary>
/// <remarks>
/// A physical interrupt is SGI 0 (Group 0) or SGI 1 (Group 1), made pending by a step at the highest level before the one that is
/// judged. Virtual ones are bits of HCR_EL2, and need no GIC.
/// </remarks>
internal sealed class Scene(SuiteTarget target, string id)
{
    private const uint Group0Sgi = 1 << 0;
    private const uint Group1Sgi = 1 << 1;
    private const ulong VirtualBits = Hcr.VI | Hcr.VF | Hcr.VSE;

    private readonly List<RegisterValue> _registers = [];
    private readonly List<string> _rules = [];

    internal SuiteTarget Target { get; } = target;

    internal Spsr Pstate { get; set; } = Spsr.At(1);

    /// <summary>A Group 0 interrupt is pending: FIQ.</summary>
    internal bool Group0 { get; set; }

    /// <summary>A Group 1 interrupt is pending: IRQ, with the reservations of <see cref="Alternatives"/>.</summary>
    internal bool Group1 { get; set; }

    /// <summary>SCR_EL3.</summary>
    internal ulong Scr { get; set; } = Baseline.Of("SCR_EL3");

    /// <summary>HCR_EL2.</summary>
    internal ulong HcrEl2 { get; set; } = Baseline.Of("HCR_EL2");

    internal Scene Set(string register, ulong value)
    {
        _registers.RemoveAll(r => r.Name == register);
        _registers.Add(new RegisterValue(register, value));
        return this;
    }

    internal Scene Rules(params ReadOnlySpan<string> ids)
    {
        _rules.AddRange(ids);
        return this;
    }

    /// <summary>The state before the first instruction of the step that is judged.</summary>
    internal Situation Start() => new(Target, Pstate, GuestMemory.Code, Registers(), new Dictionary<int, ulong>());

    /// <summary>The case; null for a state that does not exist.</summary>
    internal Case? Build()
    {
        Situation s = Start();
        if (!Story.IsLegal(s))
        {
            return null;
        }

        bool gic = Group0 || Group1;
        CaseBuilder says = CaseBuilder.Case(id, Title(s)).Rules(_rules);
        if (gic)
        {
            uint pending = (Group0 ? Group0Sgi : 0) | (Group1 ? Group1Sgi : 0);
            says.WithGic(Target, Group1Sgi, Group0Sgi | Group1Sgi, pending);
        }

        foreach (RegisterValue register in Registers())
        {
            says.Set(register.Name, register.Value);
        }

        says.Pstate(Pstate).Code(Code);
        List<string> seen = [];
        foreach (IReadOnlyCollection<Line> physical in Alternatives(s))
        {
            Say(says, s, physical, seen);
        }

        return (gic ? says.ThenCloseGic(Target) : says).Build();
    }

    /// <summary>
    /// The physical kinds that are up. Of two pending interrupts of one priority the GIC signals either. With one Security state
    /// (GICD_CTLR.DS = 1) Group 1 is IRQ; at EL3 and in Secure state, which such a GIC does not know, FIQ is accepted as well
    /// (EX-350, EX-351).
    /// </summary>
    private IEnumerable<IReadOnlyCollection<Line>> Alternatives(Situation s)
    {
        if (Group0)
        {
            yield return [Line.Fiq];
        }

        if (Group1)
        {
            yield return [Line.Irq];
            if (!Group0 && (s.Level == 3 || (s.HaveEl3 && !s.Scr(ControlBits.Scr.NS))))
            {
                yield return [Line.Fiq];
            }
        }

        if (!Group0 && !Group1)
        {
            yield return [];
        }
    }

    private void Say(CaseBuilder says, Situation s, IReadOnlyCollection<Line> physical, List<string> seen)
    {
        if (physical.Count > 0)
        {
            says.Rules(physical.Contains(Line.Fiq) && Group0 ? "EX-350" : "EX-351");
        }

        List<Delivery> candidates = InterruptOracle.Candidates(s, physical);
        foreach (Delivery delivery in candidates)
        {
            if (!Once(delivery.Name))
            {
                continue;
            }

            says.Or(delivery.Name).Rules(delivery.Rules).Rules("EX-307", "EX-090", "EX-316");
            Taken(says, s, delivery);
        }

        if (candidates.Count > 1)
        {
            says.Rules("EX-318");
        }

        if (candidates.Count == 0 && Once($"stays {InterruptOracle.Status(s, physical)}"))
        {
            says.Or(physical.Count > 0 || (HcrEl2 & VirtualBits) != 0 ? "stays pending" : "nothing is pending")
                .Rules([.. InterruptOracle.StayRules(s, physical), "EX-316"]).Completes()
                .Sees(FieldNames.Pstate, s.Pstate.Without(Spsr.Btype), ~Spsr.Optional(Target.Features));
            if (s.Level > 0)
            {
                says.Sees("X2", InterruptOracle.Status(s, physical)).Rules(s.Level == 1 && s.El2Enabled ? "EX-335" : "EX-336", "EX-337", "EX-338");
            }
        }

        bool Once(string name)
        {
            bool first = !seen.Contains(name);
            seen.Add(name);
            return first;
        }
    }

    private void Taken(CaseBuilder says, Situation s, Delivery delivery)
    {
        int to = delivery.Target;
        bool serror = delivery.Line == Line.SError;
        Arrival taken = Entry.Interrupt(s, to, delivery.Line.Vector(), serror ? 0x2FUL << 26 | 1UL << 25 | (s.Read("VSESR_EL2") & 0x1FF_FFFF) : Witness(to));
        says.Takes(to, vector: taken.Vector)
            .Sees(FieldNames.Elr, taken.Elr, taken.ElrMask)
            .Sees(FieldNames.Spsr, taken.Spsr, taken.SpsrMask)
            .Sees(FieldNames.Pstate, taken.Pstate, taken.PstateMask);
        if (serror)
        {
            // Without FEAT_RAS the syndrome is IMPLEMENTATION DEFINED (EX-329).
            says.Sees(FieldNames.Esr, taken.Esr, s.Has("FEAT_RAS") ? ulong.MaxValue : ~0x1FF_FFFFUL).Rules("EX-329", "EX-110");
        }
        else if (to < Target.HighestLevel)
        {
            says.Sees(FieldNames.Esr, taken.Esr).Sees(FieldNames.Far, ~Witness(to)).Rules("EX-097");
        }

        if (delivery.IsVirtual)
        {
            says.Rules(serror ? "EX-329" : "EX-330", serror ? "EX-329" : "EX-331");
            if (Target.HighestLevel == 3)
            {
                ulong left = HcrEl2 & VirtualBits & (serror ? ~Hcr.VSE : ulong.MaxValue);
                says.Sees("HCR_EL2", left, VirtualBits);
            }
        }

        if (s.Nv)
        {
            says.Rules("EX-304");
            says.Rules(to == 1 && s.Level == 1 ? ["EX-063", "EX-066", .. delivery.IsVirtual ? (string[])["EX-333"] : []] : to == 2 && s.Level == 1 ? ["EX-065", "EX-308"] : []);
        }
    }

    /// <summary>What ESR of a level holds before: an interrupt must not change it. FAR holds the complement.</summary>
    private static ulong Witness(int level) => 0x5A00_0000UL + (ulong)level;

    private Assembler Code(Assembler a) => Pstate.Level == 0 ? a.Nop().Nop() : a.Nop().Mrs(Reg.X2, "ISR_EL1").Nop();

    private IReadOnlyList<RegisterValue> Registers()
    {
        List<RegisterValue> all = [.. _registers];
        for (int level = 1; level < Target.HighestLevel; level++)
        {
            all.Add(new RegisterValue($"ESR_EL{level}", Witness(level)));
            all.Add(new RegisterValue($"FAR_EL{level}", ~Witness(level)));
        }

        if (Target.HighestLevel == 3)
        {
            all.Add(new RegisterValue("SCR_EL3", Scr));
        }

        all.Add(new RegisterValue("HCR_EL2", HcrEl2));
        return all;
    }

    private string Title(Situation s)
    {
        string pending = (Group0, Group1) switch
        {
            (true, true) => "Group 0 and Group 1 pending",
            (true, false) => "Group 0 pending",
            (false, true) => "Group 1 pending",
            _ => "nothing physical pending",
        };
        IEnumerable<string> names = Alternatives(s).SelectMany(p => InterruptOracle.Candidates(s, p)).Select(d => d.Name).Distinct();
        return $"{pending}, {string.Join(", ", Lines.All.Where(l => (HcrEl2 & l.VirtualPending()) != 0).Select(l => $"v{l.Name()}").DefaultIfEmpty("nothing virtual"))} at EL{s.Level}: {string.Join(" or ", names.DefaultIfEmpty("not taken"))}";
    }
}
