namespace Conformance.Harness.Spec;

/// <summary>Which features and how many counters, breakpoints, … a PE has, read from its ID registers.</summary>
/// <remarks>The table is <see cref="IdRegisterTable"/>; here is what follows from several fields together.</remarks>
public static class IdRegisters
{
    /// <summary>The ID registers to read, by architectural name; some exist only with a feature and then cannot be read.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. IdRegisterTable.Rows.Select(r => r.Register).Concat(["ID_AA64FPFR0_EL1", "MIDR_EL1", "MPIDR_EL1", "CTR_EL0", "PMCR_EL0", "ERRIDR_EL1"])
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary>Features and numbers of the PE behind <paramref name="read"/>.</summary>
    /// <param name="read">The value of an ID register by name, or null when it cannot be read.</param>
    public static FeatureSet Features(Func<string, ulong?> read)
    {
        HashSet<string> features = new(StringComparer.Ordinal);
        foreach (IdRegisterTable.Row row in IdRegisterTable.Rows)
        {
            if (Field(read, row.Register, row.Field) is { } value && value >= (ulong)row.From && value <= (ulong)row.To)
            {
                features.Add(row.Feature);
            }
        }

        features.UnionWith(Derived(features, read));
        return new FeatureSet(features, Numbers(features, read));
    }

    /// <summary>What follows from several fields, or from the absence of one.</summary>
    private static List<string> Derived(HashSet<string> found, Func<string, ulong?> read)
    {
        List<string> derived = [];
        Add("FEAT_AA64", found.Contains("FEAT_AA64EL0"));
        Add("FEAT_AA32", found.Overlaps(["FEAT_AA32EL0", "FEAT_AA32EL1", "FEAT_AA32EL2", "FEAT_AA32EL3"]));

        // PFR1.RAS_frac: RAS = 1 with the fraction 1 is RASv1p1 as well.
        bool ras11 = Field(read, "ID_AA64PFR0_EL1", "RAS") == 1 && Field(read, "ID_AA64PFR1_EL1", "RAS_frac") == 1;
        Add("FEAT_RASv1p1", ras11);
        Add("FEAT_DoubleFault", ras11 && found.Contains("FEAT_AA64EL3"));

        // MPAM is announced as major.minor over two registers.
        (ulong? major, ulong? minor) = (Field(read, "ID_AA64PFR0_EL1", "MPAM"), Field(read, "ID_AA64PFR1_EL1", "MPAM_frac"));
        Add("FEAT_MPAMv0p1", major == 0 && minor == 1);
        Add("FEAT_MPAMv1p1", major == 1 && minor >= 1);

        // MTE_frac is 0 where asynchronous tag faults exist, and 15 where they do not.
        Add("FEAT_MTE_ASYNC", found.Contains("FEAT_MTE2") && Field(read, "ID_AA64PFR1_EL1", "MTE_frac") == 0);
        Add("FEAT_GICv3_NMI", found.Contains("FEAT_GICv3") && found.Contains("FEAT_NMI"));
        return derived;

        void Add(string feature, bool present)
        {
            if (present)
            {
                derived.Add(feature);
            }
        }
    }

    private static Dictionary<string, long> Numbers(HashSet<string> features, Func<string, ulong?> read)
    {
        Dictionary<string, long> numbers = new(StringComparer.Ordinal);
        Add("$NUM_PMU_COUNTERS", features.Contains("FEAT_PMUv3") ? Field(read, "PMCR_EL0", "N") : null);
        Add("$NUM_BREAKPOINTS", Comparators("BRPs"));
        Add("$NUM_WATCHPOINTS", Comparators("WRPs"));
        Add("$NUM_GIC_LIST_REGS", Field(read, "ICH_VTR_EL2", "ListRegs") + 1);
        Add("$NUM_GIC_PRIORITY_BITS", Field(read, "ICH_VTR_EL2", "PRIbits") + 1);
        Add("$NUM_GIC_PREEMPTION_BITS", Field(read, "ICH_VTR_EL2", "PREbits") + 1);
        Add("$NUM_GIC_INTID_BITS", Field(read, "ICH_VTR_EL2", "IDbits") switch { 0 => 16, 1 => 24, _ => null });
        Add("$NUM_ERROR_RECORDS", features.Contains("FEAT_RAS") ? Field(read, "ERRIDR_EL1", "NUM") : null);
        Add("$PA_BITS", PaBits());

        // ID_AA64MMFR4_EL1: HCR_EL2.{NV,NV2} = {1,0} behaves as {1,1}; HCR_EL2.NV1 is RES0.
        Add("$NV2_ALWAYS", Field(read, "ID_AA64MMFR2_EL1", "NV") == 0 && Field(read, "ID_AA64MMFR4_EL1", "NV_frac") >= 1 ? 1 : null);
        Add("$NV1_NEVER", Field(read, "ID_AA64MMFR4_EL1", "E2H0") == 14 ? 1 : null);
        foreach (string granule in (string[])["4", "16", "64"])
        {
            Add($"$GRANULE_{granule}K", Granule(granule) is { } there ? there ? 1UL : 0 : null);
            Add($"$GRANULE_{granule}K_2", GranuleAtStage2(granule) is { } second ? second ? 1UL : 0 : null);
        }

        return numbers;

        // The size of physical addresses; codes without a meaning say nothing.
        ulong? PaBits() => Field(read, "ID_AA64MMFR0_EL1", "PARange") switch
        {
            0 => 32,
            1 => 36,
            2 => 40,
            3 => 42,
            4 => 44,
            5 => 48,
            6 => 52,
            7 => 56,
            _ => null,
        };

        // 16 KiB pages count up from "not there" at 0; for the others 15 is "not there".
        bool? Granule(string kibibytes) => Field(read, "ID_AA64MMFR0_EL1", $"TGran{kibibytes}") is not { } code ? null
            : kibibytes == "16" ? code != 0 : code != 15;

        // 0: as at stage 1; 1: not there.
        bool? GranuleAtStage2(string kibibytes) => Field(read, "ID_AA64MMFR0_EL1", $"TGran{kibibytes}_2") switch
        {
            null or 0 => Granule(kibibytes),
            1 => false,
            _ => true,
        };

        // One more than DFR0 says; with 16 or more DFR0 says 15 and DFR1 says how many.
        ulong? Comparators(string field) =>
            Field(read, "ID_AA64DFR0_EL1", field) is not { } few ? null
            : few == 15 && Field(read, "ID_AA64DFR1_EL1", field) is > 15 and var many ? many + 1
            : few + 1;

        void Add(string name, ulong? value)
        {
            if (value is { } number)
            {
                numbers.Add(name, (long)number);
            }
        }
    }

    /// <summary>A field of an ID register, or null if the register cannot be read. The place of the field is a register fact.</summary>
    private static ulong? Field(Func<string, ulong?> read, string register, string field) =>
        read(register) is { } value ? Place(register, field).Extract(value) : null;

    private static RegisterField Place(string register, string field) =>
        RegisterFacts.Find(register)?.Layouts[0].Fields.FirstOrDefault(f => f.Name == field)
        ?? throw new InvalidOperationException($"The register facts have no {register}.{field}.");
}
