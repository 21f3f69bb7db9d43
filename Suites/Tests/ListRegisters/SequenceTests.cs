using Conformance.Harness.Cases;
using Conformance.Suites.ListRegisters.Cases;
using Conformance.Suites.ListRegisters.Oracle;
using Conformance.Suites.ListRegisters.Sequences;
using FsCheck;
using FsCheck.Fluent;

namespace Conformance.Suites.Tests.ListRegisters;

/// <summary>Sequences of accesses: what the oracle keeps whatever happens, the model against the oracle, and how short a failure gets.</summary>
public class SequenceTests
{
    private static readonly Config s_config = Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20261121, 7);

    private static readonly Sizes[] s_sizes = [new(4, 5, 5), new(1, 5, 5), new(16, 7, 6), new(16, 7, 7)];

    /// <summary>A sequence and its sizes; a smaller seed is as good as a larger one, so nothing is to be shrunk here.</summary>
    private static Arbitrary<(Sizes Sizes, ulong Seed)> Seeds { get; } =
        (from sizes in Gen.Elements(s_sizes) from seed in Gen.Choose(0, int.MaxValue) select (sizes, (ulong)seed)).ToArbitrary();

    [Fact]
    public void The_controls_stay_legal() => Holds((make, s, _) => make.Oracle.LegalVmcr(s.Vmcr, secure: false, new RuleSet()) == s.Vmcr);

    [Fact]
    public void A_list_register_is_never_both_empty_and_ended() => Holds((make, s, _) =>
    {
        (ulong ended, ulong empty) = make.Oracle.Status(s, new RuleSet());
        return (ended & empty) == 0 && (ended | empty) >> make.Sizes.ListRegisters == 0;
    });

    [Fact]
    public void Only_one_line_is_up() => Holds((make, s, _) => make.Oracle.LinesOf(s, new RuleSet()).All(l => !(l.Irq && l.Fiq)));

    [Fact]
    public void An_access_of_the_guest_makes_no_list_register_valid() => Holds((_, s, step) =>
        step.Access.Level == 2 || s.Lrs.Zip(step.Before.Lrs).All(p => !p.First.IsValid || p.Second.IsValid));

    [Fact]
    public void A_level_becomes_active_by_an_acknowledge_alone() => Holds((_, s, step) =>
        step.Access.Op == Op.Iar || UInt128.PopCount(s.Active) <= UInt128.PopCount(step.Before.Active));

    [Fact]
    public void An_acknowledge_raises_the_running_priority() => Holds((make, s, step) =>
        step.Access.Op != Op.Iar || s.Equals(step.Before) || make.Oracle.Running(step.Before) is not { } before || make.Oracle.Running(s) < before);

    [Fact]
    public void Reads_have_no_effect() => Holds((_, s, step) => step.Access.IsWrite || step.Access.Op == Op.Iar || s.Equals(step.Before));

    [Theory]
    [InlineData("nv2")]
    [InlineData("nv2,lrs=16,pribits=7,prebits=6")]
    public void The_reference_machine_follows_every_sequence(string profile)
    {
        using var model = ModelDevice.Model.Direct(profile);
        CaseMaker make = Maker(new SuiteTarget(model.Info.Features, model.Info.HighestLevel));

        Check.One(s_config, Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            (VirtualState start, List<GicAccess> accesses) = SequenceMaker.Draw(make, new Dice((ulong)seed, "property"));
            Case c = make.Sequence("sequences/property", "drawn", start, accesses);
            Verdict verdict = Judge.Of(c, model.Run([c], CancellationToken.None).Single()).Verdict;
            return (verdict == Verdict.Pass).Label(verdict == Verdict.Pass ? "" : Shortest(make, start, accesses, d => Fails(model, d)));
        }));
    }

    /// <summary>A device that counts every EOIR without a list register, whatever the mode: one EOIR with something to drop shows it.</summary>
    [Fact]
    public void A_failure_is_shrunk_to_the_accesses_that_make_it()
    {
        CaseMaker right = Maker(GicTargets.Nv2);
        var wrong = new CaseMaker(new VirtualInterface(right.Sizes, new Defect(After: (s, a, e) =>
            a is { Op: Op.Eoir, Value: < 8192 } && s.Eoim && s.Active != e.State.Active && !s.Lrs.Any(lr => lr.IsActive && lr.IntId(right.Sizes) == a.Value)
                ? e with { State = e.State.WithEoiCount(s.EoiCount + 1) } : e)));
        (VirtualState start, List<GicAccess> accesses) = Enumerable.Range(0, 500)
            .Select(n => SequenceMaker.Draw(right, new Dice((ulong)n, "shrinking")))
            .First(drawn => drawn.Accesses.Count > 12 && Differs(right, wrong, drawn.Start, drawn.Accesses));

        (VirtualState from, IReadOnlyList<GicAccess> left) = Shrinker.Shortest(right.Oracle, start, accesses, (s, some) => Differs(right, wrong, s, some));

        left.Count.ShouldBeLessThanOrEqualTo(3); // acknowledge, perhaps the mode, end
        left[^1].Op.ShouldBe(Op.Eoir);
        Differs(right, wrong, from, left).ShouldBeTrue();
    }

    private static bool Differs(CaseMaker right, CaseMaker wrong, VirtualState start, IReadOnlyList<GicAccess> accesses) =>
        Judge.Of(right.Sequence("sequences/x", "x", start, accesses), Translation.Echo.Of(wrong.Sequence("sequences/x", "x", start, accesses))).Verdict == Verdict.Fail;

    private static bool Fails(ModelDevice.Model model, Case c) => Judge.Of(c, model.Run([c], CancellationToken.None).Single()).Verdict == Verdict.Fail;

    private static string Shortest(CaseMaker make, VirtualState start, List<GicAccess> accesses, Func<Case, bool> fails)
    {
        (_, IReadOnlyList<GicAccess> left) = Shrinker.Shortest(make.Oracle, start, accesses, (s, some) => fails(make.Sequence("sequences/shrunk", "shrunk", s, some)));
        return string.Join(", ", left);
    }

    private static CaseMaker Maker(SuiteTarget target) => new(new VirtualInterface(Sizes.Of(target)!));

    /// <summary>After every access of every sequence.</summary>
    private static void Holds(Func<CaseMaker, VirtualState, (VirtualState Before, GicAccess Access), bool> property) =>
        Check.One(s_config, Prop.ForAll(Seeds, drawn =>
        {
            var make = new CaseMaker(new VirtualInterface(drawn.Sizes));
            (VirtualState now, List<GicAccess> accesses) = SequenceMaker.Draw(make, new Dice(drawn.Seed, "property"));
            foreach (GicAccess access in accesses)
            {
                VirtualState after = SequenceMaker.Follow(make.Oracle, now, access)!;
                if (!property(make, after, (now, access)))
                {
                    return false;
                }

                now = after;
            }

            return true;
        }));
}
