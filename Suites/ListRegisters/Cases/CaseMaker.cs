using System.Globalization;
using Conformance.Harness.Cases;
using Conformance.Suites.ListRegisters.Oracle;
using static Conformance.Suites.ControlBits;

namespace Conformance.Suites.ListRegisters.Cases;

/// <summary>Makes cases of states and accesses: what the oracle allows is what they expect.</summary>
internal sealed class CaseMaker(VirtualInterface oracle)
{
    internal const string Suite = "list-registers";

    private static readonly string[] s_listRegisters = [.. Enumerable.Range(0, 16).Select(n => string.Create(CultureInfo.InvariantCulture, $"ICH_LR{n}_EL2"))];
    private static readonly string[][] s_active =
        [.. Enumerable.Range(0, 2).Select(g => (string[])[.. Enumerable.Range(0, 4).Select(n => string.Create(CultureInfo.InvariantCulture, $"ICH_AP{g}R{n}_EL2"))])];

    private static readonly FieldExpectation s_completes = new(FieldNames.Target, 0);
    private static readonly ulong s_pstate1 = Spsr.At(1);
    private static readonly ulong s_pstate2 = Spsr.At(2);

    /// <summary>HCR_EL2 of a virtual machine with virtual interrupts of both groups.</summary>
    internal static ulong HcrVirtual { get; } = Baseline.Of("HCR_EL2") | Hcr.IMO | Hcr.FMO;

    internal VirtualInterface Oracle => oracle;

    internal Sizes Sizes => oracle.Sizes;

    /// <summary>The state of an interface that nothing uses, with so many invalid list registers.</summary>
    internal VirtualState Idle => new()
    {
        Hcr = VirtualState.HcrEn,
        Vmcr = oracle.LegalVmcr(0xFF00_0003, secure: false, new RuleSet()),
        Lrs = [.. new ListRegister[Sizes.ListRegisters]],
    };

    /// <summary>A case of one access.</summary>
    /// <param name="name">The rest of its id: <c>group/name</c>.</param>
    /// <param name="state">The state before.</param>
    /// <param name="access">The access.</param>
    /// <param name="more">Rules that the maker of the case knows.</param>
    internal Case Single(string name, VirtualState state, GicAccess access, params ReadOnlySpan<int> more)
    {
        var rules = new RuleSet();
        foreach (int rule in more)
        {
            rules.Cite(rule);
        }

        Step step = StepOf(state, access, rules, out Transition transition);
        Rarity rare = Rarities.Of(access, rules) | Rarities.Of(state) | Rarities.Of(transition.First.State);
        return new Case
        {
            Id = Id(name, rare),
            Title = $"{access}: {transition.First.Name}{(transition.Unpredictable ? ", or whatever else, without an exception" : "")}",
            Rules = [.. rules.Names],
            Needs = Needs(state),
            Registers = Registers(state),
            Steps = [step],
        };
    }

    /// <summary>A case of several accesses, one after the other; each must have one effect.</summary>
    internal Case Sequence(string name, string title, VirtualState state, IEnumerable<GicAccess> accesses, params ReadOnlySpan<int> more)
    {
        var rules = new RuleSet();
        foreach (int rule in more)
        {
            rules.Cite(rule);
        }

        List<Step> steps = [];
        VirtualState now = state;
        Rarity rare = Rarities.Of(state);
        foreach (GicAccess access in accesses)
        {
            var cited = new RuleSet();
            steps.Add(StepOf(now, access, cited, out Transition transition));
            rules.Cite(cited);
            now = transition.First.State;
            rare |= Rarities.Of(access, cited) | Rarities.Of(now);
        }

        return new Case
        {
            Id = Id(name, rare),
            Title = title,
            Rules = [.. rules.Names],
            Needs = Needs(state),
            Registers = Registers(state),
            Steps = steps,
        };
    }

    private IReadOnlyList<string> Needs(VirtualState state) => Sizes.Nmi && state.NeedsNmi ? ["FEAT_GICv3_NMI"] : [];

    /// <summary>An id; what is rare in the case has a group of its own in it.</summary>
    private static string Id(string name, Rarity rare) =>
        $"{Suite}/{(rare == Rarity.None ? name : name.Replace("/", $"/{Rarities.Word(rare)}/", StringComparison.Ordinal))}";

    /// <summary>The registers that put the interface into a state; what is not said is as the baseline has it.</summary>
    internal List<RegisterValue> Registers(VirtualState state)
    {
        List<RegisterValue> registers = new(8)
        {
            new("ICH_HCR_EL2", state.Hcr),
            new("ICH_VMCR_EL2", state.Vmcr),
        };
        for (int n = 0; n < Sizes.ActiveRegisters; n++)
        {
            for (int group = 0; group < 2; group++)
            {
                if (state.ActiveRegister(group, n) is not 0 and ulong levels)
                {
                    registers.Add(new(s_active[group][n], levels));
                }
            }
        }

        for (int n = 0; n < state.Lrs.Length; n++)
        {
            if (state.Lrs[n].Value != 0)
            {
                registers.Add(new(s_listRegisters[n], state.Lrs[n].Value));
            }
        }

        if (state.NmiEnabled)
        {
            registers.Add(new("SCTLR_EL1", Baseline.Of("SCTLR_EL1") | Nmi.SctlrNmi));
        }

        registers.Add(new("HCR_EL2", HcrVirtual));
        return registers;
    }

    /// <summary>Everything is masked at EL1: with SCTLR_EL1.NMI that needs ALLINT.</summary>
    private static ulong Pstate1(VirtualState state) => state.NmiEnabled ? s_pstate1 | Spsr.Allint : s_pstate1;

