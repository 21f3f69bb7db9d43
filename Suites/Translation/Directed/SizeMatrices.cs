using System.Globalization;
using Conformance.Harness.Cases;
using Conformance.Suites.Translation.Cases;
using Conformance.Suites.Translation.Generated;
using Conformance.Suites.Translation.Oracle;
using Conformance.Suites.Translation.Tables;

namespace Conformance.Suites.Translation.Directed;

/// <summary>Sizes: every TnSZ of each granule and half, every T0SZ with every SL0, every PS at its edge (TR-012 to TR-023, TR-030 to TR-035).</summary>
internal static class SizeMatrices
{
    private static readonly AtInstruction[] s_stage1 = [.. AtInstruction.All.Where(a => a.Name is "S1E1R")];
    private static readonly AtInstruction[] s_both = [.. AtInstruction.All.Where(a => a.Name is "S12E1R")];

    internal static IEnumerable<Case> All(Facts facts) =>
        InputSizes(facts).Concat(IpaSizes(facts)).Concat(OutputSizes(facts)).Concat(DisabledWalks(facts));

    /// <summary>EPD takes a half away, whatever its tables are; the other half stays (TR-017).</summary>
    private static IEnumerable<Case> DisabledWalks(Facts facts)
    {
        foreach (bool upper in (bool[])[false, true])
        {
            foreach (int epd in (int[])[0, 1, 2, 3])
            {
                var scene = new Scene(facts);
                scene.Stage1(Regime.El10, !upper, new Shape(Granule.K4, 39, 5));
                Tree tree = scene.Stage1(Regime.El10, upper, new Shape(Granule.K4, 39, 5));
                ulong va = upper ? 0xFFFF_FF92_3456_7000 : Plain.Va;
                tree.Map(va, 3, Plain.Ordinary | 0x4031_0000 | Descriptor.Type(3));
                scene.World.Set(Control.TCR_EL1, 7, (epd & 1) != 0);
                scene.World.Set(Control.TCR_EL1, 23, (epd & 2) != 0);
                string name = string.Create(CultureInfo.InvariantCulture, $"{(upper ? "upper" : "lower")}-{epd}");
                if (AtCase.Make(_ => $"translation/at/disabled-walk/{name}", "EPD0 and EPD1: which half is walked", scene, va, s_stage1, facts.Target.HighestLevel, false, "TR-017") is { } made)
                {
                    yield return made;
                }
            }
        }
    }

    /// <summary>An address at the top of its range is translated, and one above is not.</summary>
    private static IEnumerable<Case> InputSizes(Facts facts)
    {
        foreach (Granule granule in facts.Granules)
        {
            for (int tnsz = 14; tnsz <= 50; tnsz++)
            {
                foreach (bool upper in (bool[])[false, true])
                {
                    foreach (bool inside in (bool[])[true, false])
                    {
                        int legal = Math.Clamp(tnsz, facts.MinTnsz(granule), facts.MaxTnsz(granule));
                        int bits = 64 - legal;
                        var scene = new Scene(facts);
                        Tree tree = scene.Stage1(Regime.El10, upper, new Shape(granule, bits, 5));
                        scene.Disable(Regime.El10, !upper);
                        ulong top = (1UL << bits) - 1;
                        ulong va = (upper ? ~top : top & ~0xFFFUL) ^ (inside ? 0 : 1UL << bits);
                        tree.Map(va, 3, Plain.Ordinary | 0x4031_0000 | Descriptor.Type(3));
                        scene.World.Set(Control.TCR_EL1, upper ? 21 : 5, upper ? 16 : 0, (ulong)tnsz);
                        string name = string.Create(CultureInfo.InvariantCulture,
                            $"{granule.ToString().ToLowerInvariant()}-{(upper ? "upper" : "lower")}-{tnsz:00}-{(inside ? "inside" : "outside")}");
                        if (tree.Complete && AtCase.Make(_ => $"translation/at/input-size/{name}", $"TnSZ {tnsz}: an address {(inside ? "at the edge of" : "just outside")} its range",
                            scene, va, s_stage1, facts.Target.HighestLevel) is { } made)
                        {
                            yield return made;
                        }
                    }
                }
            }
        }
    }

