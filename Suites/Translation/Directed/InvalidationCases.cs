using Conformance.Harness.Cases;
using Conformance.Harness.Programs;
using Conformance.Suites.Translation.Oracle;
using Conformance.Suites.Translation.Tables;
using static Conformance.Harness.Programs.Reg;

namespace Conformance.Suites.Translation.Directed;

/// <summary>TLB maintenance: a page is used, changed in the tables, invalidated by one instruction, and used again (TR-145 to TR-153).</summary>
/// <remarks>
/// Where the instruction names the page the new descriptor must be in force; where it does not, the old one or the new one
/// may be. Nothing is ever expected to be kept (TR-154). A page is taken away rather than replaced (TR-157).
/// </remarks>
internal static class InvalidationCases
{
    private const ulong Asid = 5;
    private const ulong Old = 0x1122_3344_5566_7788;
    private const string VncrRegister = "VTTBR_EL2";
    private const ulong VncrOffset = 0x20;

    private static readonly uint[] s_load = new Assembler(0).Ldr(X2, X1).Words();

    /// <summary>How a page is used, and by which tables.</summary>
    private enum Setting
    {
        /// <summary>EL1, stage 1, a page of its ASID.</summary>
        NonGlobal,

        /// <summary>EL1, stage 1, a global page.</summary>
        Global,

        /// <summary>EL1, both stages; the page of stage 2 changes.</summary>
        Stage2,

        /// <summary>EL2.</summary>
        El2,

        /// <summary>EL2 of a host.</summary>
        Host,

        /// <summary>EL1 under NV2: a register that is memory, in a page that EL2 has mapped.</summary>
        Vncr,

        /// <summary>The same with the tables of an EL2 with E2H = 1.</summary>
        VncrOfHost,
    }

    /// <summary>One instruction in one setting.</summary>
    /// <param name="Setting">The setting.</param>
    /// <param name="Operations">What is executed, each with its operand; an operation without one is given 0.</param>
    /// <param name="Level">Where.</param>
    /// <param name="Named">It names the page.</param>
    /// <param name="Label">What is special, for the id.</param>
    /// <param name="Rule">The rule.</param>
    private sealed record Point(Setting Setting, (string Name, ulong Operand)[] Operations, int Level, bool Named, string Label, string Rule);

    private static readonly ulong s_va = Plain.Va >> 12;

    internal static IEnumerable<Case> All(Facts facts)
    {
        int home = facts.Target.HighestLevel;
        foreach (Point point in Points(facts))
        {
            if (!Has(facts, point.Setting) || point.Level > home)
            {
                continue;
            }

            yield return Unmapped(facts, point);
        }

        foreach (string change in (string[])["map", "flag", "widen", "widen-tlbi"])
        {
            yield return WithoutNeed(facts, change);
        }
    }

    private static bool Has(Facts facts, Setting setting) => setting is Setting.NonGlobal or Setting.Global or Setting.Stage2
        || (facts.Target.HighestLevel >= 2 && (setting is Setting.Host or Setting.VncrOfHost ? facts.Vhe : facts.E2h0)
            && (setting is Setting.El2 or Setting.Host || facts.Nv2));

