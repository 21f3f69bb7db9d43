using Conformance.Suites.Exceptions.Rules;

namespace Conformance.Suites.Exceptions.Matrices;

/// <summary>Code around an ERET: what it returns with, and an instruction at its target that shows what came of it.</summary>
internal static class ReturnStories
{
    /// <summary>PSTATE fields that SPSR may hold at a return, besides M.</summary>
    private const ulong Fields = Spsr.Nzcv | Spsr.Daif | Spsr.Pan | Spsr.Uao | Spsr.Dit | Spsr.Ssbs | Spsr.Tco | Spsr.Allint | Spsr.Btype
        | Spsr.SoftwareStep;

    /// <summary>Bits that an AArch64 return must ignore (EX-236).</summary>
    private const ulong Unnamed = 1UL << 5 | 3UL << 26;

    internal static void Tell(Story story, Dice dice, Instruction eret, ulong mode, ulong skew)
    {
        States.AnyEntryControls(story, dice);
        int level = story.Pstate.Level;
        ulong random = dice.Next();
        ulong spsr = (random & Fields & Spsr.Implemented(story.Target.Features)) | mode
            | (dice.OneIn(6) ? Spsr.Il : 0)
            | ((mode & 0x10) == 0 ? dice.Next() & Unnamed : 0);
        Instruction follow = dice.Below(3) switch
        {
            0 => Undefined.Udf(dice.Below(0xE000)),
            1 => Calls.Svc(dice.Below(0xE000)),
            _ => Calls.Brk(dice.Below(0xE000)),
        };

        // [MSR ELR, MSR SPSR at the executive's own level,] ERET, a trap for a return that does not branch, the target.
        bool inCode = level == story.Target.HighestLevel;
        bool readsLevel = level > 0 && dice.OneIn(2);
        int before = (readsLevel ? 1 : 0) + (inCode ? 2 : 0);
        ulong elr = story.AddressOf(before + 2) + skew;
        if (readsLevel)
        {
            story.ReadsCurrentEl();
        }

        // An ERET with BTYPE set has directed cases of its own.
        story.Pstate = story.Pstate.Without(Spsr.Btype);

        if (inCode)
        {
            story.X(1, elr).X(2, spsr);
            story.Runs(Returns.Write($"ELR_EL{level}", 1), Returns.Write($"SPSR_EL{level}", 2));
        }
        else if (level > 0)
        {
            story.Set($"ELR_EL{level}", elr).Set($"SPSR_EL{level}", spsr);
        }

        story.Subject = before;
        story.Runs(eret, Undefined.Udf(0xBAD), follow);
    }
}
