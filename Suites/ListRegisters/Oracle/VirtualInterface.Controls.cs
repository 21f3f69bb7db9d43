namespace Conformance.Suites.ListRegisters.Oracle;

/// <summary>What is read and written without an interrupt being involved: ICV_PMR, BPR, CTLR, IGRPEN, AP, and the ICH registers.</summary>
internal sealed partial class VirtualInterface
{
    /// <summary>Bits of ICV_CTLR_EL1 that are told: PRIbits, IDbits, EOImode, CBPR (GV-007, GV-140).</summary>
    private const ulong ControlMask = 0x3F03;

    /// <summary>What a write of ICH_VMCR_EL2 keeps (GV-053, GV-054, GV-056).</summary>
    internal ulong LegalVmcr(ulong value, bool secure, RuleSet rules)
    {
        ulong point0 = value >> VirtualState.Vbpr0At & 7;
        ulong point1 = value >> VirtualState.Vbpr1At & 7;
        rules.CiteIf(point0 < sizes.Minimum0, 53);
        rules.CiteIf(point1 < sizes.Minimum1(secure), 54);
        rules.CiteIf((value >> VirtualState.VpmrAt & 0xFF & ~sizes.PriorityMask) != 0, 56);
        return (value & (VirtualState.VmcrEoim | VirtualState.VmcrCbpr | VirtualState.VmcrEng1 | VirtualState.VmcrEng0))
            | VirtualState.VmcrFiqEn
            | (value >> VirtualState.VpmrAt & sizes.PriorityMask) << VirtualState.VpmrAt
            | Math.Max(point0, sizes.Minimum0) << VirtualState.Vbpr0At
            | Math.Max(point1, sizes.Minimum1(secure)) << VirtualState.Vbpr1At;
    }

    /// <summary>The bits of ICH_VMCR_EL2 that are told; VFIQEn and VAckCtl may be fixed or stored (GV-009).</summary>
    internal static ulong VmcrMask => 0xFFFC_0213;

    /// <summary>The bits of ICH_HCR_EL2 that are told (GV-009); those that only some implementations have are left out.</summary>
    internal static ulong HcrMask => 0xF800_1CFF;

    private Transition Controls(VirtualState s, GicAccess a, RuleSet rules)
    {
        rules.Cite(142);
        return a.Op switch
        {
            Op.ReadPmr => Only("reads", s, s.Vpmr),
            Op.WritePmr => Written(s, a, VirtualState.VpmrAt, 0xFF, a.Value, 56, rules),
            Op.ReadBpr when a.Group == 0 => Only("reads", s, s.Vbpr0),
            Op.WriteBpr when a.Group == 0 => Written(s, a, VirtualState.Vbpr0At, 7, a.Value, 53, rules),
            Op.ReadBpr => Only("reads", s, BinaryPoint1(s, rules)),
            Op.WriteBpr => WriteBinaryPoint1(s, a, rules),
            Op.ReadCtlr => Only("reads", s, Control(s, rules), ControlMask),
            Op.WriteCtlr => Written(
                Put(s, 4, 1, a.Value, rules), a, 9, 1, a.Value >> 1, 140, rules),
            Op.ReadIgrpen => Only("reads", s, s.Enabled(a.Group) ? 1UL : 0),
            Op.WriteIgrpen => Written(s, a, a.Group, 1, a.Value, 141, rules),
            Op.ReadAp => ReadActive(s, a, rules),
            Op.WriteAp => Only("written", SetActive(s, a, rules)),
            _ => throw new InvalidOperationException($"{a.Op} is no control."),
        };
    }

    private ulong Control(VirtualState s, RuleSet rules)
    {
        rules.Cite(7);
        rules.Cite(140);
        return (s.Eoim ? 2UL : 0) | (s.Cbpr ? 1UL : 0) | (ulong)(sizes.PriorityBits - 1) << 8 | (sizes.IntIdBits == 24 ? 1UL : 0) << 11;
    }

