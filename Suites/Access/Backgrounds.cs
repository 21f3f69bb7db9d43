using Conformance.Harness.Cases;
using Conformance.Harness.Spec;

namespace Conformance.Suites.Access;

/// <summary>The value of a register around the fields that a case decides.</summary>
internal static class Backgrounds
{
    /// <summary>
    /// The registers with another layout while HCR_EL2.E2H = 1, open for everything; the contract's baseline has the layout
    /// of E2H = 0.
    /// </summary>
    private static readonly Dictionary<string, ulong> s_host = new(StringComparer.Ordinal)
    {
        ["CPTR_EL2"] = 0x0333_0000,      // FPEN, ZEN, SMEN
        ["CNTHCTL_EL2"] = 0x0000_0F03,   // EL0PCTEN, EL0VCTEN, EL0VTEN, EL0PTEN, EL1PCTEN, EL1PTEN
        ["SCTLR_EL2"] = 0x34C5_CD80,     // as SCTLR_EL1, without UMA, which EL2 has not
    };

    /// <summary>Registers without a baseline row whose neutral value is not 0.</summary>
    private static readonly Dictionary<string, ulong> s_other = new(StringComparer.Ordinal)
    {
        ["CNTHP_CTL_EL2"] = 2,           // masked
        ["CNTHV_CTL_EL2"] = 2,
        ["CNTHPS_CTL_EL2"] = 2,
        ["CNTHVS_CTL_EL2"] = 2,
        ["CNTPS_CTL_EL1"] = 2,
    };

    private static readonly Dictionary<string, ulong> s_baseline =
        Baseline.Rows.DistinctBy(r => r.Register).ToDictionary(r => r.Register, r => r.Value, StringComparer.Ordinal);

    /// <summary>True if the contract restores the register before each case.</summary>
    internal static bool IsRestored(string register) => s_baseline.ContainsKey(register);

    /// <summary>The value that the contract gives a register before each case, or null; Secure EL2 timers have theirs from step 4.</summary>
    internal static ulong? RestoredTo(string register, FeatureSet features) =>
        IsRestored(register) ? Baseline.Of(register, features)
        : register is "CNTHPS_CTL_EL2" or "CNTHVS_CTL_EL2" ? s_other[register]
        : null;

    /// <summary>The neutral value of a register under the layout that a state selects.</summary>
    internal static ulong Of(string register, ArchState state) =>
        state["HCR_EL2.E2H"] == 1 && s_host.TryGetValue(register, out ulong host) ? host
        : s_baseline.TryGetValue(register, out ulong value) ? value
        : s_other.GetValueOrDefault(register);

    /// <summary>The neutral state as fields; fields that only one layout has are open in it.</summary>
    internal static ArchState State(Implementation implementation)
    {
        var state = new ArchState(implementation);
        state["HCR_EL2.E2H"] = 1;
        state["SCR_EL3.NS"] = 1;
        foreach ((string register, ulong value) in s_host)
        {
            RegisterValues.Load(state, register, value);
        }

        Dictionary<string, ulong> hostOnly = state.NonZero
            .Where(f => f.Key.Contains('.', StringComparison.Ordinal) && s_host.ContainsKey(f.Key.Split('.')[0]))
            .ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);
        state["HCR_EL2.E2H"] = implementation.Features.Has("FEAT_E2H0") ? 0UL : 1;
        foreach (Baseline.Row row in Baseline.Rows.DistinctBy(r => r.Register).OrderBy(r => r.Register is "SCR_EL3" or "HCR_EL2" ? 0 : 1))
        {
            RegisterValues.Load(state, row.Register, Baseline.Of(row.Register, implementation.Features));
        }

        foreach ((string register, ulong value) in s_other)
        {
            RegisterValues.Load(state, register, value);
        }

        foreach ((string field, ulong value) in hostOnly.Where(f => RegisterValues.Place(f.Key.Split('.')[0], f.Key.Split('.')[1], state) is null))
        {
            state[field] = value;
        }

        // The baseline gives all counters to EL1; a PE with fewer has fewer.
        long counters = implementation.Features.Numbers.GetValueOrDefault("$NUM_PMU_COUNTERS", 31);
        state["MDCR_EL2.HPMN"] = Math.Min(state["MDCR_EL2.HPMN"], (ulong)counters);
        state["PSTATE.SP"] = 1;
        return state;
    }
}