    private static IEnumerable<Case> IpaSizes(Facts facts)
    {
        foreach (Granule granule in facts.Stage2Granules)
        {
            for (int t0sz = 12; t0sz <= 50; t0sz++)
            {
                for (int sl0 = 0; sl0 < 4; sl0++)
                {
                    int legal = Math.Clamp(t0sz, facts.MinStage2Tnsz(granule), facts.MaxTnsz(granule));
                    int bits = 64 - legal;
                    int level = granule == Granule.K4 ? sl0 switch { 0 => 2, 1 => 1, 2 => 0, _ => 3 } : Math.Max(1, 3 - sl0);
                    bool fits = bits > granule.Shift(level) && bits <= granule.Shift(level) + granule.Stride() + 4;
                    var scene = new Scene(facts);
                    Tree tree = scene.Stage2(new Shape(granule, fits ? bits : granule.Shift(level) + 1, 5), level);
                    ulong ipa = ((1UL << Math.Min(bits, 48)) - 1) & ~0xFFFUL;
                    if (!tree.Complete)
                    {
                        continue;
                    }

                    tree.Map(ipa, 3, Descriptor.Af | Descriptor.S2Read | Scene.Stage2WriteBack | 0x4031_0000 | Descriptor.Type(3));
                    scene.World.Set(Control.VTCR_EL2, 5, 0, (ulong)t0sz);
                    scene.World.Set(Control.VTCR_EL2, 7, 6, (ulong)sl0);
                    string name = string.Create(CultureInfo.InvariantCulture, $"{granule.ToString().ToLowerInvariant()}-{t0sz:00}-sl{sl0}");
                    if (tree.Complete && AtCase.Make(t => $"translation/at/{(Groups.Of(t) is "random" or "device-meets-normal" ? "ipa-size" : Groups.Of(t))}/{name}",
                        $"VTCR_EL2.T0SZ {t0sz} with SL0 {sl0}: the highest IPA, or a level 0 fault", scene, ipa, s_both, facts.Target.HighestLevel) is { } made)
                    {
                        yield return made;
                    }
                }
            }
        }
    }

    /// <summary>An output address, and a table, at the highest bit that PS allows and one above.</summary>
    private static IEnumerable<Case> OutputSizes(Facts facts)
    {
        foreach (Granule granule in facts.Granules)
        {
            for (int ps = 0; ps <= (facts.PaBits >= 52 ? 6 : 5); ps++)
            {
                int bits = facts.OutputBits(ps, granule);
                for (int bit = bits - 1; bit <= Math.Min(bits, granule == Granule.K64 && facts.Lpa ? 51 : 47); bit++)
                {
                    foreach (bool table in (bool[])[false, true])
                    {
                        if (table && bit < bits)
                        {
                            continue; // there is no memory so high
                        }

                        var scene = new Scene(facts);
                        Tree tree = scene.Stage1(Regime.El10, false, new Shape(granule, 42, ps));
                        scene.Disable(Regime.El10, true);
                        tree.Map(Plain.Va, 3, Plain.Ordinary | Descriptor.Output(1UL << bit, granule, 3) | Descriptor.Type(3));
                        if (!tree.Complete)
                        {
                            continue;
                        }

                        if (table)
                        {
                            tree.Change(3, d => Plain.Ordinary | Descriptor.Type(3));
                            tree.Change(2, d => d | Descriptor.Output(1UL << bit, granule, 3));
                        }

                        string name = string.Create(CultureInfo.InvariantCulture, $"{granule.ToString().ToLowerInvariant()}-ps{ps}-bit{bit}{(table ? "-table" : "")}");
                        if (AtCase.Make(_ => $"translation/at/output-size/{name}", $"PS {ps}: bit {bit} of {(table ? "a table's address" : "the output address")}", scene, Plain.Va, s_stage1, facts.Target.HighestLevel) is { } made)
                        {
                            yield return made;
                        }
                    }
                }
            }
        }
    }
}