    private static ulong BinaryPoint1(VirtualState s, RuleSet rules)
    {
        rules.CiteIf(s.Cbpr, s.Secure ? 58 : 55);
        return !s.Cbpr ? s.Vbpr1 : s.Secure ? s.Vbpr0 : Math.Min(s.Vbpr0 + 1, 7);
    }

    private Transition WriteBinaryPoint1(VirtualState s, GicAccess a, RuleSet rules)
    {
        if (!s.Cbpr)
        {
            return Written(s, a, VirtualState.Vbpr1At, 7, a.Value, 54, rules);
        }

        rules.Cite(s.Secure ? 58 : 55);
        return s.Secure ? Written(s, a, VirtualState.Vbpr0At, 7, a.Value, 58, rules) : Only("ignored", s);
    }

    private Transition Written(VirtualState s, GicAccess a, int at, ulong mask, ulong value, int rule, RuleSet rules)
    {
        rules.Cite(rule);
        rules.CiteIf(a.Op != Op.WriteCtlr && a.Value > mask, 57);
        rules.CiteIf(a.Op == Op.WritePmr, 87);
        rules.CiteIf(s.Active != 0 && a.Op is Op.WriteBpr or Op.WriteCtlr, 59);
        return Only("written", Put(s, at, mask, value, rules));
    }

    private VirtualState Put(VirtualState s, int at, ulong mask, ulong value, RuleSet rules) =>
        s with { Vmcr = LegalVmcr((s.Vmcr & ~(mask << at)) | (value & mask) << at, s.Secure, rules) };

    /// <summary>
    /// The layout of the ICV form is the implementation's own; only that 0 means nothing active is architected (GV-092), and the place of
    /// the bit of NMIs.
    /// </summary>
    private Transition ReadActive(VirtualState s, GicAccess a, RuleSet rules)
    {
        rules.Cite(92);
        ulong same = s.ActiveRegister(a.Group, a.Index);
        ulong nmi = sizes.Nmi && a is { Group: 1, Index: 0 } ? 1UL << 63 : 0;
        rules.CiteIf((same & nmi) != 0, 155);
        return Only("reads", s, same, same == 0 ? ulong.MaxValue : nmi);
    }

    private VirtualState SetActive(VirtualState s, GicAccess a, RuleSet rules)
    {
        rules.Cite(a.Level == 1 ? 92 : 95);
        UInt128 levels = a.Group == 0 ? s.Active0 : s.Active1;
        int at = 32 * a.Index;
        VirtualState after = s.WithActive(a.Group, (levels & ~((UInt128)uint.MaxValue << at)) | (UInt128)(uint)a.Value << at);
        return sizes.Nmi && a is { Group: 1, Index: 0 } ? after with { NmiActive = a.Value >> 63 != 0 } : after;
    }

    /// <summary>A write by the hypervisor (GV-044, GV-046, GV-114).</summary>
    private VirtualState Hypervisor(VirtualState s, GicAccess a, RuleSet rules)
    {
        switch (a.Op)
        {
            case Op.SetLr:
                var lr = new ListRegister(a.Value);
                rules.Cite(44);
                rules.CiteIf(!lr.IsValid, 46);
                rules.CiteIf((a.Value >> ListRegister.PriorityAt & 0xFF & ~sizes.PriorityMask) != 0, 40);
                rules.CiteIf((a.Value & uint.MaxValue & ~sizes.IntIdMask) != 0, 41);
                rules.Cite(42);
                rules.CiteIf(!sizes.Nmi && (a.Value & ListRegister.NmiBit) != 0, 43);
                return s.WithLr(a.Index, lr);
            case Op.SetHcr:
                rules.Cite(114);
                return s with { Hcr = a.Value };
            case Op.SetVmcr:
                rules.Cite(142);
                return s with { Vmcr = LegalVmcr(a.Value, s.Secure, rules) };
            default:
                return SetActive(s, a, rules);
        }
    }
}
