using Conformance.Harness.Cases;
using Conformance.Harness.Programs;
using Conformance.Suites.Exceptions;
using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.ControlBits;
using static Conformance.Suites.Timers.Say;

namespace Conformance.Suites.Timers;

/// <summary>
/// Every timer name at every level with every control that closes it alone: trapped, UNDEFINED, in memory, or at the register that
/// it means there, and no other (TM-040 to TM-076).
/// </summary>
internal static class NameCases
{
    /// <summary>Names, whether they can be written, and the bits of CNTHCTL_EL2 that concern them.</summary>
    private static readonly (string Name, bool Writable, ulong Bits, string Needs)[] s_names =
    [
        ("CNTFRQ_EL0", false, Cnthctl.EL0PCTEN | Cnthctl.EL0VCTEN, ""),
        ("CNTPCT_EL0", false, Cnthctl.EL0PCTEN | Cnthctl.EL1PCTEN, ""), ("CNTPCTSS_EL0", false, Cnthctl.EL0PCTEN | Cnthctl.EL1PCTEN, "FEAT_ECV"),
        ("CNTVCT_EL0", false, Cnthctl.EL0VCTEN | Cnthctl.EL1TVCT, ""), ("CNTVCTSS_EL0", false, Cnthctl.EL0VCTEN | Cnthctl.EL1TVCT, "FEAT_ECV"),
        ("CNTP_CTL_EL0", true, Physical, ""), ("CNTP_CVAL_EL0", true, Physical, ""), ("CNTP_TVAL_EL0", true, Physical, ""),
        ("CNTV_CTL_EL0", true, Virtual, ""), ("CNTV_CVAL_EL0", true, Virtual, ""), ("CNTV_TVAL_EL0", true, Virtual, ""),
        ("CNTP_CTL_EL02", true, Cnthctl.EL1NVPCT, "FEAT_VHE"), ("CNTP_CVAL_EL02", true, Cnthctl.EL1NVPCT, "FEAT_VHE"), ("CNTP_TVAL_EL02", true, Cnthctl.EL1NVPCT, "FEAT_VHE"),
        ("CNTV_CTL_EL02", true, Cnthctl.EL1NVVCT, "FEAT_VHE"), ("CNTV_CVAL_EL02", true, Cnthctl.EL1NVVCT, "FEAT_VHE"), ("CNTV_TVAL_EL02", true, Cnthctl.EL1NVVCT, "FEAT_VHE"),
        ("CNTHP_CTL_EL2", true, 0, ""), ("CNTHP_CVAL_EL2", true, 0, ""), ("CNTHP_TVAL_EL2", true, 0, ""),
        ("CNTHV_CTL_EL2", true, 0, "FEAT_VHE"), ("CNTHV_CVAL_EL2", true, 0, "FEAT_VHE"), ("CNTHV_TVAL_EL2", true, 0, "FEAT_VHE"),
        ("CNTPS_CTL_EL1", true, 0, "FEAT_AA64EL3"), ("CNTPS_CVAL_EL1", true, 0, "FEAT_AA64EL3"), ("CNTPS_TVAL_EL1", true, 0, "FEAT_AA64EL3"),
        ("CNTKCTL_EL1", true, 0, ""), ("CNTKCTL_EL12", true, 0, "FEAT_VHE"), ("CNTHCTL_EL2", true, 0, ""), ("CNTVOFF_EL2", true, 0, ""), ("CNTPOFF_EL2", true, 0, "FEAT_ECV_POFF"),
    ];

    private const ulong Physical = Cnthctl.EL0PTEN | Cnthctl.EL1PTEN | CnthctlGuest.EL1PCEN;
    private const ulong Virtual = Cnthctl.EL0VTEN | Cnthctl.EL1TVT;
    private const ulong EcvBits = Cnthctl.EL1TVT | Cnthctl.EL1TVCT | Cnthctl.EL1NVPCT | Cnthctl.EL1NVVCT;

