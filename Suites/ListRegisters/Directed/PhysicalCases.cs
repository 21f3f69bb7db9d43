using System.Globalization;
using Conformance.Harness.Cases;
using Conformance.Suites.ListRegisters.Cases;
using Conformance.Suites.ListRegisters.Oracle;
using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.Gic;
using static Conformance.Suites.ListRegisters.Directed.Say;

namespace Conformance.Suites.ListRegisters.Directed;

/// <summary>What the virtual interface does to the physical one: the maintenance interrupt, and deactivation through HW (GV-106, GV-128, GV-132).</summary>
/// <remarks>For a GIC where the board QEMU calls <c>virt</c> has it, with the maintenance interrupt as PPI 25 (GV-128).</remarks>
internal static class PhysicalCases
{
    private const int MaintenancePpi = 25;
    private const ulong AllGroups = 0x37;

    internal static IEnumerable<CaseBuilder> All(CaseMaker make, SuiteTarget target) =>
        Causes(make, target.HighestLevel).Concat(Together(make, target.HighestLevel)).Concat(Taken(make, target.HighestLevel)).Concat(Deactivated(make, target.HighestLevel));

    private static IEnumerable<CaseBuilder> Causes(CaseMaker make, int home)
    {
        VirtualState idle = make.Idle with { Vmcr = make.Idle.Vmcr & ~3UL };
        var pending = ListRegister.Of(LrState.Pending, 40, 0x80, 1);
        (string Name, VirtualState State, ulong Hcr, bool Up)[] causes =
        [
            ("none", idle, 0, false), ("eoi", idle.WithLr(0, ListRegister.Of(LrState.Invalid, 40, 0x80, 1, eoi: true)), 0, true),
            ("underflow", idle, VirtualState.HcrUie, true), ("lrenp", idle, VirtualState.HcrLrenpie | 1UL << VirtualState.EoiCountAt, true),
            ("lrenp-none", idle, VirtualState.HcrLrenpie, false), ("lrenp-not-enabled", idle, 1UL << VirtualState.EoiCountAt, false),
            ("no-pending", idle, VirtualState.HcrNpie, true), ("no-pending-one", idle.WithLr(0, pending), VirtualState.HcrNpie, false),
            ("group0-enabled", idle with { Vmcr = idle.Vmcr | 1 }, 1 << 4, true), ("group0-disabled", idle, 1 << 5, true),
            ("group1-enabled", idle with { Vmcr = idle.Vmcr | 2 }, 1 << 6, true), ("group1-disabled", idle, 1 << 7, true),
            ("all", idle, 0xFE, true),
        ];
        foreach ((string name, VirtualState state, ulong hcr, bool up) in causes)
        {
            foreach (bool enabled in (bool[])[true, false])
            {
                yield return That($"physical/maintenance-{name}{(enabled ? "" : "-off")}", $"The maintenance interrupt is {(up && enabled ? "pending" : "not pending")} at its PPI, and falls with its cause", 128, 130, 70, 129)
                    .With(make, state with { Hcr = hcr | (enabled ? 1UL : 0) }).Virtual().X(1, SgiFrame + SetPending).At(home)
                    .Code(a => a.LdrW(X2, X1).Msr("ICH_HCR_EL2", XZR).Msr("ICH_LR0_EL2", XZR).Dsb().Isb().LdrW(X3, X1))
                    .Completes().SeesX(2, up && enabled ? 1UL << MaintenancePpi : 0, 1UL << MaintenancePpi).SeesX(3, 0, 1UL << MaintenancePpi);
            }
        }
    }

    /// <summary>Every set of enables with every state of the groups, over list registers that give some of the causes: the line is En and any cause (GV-128).</summary>
    private static IEnumerable<CaseBuilder> Together(CaseMaker make, int home)
    {
        foreach ((string name, ListRegister lr) in ((string, ListRegister)[])
            [("none", default), ("pending", ListRegister.Of(LrState.Pending, 40, 0x80, 1)), ("ended", ListRegister.Of(LrState.Invalid, 40, 0x80, 1, eoi: true))])
        {
            for (ulong enables = 0; enables < 128; enables++)
            {
                for (ulong groups = 0; groups < 4; groups++)
                {
                    // One off for every four on: with En = 0 there is one answer.
                    foreach (bool enabled in groups == (enables & 3) ? (bool[])[true, false] : [true])
                    {
                        VirtualState s = make.Idle.WithLr(0, lr) with { Hcr = enables << 1 | (enabled ? 1UL : 0), Vmcr = (make.Idle.Vmcr & ~3UL) | groups };
                        s = s.WithEoiCount((int)(enables >> 1 & groups & 1));
                        var rules = new RuleSet();
                        bool up = make.Oracle.Maintenance(s, rules);
                        rules.Cite(70);
                        string id = string.Create(CultureInfo.InvariantCulture, $"physical/{Rare(s)}line-{name}-enables-{enables:x2}-groups{groups}{(enabled ? "" : "-off")}");
                        yield return CaseBuilder.Case($"{CaseMaker.Suite}/{id}", $"The maintenance interrupt is {(up ? "pending" : "not pending")} at its PPI")
                            .Rules([.. rules.Names]).With(make, s).Virtual().X(1, SgiFrame + SetPending).At(home)
                            .Code(a => a.LdrW(X2, X1).Msr("ICH_HCR_EL2", XZR).Msr("ICH_LR0_EL2", XZR).Dsb().Isb())
                            .Completes().SeesX(2, up ? 1UL << MaintenancePpi : 0, 1UL << MaintenancePpi);
                    }
                }
            }
        }
    }

