using Conformance.Harness.Cases;
using static Conformance.Suites.ControlBits;

namespace Conformance.Suites.Interrupts.Matrices;

/// <summary>The parts of a state that a matrix does not turn: at random, since none of them has a say.</summary>
internal static class Surroundings
{
    private const ulong Free = Spsr.Nzcv | Spsr.Daif | Spsr.Pan | Spsr.Uao | Spsr.Dit | Spsr.Ssbs | Spsr.Tco | Spsr.Allint;

    /// <summary>A PSTATE of a mode: flags, masks and the feature bits at random.</summary>
    internal static Spsr AnyPstate(SuiteTarget target, Mode mode, Dice dice)
    {
        Spsr pstate = new(dice.Next() & Free & Spsr.Implemented(target.Features));
        if (target.Features.Has("FEAT_BTI") && dice.OneIn(4))
        {
            pstate = pstate.WithFrom(dice.Next(), Spsr.Btype);
        }

        return pstate.With((ulong)mode.Level << 2).With(Spsr.Sp, mode.Handler);
    }

    /// <summary>The controls that decide PSTATE at the vector, and the syndrome of a virtual SError.</summary>
    internal static void Fill(Scene scene, Dice dice)
    {
        SuiteTarget target = scene.Target;
        for (int level = 1; level <= target.HighestLevel; level++)
        {
            ulong choice = (level < 3 && target.Features.Has("FEAT_PAN") ? Sctlr.SPAN : 0)
                | (target.Features.Has("FEAT_SSBS") ? Sctlr.DSSBS : 0) | (target.Features.Has("FEAT_NMI") ? Sctlr.SPINTMASK : 0);
            string sctlr = $"SCTLR_EL{level}";
            scene.Set(sctlr, (Baseline.Of(sctlr) & ~choice) | (dice.Next() & choice));
        }

        if (target.Features.Has("FEAT_RAS"))
        {
            scene.Set("VSESR_EL2", dice.Next() & 0x1FF_FFFF);
        }
    }
}
