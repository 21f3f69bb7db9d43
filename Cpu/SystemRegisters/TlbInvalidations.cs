using Conformance.Cpu.Translation;
using static Conformance.Cpu.SystemRegisters.Rules;

namespace Conformance.Cpu.SystemRegisters;

/// <summary>TLBI: the family written from its regularities.</summary>
/// <remarks>
/// Source: DDI 0602, "TLBI". CRm tells the scope: 7, 3, 1 for this PE, Inner and Outer Shareable; 6, 2, 5 for ranges.
/// </remarks>
internal static class TlbInvalidations
{
    private static readonly (string Name, int Op2)[] s_el1 =
        [("VMALLE1", 0), ("VAE1", 1), ("ASIDE1", 2), ("VAAE1", 3), ("VALE1", 5), ("VAALE1", 7)];

    private static readonly (string Name, int Op2)[] s_el1Range =
        [("RVAE1", 1), ("RVAAE1", 3), ("RVALE1", 5), ("RVAALE1", 7)];

    private static readonly (string Suffix, int CRm, int RangeCRm)[] s_scopes = [("", 7, 6), ("IS", 3, 2), ("OS", 1, 5)];

    internal static readonly Declaration[] All =
    [
        .. Guest("", 42, 38), .. Guest("IS", 28, 34), .. Guest("OS", 18, 24),
        .. Higher(4, [("ALLE2", 0, true), ("VAE2", 1, true), ("ALLE1", 4, false), ("VALE2", 5, true), ("VMALLS12E1", 6, false)]),
        .. HigherRange(4, [("RVAE2", 1), ("RVALE2", 5)]),
        .. Higher(6, [("ALLE3", 0, false), ("VAE3", 1, false), ("VALE3", 5, false)]),
        .. HigherRange(6, [("RVAE3", 1), ("RVALE3", 5)]),
        Tlbi("IPAS2E1", (1, 4, 8, 4, 1)), Tlbi("IPAS2E1IS", (1, 4, 8, 0, 1)), Tlbi("IPAS2E1OS", (1, 4, 8, 4, 0)),
        Tlbi("IPAS2LE1", (1, 4, 8, 4, 5)), Tlbi("IPAS2LE1IS", (1, 4, 8, 0, 5)), Tlbi("IPAS2LE1OS", (1, 4, 8, 4, 4)),
        Tlbi("RIPAS2E1", (1, 4, 8, 4, 2)), Tlbi("RIPAS2E1IS", (1, 4, 8, 0, 2)), Tlbi("RIPAS2E1OS", (1, 4, 8, 4, 3)),
        Tlbi("RIPAS2LE1", (1, 4, 8, 4, 6)), Tlbi("RIPAS2LE1IS", (1, 4, 8, 0, 6)), Tlbi("RIPAS2LE1OS", (1, 4, 8, 4, 7)),
    ];

    /// <summary>The forms of EL1: HCR_EL2.TTLB and the bit of the scope, and a run of HFGITR_EL2 bits.</summary>
    private static IEnumerable<Declaration> Guest(string suffix, int firstBit, int firstRangeBit)
    {
        (_, int crm, int rangeCrm) = s_scopes.Single(scope => scope.Suffix == suffix);
        AccessRule trap = suffix switch
        {
            "IS" => Together(HcrTrap(Hcr.TTLB), HcrTrap(Hcr.TTLBIS)),
            "OS" => Together(HcrTrap(Hcr.TTLB), HcrTrap(Hcr.TTLBOS)),
            _ => HcrTrap(Hcr.TTLB),
        };
        return
        [
            .. s_el1.Select((form, i) => Tlbi(form.Name + suffix, (1, 0, 8, crm, form.Op2), trap, Hfgi(firstBit + i))),
            .. s_el1Range.Select((form, i) =>
                Tlbi(form.Name + suffix, (1, 0, 8, rangeCrm, form.Op2), trap, Hfgi(firstRangeBit + i))),
        ];
    }

    private static IEnumerable<Declaration> Higher(int op1, (string Name, int Op2, bool NeedsEl2)[] forms) =>
        from scope in s_scopes
        from form in forms
        select Tlbi(form.Name + scope.Suffix, (1, op1, 8, scope.CRm, form.Op2), form.NeedsEl2 ? [El3NeedsEl2] : []);

    private static IEnumerable<Declaration> HigherRange(int op1, (string Name, int Op2)[] forms) =>
        from scope in s_scopes
        from form in forms
        select Tlbi(form.Name + scope.Suffix, (1, op1, 8, scope.RangeCRm, form.Op2), op1 == 4 ? [El3NeedsEl2] : []);

    private static Declaration Tlbi(string name, SysEncoding encoding, params ReadOnlySpan<AccessRule> rules)
    {
        List<AccessRule> all = [.. rules];
        if (name[0] == 'R')
        {
            all.Add(Needs("FEAT_TLBIRANGE"));
        }

        if (name.EndsWith("OS", StringComparison.Ordinal))
        {
            all.Add(Needs("FEAT_TLBIOS"));
        }

        return SystemInstructions.Op($"TLBI {name}", encoding, TlbInvalidation.Of(name), [.. all]);
    }
}
