using System.Globalization;
using Conformance.Harness.Cases;
using Conformance.Harness.Programs;
using Conformance.Suites.Translation.Cases;
using Conformance.Suites.Translation.Oracle;

namespace Conformance.Suites.Translation.Generated;

/// <summary>Register accesses that FEAT_NV2 turns into accesses of the page at VNCR_EL2, with random tables of EL2 (F072, F073, TR-120 to TR-124).</summary>
internal static class RandomVncr
{
    internal const int Count = 1500;

    private static readonly (string Register, ulong Offset)[] s_registers = [("VTTBR_EL2", 0x20), ("VTCR_EL2", 0x40), ("TPIDR_EL2", 0x90), ("HCR_EL2", 0x78)];

    internal static IEnumerable<Case> Cases(Facts facts, ulong seed)
    {
        for (int n = 0; n < Count && facts.Nv2 && facts.Target.HighestLevel >= 2; n++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{n:00000}");
            if (One(facts, new Dice(seed, "vncr " + name), name) is { } made)
            {
                yield return made;
            }
        }
    }

    internal static Case? One(Facts facts, Dice dice, string name)
    {
        var random = new RandomScene(facts, dice) { Canonical = true };
        World world = random.Scene.World;
        bool e2h = facts.Vhe && dice.OneIn(2);
        world.Set(Control.HCR_EL2, 34, e2h);
        world.Set(Control.HCR_EL2, 42, true);
        world.Set(Control.HCR_EL2, 43, dice.OneIn(2));
        world.Set(Control.HCR_EL2, 45, true);
        (string register, ulong offset) = dice.Pick(s_registers);
        random.Make(world.RegimeOf(2), stage1: true, stage2: false, offset);
        if (!random.Complete)
        {
            return null;
        }

        bool write = dice.OneIn(2);
        var instruction = new Instruction(
            write ? "msr" : "mrs", Purpose.Vncr, !write, write, 8, write ? Effect.Store : Effect.Load, 0,
            write ? new Assembler(0).Msr(register, Reg.X2).Words() : new Assembler(0).Mrs(Reg.X2, register).Words());
        Spsr pstate = Spsr.At(1).With(Spsr.Pan, facts.Pan && dice.OneIn(2)).With(Spsr.Uao, facts.Has("FEAT_UAO") && dice.OneIn(4));
        var access = new AccessCase(random.Scene, instruction, pstate, random.Va, random.Target, dice)
        {
            Extra = [new RegisterValue("VNCR_EL2", random.Va & ~0xFFFUL)],
        };
        return access.Make(
            t => $"translation/vncr/{Groups.OfAccess(t)}{instruction.Name}{(e2h ? "-e2h" : "")}/{name}",
            $"{instruction.Name.ToUpperInvariant()} {register} at EL1: the page is found by the tables of EL2",
            "F072", "F073", "TR-120", "TR-121", "TR-122", "TR-123", "TR-124");
    }
}