    private static IEnumerable<Point> Points(Facts facts)
    {
        string[] scopes = facts.Has("FEAT_TLBIOS") ? ["", "IS", "OS"] : ["", "IS"];
        foreach (string scope in scopes)
        {
            foreach (int level in (int[])[1, 2, 3])
            {
                foreach (Setting setting in (Setting[])[Setting.NonGlobal, Setting.Global])
                {
                    bool global = setting == Setting.Global;
                    yield return One(setting, "VAE1" + scope, s_va | Asid << 48, level, true, "", "TR-148");
                    yield return One(setting, "VALE1" + scope, s_va | Asid << 48, level, true, "", "TR-148");
                    yield return One(setting, "VAAE1" + scope, s_va, level, true, "", "TR-148");
                    yield return One(setting, "VAALE1" + scope, s_va, level, true, "", "TR-148");
                    yield return One(setting, "VAE1" + scope, s_va | 6UL << 48, level, global, "-other-asid", "TR-147");
                    yield return One(setting, "VAE1" + scope, (s_va + 1) | Asid << 48, level, false, "-other-page", "TR-148");
                    yield return One(setting, "ASIDE1" + scope, Asid << 48, level, !global, "", "TR-149");
                    yield return One(setting, "ASIDE1" + scope, 6UL << 48, level, false, "-other-asid", "TR-149");
                    yield return One(setting, "VMALLE1" + scope, 0, level, true, "", "TR-149");
                    if (level > 1)
                    {
                        yield return One(setting, "VMALLS12E1" + scope, 0, level, true, "", "TR-149");
                        yield return One(setting, "ALLE1" + scope, 0, level, true, "", "TR-149");
                        yield return One(setting, "ALLE2" + scope, 0, level, false, "", "TR-149");
                        yield return One(setting, "VAE2" + scope, s_va, level, false, "", "TR-149");
                    }

                    foreach (Point range in facts.Has("FEAT_TLBIRANGE") ? Ranges(setting, scope, level) : [])
                    {
                        yield return range;
                    }
                }
            }

            foreach (int level in (int[])[2, 3])
            {
                ulong ipa = Plain.Ipa >> 12;
                yield return One(Setting.Stage2, "VMALLS12E1" + scope, 0, level, true, "", "TR-149");
                yield return One(Setting.Stage2, "ALLE1" + scope, 0, level, true, "", "TR-149");
                yield return new(Setting.Stage2, [("IPAS2E1" + scope, ipa), ("VMALLE1" + scope, 0)], level, true, "-then-vmalle1", "TR-150");
                yield return new(Setting.Stage2, [("IPAS2LE1" + scope, ipa), ("VMALLE1" + scope, 0)], level, true, "-then-vmalle1", "TR-150");
                yield return One(Setting.Stage2, "IPAS2E1" + scope, ipa, level, false, "", "TR-150");
                yield return One(Setting.Stage2, "VMALLE1" + scope, 0, level, false, "", "TR-149");
                yield return new(Setting.Stage2, [("IPAS2E1" + scope, ipa + 1), ("VMALLE1" + scope, 0)], level, false, "-other-page", "TR-150");
                if (facts.Has("FEAT_TLBIRANGE"))
                {
                    yield return new(Setting.Stage2, [("RIPAS2E1" + scope, Range(ipa - 3, 1)), ("VMALLE1" + scope, 0)], level, true, "-then-vmalle1", "TR-152");
                    yield return One(Setting.El2, "RVAE2" + scope, Range(s_va - 3, 1), level, true, "", "TR-152");
                }

                yield return One(Setting.El2, "VAE2" + scope, s_va, level, true, "", "TR-149");
                yield return One(Setting.El2, "VALE2" + scope, s_va, level, true, "", "TR-149");
                yield return One(Setting.El2, "ALLE2" + scope, 0, level, true, "", "TR-149");
                yield return One(Setting.El2, "VAE2" + scope, s_va + 1, level, false, "-other-page", "TR-149");
                yield return One(Setting.El2, "VMALLE1" + scope, 0, level, false, "", "TR-149");
            }

            foreach (Setting setting in (Setting[])[Setting.Vncr, Setting.VncrOfHost])
            {
                ulong page = s_va | (setting == Setting.Vncr ? 0 : Asid << 48);
                yield return One(setting, "VAE2" + scope, page, 2, true, "", "TR-149");
                yield return One(setting, "VALE2" + scope, page, 2, true, "", "TR-149");
                yield return One(setting, "ALLE2" + scope, 0, 2, true, "", "TR-149");
                yield return One(setting, "VAE2" + scope, page + 1, 2, false, "-other-page", "TR-149");
                yield return One(setting, "VMALLE1" + scope, 0, 2, false, "", "TR-149");
                yield return One(setting, "VMALLS12E1" + scope, 0, 2, false, "", "TR-149");
                yield return One(setting, "ALLE1" + scope, 0, 2, false, "", "TR-149");
                if (facts.Has("FEAT_TLBIRANGE"))
                {
                    yield return One(setting, "RVAE2" + scope, Range(page - 3, 1), 2, true, "", "TR-152");
                    yield return One(setting, "RVAE2" + scope, Range(page + 1, 1), 2, false, "-begins-behind", "TR-152");
                }
            }

            yield return One(Setting.VncrOfHost, "VAE2" + scope, s_va | 6UL << 48, 2, false, "-other-asid", "TR-147");
            yield return One(Setting.Host, "VAE2" + scope, s_va | Asid << 48, 2, true, "", "TR-149");
            yield return One(Setting.Host, "ALLE2" + scope, 0, 2, true, "", "TR-149");
            yield return One(Setting.Host, "VAE1" + scope, s_va | Asid << 48, 2, true, "", "TR-148");
            yield return One(Setting.Host, "VAAE1" + scope, s_va, 2, true, "", "TR-148");
            yield return One(Setting.Host, "ASIDE1" + scope, Asid << 48, 2, true, "", "TR-149");
            yield return One(Setting.Host, "VMALLE1" + scope, 0, 2, true, "", "TR-149");
            yield return One(Setting.Host, "VAE1" + scope, s_va | 6UL << 48, 2, false, "-other-asid", "TR-147");
        }
    }