    private static readonly (string Name, ulong Bits, string Needs)[] s_nested =
    [
        ("", 0, ""), ("-nv", Hcr.NV, "FEAT_NV"), ("-nv-nv1", Hcr.NV | Hcr.NV1, "FEAT_NV"), ("-nv-nv2", Hcr.NV | Hcr.NV2, "FEAT_NV2"),
        ("-nv-nv1-nv2", Hcr.NV | Hcr.NV1 | Hcr.NV2, "FEAT_NV2"),
    ];

    internal static IEnumerable<CaseBuilder> All(SuiteTarget target, ulong seed)
    {
        Harness.Spec.FeatureSet features = target.Features;
        foreach ((string name, bool writable, ulong bits, _) in s_names.Where(n => n.Needs.Length == 0 || features.Has(n.Needs)))
        {
            foreach (Stage stage in Of(target, name, bits))
            {
                if (stage.Start(target) is not { } s)
                {
                    continue;
                }

                foreach (bool write in writable ? (bool[])[false, true] : [false])
                {
                    if (One(target, stage, s, name, write, seed) is { } says)
                    {
                        yield return says;
                    }
                }
            }
        }
    }

    /// <summary>Levels, {E2H,TGE}, the NV bits, and the controls: all open, and each that concerns the name turned alone.</summary>
    private static IEnumerable<Stage> Of(SuiteTarget target, string name, ulong bits)
    {
        ulong scr = Baseline.Of("SCR_EL3");
        for (int level = 0; level <= target.HighestLevel; level++)
        {
            foreach ((string host, ulong hostBits) in Stage.Hosts(target))
            {
                foreach ((string nested, ulong nestedBits, _) in s_nested.Where(n => (n.Needs.Length == 0 || target.Features.Has(n.Needs)) && (level == 1 || n.Bits is 0 or (Hcr.NV | Hcr.NV1 | Hcr.NV2))))
                {
                    var open = new Stage($"el{level}{host}{nested}", level, hostBits | nestedBits, scr, Stage.AllOpen, Stage.AllOpenBelow, 0, 0);
                    yield return open;
                    for (int n = 0; n < 18; n++)
                    {
                        ulong bit = 1UL << n;
                        if ((bits & bit) == 0 || ((bit & EcvBits) != 0 && !target.Features.Has("FEAT_ECV")))
                        {
                            continue;
                        }

                        yield return open with { Name = $"{open.Name}-h{n}", Cnthctl = open.Cnthctl ^ bit };
                        if ((Stage.AllOpenBelow & bit) != 0)
                        {
                            yield return open with { Name = $"{open.Name}-k{n}", Cntkctl = open.Cntkctl ^ bit };
                            yield return open with { Name = $"{open.Name}-h{n}-k{n}", Cnthctl = open.Cnthctl ^ bit, Cntkctl = open.Cntkctl ^ bit };
                        }
                    }

                    if (name is "CNTFRQ_EL0")
                    {
                        yield return open with { Name = $"{open.Name}-both", Cnthctl = open.Cnthctl & ~bits, Cntkctl = open.Cntkctl & ~bits };
                    }

                    if (bits != 0 && nestedBits == 0)
                    {
                        yield return open with { Name = $"{open.Name}-closed", Cnthctl = EcvBits & (target.Features.Has("FEAT_ECV") ? ulong.MaxValue : 0), Cntkctl = 0 };
                    }
                }
            }

            if (target.HighestLevel == 3 && level < 3)
            {
                foreach (ulong st in (ulong[])[0, Scr.ST])
                {
                    if (name.StartsWith("CNTPS", StringComparison.Ordinal) && level < 2 && !target.Features.Has("FEAT_RME"))
                    {
                        yield return new Stage($"el{level}-secure-st{(st != 0 ? 1 : 0)}", level, 0, (scr & ~(Scr.NS | Scr.ST)) | st, Stage.AllOpen, Stage.AllOpenBelow, 0, 0);
                    }
                }

                if (name is "CNTPOFF_EL2")
                {
                    yield return new Stage($"el{level}-ecven0", level, 0, scr & ~Scr.ECVEn, Stage.AllOpen, Stage.AllOpenBelow, 0, 0);
                }
            }
        }
    }

