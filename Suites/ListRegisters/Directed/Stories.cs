using Conformance.Harness.Cases;
using Conformance.Suites.ListRegisters.Cases;
using Conformance.Suites.ListRegisters.Oracle;
using static Conformance.Suites.ListRegisters.Enumerated.Vocabulary;

namespace Conformance.Suites.ListRegisters.Directed;

/// <summary>Short sequences that tell one rule each; longer ones are drawn.</summary>
internal static class Stories
{
    private const ulong Low = 0xA0;
    private const ulong Middle = 0x50;
    private const ulong High = 0x10;

    internal static IEnumerable<Case> All(CaseMaker make)
    {
        VirtualState idle = make.Idle;
        VirtualState split = idle with { Vmcr = idle.Vmcr | VirtualState.VmcrEoim };
        var lr = ListRegister.Of(LrState.Pending, Spi, 0x98, 1);
        GicAccess iar = new(Op.Iar, 1);
        GicAccess eoir = new(Op.Eoir, 1, Value: Spi);

        yield return make.Sequence(
            "stories/pending-again", "An interrupt that becomes pending while it is active comes again after its end", idle.WithLr(0, lr),
            [iar, new(Op.SetLr, Value: lr.With(LrState.PendingActive).Value), iar, eoir, iar, eoir], 115);
        yield return make.Sequence(
            "stories/nesting", "Three interrupts preempt each other and end in reverse order", idle.WithLr(0, ListRegister.Of(LrState.Pending, Spi, Low, 1)),
            make.Sizes.ListRegisters < 3 ? [iar, new(Op.Rpr), eoir, new(Op.Rpr)] :
            [
                iar, new(Op.SetLr, Index: 1, Value: ListRegister.Of(LrState.Pending, OtherSpi, Middle, 0).Value), new(Op.Iar, 0), new(Op.Rpr),
                new(Op.SetLr, Index: 2, Value: ListRegister.Of(LrState.Pending, Lpi, High, 1).Value), iar, new(Op.Rpr), new(Op.Eoir, 1, Value: Lpi),
                new(Op.Rpr), new(Op.Eoir, 0, Value: OtherSpi), new(Op.Rpr), eoir, new(Op.Rpr),
            ], 116);
        yield return make.Sequence(
            "stories/regrouped", "A binary point that changes between acknowledge and end changes nothing for the end", idle.WithLr(0, lr),
            [iar, new(Op.WriteBpr, 1, Value: 6), new(Op.Rpr), eoir, new(Op.Rpr)], 117, 59);
        yield return make.Sequence(
            "stories/regrouped-hardware", "The same for an interrupt that is linked to a physical one",
            idle.WithLr(0, ListRegister.Of(LrState.Pending, Spi, 0x98, 0, physical: Physical)),
            [new(Op.Iar, 0), new(Op.WriteBpr, 0, Value: 6), new(Op.Eoir, 0, Value: Spi)], 117, 106);
        yield return make.Sequence(
            "stories/pending-is-no-match", "DIR of an interrupt that is only pending counts, and leaves it pending", split.WithLr(0, lr),
            [new(Op.Dir, Value: Spi), iar, new(Op.Dir, Value: Spi), new(Op.Dir, Value: Spi)], 119);
        yield return make.Sequence(
            "stories/split", "EOIR drops the priority, DIR deactivates, in any order and for both groups",
            split.WithLr(0, lr) with { Hcr = VirtualState.HcrEn | VirtualState.HcrUie | VirtualState.HcrNpie },
            make.Sizes.ListRegisters < 2 ? [iar, new(Op.Dir, Value: Spi), eoir] :
            [
                iar, new(Op.SetLr, Index: 1, Value: ListRegister.Of(LrState.Pending, OtherSpi, High, 0, eoi: true).Value), new(Op.Iar, 0),
                new(Op.Dir, Value: Spi), new(Op.Eoir, 0, Value: OtherSpi), eoir, new(Op.Dir, Value: OtherSpi), new(Op.Misr),
            ], 103, 104);
        yield return make.Sequence(
            "stories/levels", "The causes of the maintenance interrupt rise and fall with what they are made of",
            idle with { Hcr = VirtualState.HcrEn | VirtualState.HcrLrenpie | 0xD0, Vmcr = Field(split.Vmcr, 0, 3, 0) },
            [
                new(Op.Misr), new(Op.WriteIgrpen, 0, Value: 1), new(Op.WriteIgrpen, 1, Value: 1), new(Op.WriteIgrpen, 1, Value: 0), new(Op.Dir, Value: Spi),
                new(Op.Misr), new(Op.SetHcr, Value: VirtualState.HcrEn | VirtualState.HcrLrenpie | 0x90), new(Op.Misr),
                new(Op.SetLr, Value: ListRegister.Of(LrState.Invalid, Spi, 0, 1, eoi: true).Value), new(Op.Misr), new(Op.SetLr), new(Op.Misr),
            ], 130);
        yield return make.Sequence(
            "stories/line-falls", "vIRQ falls with its group, its mask and its list register", idle.WithLr(0, lr),
            [
                new(Op.Hppir, 1), new(Op.WriteIgrpen, 1, Value: 0), new(Op.WriteIgrpen, 1, Value: 1), new(Op.WritePmr, Value: 0x90),
                new(Op.WritePmr, Value: 0xFF), new(Op.SetLr), new(Op.Hppir, 1),
            ], 68, 86);
        VirtualState raised = idle with { Vmcr = Field(idle.Vmcr, VirtualState.Vbpr1At, 7, 6) };
        yield return make.Single(
            "stories/masked-running", raised.WithLr(0, ListRegister.Of(LrState.Pending, Spi, 0x90, 1)).WithActive(0, Level(make.Sizes, 0x98)), iar, 75);
        yield return make.Sequence(
            "stories/wide-point", "A binary point is three bits of what is written: 8 is 0, which becomes the minimum", idle.WithLr(0, lr),
            [new(Op.WriteBpr, 1, Value: 8), iar], 57);
        foreach (GicAccess access in (GicAccess[])[iar, new(Op.Iar, 0), new(Op.Hppir, 1), new(Op.Hppir, 0)])
        {
            VirtualState equal = idle;
            for (int n = 0; n < make.Sizes.ListRegisters; n++)
            {
                equal = equal.WithLr(n, ListRegister.Of(LrState.Pending, Spi + (ulong)n, 0x80, 1));
            }

            yield return make.Single($"stories/equals-{Word(access)}", equal, access, make.Sizes.ListRegisters > 1 ? [63] : []);
        }
    }
}