    private static IEnumerable<Point> Ranges(Setting setting, string scope, int level)
    {
        yield return One(setting, "RVAE1" + scope, Range(s_va - 3, 1) | Asid << 48, level, true, "", "TR-152");
        yield return One(setting, "RVALE1" + scope, Range(s_va - 3, 1) | Asid << 48, level, true, "", "TR-152");
        yield return One(setting, "RVAAE1" + scope, Range(s_va - 3, 1), level, true, "", "TR-152");
        yield return One(setting, "RVAALE1" + scope, Range(s_va - 3, 1), level, true, "", "TR-152");
        yield return One(setting, "RVAE1" + scope, Range(s_va - 8, 1) | Asid << 48, level, false, "-ends-before", "TR-152");
        yield return One(setting, "RVAE1" + scope, Range(s_va + 1, 1) | Asid << 48, level, false, "-begins-behind", "TR-152");
        yield return One(setting, "RVAE1" + scope, Range(s_va - 3, 0) | Asid << 48, level, false, "-reserved-granule", "TR-152");
    }

    /// <summary>Eight granules of a range operation: NUM 3, SCALE 0.</summary>
    private static ulong Range(ulong page, ulong granule) => granule << 46 | 3UL << 39 | page;

    private static Point One(Setting setting, string name, ulong operand, int level, bool named, string label, string rule) =>
        new(setting, [(name, operand)], level, named, label, rule);

    private static string Group(Setting setting) => setting == Setting.VncrOfHost ? "vncr-host" : setting.ToString().ToLowerInvariant();

    private static Case Unmapped(Facts facts, Point point)
    {
        int user = point.Setting is Setting.El2 or Setting.Host ? 2 : 1;
        bool vncr = point.Setting is Setting.Vncr or Setting.VncrOfHost;
        Regime regime = point.Setting switch { Setting.El2 or Setting.Vncr => Regime.El2, Setting.Host or Setting.VncrOfHost => Regime.El20, _ => Regime.El10 };
        Plain plain = Set(facts, point.Setting, regime, Plain.Ordinary | (point.Setting == Setting.Global ? 0 : Descriptor.Ng));
        ulong descriptor = plain.Scene.Watched[^1];
        string name = point.Operations[0].Name.ToLowerInvariant();
        int taken = point.Setting == Setting.Stage2 || vncr ? 2 : user;
        ulong esr = 1UL << 25 | 7 | (point.Setting == Setting.Stage2 ? 0x24UL << 26 | Instruction("ldr").Syndrome : 0x25UL << 26) | (vncr ? 1UL << 13 : 0);
        Outcome gone = new("the page is gone",
        [
            new(FieldNames.Target, (ulong)taken), new(FieldNames.Esr, esr), new(FieldNames.Far, Plain.Va + (vncr ? VncrOffset : 0)),
            .. point.Setting == Setting.Stage2 ? (FieldExpectation[])[new("HPFAR_EL2", Plain.Ipa >> 12 << 4)] : [],
        ]);
        Outcome stale = new("the old page is still used", [new(FieldNames.Target, 0), new("X2", Old)]);
        var invalidate = new Assembler(GuestMemory.Code);
        for (int i = 0; i < point.Operations.Length; i++)
        {
            _ = invalidate.MovImm(X6, point.Operations[i].Operand).Tlbi(point.Operations[i].Name, TakesNothing(point.Operations[i].Name) ? XZR : X6).Dsb();
        }

        return Story(facts, $"translation/tlbi/{Group(point.Setting)}/el{point.Level}-{name}{point.Label}",
            $"TLBI {point.Operations[0].Name} at EL{point.Level}: the page that was taken away is {(point.Named ? "gone" : "gone, or still there")}",
            ["TR-145", "TR-153", "TR-154", point.Rule, .. vncr ? (string[])["F042", "TR-121", "TR-123"] : []], plain, descriptor, 0, user,
            first: [vncr ? stale with { Name = "the page is used" } : Completes()], (point.Level, [.. invalidate.Isb().Words()]), last: point.Named ? [gone] : [gone, stale],
            vncr ? new Assembler(0).Mrs(X2, VncrRegister).Words() : s_load, vncr ? [new RegisterValue("VNCR_EL2", Plain.Va)] : []);
    }