    private static CaseBuilder? One(SuiteTarget target, Stage stage, Situation s, string name, bool write, ulong seed)
    {
        Reached reached = NameOracle.Of(s, name);
        string id = $"names/{name.ToLowerInvariant()}/{stage.Name}-{(write ? "write" : "read")}";
        Dice dice = new(seed, id);
        CaseBuilder says = That(id, $"{(write ? "MSR" : "MRS")} {name} at EL{stage.Level}: {What(reached)}", reached.Rules).Rules("TM-054", "TM-060");
        ulong value = dice.Next();
        if (name.Contains("_CTL", StringComparison.Ordinal))
        {
            value &= 2; // disabled
        }

        List<RegisterValue> kept = name.Contains("_CVAL", StringComparison.Ordinal) ? [.. Timer.Of(target).Select(t => new RegisterValue(t.Cval, dice.Next()))] : [];
        foreach (RegisterValue register in kept)
        {
            says.Set(register.Name, register.Value);
        }

        if (reached.Offset is { } at)
        {
            says.Memory(GuestMemory.Vncr + (ulong)at, unchecked(~value + 1)).Needs("FEAT_NV2");
        }

        uint word = (write ? new Assembler(Code).Msr(name, X1) : new Assembler(Code).Mrs(X2, name)).Words()[0];
        stage.In(says, target).X(1, value).Code(word);
        if (reached.TrapTo > 0 || reached.IsUndefined)
        {
            int to = reached.IsUndefined ? s.Level == 0 ? s.El1Star : s.Level : reached.TrapTo;
            Arrival taken = Entry.Take(s, reached.IsUndefined ? Answer.Takes(to, 0, 0) : Answer.Takes(to, 0x18, Iss(word)));
            return says.Takes(to, taken.Vector, taken.Esr, Code, taken.Spsr);
        }

        says.Completes();
        if (reached.Offset is { } offset)
        {
            return write ? says.Sees(FieldNames.Memory(GuestMemory.Vncr + (ulong)offset), value) : says.Sees("X2", unchecked(~value + 1));
        }

        return Real(says, stage, reached.Register, kept, write, value);
    }

    /// <summary>Of the compare values just the one that is meant changes, or is read.</summary>
    private static CaseBuilder Real(CaseBuilder says, Stage stage, string register, List<RegisterValue> kept, bool write, ulong value)
    {
        if (kept.Count > 0)
        {
            if (!write)
            {
                return says.Sees("X2", kept.Single(k => k.Name == register).Value);
            }

            foreach (RegisterValue other in kept)
            {
                says.Sees(other.Name, other.Name == register ? value : other.Value);
            }
        }
        else if (register.Contains("_CTL_", StringComparison.Ordinal))
        {
            return write ? says.Sees(register, value, 3) : says.Sees("X2", 2, 3);
        }
        else if (register is "CNTHCTL_EL2" or "CNTKCTL_EL1")
        {
            const ulong stored = 0x3FF; // there in every layout and with every feature but VHE
            ulong before = register == "CNTHCTL_EL2" ? stage.Cnthctl : stage.Cntkctl;
            ulong bits = register == "CNTHCTL_EL2" ? 0xFF : stored;
            return write ? says.Sees(register, value & bits, bits) : says.Sees("X2", before & bits, bits);
        }
        else if (register is "CNTVOFF_EL2" or "CNTPOFF_EL2")
        {
            return (write ? says.Sees(register, value) : says.Sees("X2", 0)).Rules("TM-012");
        }

        return says;
    }

    private static uint Iss(uint word) => (uint)Access.Syndrome.Of(0x18, word)!.Value & 0x1FF_FFFF;

    private static string What(Reached reached) => reached switch
    {
        { TrapTo: > 0 and int to } => $"trapped to EL{to}",
        { IsUndefined: true } => "UNDEFINED",
        { Offset: { } offset } => $"the word at 0x{offset:x} of the page of VNCR_EL2",
        _ => reached.Register,
    };
}
