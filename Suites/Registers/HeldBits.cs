using Conformance.Harness.Spec;
using Conformance.Suites.Access;

namespace Conformance.Suites.Registers;

/// <summary>Which bits of a register keep what is written, as its own level writes it.</summary>
/// <param name="Neutral">The value that disturbs nothing.</param>
/// <param name="Held">Bits that keep what is written and may be written at the level of the register or above.</param>
/// <param name="Zeros">RES0 bits.</param>
/// <param name="Ones">RES1 bits.</param>
internal readonly record struct HeldBits(ulong Neutral, ulong Held, ulong Zeros, ulong Ones)
{
    /// <summary>Bits that would act on the case's own code.</summary>
    private static readonly Dictionary<string, ulong> s_left = new(StringComparer.Ordinal)
    {
        ["SCTLR_EL3"] = 1,              // M: there are no tables
        ["SCTLR_EL2"] = 1,
        ["SCTLR_EL1"] = 1,
        ["SCR_EL3"] = 1UL << 54 | 1UL << 62, // SRMASKEn, for which the facts lack FEAT_SRMASK; NSE: with NS = 0 a reserved Security state
        ["MDSCR_EL1"] = 1UL << 14,      // HDE: an external debugger could halt the PE
    };

    /// <summary>Registers of which more holds than the access suite can compare at the levels where its cases run.</summary>
    private static readonly Dictionary<string, ulong> s_held = new(StringComparer.Ordinal)
    {
        ["MDSCR_EL1"] = 0x0000_B001,    // MDE, KDE, TDCC, SS
        ["CNTFRQ_EL0"] = 0xFFFF_FFFF,   // the highest level writes it (TM-010)
        ["OSDLR_EL1"] = 1,
        ["TCR_EL1"] = 0x0FFF_FFE0_3FC0_3F80,  // single bits, cacheability and shareability: no field with reserved values
        ["TCR_EL2"] = 0x0FFF_FFE0_3FC0_3F80,
        ["TCR_EL3"] = 0x7F70_3F00,
        ["VTCR_EL2"] = 0x1E60_3F00,
        ["CNTKCTL_EL1"] = 0x0002_03FF,
        ["CNTHCTL_EL2"] = 0x0003_FFFF,
        ["SPSR_EL1"] = 0xFFFF_FFFF,     // EX-292
        ["SPSR_EL2"] = 0xFFFF_FFFF,
        ["SPSR_EL3"] = 0xFFFF_FFFF,
        ["ICH_HCR_EL2"] = 0xF800_7CFE,  // EOIcount, traps and maintenance enables; En stays off
        ["ICH_VMCR_EL2"] = 0xF800_0213, // the five priority bits that are always there, VEOIM, VCBPR, VENG1, VENG0
        ["VBAR_EL3"] = 0x0000_7FFF_FFFF_F800,
        ["VDISR_EL2"] = 0x81FF_FFFF,    // A, IDS, ISS
        ["DISR_EL1"] = 0x81FF_FFFF,
        ["VSESR_EL2"] = 0x01FF_FFFF,    // IDS, ISS
        ["TTBR0_EL3"] = 0x0000_00FF_FFFF_F001,
        ["PMCCFILTR_EL0"] = 0xFC00_0000,
        ["PMEVTYPER0_EL0"] = 0xFC00_0000, // the filters; an event that is not there need not be kept
        ["PMCCNTR_EL0"] = ulong.MaxValue, // nothing counts: PMCR_EL0.E is 0
        ["PMEVCNTR0_EL0"] = 0xFFFF_FFFF,
    };

    /// <summary>What is known of a register under the layout that a state selects.</summary>
    internal static HeldBits Of(string register, ArchState state)
    {
        ulong neutral = Backgrounds.Of(register, state);
        (ulong plain, ulong zeros, ulong ones) = Masks(register, neutral, state);
        ulong held = s_held.TryGetValue(register, out ulong more) ? more : SafeBits.Of(register).Compare;
        return new HeldBits(neutral, plain & ~s_left.GetValueOrDefault(register) & held, zeros, ones);
    }

    /// <summary>A value to write: a pattern in the bits that hold, reserved bits as software has to write them.</summary>
    internal ulong Value(ulong pattern) => Value(pattern, Held);

    /// <summary>The same with a pattern in some of the bits that hold only.</summary>
    internal ulong Value(ulong pattern, ulong vary) => (Neutral & ~vary & ~Zeros) | (pattern & vary) | Ones;

    /// <summary>The bits that hold what is written, the RES0 and the RES1 bits; bits of unclear presence are in none.</summary>
    internal static (ulong Plain, ulong Zeros, ulong Ones) Masks(string register, ulong value, ArchState state)
    {
        ulong plain = RegisterValues.PlainMask(register, value, state);
        ulong zeros = 0;
        ulong ones = 0;
        ulong unclear = 0;
        foreach (RegisterField field in RegisterFacts.Find(register)!.LayoutFor(state, value)!.Fields)
        {
            // What another field of the register decides (PMCR_EL0.IMP whether there is an IDCODE) is the device's own affair.
            bool itself = field.When.Fields.Any(f => f.StartsWith(register + ".", StringComparison.Ordinal));
            unclear |= field.When.IsPlain && !itself ? 0 : field.Mask;
            if (field.When.Holds(state))
            {
                zeros |= field.Kind == FieldKind.Res0 ? field.Mask : 0;
                ones |= field.Kind == FieldKind.Res1 ? field.Mask : 0;
                unclear |= field.Kind == FieldKind.Named ? field.Mask & ~plain : 0;
            }
        }

        return (plain, zeros & ~unclear & ~plain, ones & ~unclear & ~plain);
    }
}
