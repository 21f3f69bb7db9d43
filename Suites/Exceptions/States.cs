using Conformance.Harness.Cases;
using static Conformance.Suites.ControlBits;

namespace Conformance.Suites.Exceptions;

/// <summary>Random parts of a state.</summary>
internal static class States
{
    private const ulong Free = Spsr.Nzcv | Spsr.Daif | Spsr.Pan | Spsr.Uao | Spsr.Dit | Spsr.Ssbs | Spsr.Tco | Spsr.Allint;

    /// <summary>A PSTATE at a level: flags, masks and the feature bits at random, either stack pointer, IL and SS clear.</summary>
    internal static Spsr AnyPstate(SuiteTarget target, int level, Dice dice)
    {
        ulong bits = dice.Next();
        Spsr pstate = new(bits & Free & Spsr.Implemented(target.Features));
        if (target.Features.Has("FEAT_BTI") && dice.OneIn(4))
        {
            pstate = pstate.WithFrom(dice.Next(), Spsr.Btype);
        }

        return pstate.With((ulong)level << 2).With(Spsr.Sp, level > 0 && (bits & Spsr.Sp) != 0);
    }

    /// <summary>In a share of cases, state that the exception must leave alone.</summary>
    internal static void AddWitnesses(Story story, Dice dice)
    {
        if (dice.OneIn(3))
        {
            story.WithWitnesses(dice);
        }

        Situation start = story.Start();
        if (start is { Level: 1, Nv2: true } && dice.OneIn(2))
        {
            story.KeepsVncrPage();
        }
    }

    /// <summary>Controls that decide PSTATE at the vector: SPAN and DSSBS of each level, at random.</summary>
    internal static void AnyEntryControls(Story story, Dice dice)
    {
        for (int level = 1; level <= story.Target.HighestLevel; level++)
        {
            string sctlr = $"SCTLR_EL{level}";
            ulong bits = dice.Next();
            if (level < 3 && story.Target.Features.Has("FEAT_PAN"))
            {
                story.Change(sctlr, bits & Sctlr.SPAN, Sctlr.SPAN);
            }

            if (story.Target.Features.Has("FEAT_SSBS"))
            {
                story.Change(sctlr, bits & Sctlr.DSSBS, Sctlr.DSSBS);
            }

            if (story.Target.Features.Has("FEAT_NMI"))
            {
                story.Change(sctlr, bits & Sctlr.SPINTMASK, Sctlr.SPINTMASK);
            }
        }
    }
}