    /// <summary>The group of a case in whose state something is rare.</summary>
    private static string Rare(VirtualState s) => Rarities.Of(s) is var rare and not Rarity.None ? $"{Rarities.Word(rare)}/" : "";

    /// <summary>The guest enables its group, which the hypervisor asked to be told of: an IRQ to EL2, whatever PSTATE masks at EL1.</summary>
    private static IEnumerable<CaseBuilder> Taken(CaseMaker make, int home)
    {
        foreach (bool enabled in (bool[])[true, false])
        {
            VirtualState s = make.Idle with { Vmcr = make.Idle.Vmcr & ~3UL, Hcr = 1 << 6 | (enabled ? 1UL : 0) };
            CaseBuilder sentence = That($"physical/maintenance-taken{(enabled ? "" : "-off")}", "A maintenance interrupt of the running guest is taken to EL2 at once", 132, 141)
                .With(make, s).Virtual()
                .X(1, Distributor).X(2, Redistributor).X(3, SgiFrame).X(4, AllGroups).X(5, 1UL << MaintenancePpi).X(6, 0xFF).X(7, 1).At(home)
                .Code(a => a.StrW(X4, X1).StrW(XZR, X2, Waker).StrW(X5, X3, Groups).StrW(X5, X3, SetEnable).Dsb()
                    .Msr("ICC_PMR_EL1", X6).Msr("ICC_IGRPEN1_EL1", X7).Isb()).Completes()
                .NextStep().At(1).Code(a => a.Msr("ICC_IGRPEN1_EL1", X7).Dsb().Isb().Nop().Nop());
            sentence = enabled ? sentence.Takes(2, 0x480) : sentence.Completes();
            yield return sentence.NextStep().At(home)
                .Code(a => a.Msr("ICH_HCR_EL2", XZR).StrW(X5, X3, ClearEnable).StrW(XZR, X3, Groups).StrW(XZR, X1).Msr("ICC_IGRPEN1_EL1", XZR).Msr("ICC_PMR_EL1", XZR).Dsb().Isb())
                .Completes();
        }
    }

    private static IEnumerable<CaseBuilder> Deactivated(CaseMaker make, int home)
    {
        foreach ((string name, ulong physical, ulong frame) in ((string, ulong, ulong)[])
            [("spi", Enumerated.Vocabulary.Physical, Distributor), ("ppi", 23, SgiFrame)])
        {
            int word = (int)(physical / 32) * 4;
            ulong bit = 1UL << (int)(physical % 32);
            foreach (int group in (int[])[0, 1])
            {
                foreach (bool linked in (bool[])[true, false])
                {
                    foreach (bool split in (bool[])[true, false])
                    {
                        VirtualState s = make.Idle.WithLr(0, ListRegister.Of(LrState.Active, 40, 0x80, group, physical: linked ? physical : null))
                            .WithActive(group, Enumerated.Vocabulary.Level(make.Sizes, 0x80));
                        s = s with { Vmcr = s.Vmcr | (split ? VirtualState.VmcrEoim : 0) };
                        string eoir = group == 0 ? "ICC_EOIR0_EL1" : "ICC_EOIR1_EL1";
                        CaseBuilder sentence = That(
                            $"physical/deactivate-{name}-g{group}{(linked ? "" : "-not-linked")}{(split ? "-split" : "")}",
                            linked ? "The end of a linked interrupt deactivates the physical one" : "The end of an interrupt without a link deactivates no other", [106, 102, .. split ? (int[])[103, 104] : []])
                            .With(make, s).Virtual().X(0, 40).X(1, frame).X(5, bit).At(home)
                            .Code(a => a.StrW(X5, X1, Groups + word).StrW(X5, X1, SetActive + word).Dsb().LdrW(X2, X1, SetActive + word)).Completes().SeesX(2, bit, bit)
                            .NextStep().At(1).Code(a => a.Msr(eoir, X0).Dsb().Isb()).Completes()
                            .NextStep().At(home).Code(a => a.LdrW(X2, X1, SetActive + word)).Completes().SeesX(2, linked && !split ? 0 : bit, bit);
                        sentence = split
                            ? sentence.NextStep().At(1).Code(a => a.Msr("ICC_DIR_EL1", X0).Dsb().Isb()).Completes()
                                .NextStep().At(home).Code(a => a.LdrW(X2, X1, SetActive + word)).Completes().SeesX(2, linked ? 0 : bit, bit)
                            : sentence;
                        yield return sentence.NextStep().At(home)
                            .Code(a => a.StrW(X5, X1, ClearActive + word).StrW(XZR, X1, Groups + word).Dsb().LdrW(X2, X1, SetActive + word)).Completes().SeesX(2, 0, bit);
                    }
                }
            }
        }
    }
}
