namespace Conformance.Harness.Spec.Conditions;

/// <summary>The derived names of section 1.3, each defined once in the notation of the facts.</summary>
/// <remarks>
/// <c>EL=n</c> means that the access is made at ELn. Booleans that no field decides (Halted, GCSen1, …) belong to the
/// implementation. <c>NVx</c> is compared bit by bit through NVx.2, NVx.1 and NVx.0.
/// </remarks>
internal static class DerivedNames
{
    /// <summary>The three bits of NVx, most significant first: NV2, NV1, NV.</summary>
    internal static readonly string[] NvBits = ["NVx.2", "NVx.1", "NVx.0"];

    private static readonly Dictionary<string, string> s_definitions = new(StringComparer.Ordinal)
    {
        ["EL2en"] = "HaveEL2 & (!HaveEL3 | SCR_EL3.NS=1 | (FEAT_SEL2 & SCR_EL3.EEL2=1))",
        ["E2H"] = "FEAT_VHE & (!FEAT_E2H0 | HCR_EL2.E2H=1)",
        ["Host2"] = "FEAT_VHE & EL2en & E2H",
        ["Host0"] = "Host2 & HCR_EL2.TGE=1",

        // HCR_EL2.NV1 with NV = 0 is CONSTRAINED UNPREDICTABLE: $NV0_NV1_1 is the implementation's NVx, 0, 2 or 3.
        ["NV1eff"] = "HCR_EL2.NV1=1 & !(!FEAT_E2H0 & ?NV1_RAZ)",
        ["NVx.0"] = "FEAT_NV & EL2en & (HCR_EL2.NV=1 | (NV1eff & [$NV0_NV1_1==3]))",
        ["NVx.1"] = "FEAT_NV & EL2en & NV1eff & (HCR_EL2.NV=1 | [$NV0_NV1_1>=2])",
        ["NVx.2"] = "FEAT_NV & EL2en & HCR_EL2.NV=1 & FEAT_NV2 & (HCR_EL2.NV2=1 | ?NV_without_NV2_acts_as_NV2)",

        ["HCRXen"] = "FEAT_HCX & (!HaveEL3 | SCR_EL3.HXEn=1) & EL2en",
        ["Sec=S"] = "(FEAT_RME & !EL=3 & SCR_EL3.{NSE,NS}=00) | "
            + "(!FEAT_RME & ((!HaveEL3 & ?secure_only) | (HaveEL3 & (EL=3 | SCR_EL3.NS=0))))",
        ["Sec=NS"] = "(FEAT_RME & !EL=3 & SCR_EL3.{NSE,NS}=01) | "
            + "(!FEAT_RME & ((!HaveEL3 & !?secure_only) | (HaveEL3 & !EL=3 & SCR_EL3.NS=1)))",
        ["Sec=RL"] = "FEAT_RME & !EL=3 & SCR_EL3.{NSE,NS}=11",
        ["Valid1"] = "!(FEAT_RME & SCR_EL3.{NSE,NS}=10)",
        ["Valid2"] = "HaveEL2 & EL2en & !(FEAT_RME & SCR_EL3.{NSE,NS}=10)",
        ["Valid3"] = "HaveEL3",
        ["SDD"] = "Halted & EDSCR.SDD=1",
        ["SDDpri"] = "SDD & ?EL3_trap_priority_in_SDD",
        ["Top"] = "(EL=3 & Top3) | (EL=2 & Top2) | (EL=1 & Top1)",
        ["Top1"] = "!HaveEL2 & !HaveEL3",
        ["Top2"] = "HaveEL2 & !HaveEL3",
        ["Top3"] = "HaveEL3",
        ["SCTLR2en1"] = "FEAT_SCTLR2 & (!HaveEL3 | SCR_EL3.SCTLR2En=1) & (!EL2en | (HCRXen & HCRX_EL2.SCTLR2En=1))",
        ["SCTLR2en2"] = "FEAT_SCTLR2 & (!HaveEL3 | SCR_EL3.SCTLR2En=1)",
        ["EXLOCKEN"] = "(EL=1 & GCSCR_EL1.EXLOCKEN=1) | (EL=2 & GCSCR_EL2.EXLOCKEN=1) | (EL=3 & GCSCR_EL3.EXLOCKEN=1)",
        ["GCSen"] = "(EL=0 & GCSen0) | (EL=1 & GCSen1) | (EL=2 & GCSen2) | (EL=3 & GCSen3)",
        ["HaveSecure"] = "HaveEL3 | ?secure_only",
    };

    /// <summary>Names that are booleans of the implementation.</summary>
    private static readonly HashSet<string> s_choices = new(StringComparer.Ordinal)
    {
        "HaveEL2", "HaveEL3", "Halted", "HaltOK", "Using32_2", "Have32_1", "Have32_any", "GCSen0", "GCSen1", "GCSen2", "GCSen3",
    };

    /// <summary>PMUself: the event counters that the PE has.</summary>
    internal static IntTerm Counters { get; } = new ConstantTerm("$NUM_PMU_COUNTERS");

    /// <summary>PMUacc: those that the current level may reach; MDCR_EL2.HPMN limits EL0 and EL1.</summary>
    internal static IntTerm AccessibleCounters => field ??= new Choose(
        ConditionParser.Parse("(EL=0 | EL=1) & EL2en"), new FieldTerm(new FieldRef("MDCR_EL2.HPMN")), Counters);

    /// <summary>The condition behind a name, or null if it is not one.</summary>
    internal static Condition? Find(string name) =>
        name == "HaveEL1" ? Condition.True
        : s_choices.Contains(name) ? new ChoiceAtom(name)
        : s_definitions.TryGetValue(name, out string? text) ? new DerivedAtom(name, ConditionParser.Parse(text))
        : null;
}
