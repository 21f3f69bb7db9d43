using Conformance.Harness.Cases;
using static Conformance.Suites.ControlBits;

namespace Conformance.Suites.Nv2.Groups;

/// <summary>Other traps beside the transformation: they win on the EL1 names they guard, and have no say on other names of the slot.</summary>
/// <remarks>Source: Arm Architecture Registers, HCR_EL2.NV1: traps of EL1 registers by other controls come first.</remarks>
internal static class PriorityCases
{
    internal static IEnumerable<Case> All(SuiteTarget target, ulong seed)
    {
        foreach (NestedName name in VncrNames.For(target).Where(n => !SecureNames.OnlySecure(n))
            .Concat(OtherNames.For(target, OtherNames.Swapped)))
        {
            foreach (bool write in Nv2Rules.Directions(name))
            {
                foreach (Nvx nvx in Nvx.Transforming)
                {
                    foreach (Case c in Of(target, seed, name, write, nvx))
                    {
                        yield return c;
                    }
                }
            }
        }
    }

    private static IEnumerable<Case> Of(SuiteTarget target, ulong seed, NestedName name, bool write, Nvx nvx)
    {
        IReadOnlyList<Effect> open = NestedOracle.AtEl1(name, nvx.InForce());
        if (open[0] is not (Effect.Memory or Effect.Register) || (name.Kind != NameKind.Swapped && open[0] is not Effect.Memory))
        {
            yield break;
        }

        foreach (TrapControl control in AccessTraps.Of(name.Name, write).Where(c => AccessTraps.Exists(target, c)))
        {
            yield return Say(control, "", [control.Effect]);
            if (!RealRegisters.MayAccess(target, name, write, open))
            {
                continue;
            }

            if (control.FineGrained && target.HighestLevel == 3)
            {
                yield return Say(control, "-off", open);
            }
        }

        // The controls that guard the EL1 name of the same register, on another name: nothing. (TFSR_EL2 has them itself.)
        if (name.Kind is NameKind.Guest or NameKind.Swapped && name.Name != "TFSR_EL2" && RealRegisters.MayAccess(target, name, write, open))
        {
            foreach (TrapControl control in AccessTraps.Of(name.Register, write).Where(c => AccessTraps.Exists(target, c)))
            {
                yield return Say(control, "-ignored", open);
            }
        }

        Case Say(TrapControl control, string suffix, IReadOnlyList<Effect> allowed)
        {
            string op = write ? "msr" : "mrs";
            var story = new AccessStory(target, seed, $"nv2/priority/{op}-{name.Label}-nv{nvx.Label}-{control.Label}{suffix}", name, write, nvx);
            story.E2h = control.E2h ?? story.E2h;
            story.Change(control.Register, control.SetBits, control.ClearBits);
            if (control.Register == $"CPTR_EL{target.HighestLevel}" && control.Effect.Class != 0x18)
            {
                story.LeavesRegisterOut();
            }

            if (suffix == "-off")
            {
                story.Change("SCR_EL3", 0, Scr.FGTEn);
            }

            if (control.Needs.Length > 0)
            {
                story.Needs(control.Needs);
            }

            string what = allowed[0] is Effect.Trap ? "traps it before anything else is made of it" : "has no say";
            return story.Rules(name.HasSlot ? ["F071", Nv2Rules.Behaviour(name)] : ["F070", "EX-291"])
                .Build($"{story.Accessor} at EL1, NVx={nvx.Label}: {control.Register} ({control.Label}) {what}", allowed);
        }
    }
}