    /// <summary>Changes that need no TLBI, or after which both are allowed.</summary>
    private static Case WithoutNeed(Facts facts, string change)
    {
        bool widen = change.StartsWith("widen", StringComparison.Ordinal);
        ulong good = Plain.Ordinary | Descriptor.Ng | Plain.Target | Descriptor.Type(3);
        ulong bad = change switch { "map" => 0, "flag" => good & ~Descriptor.Af, _ => good | Descriptor.ReadOnly };
        ulong status = change switch { "map" => 0x07UL, "flag" => 0x0B, _ => 0x4F };
        Plain plain = Set(facts, Setting.NonGlobal, Regime.El10, Plain.Ordinary | Descriptor.Ng);
        ulong descriptor = plain.Scene.Watched[^1];
        plain.Scene.World.Write(descriptor, bad);
        Outcome refused = new("refused", [new(FieldNames.Target, 1), new(FieldNames.Esr, 0x25UL << 26 | 1UL << 25 | status), new(FieldNames.Far, Plain.Va)]);
        Outcome done = new("the new page is used", [new(FieldNames.Target, 0)]);
        int home = facts.Target.HighestLevel;
        var between = new Assembler(GuestMemory.Code);
        if (change == "widen-tlbi")
        {
            _ = between.MovImm(X6, s_va | Asid << 48).Tlbi("VAE1", X6).Dsb();
        }

        return Story(facts, $"translation/tlbi/without/{change}", change switch
        {
            "map" => "an invalid descriptor is never held: making it valid needs no TLBI",
            "flag" => "a descriptor without access flag is never held: setting it needs no TLBI",
            "widen" => "more permission without TLBI: the old refusal or the new permission",
            _ => "more permission after TLBI is in force",
        }, [widen ? "TR-146" : "TR-145", "TR-153"], plain, descriptor, good, 1, [refused], (home, [.. between.Dsb().Isb().Words()]),
            change == "widen" ? [done, refused] : [done], widen ? new Assembler(0).Str(X2, X1).Words() : s_load);
    }

    private static Plain Set(Facts facts, Setting setting, Regime regime, ulong leaf)
    {
        // At home level EL2 the step that changes the tables is translated by them.
        Plain plain = new Plain(facts) { WritableRam = facts.Target.HighestLevel == 2 }.Host(setting is Setting.Host or Setting.VncrOfHost, setting == Setting.Host);
        bool nested = setting is Setting.Vncr or Setting.VncrOfHost;
        plain.Nested(nested ? 1 : 0).Scene.World.Set(Control.HCR_EL2, 45, nested); // NV2
        plain.Stage1(regime, leaf, stage2: setting == Setting.Stage2);
        if (setting == Setting.Stage2)
        {
            plain.Stage2(Descriptor.Af | Descriptor.S2Read | Descriptor.S2Write | 3UL << 8 | Scene.Stage2WriteBack);
        }

        if (regime != Regime.El2)
        {
            plain.Scene.World[regime.Ttbr(false)] |= Asid << 48;
        }

        return plain;
    }

    /// <summary>Use, change at the highest level, invalidate, use.</summary>
    private static Case Story(
        Facts facts, string id, string title, IReadOnlyList<string> rules, Plain plain, ulong descriptor, ulong changed, int user,
        IReadOnlyList<Outcome> first, (int Level, uint[] Code) between, IReadOnlyList<Outcome> last, uint[] use, IReadOnlyList<RegisterValue>? extra = null)
    {
        int home = facts.Target.HighestLevel;

        // An executive at EL2 has its own HCR_EL2 back after each step.
        RegisterValue[] again = home == 2 ? [.. plain.Scene.Registers.Where(r => r.Name == "HCR_EL2")] : [];
        return new Case
        {
            Id = id,
            Title = title,
            Rules = rules,
            Registers = [.. plain.Scene.Registers, .. extra ?? []],
            Memory = [.. plain.Scene.Memory, new MemoryWord(Plain.Target, Old), new MemoryWord(Plain.Target + VncrOffset, Old)],
            Steps =
            [
                At(user, use, first) with { General = [new("X1", Plain.Va), new("X2", 0)] },
                At(home, new Assembler(0).Str(X5, X4).Dsb().Isb().Words(), [Completes()]) with { General = [new("X4", descriptor), new("X5", changed)] },
                At(between.Level, between.Code, [Completes()]) with { Registers = again },
                At(user, use, last) with { General = [new("X1", Plain.Va), new("X2", 0)], Registers = again },
            ],
        };
    }

    private static Step At(int level, uint[] code, IReadOnlyList<Outcome> allowed) =>
        new() { Level = level, Pstate = Spsr.At(level), Code = code, Allowed = allowed };

    private static Outcome Completes() => new("completes", [new(FieldNames.Target, 0)]);

    private static bool TakesNothing(string name) =>
        name.StartsWith("VMALL", StringComparison.Ordinal) || name.StartsWith("ALLE", StringComparison.Ordinal);

    private static Cases.Instruction Instruction(string name) => Cases.Instruction.All.First(i => i.Name == name);
}
