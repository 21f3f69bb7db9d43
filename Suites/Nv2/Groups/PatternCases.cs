using Conformance.Harness.Cases;

namespace Conformance.Suites.Nv2.Groups;

/// <summary>Every name with a slot under every pattern that does not lead there: register, trap or UNDEFINED; memory untouched.</summary>
internal static class PatternCases
{
    private const int Samples = 2;

    internal static IEnumerable<Case> All(SuiteTarget target, ulong seed) =>
        VncrNames.For(target).SelectMany(name => Of(target, seed, name)).Concat(LeftOpen(target, seed));

    private static IEnumerable<Case> Of(SuiteTarget target, ulong seed, NestedName name)
    {
        bool secure = SecureNames.OnlySecure(name);
        foreach (Nvx nvx in Nvx.Defined)
        {
            IReadOnlyList<Effect> allowed = secure ? [new Effect.Undefined()] : NestedOracle.AtEl1(name, nvx.InForce());
            foreach (bool write in Nv2Rules.Directions(name))
            {
                if (allowed[0] is Effect.Memory || !RealRegisters.MayAccess(target, name, write, allowed))
                {
                    continue;
                }

                for (int i = 0; i < Samples; i++)
                {
                    string op = write ? "msr" : "mrs";
                    var story = new AccessStory(target, seed, $"nv2/{name.Label}/{op}-nv{nvx.Label}-{Kind(allowed[0])}-{i}", name, write, nvx);
                    story.Rules(Nv2Rules.Of(story.Accessor, name, nvx, allowed)).Rules(Rules(name, nvx, allowed[0]));
                    yield return story.Build($"{story.Accessor} at EL1, NVx={nvx.Label}: {Says(allowed[0])}; the page at VNCR_EL2 stays", allowed);
                }
            }
        }
    }

    /// <summary>{NV1,NV} = {1,0}: as {0,0}, as {1,1}, or NV1 on its own (EX-007, F065). NV2 acts as 0 since NV is 0.</summary>
    private static IEnumerable<Case> LeftOpen(SuiteTarget target, ulong seed)
    {
        Nvx[] patterns = [new(false, true, false), new(true, true, false)];
        foreach (NestedName name in VncrNames.For(target).Where(n => !SecureNames.OnlySecure(n) && n.Choice == NameChoice.None))
        {
            foreach (Nvx nvx in patterns)
            {
                IReadOnlyList<Effect> allowed =
                    [.. NestedOracle.AtEl1(name, Nvx.None).Concat(NestedOracle.AtEl1(name, new Nvx(false, true, true))).Distinct()];
                foreach (bool write in Nv2Rules.Directions(name).Where(w => RealRegisters.MayAccess(target, name, w, allowed)))
                {
                    var story = new AccessStory(
                        target, seed, $"nv2/{name.Label}/{(write ? "msr" : "mrs")}-nv{nvx.Label}-left-open", name, write, nvx);
                    yield return story.Rules("EX-007", "F065").LeavesOpen()
                        .Build($"{story.Accessor} at EL1, NVx={nvx.Label}: NV1 without NV is CONSTRAINED UNPREDICTABLE, but never a memory access", allowed);
                }
            }
        }
    }

    private static IReadOnlyList<string> Rules(NestedName name, Nvx nvx, Effect effect)
    {
        List<string> rules = [];
        if (nvx is { Nv2: true, Nv: false })
        {
            rules.Add("F067");
        }

        if (effect is Effect.Trap)
        {
            rules.Add(name.Kind == NameKind.El1 ? "EX-290" : "EX-197");
        }
        else if (effect is Effect.Undefined)
        {
            rules.Add("EX-151");
        }

        return rules;
    }

    private static string Kind(Effect effect) => effect switch
    {
        Effect.Register => "register",
        Effect.Trap => "trap",
        _ => "undefined",
    };

    private static string Says(Effect effect) => effect switch
    {
        Effect.Register register => $"the register {register.Name} itself",
        Effect.Trap => "trap to EL2, EC 0x18",
        _ => "UNDEFINED",
    };
}
