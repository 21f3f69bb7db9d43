using Conformance.Harness.Cases;
using static Conformance.Suites.ControlBits;

namespace Conformance.Suites.Nv2.Groups;

/// <summary>Where nothing is transformed: at EL0, EL2 and EL3, and at EL1 while EL2 is disabled. And where it is: with Secure EL2.</summary>
/// <remarks>Source: Arm Architecture Registers, HCR_EL2.NV ("EL1 accesses", "when EL2 is enabled in the current Security state").</remarks>
internal static class LevelCases
{
    internal static IEnumerable<Case> All(SuiteTarget target, ulong seed) => VncrNames.For(target)
        .SelectMany(name => Nv2Rules.Directions(name), (name, write) => (name, write))
        .SelectMany(_ => Nvx.Transforming, (access, nvx) => new Access(target, seed, access.name, access.write, nvx))
        .SelectMany(access => access.Everywhere());

    /// <summary>True when a case can put EL1 into Secure state.</summary>
    internal static bool CanBeSecure(SuiteTarget target) => target.HighestLevel == 3 && !target.Features.Has("FEAT_RME");

    /// <summary>One access, to be made from several places.</summary>
    private sealed record Access(SuiteTarget Target, ulong Seed, NestedName Name, bool Write, Nvx Nvx)
    {
        internal IEnumerable<Case> Everywhere()
        {
            bool sure = Name.Choice == NameChoice.None && !SecureNames.OnlySecure(Name);
            if (sure)
            {
                yield return Say("el0", [NestedOracle.AtEl0(Name)], s => s.Level = 0);
            }

            // HCR_EL2 and VNCR_EL2 have cases of their own; of a register that is not examined nothing would be seen.
            if (sure && RealRegisters.Of(Target, Name.Register) is not null)
            {
                for (int level = 2; level <= Target.HighestLevel; level++)
                {
                    foreach (bool e2h in LayoutsAt(level))
                    {
                        Effect effect = NestedOracle.AtHigherLevel(Name, e2h);
                        if (MayAccess(effect))
                        {
                            yield return Say(
                                $"el{level}{(e2h ? "-e2h" : "")}", [effect], s => (s.Level, s.E2h) = (level, e2h));
                        }
                    }
                }
            }

            if (!CanBeSecure(Target) || Name.Openings.Count > 0)
            {
                yield break; // what opens an access may be another bit in Secure state
            }

            IReadOnlyList<Effect> without = NestedOracle.AtEl1(Name, Nvx.InForce(el2Enabled: false));
            if (sure && MayAccess(without[0]))
            {
                yield return Say("no-el2", without, s => (s.El2Enabled, s.E2h) = (false, false), clear: Scr.NS);
            }

            if (Target.Features.Has("FEAT_SEL2") && NestedOracle.AtEl1(Name, Nvx.InForce()) is [Effect.Memory, ..] secure)
            {
                yield return Say("secure-el2", secure, _ => { }, set: Scr.EEL2, clear: Scr.NS);
            }
        }

        private Case Say(string label, IReadOnlyList<Effect> allowed, Action<AccessStory> adjust, ulong set = 0, ulong clear = 0)
        {
            string op = Write ? "msr" : "mrs";
            var story = new AccessStory(Target, Seed, $"nv2/level/{op}-{Name.Label}-nv{Nvx.Label}-{label}", Name, Write, Nvx);
            adjust(story);
            if ((set | clear) != 0)
            {
                story.Change("SCR_EL3", set, clear).Needs("!FEAT_RME");
            }

            if (set != 0)
            {
                story.Needs("FEAT_SEL2");
            }

            if (allowed[0] is Effect.Memory)
            {
                story.Rules(Nv2Rules.Of(story.Accessor, Name, Nvx, allowed));
            }

            return story.Rules("F071", Nv2Rules.Behaviour(Name)).Build($"{story.Accessor}, NVx={Nvx.Label}, {Place(label)}", allowed);
        }

        /// <summary>E2H = 0 and 1, but an EL1 name at EL2 with E2H = 1 means an EL2 register: not a matter of this suite.</summary>
        private IEnumerable<bool> LayoutsAt(int level) =>
            Layouts.Of(Target).Where(e2h => !e2h || !(level == 2 && Name.Kind is NameKind.El1 or NameKind.Common));

        private bool MayAccess(Effect effect) => RealRegisters.MayAccess(Target, Name, Write, [effect]);

        private static string Place(string label) => label switch
        {
            "no-el2" => "at EL1 while EL2 is disabled: nothing is transformed",
            "secure-el2" => "at EL1 with Secure EL2: memory",
            _ => $"at {label[..3].ToUpperInvariant()}{(label.EndsWith("-e2h", StringComparison.Ordinal) ? " with E2H = 1" : "")}: nothing is transformed",
        };
    }
}