    /// <summary>An access as a step of a case.</summary>
    internal Step StepOf(VirtualState state, GicAccess access, RuleSet rules, out Transition transition)
    {
        transition = oracle.Step(state, access, rules);
        (IReadOnlyList<uint> Words, int Offset) code = Code.Of(access);
        List<Outcome> allowed;
        if (transition.Unpredictable)
        {
            allowed = [new Outcome("whatever, without an exception", [s_completes])];
        }
        else
        {
            allowed = new(transition.Effects.Count);
            foreach (Effect effect in transition.Effects)
            {
                allowed.Add(new Outcome(effect.Name, Expected(state, access, effect, rules)));
            }
        }

        return new Step
        {
            Level = access.Level,
            Pstate = access.Level == 2 ? s_pstate2 : Pstate1(state),
            Code = code.Words,
            CodeOffset = code.Offset,
            General = access.IsWrite ? [new RegisterValue("X0", access.Value)] : [],
            Allowed = allowed,
        };
    }

    /// <summary>A case of several accesses, of which those at one level follow each other without a pause; each must have one effect.</summary>
    /// <remarks>What each access reads and the lines after it are observed; the registers of the hypervisor after the last one at a level.</remarks>
    internal Case Run(string name, string title, VirtualState state, IReadOnlyList<GicAccess> accesses)
    {
        var rules = new RuleSet();
        List<Step> steps = [];
        VirtualState now = state;
        Rarity rare = Rarities.Of(state);
        for (int at = 0; at < accesses.Count;)
        {
            VirtualState before = now;
            int first = at;
            List<FieldExpectation> fields = new(32) { s_completes };
            for (; at < accesses.Count && at - first < Code.MostInRow && accesses[at].Level == accesses[first].Level; at++)
            {
                var cited = new RuleSet();
                Effect effect = oracle.Step(now, accesses[at], cited).First;
                if (effect.Value is { } value)
                {
                    fields.Add(new(FieldNames.General(Code.ReadInto(at - first)), value & effect.ValueMask, effect.ValueMask));
                }

                if (accesses[at].Level == 1)
                {
                    fields.Add(LinesExpected(effect.State, cited, FieldNames.General(Code.LinesInto(at - first))));
                }

                now = effect.State;
                rules.Cite(cited);
                rare |= Rarities.Of(accesses[at], cited) | Rarities.Of(now);
            }

            AddState(fields, before, now, rules);
            IReadOnlyList<GicAccess> row = [.. accesses.Skip(first).Take(at - first)];
            steps.Add(new Step
            {
                Level = row[0].Level,
                Pstate = row[0].Level == 2 ? s_pstate2 : Pstate1(state),
                Code = Code.Of(row),
                General = [.. row.Index().Where(a => a.Item.IsWrite).Select(a => new RegisterValue(FieldNames.General(a.Index), a.Item.Value))],
                Allowed = [new Outcome("as drawn", fields)],
            });
        }

        return new Case { Id = Id(name, rare), Title = title, Rules = [.. rules.Names], Needs = Needs(state), Registers = Registers(state), Steps = steps };
    }

    private List<FieldExpectation> Expected(VirtualState before, GicAccess access, Effect effect, RuleSet rules)
    {
        List<FieldExpectation> fields = new(16) { s_completes };
        if (effect.Value is { } value)
        {
            fields.Add(new("X2", value & effect.ValueMask, effect.ValueMask));
        }

        if (access.Level == 1)
        {
            fields.Add(LinesExpected(effect.State, rules, "X3"));
        }

        AddState(fields, before, effect.State, rules);
        return fields;
    }

    /// <summary>What the hypervisor sees: all that is there after, and list registers that were there before.</summary>
    private void AddState(List<FieldExpectation> fields, VirtualState before, VirtualState after, RuleSet rules)
    {
        fields.Add(new("ICH_HCR_EL2", after.Hcr & VirtualInterface.HcrMask, VirtualInterface.HcrMask));
        fields.Add(new("ICH_VMCR_EL2", after.Vmcr & VirtualInterface.VmcrMask, VirtualInterface.VmcrMask));
        for (int n = 0; n < Sizes.ActiveRegisters; n++)
        {
            for (int group = 0; group < 2; group++)
            {
                ulong mask = Sizes.Nmi && group == 1 && n == 0 ? 1UL << 63 | uint.MaxValue : uint.MaxValue;
                fields.Add(new(s_active[group][n], after.ActiveRegister(group, n) & mask, mask));
            }
        }

        for (int n = 0; n < after.Lrs.Length; n++)
        {
            ListRegister lr = after.Lrs[n];
            if (lr.Value != 0 || before.Lrs[n].Value != 0)
            {
                ulong mask = lr.Kept(Sizes);
                rules.CiteIf((lr.Value >> ListRegister.PriorityAt & 0xFF & ~Sizes.PriorityMask) != 0, 40);
                fields.Add(new(s_listRegisters[n], lr.Value & mask, mask));
            }
        }

        (ulong ended, ulong empty) = oracle.Status(after, rules);
        fields.Add(new("ICH_EISR_EL2", ended));
        fields.Add(new("ICH_ELRSR_EL2", empty));
        if (after.En)
        {
            fields.Add(new("ICH_MISR_EL2", oracle.Misr(after, rules)));
        }
    }

    private FieldExpectation LinesExpected(VirtualState after, RuleSet rules, string field)
    {
        ulong mask = Lines.Mask | (Sizes.Nmi ? Nmi.IsrSuper : 0);
        rules.Cite(73);
        return new(field, [.. oracle.LinesOf(after, rules).Select(l => new MaskedValue(l.InIsr & mask, mask))]);
    }
}
