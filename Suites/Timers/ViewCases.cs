using Conformance.Harness.Cases;
using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.Timers.Say;

namespace Conformance.Suites.Timers;

/// <summary>The TVAL view of every timer by every name that reaches it: what a write makes of CVAL, what a read shows (TM-018 to TM-024).</summary>
internal static class ViewCases
{
    private static readonly string[] s_names =
        ["CNTP_TVAL_EL0", "CNTV_TVAL_EL0", "CNTP_TVAL_EL02", "CNTV_TVAL_EL02", "CNTHP_TVAL_EL2", "CNTHV_TVAL_EL2", "CNTPS_TVAL_EL1"];

    private static readonly ulong[] s_values =
        [0, 1, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0x1_0000_0000, 0xFFFF_FFFF_0000_0001, 0x1234_5678_9ABC_DEF0];

    internal static IEnumerable<CaseBuilder> All(SuiteTarget target, ulong seed)
    {
        foreach (string name in s_names.Where(n => n[..5] != "CNTHV" || target.Features.Has("FEAT_VHE")).Where(n => n[..5] != "CNTPS" || target.HighestLevel == 3))
        {
            string group = $"view/{name.ToLowerInvariant()}";
            bool isPhysical = name.StartsWith("CNTP_", StringComparison.Ordinal);
            foreach (Stage stage in Stages.All(target, [0, 1, 2, 3], isPhysical, n => new Dice(seed, group + n)))
            {
                if (stage.Start(target) is not { } s || NameOracle.Of(s, name) is not { Register: { Length: > 0 } register } reached)
                {
                    continue;
                }

                Timer timer = Timer.Of(target).Single(t => t.Tval == register);
                ulong offset = TimerOracle.ViewOffset(s, timer);
                Dice dice = new(seed, $"{group}/{stage.Name}");
                yield return Write(target, stage, name, timer, dice.OneIn(4) ? dice.Next() : dice.Pick(s_values), offset, $"{group}/{stage.Name}-write").Rules(reached.Rules);
                yield return Read(target, stage, name, timer, dice, offset, $"{group}/{stage.Name}-read").Rules(reached.Rules);
                if (timer == Timer.Physical && TimerOracle.ConditionOffsets(s, timer)[0] != offset)
                {
                    yield return Write(target, stage, name, timer, dice.Pick(s_values), offset, $"{group}/{stage.Name}-write-apart").Rules(["TM-036", .. reached.Rules]);
                }
            }
        }
    }

    /// <summary>CVAL = count − offset + the low half of the value with its sign, so the count is CVAL + offset − that.</summary>
    private static CaseBuilder Write(SuiteTarget target, Stage stage, string name, Timer timer, ulong value, ulong offset, string id)
    {
        ulong signed = (ulong)(long)(int)(uint)value;
        CaseBuilder says = That(id, $"{name} = 0x{value:x} at EL{stage.Level}: {timer.Cval} is the time there and that, 32 bits with sign", "TM-020", "TM-021", "TM-023")
            .Needs(timer.Needs).NotesTheCount(target);
        return stage.In(says, target).X(1, value).Code(a => a.Isb().Msr(name, X1).Isb()).Completes()
            .ThenLiesBetween(target, unchecked(offset - signed), a => a.Mrs(X6, timer.At(target).Cval).Add(X6, X6, X5));
    }

    /// <summary>TVAL = CVAL − (count − offset) in 32 bits, so the count is CVAL + offset − TVAL there.</summary>
    private static CaseBuilder Read(SuiteTarget target, Stage stage, string name, Timer timer, Dice dice, ulong offset, string id)
    {
        ulong compare = dice.Next();
        CaseBuilder says = That(id, $"{name} at EL{stage.Level} is {timer.Cval} less the time there, 32 bits", "TM-018", "TM-019", "TM-023", "TM-024")
            .Needs(timer.Needs).Set(timer.Cval, compare).Set(timer.Ctl, 3).NotesTheCount(target);
        return stage.In(says, target).Code(a => a.Isb().Mrs(X2, name).Lsr(X10, X2, 32)).Completes().Sees("X10", 0)
            .ThenLiesBetween(target, unchecked(compare + offset), a => a.Sub(X6, X5, X2), low: true);
    }
}
