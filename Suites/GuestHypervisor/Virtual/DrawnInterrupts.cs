using System.Globalization;
using Conformance.Harness.Cases;
using Conformance.Harness.Programs;
using Conformance.Suites.ListRegisters.Cases;
using Conformance.Suites.ListRegisters.Oracle;
using Conformance.Suites.ListRegisters.Sequences;
using static Conformance.Harness.Programs.Reg;

namespace Conformance.Suites.GuestHypervisor.Virtual;

/// <summary>Virtual interrupts over many turns: the hypervisor fills list registers and reads them back, the guest acknowledges and ends (F029 to F031).</summary>
/// <remarks>
/// The sequences are drawn as those of the suite list-registers, and its oracle says what each access does. Here the hypervisor's
/// part is code at EL2 in front of its own ERET, and what it finds of the interface afterwards is what it reads itself.
/// </remarks>
internal static class DrawnInterrupts
{
    private const int Stories = 48;
    private const ulong Enables = 0xFE;
    private const int GuestReads = X8;
    private const int GuestLines = X16;

    internal static IEnumerable<CaseBuilder> All(Hypervisor h, Sizes sizes, ulong seed)
    {
        var make = new CaseMaker(new VirtualInterface(sizes with { Nmi = false }));
        for (int n = 0; n < Stories; n++)
        {
            yield return Story(h, make, n, new Dice(seed, $"interrupts {h.Name} {n}"));
        }
    }

    private static CaseBuilder Story(Hypervisor h, CaseMaker make, int number, Dice dice)
    {
        CaseBuilder says = h.That("interrupts", $"random-{number:00}", "list registers filled, interrupts acknowledged and ended in turns: hypervisor and guest find what the other left", "F029", "F030", "F031");
        (VirtualState now, List<GicAccess> accesses) = Ordinary(make, dice);
        RuleSet rules = new();
        ulong virtualHcr = h.Hcr | ControlBits.Hcr.IMO | ControlBits.Hcr.FMO;
        List<RegisterValue> start = [.. make.Registers(now).Where(r => r.Name != "HCR_EL2")];
        VirtualState? left = null;
        for (int at = 0, turn = 0; at < accesses.Count; turn++)
        {
            GicAccess[] own = [.. accesses.Skip(at).TakeWhile(a => a.Level == 2)];
            GicAccess[] guests = [.. accesses.Skip(at + own.Length).TakeWhile(a => a.Level == 1).Take(GuestReads)];
            at += own.Length + guests.Length;
            Report report = new();
            VirtualState? found = left;
            List<(string Field, MaskedValue[] Values)> sees = [];
            says.Turn(
                a =>
                {
                    a.MovImm(X0, virtualHcr).Msr("HCR_EL2", X0).Isb();
                    if (found is null)
                    {
                        foreach (RegisterValue register in start)
                        {
                            a.MovImm(X0, register.Value).Msr(register.Name, X0);
                        }
                    }
                    else
                    {
                        ReadBack(a, make, found, rules, report);
                    }

                    foreach (GicAccess access in own)
                    {
                        Effect effect = make.Oracle.Step(now, access, rules).First;
                        if (access.IsWrite)
                        {
                            a.MovImm(X0, access.Value).Msr(access.Register, X0).Isb();
                        }
                        else
                        {
                            report.Read(a, access.Register, effect.Value ?? 0, effect.Value is null ? 0 : effect.ValueMask);
                        }

                        now = effect.State;
                    }
                },
                a =>
                {
                    for (int n = 0; n < guests.Length; n++)
                    {
                        GicAccess access = guests[n];
                        Effect effect = make.Oracle.Step(now, access, rules).First;
                        _ = access.IsWrite ? a.MovImm(X0, access.Value).Msr(access.Register, X0) : a.Mrs(GuestReads + n, access.Register);
                        a.Dsb().Isb().Mrs(GuestLines + n, "ISR_EL1");
                        if (effect.Value is { } value)
                        {
                            sees.Add((FieldNames.General(GuestReads + n), [new MaskedValue(value & effect.ValueMask, effect.ValueMask)]));
                        }

                        now = effect.State;
                        ulong mask = Lines.Mask;
                        sees.Add((FieldNames.General(GuestLines + n), [.. make.Oracle.LinesOf(now, rules).Select(l => new MaskedValue(l.InIsr & mask, mask))]));
                    }
                },
                turn + 1);
            report.Into(says);
            foreach ((string field, MaskedValue[] values) in sees)
            {
                says.SeesAny(field, values);
            }

            left = now;
            says.NextStep();
        }

        Report last = new();
        VirtualState end = now;
        says.Alone(a =>
        {
            ReadBack(a, make, end, rules, last);
            a.Msr("ICH_HCR_EL2", XZR).MovImm(X0, h.Hcr).Msr("HCR_EL2", X0).Isb();
        });
        last.Into(says);
        return says.Rules([.. rules.Names]);
    }

    /// <summary>A sequence without what is rare, which the suite list-registers has, and without maintenance interrupts, which have stories of their own.</summary>
    private static (VirtualState Start, List<GicAccess> Accesses) Ordinary(CaseMaker make, Dice dice)
    {
        while (true)
        {
            (VirtualState start, List<GicAccess> accesses) = SequenceMaker.Draw(make, dice, inTurns: true);
            start = start with { Hcr = start.Hcr & ~Enables };
            accesses = [.. accesses.Select(a => a.Op == Op.SetHcr ? a with { Value = a.Value & ~Enables } : a)];
            Rarity rare = Rarities.Of(start);
            VirtualState now = start;
            foreach (GicAccess access in accesses)
            {
                RuleSet cited = new();
                now = make.Oracle.Step(now, access, cited).First.State;
                rare |= Rarities.Of(access, cited) | Rarities.Of(now);
            }

            if (rare == Rarity.None && accesses.Any(a => a.Level == 1))
            {
                return (start, accesses);
            }
        }
    }

    /// <summary>What the hypervisor finds of the interface after the guest has run.</summary>
    private static void ReadBack(Assembler a, CaseMaker make, VirtualState s, RuleSet rules, Report report)
    {
        report.Read(a, "ICH_HCR_EL2", s.Hcr, VirtualInterface.HcrMask);
        report.Read(a, "ICH_VMCR_EL2", s.Vmcr, VirtualInterface.VmcrMask);
        for (int n = 0; n < s.Lrs.Length; n++)
        {
            report.Read(a, string.Create(CultureInfo.InvariantCulture, $"ICH_LR{n}_EL2"), s.Lrs[n].Value, s.Lrs[n].Value == 0 ? Report.State : s.Lrs[n].Kept(make.Sizes));
        }

        for (int n = 0; n < make.Sizes.ActiveRegisters; n++)
        {
            report.Read(a, string.Create(CultureInfo.InvariantCulture, $"ICH_AP0R{n}_EL2"), s.ActiveRegister(0, n), uint.MaxValue);
            report.Read(a, string.Create(CultureInfo.InvariantCulture, $"ICH_AP1R{n}_EL2"), s.ActiveRegister(1, n), uint.MaxValue);
        }

        (ulong ended, ulong empty) = make.Oracle.Status(s, rules);
        report.Read(a, "ICH_EISR_EL2", ended, ulong.MaxValue);
        report.Read(a, "ICH_ELRSR_EL2", empty, ulong.MaxValue);
        if (s.En)
        {
            report.Read(a, "ICH_MISR_EL2", make.Oracle.Misr(s, rules), ulong.MaxValue);
        }
    }
}
